/// Reads the lines of a page as 例規集 have them: each block is a line, each row of a table its cells.
///
/// HTML is no XML, and of its structure only blocks matter; so tags are read here as a browser would find them.
struct HTMLText {
  private var lines: [ImportedText.Line] = []
  private var text: Scalars = []
  private var lineOfText = 1
  private var role = ImportedText.Role.text
  private var row: [Scalars]?
  /// The element whose content is left out, and how many of its name are open within.
  private var skipped: (name: String, depth: Int)?
  /// Elements within the region of the text, where the page marks one.
  private var region: (name: String, depth: Int)?
  private let hasRegion: Bool
  private var endsWithNumber = false
  private var numberDepth: String?

  static func read(_ source: Scalars, file: String) -> ImportedText {
    let tokens = HTMLTokenizer.tokens(of: source)
    var reader = HTMLText(hasRegion: tokens.contains { $0.tag.map(isRegion) ?? false })
    for token in tokens { reader.take(token) }
    reader.endLine(1)
    return ImportedText(file: file, format: .html, lines: reader.lines)
  }

  /// The encoding that a page declares in its first bytes, as the C library calls it.
  static func encoding(declaredIn bytes: [UInt8]) -> String? {
    let head = String(
      decoding: bytes.prefix(2048).map { $0 < 0x80 ? $0 | 0x20 : 0x20 },
      as: UTF8.self
    )
    if head.contains("shift_jis") || head.contains("shift-jis") || head.contains("x-sjis")
      || head.contains("windows-31j")
    {
      return "CP932"
    }
    return head.contains("euc-jp")
      ? "EUC-JP-MS" : head.contains("iso-2022-jp") ? "ISO-2022-JP" : nil
  }

  private init(hasRegion: Bool) { self.hasRegion = hasRegion }

  /// Where the systems that publish 例規集 put the text itself.
  private static func isRegion(_ tag: HTMLTokenizer.Tag) -> Bool {
    tag.isStart
      && (tag.classes.contains("joubun") || ["primary", "honbun", "main-content"].contains(tag.id))
  }

  private static let left: Set<String> = [
    "script", "style", "head", "noscript", "rt", "rp", "nav", "select", "button", "template", "svg",
  ]
  private static let blocks: Set<String> = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table",
    "tr",
    "section", "article", "header", "footer", "blockquote", "pre", "body", "br", "hr", "center",
    "caption",
  ]

  private mutating func take(_ token: HTMLTokenizer.Token) {
    switch token {
    case .text(let words, let line): if isWanted { add(words, line) }
    case .tag(let tag, let line):
      if skip(tag) { return }
      enter(tag)
      guard isWanted else { return }
      switch tag.name {
      case "tr":
        endLine(line)
        endRow(line)
        if tag.isStart { row = [] }
      case "td", "th":
        if row != nil {
          endCell()
        } else if !tag.isStart {
          endLine(line)
        }
      case let name where Self.blocks.contains(name):
        if row == nil || name == "table" { endLine(line) }
        if tag.isStart, tag.name == "h1" || tag.classes.contains("title-irregular") {
          role = .title
        }
      case "span":
        if tag.isStart {
          endsWithNumber = tag.classes.contains("num")
        } else if endsWithNumber, !text.isEmpty {
          // 第１条 and its text stand apart on the screen.
          text.append("\u{3000}")
          endsWithNumber = false
        }
      case _: break
      }
    }
  }

  private var isWanted: Bool { skipped == nil && (!hasRegion || region != nil) }

  /// Keeps count of what is left out; true for the tags of that.
  private mutating func skip(_ tag: HTMLTokenizer.Tag) -> Bool {
    if let open = skipped {
      guard tag.name == open.name else { return true }
      let depth = open.depth + (tag.isStart ? 1 : -1)
      skipped = depth == 0 ? nil : (open.name, depth)
      return true
    }
    guard tag.isStart, Self.left.contains(tag.name) || tag.isHidden, !HTMLTokenizer.isVoid(tag.name)
    else { return false }
    skipped = (tag.name, 1)
    return true
  }

  private mutating func enter(_ tag: HTMLTokenizer.Tag) {
    if let open = region {
      guard tag.name == open.name else { return }
      let depth = open.depth + (tag.isStart ? 1 : -1)
      region = depth == 0 ? nil : (open.name, depth)
    } else if hasRegion, Self.isRegion(tag) {
      region = (tag.name, 1)
    }
  }

  /// White space of the file is one space; that of the words stays.
  private mutating func add(_ words: Scalars, _ line: Int) {
    for scalar in words {
      if scalar.isSpace, scalar.value != 0x3000 {
        if let last = text.last, !last.isSpace { text.append(" ") }
      } else {
        if text.isEmpty { lineOfText = line }
        if scalar.value == 0x3000, text.last?.value == 0x3000, endsWithNumber { continue }
        text.append(scalar)
      }
    }
  }

  private mutating func endLine(_ line: Int) {
    if row != nil { return }
    if !text.compact.isEmpty { lines.append(ImportedText.Line(lineOfText, text, role: role)) }
    (text, role) = ([], .text)
  }

  private mutating func endCell() {
    guard !text.compact.isEmpty || row?.isEmpty == false else { return text = [] }
    row?.append(text.trimmed)
    text = []
  }

  private mutating func endRow(_ line: Int) {
    guard var cells = row else { return }
    if !text.compact.isEmpty { cells.append(text.trimmed) }
    row = nil
    text = []
    cells.removeAll(where: \.isEmpty)
    if cells.count == 1 {
      lines.append(ImportedText.Line(line, cells[0]))
    } else if !cells.isEmpty {
      lines.append(ImportedText.Line(line, [], role: .cells(cells)))
    }
  }
}
