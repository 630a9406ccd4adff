package import Records

/// The formats of values, straight into the output.
extension ByteWriter {
  package mutating func append(number: Int64, _ style: NumberStyle) {
    switch style {
    case .plain: append(plain: number)
    case .grouped: append(grouped: number)
    case .digits(let digits): append(number: number, digits)
    }
  }

  package mutating func append(number: Int64, _ style: DigitStyle) {
    switch style {
    case .half: append(plain: number)
    case .full: append(fullwidth: number)
    case .mixed:
      if (0...9).contains(number) { append(fullwidth: number) } else { append(plain: number) }
    case .kanji: append(numerals: number, .kanji)
    }
  }

  /// 金12,345,678円; a negative amount as 金△500円.
  package mutating func append(money yen: Int64) {
    append("金" as StaticString)
    append(grouped: yen)
    append("円" as StaticString)
  }

  /// 金壱百弐拾参円.
  package mutating func append(daiji yen: Int64) {
    append("金" as StaticString)
    append(numerals: yen, .daiji)
    append("円" as StaticString)
  }

  /// Escapes, and writes 0-9 as ０-９.
  mutating func append(fullwidth pool: borrowing Span<UInt8>, _ first: Int, _ length: Int) {
    for index in first..<first + length {
      let byte = pool[index]
      if (0x30...0x39).contains(byte) {
        append(fullwidthDigit: UInt64(byte - 0x30))
      } else {
        append(escaping: pool, index, 1)
      }
    }
  }

  /// A day (or, with a time, a minute) since 1970-01-01 as 令和４年４月１日　午前９時20分; before 明治 as 西暦.
  package mutating func append(wareki value: Int64, _ digits: DigitStyle, time: Bool) {
    let (day, minute) = time ? value.quotientAndRemainder(floorDividingBy: 1440) : (value, 0)
    let date = CivilDate(dayNumber: day)
    if let era = Era(dayNumber: day) {
      append(era.name)
      let year = date.year - era.firstYear + 1
      if year == 1 { append("元" as StaticString) } else { append(number: Int64(year), digits) }
    } else {
      append("西暦" as StaticString)
      append(number: Int64(date.year), digits)
    }
    append("年" as StaticString)
    append(number: Int64(date.month), digits)
    append("月" as StaticString)
    append(number: Int64(date.day), digits)
    append("日" as StaticString)
    guard time else { return }
    let hour = minute / 60
    append(hour < 12 ? "　午前" as StaticString : "　午後")
    append(number: hour < 12 ? hour : hour - 12, digits)
    append("時" as StaticString)
    if minute % 60 != 0 {
      append(number: minute % 60, digits)
      append("分" as StaticString)
    }
  }

  /// 2022-04-01, 2022-04-01T09:20.
  package mutating func append(iso value: Int64, time: Bool) {
    let (day, minute) = time ? value.quotientAndRemainder(floorDividingBy: 1440) : (value, 0)
    let date = CivilDate(dayNumber: day)
    append(Int64(date.year), padded: 1000)
    append(UInt8(ascii: "-"))
    append(Int64(date.month), padded: 10)
    append(UInt8(ascii: "-"))
    append(Int64(date.day), padded: 10)
    guard time else { return }
    append(UInt8(ascii: "T"))
    append(minute / 60, padded: 10)
    append(UInt8(ascii: ":"))
    append(minute % 60, padded: 10)
  }
}

extension ByteWriter {
  private mutating func append(plain number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    forEachDigit(of: number.magnitude) { writer, digit, _ in
      writer.append(0x30 + UInt8(truncatingIfNeeded: digit))
    }
  }

  private mutating func append(fullwidth number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    forEachDigit(of: number.magnitude) { writer, digit, _ in
      writer.append(fullwidthDigit: digit)
    }
  }

  private mutating func append(grouped number: Int64) {
    // △ is how official accounts write a minus sign.
    if number < 0 { append("△" as StaticString) }
    forEachDigit(of: number.magnitude) { writer, digit, following in
      writer.append(0x30 + UInt8(truncatingIfNeeded: digit))
      if following > 0, following % 3 == 0 { writer.append(UInt8(ascii: ",")) }
    }
  }

  @inline(__always)
  private mutating func append(fullwidthDigit digit: UInt64) {
    append(0xEF)
    append(0xBC)
    append(0x90 + UInt8(truncatingIfNeeded: digit))
  }

  /// `least` is the smallest number that needs no zeros before it.
  private mutating func append(_ number: Int64, padded least: Int64) {
    var least = least
    while number < least, least > 1 {
      append(UInt8(ascii: "0"))
      least /= 10
    }
    append(plain: number)
  }

  /// The digits of a number, the highest first, each with how many follow it.
  @inline(__always)
  private mutating func forEachDigit(
    of magnitude: UInt64,
    _ body: (inout ByteWriter, _ digit: UInt64, _ following: Int) -> Void
  ) {
    var (divisor, following): (UInt64, Int) = (1, 0)
    while magnitude / divisor >= 10 {
      divisor *= 10
      following += 1
    }
    var rest = magnitude
    while following > 0 {
      body(&self, rest / divisor, following)
      rest %= divisor
      divisor /= 10
      following -= 1
    }
    body(&self, rest, 0)
  }

  // MARK: 漢数字

  private enum Numerals {
    case kanji
    /// 大正11年大蔵省令第43号 demands 壱 弐 参 拾 only.
    case daiji

    func digit(_ digit: UInt64) -> StaticString {
      switch (digit, self) {
      case (0, .kanji): "〇"
      case (0, .daiji): "零"
      case (1, .kanji): "一"
      case (1, .daiji): "壱"
      case (2, .kanji): "二"
      case (2, .daiji): "弐"
      case (3, .kanji): "三"
      case (3, .daiji): "参"
      case (4, _): "四"
      case (5, _): "五"
      case (6, _): "六"
      case (7, _): "七"
      case (8, _): "八"
      case (_, _): "九"
      }
    }

    var ten: StaticString { self == .kanji ? "十" : "拾" }
  }

  private mutating func append(numerals number: Int64, _ numerals: Numerals) {
    guard number != 0 else { return append(numerals.digit(0)) }
    if number < 0 { append("△" as StaticString) }
    var (rest, divisor): (UInt64, UInt64) = (number.magnitude, 10_000_000_000_000_000)
    while divisor > 0 {
      if append(group: rest / divisor, numerals) {
        switch divisor {
        case 10_000_000_000_000_000: append("京" as StaticString)
        case 1_000_000_000_000: append("兆" as StaticString)
        case 100_000_000: append("億" as StaticString)
        case 10_000: append("万" as StaticString)
        case _: break
        }
      }
      rest %= divisor
      divisor /= 10_000
    }
  }

  /// Up to four digits; false if all of them are 0.
  private mutating func append(group: UInt64, _ numerals: Numerals) -> Bool {
    guard group > 0 else { return false }
    append(group / 1000, "千", numerals)
    append(group / 100 % 10, "百", numerals)
    append(group / 10 % 10, numerals.ten, numerals)
    if group % 10 > 0 { append(numerals.digit(group % 10)) }
    return true
  }

  /// 壱百, but 百: only 大字 write the one before a unit.
  private mutating func append(_ digit: UInt64, _ unit: StaticString, _ numerals: Numerals) {
    guard digit > 0 else { return }
    if digit > 1 || numerals == .daiji { append(numerals.digit(digit)) }
    append(unit)
  }
}

extension Era {
  /// Its raw value, without a string.
  fileprivate var name: StaticString {
    switch self {
    case .reiwa: "令和"
    case .heisei: "平成"
    case .showa: "昭和"
    case .taisho: "大正"
    case .meiji: "明治"
    }
  }
}
