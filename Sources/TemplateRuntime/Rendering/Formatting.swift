extension [UInt8] {
  package mutating func append(number: Int64, _ style: NumberStyle) {
    switch style {
    case .plain: append(contentsOf: String(number).utf8)
    case .grouped: appendGrouped(number)
    case .digits(let digits): append(number: number, digits)
    }
  }

  package mutating func append(number: Int64, _ style: DigitStyle) {
    switch style {
    case .half: append(contentsOf: String(number).utf8)
    case .full: append(fullwidth: Array<UInt8>(String(number).utf8)[...])
    case .mixed: append(number: number, (0...9).contains(number) ? .full : .half)
    case .kanji: append(numerals: number, .kanji)
    }
  }

  /// 金12,345,678円; a negative amount as 金△500円.
  package mutating func append(money yen: Int64) {
    append(contentsOf: "金".utf8)
    appendGrouped(yen)
    append(contentsOf: "円".utf8)
  }

  /// 金壱百弐拾参円.
  package mutating func append(daiji yen: Int64) {
    append(contentsOf: "金".utf8)
    append(numerals: yen, .daiji)
    append(contentsOf: "円".utf8)
  }

  /// Escapes, and writes 0-9 as ０-９.
  package mutating func append(fullwidth text: ArraySlice<UInt8>) {
    for byte in text {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        append(contentsOf: [0xEF, 0xBC, 0x90 + byte - UInt8(ascii: "0")])
      } else {
        append(escaping: [byte][...])
      }
    }
  }

  /// A day (or, with a time, a minute) since 1970-01-01 as 令和４年４月１日　午前９時20分; before 明治 as 西暦.
  package mutating func append(wareki value: Int64, _ digits: DigitStyle, time: Bool) {
    let (day, minute) = time ? value.quotientAndRemainder(floorDividingBy: 1440) : (value, 0)
    let date = CivilDate(dayNumber: day)
    if let era = Era(dayNumber: day) {
      append(contentsOf: era.rawValue.utf8)
      let year = date.year - era.firstYear + 1
      if year == 1 {
        append(contentsOf: "元".utf8)
      } else {
        append(number: Int64(year), digits)
      }
    } else {
      append(contentsOf: "西暦".utf8)
      append(number: Int64(date.year), digits)
    }
    append(contentsOf: "年".utf8)
    append(number: Int64(date.month), digits)
    append(contentsOf: "月".utf8)
    append(number: Int64(date.day), digits)
    append(contentsOf: "日".utf8)
    guard time else { return }
    let hour = minute / 60
    append(contentsOf: (hour < 12 ? "　午前" : "　午後").utf8)
    append(number: hour < 12 ? hour : hour - 12, digits)
    append(contentsOf: "時".utf8)
    if minute % 60 != 0 {
      append(number: minute % 60, digits)
      append(contentsOf: "分".utf8)
    }
  }

  /// 2022-04-01, 2022-04-01T09:20.
  package mutating func append(iso value: Int64, time: Bool) {
    let (day, minute) = time ? value.quotientAndRemainder(floorDividingBy: 1440) : (value, 0)
    let date = CivilDate(dayNumber: day)
    append(padded: date.year, to: 4)
    append(UInt8(ascii: "-"))
    append(padded: date.month, to: 2)
    append(UInt8(ascii: "-"))
    append(padded: date.day, to: 2)
    guard time else { return }
    append(UInt8(ascii: "T"))
    append(padded: Int(minute / 60), to: 2)
    append(UInt8(ascii: ":"))
    append(padded: Int(minute % 60), to: 2)
  }

  private mutating func append(padded number: Int, to width: Int) {
    let digits = String(number)
    append(
      contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, width - digits.utf8.count))
    )
    append(contentsOf: digits.utf8)
  }

  private mutating func appendGrouped(_ number: Int64) {
    let digits = Array<UInt8>(String(number.magnitude).utf8)
    // △ is how official accounts write a minus sign.
    if number < 0 { append(contentsOf: "△".utf8) }
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { append(UInt8(ascii: ",")) }
      append(digit)
    }
  }

  private enum Numerals {
    case kanji, daiji

    var digits: [String] {
      switch self {
      case .kanji: ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
      // 大正11年大蔵省令第43号 demands 壱 弐 参 拾 only.
      case .daiji: ["零", "壱", "弐", "参", "四", "五", "六", "七", "八", "九"]
      }
    }

    var units: [String] {
      switch self {
      case .kanji: ["", "十", "百", "千"]
      case .daiji: ["", "拾", "百", "千"]
      }
    }
  }

  private mutating func append(numerals number: Int64, _ numerals: Numerals) {
    guard number != 0 else { return append(contentsOf: numerals.digits[0].utf8) }
    if number < 0 { append(contentsOf: "△".utf8) }
    var groups: [Int] = []
    var rest = number.magnitude
    while rest > 0 {
      groups.append(Int(rest % 10_000))
      rest /= 10_000
    }
    let myriads = ["", "万", "億", "兆", "京"]
    for (index, group) in groups.enumerated().reversed() where group > 0 {
      for (power, divisor) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
        let digit = group / divisor % 10
        guard digit > 0 else { continue }
        // 壱百, but 百: only 大字 write the one before a unit.
        if digit > 1 || power == 0 || numerals == .daiji {
          append(contentsOf: numerals.digits[digit].utf8)
        }
        append(contentsOf: numerals.units[power].utf8)
      }
      append(contentsOf: myriads[index].utf8)
    }
  }
}

extension Int64 {
  package func quotientAndRemainder(floorDividingBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
