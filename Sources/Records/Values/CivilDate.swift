/// A day of the Gregorian calendar, extended backwards.
package struct CivilDate: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Nil for a day that the calendar does not have.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Self.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// From days since 1970-01-01.
  package init(dayNumber: Int64) {
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
    let shifted = Int(dayNumber) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  package var dayNumber: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// From the first day of 明治 to the end of 2100, in days since 1970-01-01: a paper's year beyond either is a slip of the hand.
  package static let readable = Era.meiji.firstDay...47_846

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate {
  /// From 2023-03-31.
  package init?(iso text: some StringProtocol) {
    guard text.utf8.count == 10 else { return nil }
    var number = 0
    for (index, byte) in text.utf8.enumerated() {
      switch (index, byte) {
      case (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")): break
      case (4, _), (7, _): return nil
      case (_, 0x30...0x39): number = 10 * number + Int(byte - 0x30)
      case _: return nil
      }
    }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// 2022-04-01.
  package var iso: String {
    func padded(_ number: Int, _ length: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// 元号, with its first day in the Gregorian calendar.
package enum Era: String, CaseIterable, Sendable {
  case reiwa = "令和"
  case heisei = "平成"
  case showa = "昭和"
  case taisho = "大正"
  case meiji = "明治"

  /// 明治 from 1868-10-23 on, the day of 改元, as ICU counts.
  package var firstDay: Int64 {
    switch self {
    case .reiwa: 18_017  // 2019-05-01
    case .heisei: 6_947  // 1989-01-08
    case .showa: -15_713  // 1926-12-25
    case .taisho: -20_974  // 1912-07-30
    case .meiji: -36_959  // 1868-10-23
    }
  }

  package var firstYear: Int { CivilDate(dayNumber: firstDay).year }

  /// The era of a day; nil before 明治.
  package init?(dayNumber: Int64) {
    switch dayNumber {
    case Self.reiwa.firstDay...: self = .reiwa
    case Self.heisei.firstDay...: self = .heisei
    case Self.showa.firstDay...: self = .showa
    case Self.taisho.firstDay...: self = .taisho
    case Self.meiji.firstDay...: self = .meiji
    case _: return nil
    }
  }
}

extension Int64 {
  package func quotientAndRemainder(floorDividingBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
