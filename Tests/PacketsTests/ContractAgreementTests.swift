import Diagnostics
import Fixtures
import Foundation
import ListReview
import Packets
import Records
import Testing

/// What is reported of a row beside its own mistakes: rows of its contract that say something else, the edition's days.
struct ContractAgreementTests {
  private static let common = RawNode(.mapping([]), at: Diagnostics.SourceLocation(file: "common"))

  private func screen(
    _ csv: String,
    _ mode: PacketMode = .prefilled,
    _ dictionary: FieldDictionary = SmallDictionary.shared
  ) throws -> RosterScreen {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(csv.utf8).write(to: url)
    var options = PacketOptions()
    options.mode = mode
    return try #require(
      RosterScreen.open(
        url.path(percentEncoded: false),
        common: Self.common,
        binder: Binder(dictionary),
        basisWords: [:],
        options: options
      ).screen
    )
  }

  /// Spellings that mean the same agree; a cell that says nothing says nothing else.
  @Test func rowsOfAContractAreComparedByWhatTheyMean() throws {
    let screen = try screen(
      """
      契約番号,受注者番号,商号又は名称,件名,契約締結日,契約金額
      C1,V1,甲,令和４年度清掃,令和４年４月１日,"1,000"
      C1,V2,乙,令和4年度 清掃,2022/4/1,1000円
      C1,V3,丙,,,
      C2,V1,甲,警備,2022/4/2,1
      """
    )
    #expect(screen.rows(0..<4).map(\.findings) == [[], [], [], []])
  }

  @Test(arguments: [PacketMode.prefilled, .final])
  func rowsThatDifferAreReported(_ mode: PacketMode) throws {
    var screen = try screen(
      """
      契約番号,受注者番号,商号又は名称,件名,契約締結日,契約金額
      C1,V1,甲,清掃,2022/4/1,1000
      C1,V2,乙,清掃,2022/4/1,2000
      C1,V3,丙,警備,2022/4/1,1000
      C2,V1,甲,警備,2022/4/2,1
      """,
      mode
    )
    let severity = mode == .final ? "error" : "warning"
    func reports() -> [[String]] {
      screen.rows(0..<4).map {
        $0.findings.map {
          "\($0.diagnostic.severity.rawValue) \($0.column ?? -1) \($0.diagnostic.message.ja.filter(\.isNumber))"
        }
      }
    }
    #expect(
      reports() == [
        ["\(severity) 3 4", "warning 5 3"], ["\(severity) 3 4", "warning 5 2"],
        ["\(severity) 3 2", "warning 5 3"], [],
      ]
    )
    // A correction concerns all rows of the contract.
    guard case .taken(let others) = screen.correct(2, [(3, "清掃")]) else {
      Issue.record("not taken")
      return
    }
    #expect(others == [0, 1] && screen.summary.errors == 0)
    #expect(reports() == [["warning 5 3"], ["warning 5 2"], ["warning 5 3"], []])
    _ = screen.correct(1, [(0, "C3")])
    #expect(reports() == [[], [], [], []])
    _ = screen.correct(1, [(0, "C2")])
    #expect(
      reports() == [
        [], ["\(severity) 3 5", "warning 4 5", "warning 5 5"], [],
        ["\(severity) 3 3", "warning 4 3", "warning 5 3"],
      ]
    )
  }

  /// Vendors of one contract may sign on days of their own; its work and its term are one.
  @Test(arguments: [
    ("契約締結日", "warning"), ("履行期間の始期", "error"), ("履行期間の終期", "error"),
  ])
  func onlyTheTermIsOneForAllVendors(_ header: String, _ severity: String) throws {
    let screen = try screen(
      "契約番号,受注者番号,商号又は名称,件名,\(header)\nC1,V1,甲,清掃,2022-04-01\nC1,V2,乙,清掃,2022-04-05\n",
      .final
    )
    for position in 0..<2 {
      let found = screen.row(at: position).findings.filter {
        $0.diagnostic.code == .contractDiffers
      }
      #expect(found.map(\.diagnostic.severity.rawValue) == [severity])
    }
  }

  /// A bare number is the day that a spreadsheet counts, if the edition is in force then.
  @Test func aBareNumberIsADayOfTheEditionOnly() throws {
    var dictionary = SmallDictionary.shared
    let date = try #require(dictionary.field(at: "contract.date"))
    dictionary.rules.append(
      FieldDictionary.Rule(
        id: "edition-window",
        frame: 0,
        violation: .compare(dictionary.operand(of: date), .greaterOrEqual, .number(19_448)),
        field: date,
        severity: .warning,
        code: .outsideEditionWindow,
        basis: nil,
        message: Message(ja: "外です。", en: "Outside.")
      )
    )
    let csv =
      "契約番号,受注者番号,商号又は名称,契約締結日\nC1,V1,甲,44652\nC2,V2,乙,45100\nC3,V3,丙,2024-01-01\nC4,V4,丁,40401\n"
    for mode in [PacketMode.prefilled, .final] {
      let screen = try screen(csv, mode, dictionary)
      let outside = mode == .final ? RosterScreen.State.error : .warning
      #expect(screen.rows(0..<4).map(\.state) == [.warning, outside, .warning, .error])
      #expect(
        screen.row(at: 0).findings.first?.diagnostic.message.ja.contains("2022-04-01") == true
      )
    }
  }
}
