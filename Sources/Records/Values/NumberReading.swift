/// Reads numbers and amounts as offices write them: 12,345,678, １２３, △500, 金12,345,678円, ￥1,234,567－, 12,345円（税込）.
enum NumberReading {
  static func integer(_ text: FoldedText) -> ReadValue {
    var text = text
    return whole(&text, otherwise: .notInteger)
  }

  /// An amount without the tax is another than the one that is asked for.
  static func money(_ text: FoldedText) -> ReadValue {
    var text = text
    if acceptNote(of: ["税抜き", "税抜", "税別", "外税"], in: &text) { return .fault(.withoutTax) }
    _ = acceptNote(of: ["税込み", "税込", "税を含む", "内税"], in: &text)
    text.skipSpaces()
    _ = text.accept("金")
    text.skipSpaces()
    _ = text.accept("\u{A5}")
    text.skipSpaces()
    // 円, 円也, 円整, and the stroke that keeps anyone from adding a digit.
    for word in [".-", "-", "也", "整", "円"] {
      _ = text.acceptAtEnd(word)
      text.skipSpacesAtEnd()
    }
    return whole(&text, otherwise: .notMoney)
  }

  /// One of the words about the tax, before or behind the amount, with or without brackets and 消費税及び地方 before it.
  private static func acceptNote(of words: [String], in text: inout FoldedText) -> Bool {
    guard let last = text.scalars.last, let first = text.next,
      FoldedText.digit(first) == nil || FoldedText.digit(last) == nil
    else { return false }
    for word in words {
      for tax in [word, "消費" + word, "消費税及び地方消費" + word] {
        if text.accept("(" + tax + ")") || text.accept(tax) { return true }
        for note in ["(" + tax + ")", "(" + tax + "。)", tax] where text.acceptAtEnd(note) {
          text.skipSpacesAtEnd()
          return true
        }
      }
    }
    return false
  }

  /// With at most four decimals; the digits that are printed have no needless zeros.
  static func decimal(_ text: FoldedText) -> ReadValue {
    var text = text
    let negative = sign(&text)
    guard let digits = groupedDigits(&text) else { return .fault(.notDecimal) }
    var fraction: [UInt8] = []
    if text.accept(".") {
      while let digit = text.next.flatMap(FoldedText.digit) {
        fraction.append(UInt8(digit))
        _ = text.takeFirst()
      }
      if fraction.isEmpty { return .fault(.notDecimal) }
    }
    guard text.isAtEnd else { return .fault(.notDecimal) }
    while fraction.last == 0 { fraction.removeLast() }
    guard fraction.count <= 4 else { return .fault(.tooManyDecimals) }
    let padded = fraction + [UInt8](repeating: 0, count: 4 - fraction.count)
    guard let magnitude = value(of: digits + padded) else { return .fault(.tooLarge) }
    var printed: [UInt8] = negative && magnitude != 0 ? [UInt8(ascii: "-")] : []
    let significant = digits.drop { $0 == 0 }
    printed += (significant.isEmpty ? [0] : Array(significant)).map { $0 + 0x30 }
    if !fraction.isEmpty { printed += [UInt8(ascii: ".")] + fraction.map { $0 + 0x30 } }
    return ReadValue(.decimal(negative ? -magnitude : magnitude, digits: printed))
  }

  static func percent(_ text: FoldedText) -> ReadValue {
    var text = text
    _ = text.acceptAtEnd("%")
    return decimal(text)
  }

  private static func whole(_ text: inout FoldedText, otherwise fault: ValueFault) -> ReadValue {
    let negative = sign(&text)
    guard let digits = groupedDigits(&text) else { return .fault(fault) }
    // 12345.00 is how a database writes a whole number of a decimal column.
    _ = text.accept(".00") || text.accept(".0")
    guard text.isAtEnd else { return .fault(fault) }
    guard let magnitude = value(of: digits) else { return .fault(.tooLarge) }
    return ReadValue(.number(negative ? -magnitude : magnitude))
  }

  /// △ and ▲ are how official accounts write a minus sign.
  private static func sign(_ text: inout FoldedText) -> Bool {
    text.accept("-") || text.accept("△") || text.accept("▲")
  }

  /// Digits without separators, or with a comma before every third from the end: 1,23 is a slip of the hand.
  private static func groupedDigits(_ text: inout FoldedText) -> [UInt8]? {
    var groups: [[UInt8]] = [[]]
    while let scalar = text.next {
      if let digit = FoldedText.digit(scalar) {
        groups[groups.count - 1].append(UInt8(digit))
      } else if scalar == "," {
        groups.append([])
      } else {
        break
      }
      _ = text.takeFirst()
    }
    guard let first = groups.first, !first.isEmpty else { return nil }
    guard groups.count == 1 || first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.flatMap(\.self)
  }

  /// Nil above eighteen digits, which no paper of a city needs.
  private static func value(of digits: [UInt8]) -> Int64? {
    let significant = digits.drop { $0 == 0 }
    guard significant.count <= 18 else { return nil }
    return significant.reduce(0) { $0 * 10 + Int64($1) }
  }
}
