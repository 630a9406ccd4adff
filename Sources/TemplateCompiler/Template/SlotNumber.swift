import Records

extension Formula {
  /// The number in a slot, which may be a part in the annex's own words: 10, １０, 10分の１, 百分の五, 10％.
  init?(slot words: String) {
    var rest = Substring(words)
    guard let first = rest.takeNumber() else { return nil }
    switch rest {
    case "": self = .number(first)
    case "％", "%", "パーセント": self = .quotient(.number(first), .number(100))
    case _:
      guard first > 0, rest.hasPrefix("分の") else { return nil }
      rest = rest.dropFirst("分の".count)
      guard let part = rest.takeNumber(), rest.isEmpty else { return nil }
      self = .quotient(.number(part), .number(first))
    }
  }
}

extension Substring {
  /// Takes an Arabic or kanji number of up to nine digits from the front.
  fileprivate mutating func takeNumber() -> Int64? {
    let signs = prefix { $0.wholeNumber != nil || $0.power != nil }
    guard (1...9).contains(signs.count) else { return nil }
    var total: Int64 = 0
    var digits: Int64?
    for sign in signs {
      if let digit = sign.wholeNumber {
        digits = (digits ?? 0) * 10 + digit
      } else if let power = sign.power {
        total += (digits ?? 1) * power
        digits = nil
      }
    }
    self = dropFirst(signs.count)
    return total + (digits ?? 0)
  }
}

extension Character {
  /// Of 0 to 9 in either width, and 〇 to 九.
  fileprivate var wholeNumber: Int64? {
    let kanji = Array("〇一二三四五六七八九")
    if let digit = kanji.firstIndex(of: self) { return Int64(digit) }
    return ("0"..."9").contains(self) || ("０"..."９").contains(self)
      ? wholeNumberValue.map(Int64.init) : nil
  }

  fileprivate var power: Int64? { ["十": 10, "百": 100, "千": 1000][self] }
}
