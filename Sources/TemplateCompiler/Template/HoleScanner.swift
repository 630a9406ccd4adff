import Diagnostics
import Markup

/// Cuts text at its holes: `{path | filter:'argument'}`.
///
/// `{{` is a literal brace, and so is `}` alone.
struct HoleScanner {
  private let bytes: [UInt8]
  private let location: (Int) -> SourceLocation
  private let reader: ElementReader

  init(_ text: Text, reader: ElementReader) {
    bytes = text.bytes
    location = { text.location(at: $0) }
    self.reader = reader
  }

  /// The words of an attribute, which are all in one place.
  static func inlines(of words: Name, reader: ElementReader) -> [Inline] {
    guard words.text.utf8.contains(UInt8(ascii: "{")) else {
      return [.text(words.text, words.location)]
    }
    return HoleScanner(words, reader: reader).run().pieces.map { piece in
      switch piece {
      case .text(let text, let location): .text(text, location)
      case .hole(let hole): .hole(hole)
      }
    }
  }

  private init(_ words: Name, reader: ElementReader) {
    bytes = Array(words.text.utf8)
    location = { _ in words.location }
    self.reader = reader
  }

  func run() -> TextRun {
    var pieces: [TextRun.Piece] = []
    var start = 0
    /// Ends the piece of literal text that began at `start`.
    func flush(to end: Int) {
      guard start < end else { return }
      pieces.append(
        .text(
          String(decoding: bytes[start..<end], as: UTF8.self),
          reader.place(location(start))
        )
      )
    }
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0xEF, let hole = Self.fullWidthHole(bytes[index...]) {
        reader.report(.foreignHole(hole, at: reader.place(location(index))))
      }
      guard bytes[index] == UInt8(ascii: "{") else {
        index += 1
        // A piece ends with its line, so that its place gives the place of each of its characters.
        if bytes[index - 1] == 0x0A {
          flush(to: index)
          start = index
        }
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
        if let hole = Self.doubledHole(bytes[index...]) {
          reader.report(.foreignHole(hole, at: reader.place(location(index))))
        }
        flush(to: index + 1)
        index += 2
        start = index
        continue
      }
      flush(to: index)
      let place = location(index)
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")),
        let hole = Self.hole(
          String(decoding: bytes[(index + 1)..<end], as: UTF8.self),
          at: reader.place(location(index + 1))
        )
      else {
        reader.report(.invalidHole(at: place))
        index += 1
        start = index
        continue
      }
      if index > 0, bytes[index - 1] == UInt8(ascii: "$") {
        reader.report(.foreignHole(hole.path.text, at: reader.place(location(index - 1))))
      }
      pieces.append(.hole(hole))
      index = end + 1
      start = index
    }
    flush(to: index)
    return TextRun(pieces: pieces)
  }

  /// The path in `{{ path }}`, a hole of other template engines.
  private static func doubledHole(_ bytes: ArraySlice<UInt8>) -> String? {
    // {{x}} may well be meant as it stands.
    path(in: bytes.dropFirst(2), upTo: "}}").flatMap { $0.contains(".") ? $0 : nil }
  }

  /// The path in ｛path｝.
  private static func fullWidthHole(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.starts(with: "｛".utf8) else { return nil }
    return path(in: bytes.dropFirst(3), upTo: "｝") ?? path(in: bytes.dropFirst(3), upTo: "}")
  }

  private static func path(in bytes: ArraySlice<UInt8>, upTo end: String) -> String? {
    let inner = bytes.prefix { $0.isSmallLetter || $0.isDigit || "._ |".utf8.contains($0) }
    guard bytes[inner.endIndex...].starts(with: end.utf8) else { return nil }
    let words = String(decoding: inner, as: UTF8.self).split { $0 == " " || $0 == "|" }
    guard let path = words.first.map(String.init), path.pathComponents.allSatisfy(\.isFieldName)
    else { return nil }
    return path
  }

  /// From what stands between the braces.
  static func hole(_ source: String, at location: SourceLocation) -> Hole? {
    let parts = source.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map { Substring($0).trimmingSpaces }
    guard let path = parts.first.map(String.init),
      path.pathComponents.allSatisfy(\.isFieldName) || path.isLabel
    else { return nil }
    var filters: [FilterUse] = []
    for part in parts.dropFirst() {
      guard let filter = filter(part) else { return nil }
      filters.append(filter)
    }
    return Hole(path: Name(text: path, location: location), filters: filters)
  }
}

extension HoleScanner {
  /// `name` or `name:'argument'`.
  private static func filter(_ source: Substring) -> FilterUse? {
    let parts = source.split(separator: ":", maxSplits: 1).map(\.trimmingSpaces)
    // What no filter is called is reported with those that there are.
    guard let name = parts.first, !name.isEmpty,
      !name.unicodeScalars.contains(where: { $0 == " " || $0 == "'" })
    else { return nil }
    guard parts.count > 1 else { return FilterUse(name: String(name), argument: nil) }
    let argument = parts[1].dropFirst().dropLast()
    guard parts[1].count >= 2, parts[1].first == "'", parts[1].last == "'", !argument.contains("'")
    else { return nil }
    return FilterUse(name: String(name), argument: String(argument))
  }
}

extension String {
  /// Whether it may be a label, which someone took for a path: Japanese, without spaces.
  fileprivate var isLabel: Bool {
    var isJapanese = false
    for scalar in unicodeScalars {
      if scalar.isEastAsianWide { isJapanese = true }
      if scalar == "\u{3000}" || scalar.value <= 0x20 || "、。「」{".unicodeScalars.contains(scalar) {
        return false
      }
    }
    return isJapanese
  }
}

extension Substring {
  var trimmingSpaces: Substring {
    guard let first = utf8.firstIndex(where: { !$0.isTemplateSpace }),
      let last = utf8.lastIndex(where: { !$0.isTemplateSpace })
    else { return "" }
    return Substring(utf8[first...last])
  }
}

extension Diagnostic {
  static func misplacedHole(_ hole: Hole) -> Self {
    Diagnostic(
      .invalidHole,
      at: hole.path.location,
      ja: "ここには差込み「\(hole.path.text)」を置けません。",
      en: "The hole “\(hole.path.text)” has no place here.",
      hint: Message(
        ja: "版に固有の語（slot）は題名に差し込めます。値や選択肢には文字だけを書きます。",
        en: "A title may hold slots; values of slots, options and messages are words only."
      )
    )
  }

  /// Of words that are the same for all packets; `slots` are what may stand there.
  static func misplacedHole(_ hole: Hole, slots: [EditionSlot]) -> Self {
    let name = hole.path.text
    let meant = didYouMean(name, among: slots.map(\.name.text))
    return Diagnostic(
      .invalidHole,
      at: hole.path.location,
      ja: "ここには差込み「\(name)」を置けません。",
      en: "The hole “\(name)” has no place here.",
      hint: slots.isEmpty
        ? Message(
          ja: "版の語句（slot）の値には、文字だけを書きます。",
          en: "The value of a slot is words only."
        )
        : meant.map { Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?") }
          ?? Message(
            ja: "契約によって変わらない語句なので、差し込めるのは版の語句（edition.xml の slot）だけです。filter は付けません。",
            en:
              "These words are the same for every contract: only slots of edition.xml stand in them, without filters."
          )
    )
  }

  fileprivate static func foreignHole(_ path: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidHole,
      at: location,
      ja: "差込みの括弧が正しくありません。このままでは括弧などの文字が印刷されます。",
      en: "These are not the brackets of a hole; they would be printed as they stand.",
      hint: Message(
        ja: "半角の波括弧一つで囲み、{\(path)} と書きます。",
        en: "Write it between single braces: {\(path)}"
      )
    )
  }

  fileprivate static func invalidHole(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidHole,
      at: location,
      ja: "差込みの書き方が正しくありません。",
      en: "This hole cannot be read.",
      hint: Message(
        ja: "{contract.title} のように書きます。波括弧そのものは {{ と書きます。",
        en: "Write it as {contract.title}; a literal brace is {{."
      )
    )
  }
}
