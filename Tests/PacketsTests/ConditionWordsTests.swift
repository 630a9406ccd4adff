import Fixtures
@testable import Guides
import Records
import Testing

/// Conditions as an office would put them.
struct ConditionWordsTests {
  private let dictionary = SmallDictionary.shared

  private func operand(_ path: String) throws -> Operand {
    dictionary.operand(of: try #require(dictionary.field(at: path)))
  }

  private func words(_ condition: Condition, at path: String = "contract.number") throws -> String {
    let frame = dictionary.fields[try #require(dictionary.field(at: path))].frame
    return switch ConditionWords(dictionary: dictionary, frame: frame).clause(of: condition) {
    case .always: "always"
    case .never: "never"
    case .when(let plain, _): plain
    }
  }

  private func equal(_ path: String, _ text: String) throws -> Condition {
    .compare(try operand(path), .equal, .text(Array(text.utf8)))
  }

  private func compare(
    _ path: String,
    _ comparison: Condition.Comparison,
    _ number: Int64
  ) throws -> Condition {
    .compare(try operand(path), comparison, .number(number))
  }

  @Test func constantsFold() throws {
    let present = Condition.present(try operand("contract.title"))
    #expect(try words(.constant(true)) == "always")
    #expect(try words(.not(.constant(true))) == "never")
    #expect(try words(.all([])) == "always")
    #expect(try words(.any([])) == "never")
    #expect(try words(.all([.constant(true), present])) == "「件名」の記入がある")
    #expect(try words(.any([.constant(false), present])) == "「件名」の記入がある")
    #expect(try words(.any([.constant(true), present])) == "always")
    #expect(try words(.all([.constant(false), present])) == "never")
  }

  @Test func valuesAreNamedInTheirOwnForm() throws {
    #expect(try words(equal("contract.deposit", "納付")) == "「契約保証金」が「納付」である")
    #expect(try words(.not(equal("contract.deposit", "納付"))) == "「契約保証金」が「納付」でない")
    #expect(try words(compare("vendor.individual", .equal, 1)) == "「個人」が「個人」である")
    #expect(try words(compare("vendor.individual", .notEqual, 0)) == "「個人」が「法人」以外である")
    #expect(try words(compare("contract.copies", .greater, 1)) == "「部数」が１を超える")
    #expect(try words(.not(compare("contract.copies", .greater, 12))) == "「部数」が12を超えない")
    #expect(try words(compare("contract.ratio", .greaterOrEqual, 505_000)) == "「再委託の割合」が50.5％以上である")
    #expect(try words(compare("contract.score", .less, -5)) == "「評価点」が△0.0005未満である")
    #expect(try words(compare("contract.amount", .lessOrEqual, 1000)) == "「契約金額」が金1,000円以下である")
    #expect(try words(compare("contract.date", .less, 19_083)) == "「契約締結日」が令和４年４月１日より前である")
    #expect(
      try words(.compareFields(operand("contract.period_to"), .less, operand("contract.date")))
        == "「履行期間の終期」が「契約締結日」より前である"
    )
    #expect(try words(.count(operand("vendor.workers"), .greaterOrEqual, 2)) == "「従事者」の件数が２以上である")
  }

  @Test func alternativesOfOneKindAreDrawnTogether() throws {
    let stages = try ["続報", "最終報"].map { try equal("vendor.incident.stage", $0) }
    #expect(try words(.any(stages)) == "「報告区分」が「続報」又は「最終報」である")
    #expect(
      try words(.not(.any(stages)))
        == "「報告区分」が「続報」でなく、かつ、「報告区分」が「最終報」でない"
    )
    let present = try ["title", "date", "amount"].map {
      Condition.present(try operand("contract.\($0)"))
    }
    #expect(
      try words(.any([present[0], .any([present[1], present[2]])]))
        == "「件名」、「契約締結日」又は「契約金額」の記入がある"
    )
    #expect(
      try words(.all([.any([present[0], stages[0]]), .not(present[1])]))
        == "「件名」の記入がある、又は「報告区分」が「続報」である場合で、かつ、「契約締結日」の記入がない"
    )
  }

  /// Within a list, a register means a frame around the condition's own.
  @Test func fieldsOfItemsAndOfWhatIsAroundThemAreDistinguished() throws {
    let condition = Condition.all([
      .present(try operand("vendor.workers.name")), .present(try operand("vendor.name")),
      .present(try operand("vendor.workers.cards.number")),
    ])
    #expect(
      try words(condition, at: "vendor.workers.cards.number")
        == "「従事者の氏名」の記入があり、かつ、「商号又は名称」の記入があり、かつ、「証明書番号」の記入がある"
    )
  }
}
