import Diagnostics
import Markup

/// Cuts text at its holes: `{path | filter:'argument'}`.
///
/// `{{` is a literal brace, and so is `}` alone.
struct HoleScanner {
  private let text: Text
  private let reader: ElementReader

  init(_ text: Text, reader: ElementReader) {
    self.text = text
    self.reader = reader
  }

  func run() -> TextRun {
    let bytes = text.bytes
    var pieces: [TextRun.Piece] = []
    var literal: [UInt8] = []
    var literalStart = 0
    func flush() {
      guard !literal.isEmpty else { return }
      pieces.append(
        .text(String(decoding: literal, as: UTF8.self), text.location(at: literalStart))
      )
      literal = []
    }
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        if literal.isEmpty { literalStart = index }
        literal.append(bytes[index])
        // A piece ends with its line, so that its place tells the place of each of its characters.
        if bytes[index] == 0x0A { flush() }
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
        if literal.isEmpty { literalStart = index }
        literal.append(bytes[index])
        flush()
        index += 2
        continue
      }
      let location = text.location(at: index)
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")),
        let hole = Self.hole(
          String(decoding: bytes[(index + 1)..<end], as: UTF8.self),
          at: text.location(at: index + 1)
        )
      else {
        reader.report(.invalidHole(at: location))
        index += 1
        continue
      }
      flush()
      pieces.append(.hole(hole))
      index = end + 1
    }
    flush()
    return TextRun(pieces: pieces)
  }

  /// From what stands between the braces.
  static func hole(_ source: String, at location: SourceLocation) -> Hole? {
    let parts = source.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.trimmingSpaces
    }
    guard let path = parts.first,
      path.split(separator: ".", omittingEmptySubsequences: false)
        .allSatisfy({ String($0).isFieldName })
    else { return nil }
    var filters: [FilterUse] = []
    for part in parts.dropFirst() {
      guard let filter = filter(part) else { return nil }
      filters.append(filter)
    }
    return Hole(path: Name(text: String(path), location: location), filters: filters)
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
    let isSpace = { (character: Character) in " \t\n".contains(character) }
    guard let first = firstIndex(where: { !isSpace($0) }),
      let last = lastIndex(where: { !isSpace($0) })
    else { return "" }
    return self[first...last]
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
