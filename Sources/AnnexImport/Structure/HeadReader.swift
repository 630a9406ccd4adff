/// Reads what stands above the first provision: mark, title, date and number, contents, preamble.
struct HeadReader {
  private let layout: TextLayout
  private var blocks: [Block] = []

  private struct Block {
    var kind: FoundNode.Kind?
    var line: Int
    var text: Scalars
    var cells: [Scalars] = []
  }

  /// The nodes of the lines, and the lines of those that may be the title where none is certain.
  static func read(
    _ lines: [(index: Int, line: ImportedText.Line)],
    layout: TextLayout
  ) -> (nodes: [FoundNode], isTitleCertain: Bool) {
    var reader = HeadReader(layout: layout)
    reader.collect(lines)
    reader.joinBrokenTitles()
    let isCertain = reader.chooseTitle()
    let nodes = reader.blocks.map {
      FoundNode(
        kind: $0.kind ?? .heading,
        line: $0.line,
        text: $0.text.withoutStraySpaces(),
        cells: $0.cells
      )
    }
    return (nodes, isCertain)
  }

  private init(layout: TextLayout) { self.layout = layout }

  private mutating func collect(_ lines: [(index: Int, line: ImportedText.Line)]) {
    var previous: Scalars?
    var isInContents = false
    for (_, line) in lines {
      let text = line.text.trimmed
      if case .cells(let cells) = line.role {
        blocks.append(Block(kind: .row, line: line.number, text: [], cells: cells))
      } else if let last = blocks.last, let before = previous,
        last.kind == nil || last.kind == .preamble,
        goesOn(last.text, before, text)
      {
        blocks[blocks.count - 1].text.appendLine(text)
        blocks[blocks.count - 1].kind = kind(of: blocks[blocks.count - 1].text)
      } else if line.role == .title {
        blocks.append(Block(kind: .title, line: line.number, text: text))
      } else if Signpost.isContents(text) || Signpost.isLeader(text)
        || isInContents && !text.contains("。")
      {
        isInContents = true
        blocks.append(Block(kind: .contents, line: line.number, text: text))
      } else if text.isBracketed, Signpost.mark(Array(text[1..<(text.count - 1)])) == text.count - 2
      {
        blocks.append(Block(kind: .mark, line: line.number, text: text))
      } else if let end = Signpost.mark(text) {
        isInContents = false
        blocks.append(Block(kind: .mark, line: line.number, text: Array(text[..<end])))
        let rest = Array(text[end...]).trimmed
        if !rest.isEmpty {
          blocks.append(Block(kind: kind(of: rest), line: line.number, text: rest))
        }
      } else {
        let isHeading = Signpost.isHeading(text)
        blocks.append(
          Block(kind: isHeading ? .heading : kind(of: text), line: line.number, text: text)
        )
      }
      previous = line.text
    }
  }

  private func kind(of text: Scalars) -> FoundNode.Kind? { text.contains("。") ? .preamble : nil }

  private func goesOn(_ block: Scalars, _ before: Scalars, _ line: Scalars) -> Bool {
    guard layout.isWrapped else { return false }
    if block.openBrackets > 0 || block.last == "、" || line.first?.closes == true { return true }
    return layout.isFull(before) && block.last != "。"
  }

  /// A title may be set in several lines, or letter by letter; so may the beginning of a sentence.
  private mutating func joinBrokenTitles() {
    var joined: [Block] = []
    for block in blocks {
      if block.kind == .preamble, layout.isWrapped, let last = joined.last, last.kind == nil,
        !isNamed(last.text), last.text.width >= layout.width * 0.6
      {
        joined[joined.count - 1].text += block.text
        joined[joined.count - 1].kind = .preamble
      } else if block.kind == nil, let last = joined.last, last.kind == nil,
        last.text.ends(withOneOf: ["の", "・", "及び", "る", "、", "に"])
          || block.text.count == 1
      {
        joined[joined.count - 1].text += block.text
      } else {
        joined.append(block)
      }
    }
    blocks = joined
  }

  private static let endings = [
    "事項", "書", "基準", "要綱", "要領", "規程", "規則", "条例", "特約", "条項", "約款", "特記", "について",
    "契約", "協定", "方針", "指針", "法律", "仕様", "要項", "規約", "規定", "細則", "心得", "準則", "様式",
  ]

  /// Whether it ends as titles do, brackets behind it aside.
  private func isNamed(_ words: Scalars) -> Bool {
    var text = words.compact
    while text.last?.closes == true, let start = text.lastIndex(where: { $0.opens }) {
      text = Array(text[..<start])
    }
    return text.ends(withOneOf: Self.endings)
  }

  /// False where none or several lines could be the title.
  private mutating func chooseTitle() -> Bool {
    if blocks.contains(where: { $0.kind == .title }) { return true }
    let open = blocks.indices.filter { blocks[$0].kind == nil }
    let named = open.filter { isNamed(blocks[$0].text) }
    guard let title = named.last ?? open.first else { return false }
    blocks[title].kind = .title
    // What stands alone above the title marks the text, as 別紙 does.
    if title == 1, blocks[0].kind == nil || blocks[0].kind == .heading { blocks[0].kind = .mark }
    // Letter spacing of a heading is no part of its words.
    if blocks[title].text.count(where: \.isSpace) * 3 >= blocks[title].text.count {
      blocks[title].text = blocks[title].text.compact
    }
    return open.count == 1
  }
}

extension Scalars {
  /// Goes on with the next line: between two letters of the alphabet a line end is a space.
  mutating func appendLine(_ line: Scalars) {
    if let last, let first = line.first, !last.isWide, !first.isWide, !last.closes, !first.opens {
      let isWord = { (scalar: Unicode.Scalar) in scalar.properties.isAlphabetic }
      if isWord(last), isWord(first) { append(" ") }
    }
    self += line
  }
}
