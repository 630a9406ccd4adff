import Diagnostics

/// What an input method or a word processor leaves in a tag, so that the tag cannot be read.
enum TagHabit {
  /// A sign that looks like one of XML's, and the one that was meant.
  case sign(String, plain: String)
  /// U+3000, which nobody sees.
  case wideSpace
  /// A value whose closing quote is missing.
  case openQuote

  private static let signs = [
    ("“", "\""), ("”", "\""), ("＂", "\""), ("‘", "'"), ("’", "'"), ("＇", "'"), ("＝", "="),
    ("＞", ">"),
    ("＜", "<"), ("／", "/"),
  ]

  /// The first such thing in the tag around a fault, with its place; nil if there is none.
  static func find(in bytes: [UInt8], at fault: Int) -> (habit: TagHabit, offset: Int)? {
    let fault = min(fault, bytes.count)
    guard let start = bytes[..<fault].lastIndex(of: UInt8(ascii: "<")) else { return nil }
    if let quote = openQuote(bytes, start, fault) { return (.openQuote, quote) }
    var quote: UInt8?
    var index = start
    while index < bytes.count, index < fault + 80 {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return nil
      } else if byte >= 0x80 {
        let rest = bytes[index...]
        if rest.starts(with: "\u{3000}".utf8) { return (.wideSpace, index) }
        if let (sign, plain) = signs.first(where: { rest.starts(with: $0.0.utf8) }) {
          return (.sign(sign, plain: plain), index)
        }
      }
      index += 1
    }
    return nil
  }

  /// The quote that opens a value in which the tag ends and another begins.
  private static func openQuote(_ bytes: [UInt8], _ start: Int, _ fault: Int) -> Int? {
    guard fault + 1 < bytes.count, bytes[fault] == UInt8(ascii: "<"),
      bytes[fault + 1] == UInt8(ascii: "/") || bytes[fault + 1] | 0x20 >= UInt8(ascii: "a"),
      let end = bytes[start..<fault].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    return bytes[start..<end].lastIndex(of: UInt8(ascii: "\""))
  }
}

extension Diagnostic {
  static func notWellFormed(_ habit: TagHabit, at location: SourceLocation) -> Self {
    switch habit {
    case .sign(let sign, let plain):
      Diagnostic(
        .notWellFormed,
        at: location,
        ja: "タグの中の「\(sign)」が全角です。",
        en: "The “\(sign)” in this tag is not an ASCII sign.",
        hint: Message(ja: "半角の \(plain) で書いてください。", en: "Write \(plain) instead.")
      )
    case .wideSpace:
      Diagnostic(
        .notWellFormed,
        at: location,
        ja: "タグの中に全角の空白があります。",
        en: "There is an ideographic space in this tag.",
        hint: Message(ja: "半角の空白に改めてください。", en: "Write a plain space instead.")
      )
    case .openQuote:
      Diagnostic(
        .notWellFormed,
        at: location,
        ja: "属性の値の引用符が閉じられていません。",
        en: "The quote around this value is never closed.",
        hint: Message(ja: "値の終わりに \" を書いてください。", en: "Write \" at the end of the value.")
      )
    }
  }
}
