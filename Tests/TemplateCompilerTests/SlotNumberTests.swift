@testable import Records
@testable import TemplateCompiler
import Testing

struct SlotNumberTests {
  @Test(arguments: [
    ("10", 10, 1), ("１０", 10, 1), ("〇", 0, 1), ("百二十三", 123, 1), ("10分の１", 1, 10),
    ("１００分の10", 10, 100), ("百分の五", 5, 100), ("十分の一", 1, 10), ("3％", 3, 100), ("３%", 3, 100),
    ("12パーセント", 12, 100), ("3分の4", 4, 3), ("999999999", 999_999_999, 1),
  ])
  func wordsSayANumber(_ words: String, _ part: Int64, _ whole: Int64) throws {
    let formula = try #require(Formula(slot: words))
    let value = try formula.value(in: [Slot]().span, [UInt8]().span, Registers())
    #expect(value == (try Fraction(part, whole)))
  }

  @Test(arguments: [
    "", "十分", "10分の", "分の１", "０分の１", "10分の１以上", "1割", "-1", "1.5", "１ ", "1000000000", "①",
    "約10分の１",
  ])
  func otherWordsSayNone(_ words: String) { #expect(Formula(slot: words) == nil) }
}
