/// Reads a day, and a day with a time, in every spelling that offices use.
///
/// 令和４年４月１日（金）, 令和四年四月一日, R4.4.1, 令4.4.1, 西暦2022年4月1日, 2022/4/1, 2022-04-01, 20220401; with a time
/// 2022-04-11T10:00, …15:30, …午前10時, …午後３時半. Full-width or half-width; 令和1年 is 元年.
enum DateReading {
  /// Days since 1970-01-01; the midnight that exports put behind a day, 0:00 or T00:00:00.000Z, is none of its own.
  static func day(_ text: FoldedText) -> ReadValue {
    var text = text
    switch calendarDay(&text) {
    case .failure(let fault): return .fault(.date(fault))
    case .success(let (day, remark)):
      if text.isAtEnd { return ReadValue(.number(day), remark: remark.map(ValueFault.date)) }
      _ = text.acceptAtEnd("Z")
      switch time(&text) {
      case .success(0): return ReadValue(.number(day), remark: remark.map(ValueFault.date))
      case .failure(.unreadable): return .fault(.date(.unreadable))
      case .success, .failure: return .fault(.date(.timeGiven))
      }
    }
  }

  /// Minutes since 1970-01-01T00:00.
  static func minute(_ text: FoldedText) -> ReadValue {
    var text = text
    switch calendarDay(&text) {
    case .failure(let fault): return .fault(.time(fault))
    case .success(let (day, remark)):
      if text.isAtEnd { return .fault(.time(.timeMissing)) }
      switch time(&text) {
      case .failure(let fault): return .fault(.time(fault))
      case .success(let minute):
        return ReadValue(.number(day * 1440 + minute), remark: remark.map(ValueFault.time))
      }
    }
  }

  // MARK: The day

  private static func calendarDay(
    _ text: inout FoldedText
  ) -> Result<(day: Int64, remark: DateFault?), DateFault> {
    let era = era(&text)
    if era == nil { _ = text.accept("西暦") }
    text.skipSpaces()
    var year: (value: Int, count: Int)
    if era != nil, text.accept("元") {
      year = (1, 1)
    } else if let number = number(&text) {
      year = number
    } else {
      return .failure(.unreadable)
    }
    let month: Int
    let day: Int
    if era == nil, year.count == 8, text.next != "年" {
      (year.value, month, day) = (year.value / 10_000, year.value / 100 % 100, year.value % 100)
      year.count = 4
    } else if let parts = monthAndDay(&text) {
      (month, day) = parts
    } else {
      return .failure(.unreadable)
    }
    guard era != nil || year.count == 4 else { return .failure(.yearWithoutEra) }
    if let era, year.value >= 1000 {
      let date = CivilDate(year: min(year.value, 9999), month: month, day: day)
      return .failure(
        .fourDigitsInEra(
          EraYear(era: era, year: year.value),
          is: date.flatMap { CivilDate.readable.contains($0.dayNumber) ? EraYear($0) : nil }
        )
      )
    }
    guard year.value >= 1, year.value <= 9999,
      let date = CivilDate(
        year: era.map { $0.firstYear + year.value - 1 } ?? year.value,
        month: month,
        day: day
      )
    else { return .failure(.noSuchDay) }
    guard weekdayAgrees(&text, with: date) else { return .failure(.wrongWeekday) }
    if let era, Era(dayNumber: date.dayNumber) != era {
      return check(date, year: year.value, of: era)
    }
    return CivilDate.readable.contains(date.dayNumber)
      ? .success((date.dayNumber, nil)) : .failure(.outOfRange)
  }

  /// A day that is not of the era that was typed: 平成 had no 34th year, and 令和 did not begin before 2019-05-01.
  ///
  /// A paper signed before the new era was known may name a day of 平成31年 after it; such a day is
  /// read, with a warning.
  private static func check(
    _ date: CivilDate,
    year: Int,
    of era: Era
  ) -> Result<(day: Int64, remark: DateFault?), DateFault> {
    let ownYear = EraYear(date)
    let typed = EraYear(era: era, year: year)
    if date.dayNumber < era.firstDay { return .failure(.beforeEra(typed, is: ownYear)) }
    guard let ownYear, let lastYear = era.lastDay.map({ CivilDate(dayNumber: $0).year }) else {
      return .failure(.noSuchDay)
    }
    let fault = DateFault.afterEra(typed, is: ownYear, lastYearHad: date.year == lastYear)
    return date.year == lastYear ? .success((date.dayNumber, fault)) : .failure(fault)
  }

  private static func era(_ text: inout FoldedText) -> Era? {
    for era in Era.allCases where text.accept(era.rawValue) { return era }
    for era in Era.allCases {
      for sign in era.abbreviations where text.accept(sign) { return era }
    }
    return nil
  }

  private static func monthAndDay(_ text: inout FoldedText) -> (Int, Int)? {
    text.skipSpaces()
    if text.accept("年") {
      text.skipSpaces()
      guard let month = number(&text), month.count <= 2 else { return nil }
      text.skipSpaces()
      guard text.accept("月") else { return nil }
      text.skipSpaces()
      guard let day = number(&text), day.count <= 2 else { return nil }
      text.skipSpaces()
      guard text.accept("日") else { return nil }
      return (month.value, day.value)
    }
    guard let mark = text.next, mark == "-" || mark == "/" || mark == "." else { return nil }
    _ = text.accept(mark)
    guard let month = text.digits(), month.count <= 2, text.accept(mark),
      let day = text.digits(), day.count <= 2
    else { return nil }
    return (month.value, day.value)
  }

  /// Digits, or 〇 to 九 in a row, or 十 with what stands around it.
  private static func number(_ text: inout FoldedText) -> (value: Int, count: Int)? {
    if let digits = text.digits() { return digits }
    var value = 0
    var count = 0
    var hasTen = false
    while let scalar = text.next, count < 8 {
      if scalar == "十" {
        guard !hasTen, value < 10 else { return nil }
        value = max(value, 1) * 10
        hasTen = true
      } else if let digit = Array("〇一二三四五六七八九".unicodeScalars).firstIndex(of: scalar) {
        value = hasTen ? value + digit : value * 10 + digit
      } else {
        break
      }
      count += 1
      _ = text.accept(scalar)
    }
    // Of 十二 and 二十五 only the value counts: they have at most two digits.
    return count > 0 ? (value, hasTen ? 2 : count) : nil
  }

  /// （火）, (火), 火曜日 or nothing at all.
  private static func weekdayAgrees(_ text: inout FoldedText, with date: CivilDate) -> Bool {
    var ahead = text
    ahead.skipSpaces()
    let bracketed = ahead.accept("(")
    let names = Array("木金土日月火水".unicodeScalars)  // 1970-01-01 was a Thursday
    guard let scalar = ahead.takeFirst(), let weekday = names.firstIndex(of: scalar) else {
      return true
    }
    let spelledOut = ahead.accept("曜")
    if spelledOut { _ = ahead.accept("日") }
    guard bracketed ? ahead.accept(")") : spelledOut else { return true }
    text = ahead
    return date.dayNumber.quotientAndRemainder(floorDividingBy: 7).1 == Int64(weekday)
  }

  // MARK: The time of day

  private static func time(_ text: inout FoldedText) -> Result<Int64, DateFault> {
    if !text.accept("T") { text.skipSpaces() }
    if text.accept("正午") { return text.isAtEnd ? .success(720) : .failure(.unreadable) }
    let half: Int64? = text.accept("午前") ? 0 : text.accept("午後") ? 720 : nil
    text.skipSpaces()
    guard let hour = text.digits(), hour.count <= 2 else { return .failure(.unreadable) }
    var minute = 0
    text.skipSpaces()
    if text.accept(":") {
      guard let digits = text.digits(), digits.count == 2 else { return .failure(.unreadable) }
      minute = digits.value
      if text.accept(":") {
        guard let seconds = text.digits(), seconds.count == 2 else { return .failure(.unreadable) }
        guard seconds.value == 0 else { return .failure(.secondsGiven) }
        if text.accept(".") {
          guard let fraction = text.digits() else { return .failure(.unreadable) }
          guard fraction.value == 0 else { return .failure(.secondsGiven) }
        }
      }
      _ = text.accept("+09:00") || text.accept("+0900")
    } else if text.accept("時") {
      text.skipSpaces()
      if text.accept("半") {
        minute = 30
      } else if let digits = text.digits() {
        text.skipSpaces()
        guard digits.count <= 2, text.accept("分") else { return .failure(.unreadable) }
        minute = digits.value
      }
    } else {
      return .failure(.unreadable)
    }
    guard text.isAtEnd else { return .failure(.unreadable) }
    // 午後12時30分 is half past noon to some and half past midnight to others.
    if half != nil, hour.value == 12 { return .failure(.twelveOClock) }
    guard hour.value < (half == nil ? 24 : 12), minute < 60 else { return .failure(.noSuchTime) }
    return .success((half ?? 0) + Int64(hour.value * 60 + minute))
  }
}

extension Era {
  /// 令4.4.1 and R4.4.1, in tables only.
  package var abbreviations: [String] {
    switch self {
    case .reiwa: ["令", "R", "r", "\u{32FF}"]
    case .heisei: ["平", "H", "h", "\u{337B}"]
    case .showa: ["昭", "S", "s", "\u{337C}"]
    case .taisho: ["大", "T", "t", "\u{337D}"]
    case .meiji: ["明", "M", "m", "\u{337E}"]
    }
  }

  /// Nil for the era that lasts.
  package var lastDay: Int64? {
    switch self {
    case .reiwa: nil
    case .heisei: Era.reiwa.firstDay - 1
    case .showa: Era.heisei.firstDay - 1
    case .taisho: Era.showa.firstDay - 1
    case .meiji: Era.taisho.firstDay - 1
    }
  }
}

/// A year as papers name it: 平成34年, 令和元年.
struct EraYear: Hashable, Sendable {
  let era: Era
  let year: Int

  init(era: Era, year: Int) {
    self.era = era
    self.year = year
  }

  /// Nil before 明治.
  init?(_ date: CivilDate) {
    guard let era = Era(dayNumber: date.dayNumber) else { return nil }
    self.init(era: era, year: date.year - era.firstYear + 1)
  }

  var japanese: String {
    era.rawValue + (year == 1 ? "元" : year.mixedDigits) + "年"
  }
}
