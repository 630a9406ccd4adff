/// A rule that a style sheet has for the pages of one name: `@page pledge:first { margin: 10mm }`.
///
/// Chromium takes no list of names there, so that each further name needs the rule again.
struct NamedPageRule {
  let name: String
  /// `:first`, or nothing.
  let pseudoClass: String
  /// With its braces.
  let block: String

  /// The rules of a style sheet, in its order.
  static func rules(in style: String) -> [NamedPageRule] {
    var rules: [NamedPageRule] = []
    var rest = Array(style.utf8)[...]
    while !rest.isEmpty {
      guard rest.starts(with: "@page".utf8), let open = rest.firstIndex(of: UInt8(ascii: "{"))
      else {
        rest = rest[end(ofTokenIn: rest)...]
        continue
      }
      let prelude = String(decoding: rest[..<open].dropFirst("@page".utf8.count), as: UTF8.self)
      let close = end(ofBlockIn: rest[open...])
      let block = String(decoding: rest[open..<close], as: UTF8.self)
      for selector in prelude.split(separator: ",") {
        let selector = selector.split(whereSeparator: \.isWhitespace).joined()
        let name = selector.prefix { $0 != ":" }
        guard !name.isEmpty else { continue }
        let pseudoClass = String(selector.dropFirst(name.count))
        rules.append(NamedPageRule(name: String(name), pseudoClass: pseudoClass, block: block))
      }
      rest = rest[close...]
    }
    return rules
  }

  private static func end(ofBlockIn text: ArraySlice<UInt8>) -> Int {
    var depth = 0
    var rest = text
    while let byte = rest.first {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      rest = rest[end(ofTokenIn: rest)...]
      if depth == 0 { break }
    }
    return rest.startIndex
  }

  /// A comment or a string goes as one, all else byte by byte.
  private static func end(ofTokenIn text: ArraySlice<UInt8>) -> Int {
    if text.starts(with: "/*".utf8) {
      return text.dropFirst(2).firstRange(of: Array("*/".utf8))?.upperBound ?? text.endIndex
    }
    guard let quote = text.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return text.startIndex + 1
    }
    var index = text.startIndex + 1
    while index < text.endIndex, text[index] != quote {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, text.endIndex)
  }
}
