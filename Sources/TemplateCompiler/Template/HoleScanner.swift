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
      pieces.append(.hole(hole))
      index = end + 1
      start = index
    }
    flush(to: index)
    return TextRun(pieces: pieces)
  }

  /// From what stands between the braces.
  static func hole(_ source: String, at location: SourceLocation) -> Hole? {
    let parts = source.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map { Substring($0).trimmingSpaces }
    guard let path = parts.first.map(String.init),
      path.pathComponents.allSatisfy(\.isFieldName)
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
    guard let name = parts.first, !name.isEmpty, name.utf8.allSatisfy(\.isSmallLetter) else {
      return nil
    }
    guard parts.count > 1 else { return FilterUse(name: String(name), argument: nil) }
    let argument = parts[1].dropFirst().dropLast()
    guard parts[1].count >= 2, parts[1].first == "'", parts[1].last == "'", !argument.contains("'")
    else { return nil }
    return FilterUse(name: String(name), argument: String(argument))
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
