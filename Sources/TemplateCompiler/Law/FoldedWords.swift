/// Words of references with one kind of digits and brackets, so that 第十条, 第１０条 and 第10条 are the same.
struct FoldedWords {
  private(set) var scalars: [Unicode.Scalar] = []

  init(_ words: some StringProtocol) {
    let text = Array(words.unicodeScalars)
    var index = 0
    while index < text.count {
      // 第三者 is no number, but then it is no reference either.
      if let before = index > 0 ? text[index - 1] : nil, "第前次の".unicodeScalars.contains(before),
        let number = Self.kanjiNumber(text, at: index)
      {
        scalars += String(number.value).unicodeScalars
        index = number.end
        continue
      }
      scalars.append(Self.folded(text[index]))
      index += 1
    }
  }

  /// Full-width digits, letters and brackets as half-width ones.
  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard 0xFF01...0xFF5E ~= scalar.value, scalar != "～" else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  /// Of ASCII digits.
  static func number(_ text: [Unicode.Scalar], at start: Int) -> (value: Int, end: Int)? {
    let digits = text[start...].prefix { "0"..."9" ~= $0 }
    guard !digits.isEmpty, digits.count < 6 else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
    return (value, digits.endIndex)
  }

  private static let kanji: [Unicode.Scalar: Int] = [
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// 百二十三.
  private static func kanjiNumber(_ text: [Unicode.Scalar], at start: Int) -> (
    value: Int, end: Int
  )? {
    var (total, digit, index) = (0, 0, start)
    while index < text.count {
      switch text[index] {
      case "十": (total, digit) = (total + max(digit, 1) * 10, 0)
      case "百": (total, digit) = (total + max(digit, 1) * 100, 0)
      case let scalar:
        guard let value = kanji[scalar] else {
          return index > start ? (total + digit, index) : nil
        }
        digit = value
      }
      index += 1
    }
    return index > start ? (total + digit, index) : nil
  }
}
