import Diagnostics

/// What is wrong with a style sheet as CSS: a browser drops what it cannot read, and says nothing.
struct StyleSyntax {
  private let text: SourceText
  private let pages: [String]
  private let reader: ElementReader
  private var css: [UInt8] { text.bytes }
  /// Where the braces that are open stand.
  private var open: [Int] = []
  /// Where the declaration or selector began, and its words without remarks.
  private var start = 0
  private var words: [UInt8] = []
  private var hasWideSign = false

  /// Returns whether every brace is closed.
  ///
  /// `pages`: the ids of the documents, which are classes and names of pages.
  static func check(_ text: SourceText, pages: [String], reader: ElementReader) -> Bool {
    var syntax = StyleSyntax(text: text, pages: pages, reader: reader)
    syntax.read()
    return syntax.open.isEmpty
  }

  private init(text: SourceText, pages: [String], reader: ElementReader) {
    self.text = text
    self.pages = pages
    self.reader = reader
  }

  private static let wideSigns = ["：", "；", "｛", "｝", "\u{3000}"]

  private mutating func read() {
    // A byte order mark is no part of the first selector.
    var index = css.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < css.count {
      let byte = css[index]
      switch byte {
      case UInt8(ascii: "/") where css[index...].starts(with: "/*".utf8):
        index = end(of: "*/", from: index + 2)
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let end = css[(index + 1)...].firstIndex { $0 == byte || $0 == 0x0A } ?? css.count - 1
        take(css[index...end], at: index)
        index = end
      case UInt8(ascii: "{"):
        checkSelectors()
        open.append(index)
        drop()
      case UInt8(ascii: "}"):
        checkDeclaration()
        if open.popLast() == nil { report(.closesNothing, at: index) }
        drop()
      case UInt8(ascii: ";"):
        checkDeclaration()
        drop()
      case 0xE3, 0xEF:
        if let sign = Self.wideSigns.first(where: { css[index...].starts(with: $0.utf8) }) {
          hasWideSign = true
          report(.wideSign(sign), at: index)
        }
        take(css[index...index], at: index)
      case _:
        take(css[index...index], at: index)
      }
      index += 1
    }
    if let brace = open.first { report(.neverClosed, at: brace) }
  }

  private func end(of mark: String, from start: Int) -> Int {
    let bytes = Array(mark.utf8)
    var index = start
    while index + bytes.count <= css.count {
      if css[index...].starts(with: bytes) { return index + bytes.count }
      index += 1
    }
    return css.count
  }

  private mutating func drop() {
    words = []
    hasWideSign = false
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>, at index: Int) {
    if words.isEmpty {
      guard let first = bytes.first, !Self.isSpace(first) else { return }
      start = index
    }
    words += bytes
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  // MARK: Selectors

  private static let classes: Set = [
    "document", "annex", "form", "title", "caption", "article", "paragraph", "number", "items",
    "subitems", "mark", "part", "chapter", "section", "subsection", "division", "supplement",
    "appendix", "preamble", "text", "note",
    "table", "unnumbered", "form-number", "date", "addressee", "opening", "closing", "sender",
    "role", "body", "choices", "left", "center", "right", "fields", "pairs", "clauses", "signature",
    "group", "group-heading", "photo", "copy", "copy-label", "values", "option", "grid", "office",
    "stamp", "office-box", "office-caption", "office-cells", "seals", "blank", "spaced",
    "unit", "long", "seal", "open", "contents",
  ]

  private func checkSelectors() {
    guard words.first != UInt8(ascii: "@") else { return }
    var index = 0
    while let dot = words[index...].firstIndex(of: UInt8(ascii: ".")) {
      let name = words[(dot + 1)...].prefix {
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
      index = dot + 1
      guard name.first?.isLetter == true else { continue }
      let className = String(decoding: name, as: UTF8.self)
      let isKnown =
        Self.classes.contains(className) || className.hasPrefix("blank-")
        || className.hasPrefix("lines-")
        || className.hasPrefix("w-") || pages.contains { className == "page-" + $0 }
      if !isKnown {
        let offered = Self.classes.sorted() + pages.map { "page-" + $0 }
        report(.unknownClass(className, near: didYouMean(className, among: offered)), at: start)
      }
    }
  }

  // MARK: Declarations

  private func checkDeclaration() {
    guard !open.isEmpty, !words.isEmpty, words[0] != UInt8(ascii: "@") else { return }
    // That has been said.
    if hasWideSign { return }
    guard let colon = words.firstIndex(of: UInt8(ascii: ":")) else {
      report(.noColon, at: start)
      return
    }
    let name = String(decoding: words[..<colon].filter { !Self.isSpace($0) }, as: UTF8.self)
      .lowercased()
    if hasSecondDeclaration(words[(colon + 1)...]) { report(.noSemicolon, at: start) }
    if !name.hasPrefix("-"), !StyleProperty.all.contains(name) {
      report(
        .unknownProperty(name, near: didYouMean(name, among: StyleProperty.all.sorted())),
        at: start
      )
    }
  }

  /// Whether a value goes on with the name of a property, as it does where a semicolon is missing.
  private func hasSecondDeclaration(_ value: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    var quote: UInt8?
    for byte in value {
      if let mark = quote {
        if byte == mark { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ":") where depth == 0: return true
      case _: break
      }
    }
    return false
  }

  fileprivate enum Fault {
    case neverClosed, closesNothing, wideSign(String), noColon, noSemicolon
    case unknownProperty(String, near: String?)
    case unknownClass(String, near: String?)
  }

  private func report(_ fault: Fault, at offset: Int) {
    reader.report(.invalidStyle(fault, at: text.location(at: offset)))
  }
}

extension Diagnostic {
  private static func near(_ name: String?, ja: String, en: String) -> Message {
    name.map { Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?") }
      ?? Message(ja: ja, en: en)
  }

  fileprivate static func invalidStyle(_ fault: StyleSyntax.Fault, at location: SourceLocation)
    -> Self
  {
    func error(_ ja: String, _ en: String, _ hint: Message) -> Self {
      Diagnostic(.invalidStyle, at: location, ja: ja, en: en, hint: hint)
    }
    func warning(_ ja: String, _ en: String, _ hint: Message) -> Self {
      Diagnostic(.invalidStyle, .warning, at: location, ja: ja, en: en, hint: hint)
    }
    switch fault {
    case .neverClosed:
      return error(
        "この「{」が閉じられていないため、後の指定が効きません。",
        "This “{” is never closed, so that nothing behind it takes effect.",
        Message(ja: "この規則の終わりに } を書いてください。", en: "Write } where the rule ends.")
      )
    case .closesNothing:
      return error(
        "この「}」に対応する「{」がありません。",
        "This “}” closes nothing.",
        Message(ja: "余分な } を削ってください。", en: "Remove it.")
      )
    case .wideSign(let sign):
      let isSpace = sign == "\u{3000}"
      return error(
        isSpace ? "全角の空白があります。この指定は効きません。" : "「\(sign)」が全角です。この指定は効きません。",
        isSpace
          ? "There is an ideographic space, and a browser drops what it stands in."
          : "The sign “\(sign)” is full-width, and a browser drops what it stands in.",
        Message(ja: "半角で書いてください。", en: "Write it in ASCII.")
      )
    case .noColon:
      return error(
        "「:」のない指定です。",
        "This declaration has no colon.",
        Message(ja: "margin: 1mm のように書きます。", en: "Write it as margin: 1mm.")
      )
    case .noSemicolon:
      return error(
        "指定の終わりに「;」がありません。",
        "A semicolon is missing behind this declaration.",
        Message(ja: "次の指定の前に ; を書いてください。", en: "Write ; before the next one.")
      )
    case .unknownProperty(let name, let meant):
      return warning(
        "プロパティ「\(name)」は知られていません。",
        "No property “\(name)” is known.",
        near(meant, ja: "綴りを確認してください。", en: "Check its spelling.")
      )
    case .unknownClass(let name, let meant):
      return warning(
        "クラス「\(name)」は、どの書類にもありません。",
        "No paper has the class “\(name)”.",
        near(meant, ja: "綴りを確認するか、この規則を削ってください。", en: "Check its spelling, or remove the rule.")
      )
    }
  }
}
