import Diagnostics

/// Why a text is no day, or no time.
enum DateFault: Error, Hashable {
  case unreadable
  case yearWithoutEra
  case noSuchDay
  case beforeEra(EraYear, is: EraYear?)
  case afterEra(EraYear, is: EraYear, lastYearHad: Bool)
  /// 令和2023年.
  case fourDigitsInEra(EraYear, is: EraYear?)
  /// Before 明治 or after 2100.
  case outOfRange
  case wrongWeekday
  case timeGiven
  case timeMissing
  case secondsGiven
  case twelveOClock
  case noSuchTime
}

extension DateFault {
  var classification: (DiagnosticCode, Diagnostic.Severity) {
    switch self {
    case .unreadable, .yearWithoutEra, .timeGiven, .timeMissing, .secondsGiven, .twelveOClock:
      (.wrongType, .error)
    case .noSuchDay, .beforeEra, .fourDigitsInEra, .outOfRange, .wrongWeekday, .noSuchTime:
      (.impossibleDate, .error)
    case .afterEra(_, is: _, let lastYearHad): (.impossibleDate, lastYearHad ? .warning : .error)
    }
  }

  func sentence(unreadable: Message) -> Message {
    switch self {
    case .unreadable: unreadable
    case .yearWithoutEra:
      Message(
        ja: "の年が、元号も4桁の西暦も付かず、いつの年か分かりません。",
        en: "names a year with neither an era nor four digits."
      )
    case .noSuchDay: Message(ja: "は暦にない日付です。", en: "is no day of the calendar.")
    case .beforeEra(let typed, is: _):
      Message(
        ja: "は、\(typed.era.rawValue)が始まる前の日付です。",
        en: "lies before \(typed.era.rawValue) began."
      )
    case .afterEra(let typed, is: _, let lastYearHad):
      lastYearHad
        ? Message(
          ja: "は、\(typed.era.rawValue)が終わった後の日付です。",
          en: "lies after \(typed.era.rawValue) ended."
        )
        : Message(
          ja: "の\(typed.japanese)は、ない年です。",
          en: "names \(typed.japanese), a year that never was."
        )
    case .fourDigitsInEra(let typed, is: _):
      Message(
        ja: "は、元号「\(typed.era.rawValue)」の後に4桁の年が書かれています。",
        en: "has a year of four digits behind the era \(typed.era.rawValue)."
      )
    case .outOfRange:
      Message(
        ja: "は、明治元年から2100年までの日付ではありません。年を確認してください。",
        en: "lies before 1868 or after 2100; check the year."
      )
    case .wrongWeekday:
      Message(ja: "の曜日が日付と合いません。", en: "names a weekday that is not that day's.")
    case .timeGiven: Message(ja: "は日付だけの項目です。", en: "takes a day without a time.")
    case .timeMissing: Message(ja: "に時刻がありません。", en: "lacks the time of day.")
    case .secondsGiven: Message(ja: "に秒は書けません。", en: "cannot hold seconds.")
    case .twelveOClock:
      Message(
        ja: "の午前12時・午後12時は、昼とも夜とも読めます。",
        en: "names 12 o'clock of a half day, which may be noon or midnight."
      )
    case .noSuchTime: Message(ja: "は時計にない時刻です。", en: "is no time of the day.")
    }
  }

  enum Form { case date, datetime }

  func hint(form: Form) -> Message? {
    switch self {
    case .unreadable, .yearWithoutEra, .timeMissing:
      switch form {
      case .date:
        Message(
          ja: "令和４年４月１日、R4.4.1、2022/4/1、2022-04-01 のように書いてください",
          en: "as in 令和４年４月１日, R4.4.1, 2022/4/1 or 2022-04-01"
        )
      case .datetime:
        Message(
          ja: "令和４年４月11日 午前10時、2022-04-11T10:00 のように書いてください",
          en: "as in 令和４年４月11日 午前10時 or 2022-04-11T10:00"
        )
      }
    case .beforeEra(let typed, is: let own?), .afterEra(let typed, is: let own, lastYearHad: _):
      Message(
        ja: "\(typed.japanese)ではなく、\(own.japanese)と書いてください",
        en: "write \(own.japanese), not \(typed.japanese)"
      )
    case .fourDigitsInEra(let typed, is: let own?):
      Message(
        ja: "「\(typed.era.rawValue)」を除いて西暦で書くか、\(own.japanese)と書いてください",
        en: "leave \(typed.era.rawValue) out, or write \(own.japanese)"
      )
    case .twelveOClock:
      Message(ja: "正午、午前０時、12:30 のように書いてください", en: "write 正午, 午前０時 or 12:30")
    case .timeGiven: Message(ja: "時刻を除いてください", en: "leave the time out")
    case .secondsGiven: Message(ja: "分まで書いてください", en: "write hours and minutes only")
    case .noSuchDay, .beforeEra(_, is: nil), .fourDigitsInEra(_, is: nil), .outOfRange,
      .wrongWeekday,
      .noSuchTime:
      nil
    }
  }
}
