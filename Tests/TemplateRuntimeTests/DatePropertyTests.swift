import Diagnostics
import Fixtures
import Records
import TemplateRuntime
import Testing

/// Every day from the first of 明治 to the end of 2100.
struct DatePropertyTests {
  private let days = Era.meiji.firstDay...47_846

  private static let binder: Binder = {
    var builder = SmallDictionary()
    builder.add("day", "日", .value(.date))
    return Binder(builder.dictionary)
  }()

  private func read(_ text: String) -> Int64? {
    let record = Self.binder.bind(.value(text, at: "day"), mode: .blank, date: nil)
    return record.diagnostics.isEmpty ? record.everything.slots[0].number : nil
  }

  @Test func theLastDayIsTheEndOf2100() {
    let last = CivilDate(dayNumber: days.upperBound)
    #expect((last.year, last.month, last.day) == (2100, 12, 31))
  }

  @Test func everyDayIsReadAsItIsPrinted() {
    var generator = SeededGenerator(seed: 1_868)
    var failures: [Int64] = []
    for day in days {
      let style = Int.random(in: 0..<5, using: &generator)
      let printed = String(writing: {
        switch style {
        case 0: $0.append(wareki: day, .mixed, time: false)
        case 1: $0.append(wareki: day, .full, time: false)
        case 2: $0.append(wareki: day, .half, time: false)
        case 3: $0.append(wareki: day, .kanji, time: false)
        case _: $0.append(iso: day, time: false)
        }
      })
      if read(printed) != day { failures.append(day) }
    }
    #expect(failures.isEmpty)
  }

  @Test func everyAbbreviationIsReadAsItsDay() {
    var generator = SeededGenerator(seed: 1_912)
    var failures: [String] = []
    let letters: [Era: String] = [
      .reiwa: "R", .heisei: "H", .showa: "S", .taisho: "T", .meiji: "M",
    ]
    for day in days {
      guard let era = Era(dayNumber: day) else { continue }
      let date = CivilDate(dayNumber: day)
      let year = date.year - era.firstYear + 1
      let signs = [letters[era] ?? "", String(era.rawValue.prefix(1)), era.rawValue]
      let sign = signs.randomElement(using: &generator) ?? ""
      let mark = [".", "/", "-", "．", "／"].randomElement(using: &generator) ?? "."
      let first = year == 1 && Bool.random(using: &generator) ? "元" : String(year)
      let text = sign + first + mark + String(date.month) + mark + String(date.day)
      if read(text) != day { failures.append(text) }
    }
    #expect(failures.isEmpty)
  }

  @Test func noTextOfDateCharactersTraps() {
    var generator = SeededGenerator(seed: 2_019)
    let pieces = [
      "令和", "平成", "R", "元", "31", "4", "０", "十", "二", "年", "月", "日", "-", "/", ".", " ", "（月）",
      "2022",
    ]
    var wrong = 0
    for _ in 0..<30_000 {
      let text = (0..<Int.random(in: 1...7, using: &generator))
        .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      if let day = read(text), CivilDate(dayNumber: day).dayNumber != day { wrong += 1 }
    }
    #expect(wrong == 0)
  }
}
