import DataFiles
import Diagnostics
import Fixtures
import Foundation
import ListReview
import Packets
import Records
import Rosters
import Testing

/// What is to be known of a list as a whole, and of what its rows have alike.
struct FindingTests {
  private func screen(
    _ csv: String,
    common: String = "{}",
    _ mode: PacketMode = .final,
    _ binder: Binder = Binder(SmallDictionary.shared)
  ) throws -> RosterScreen {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "list.csv")
    try Data(csv.utf8).write(to: file)
    var options = PacketOptions()
    options.mode = mode
    let shared = DataFile.read(Array(common.utf8), named: "common.yaml", format: .yaml).root
    let (screen, diagnostics) = RosterScreen.open(
      file.path(percentEncoded: false),
      common: try #require(shared),
      binder: binder,
      basisWords: [:],
      options: options
    )
    return try #require(screen, "\(diagnostics)")
  }

  private func lines(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.diagnostic.message.ja) \($0.count ?? 0)" }
  }

  /// Shared data that names a contract is that contract's alone.
  @Test func rowsOfOtherContractsGetNothingOfTheSharedContract() throws {
    let csv = "契約番号,受注者番号,商号又は名称\n" + (1...10).map { "C\($0),V1,甲\n" }.joined()
    let common = "contract: {number: C1, date: 2022-04-01, title: 題, amount: ~}"
    var screen = try screen(csv, common: common)
    #expect(screen.rows(0..<2).map(\.title) == ["題", ""])
    #expect(screen.rows(0..<2).map(\.state) == [.good, .error])
    func message(_ rows: Int) -> String {
      "契約番号が共通の契約データと異なる\(rows)行には、共通の契約データの「件名」「契約締結日」を使用しません。 0"
    }
    #expect(lines(screen.findings) == [message(9)])
    #expect(screen.findings.map(\.scope) == [.list])
    #expect(screen.findings.map(\.diagnostic.location.description) == ["list.csv"])
    #expect(lines(screen.cautions) == [message(9)])
    let missing = try #require(screen.widespreadFindings.first)
    #expect(lines([missing]) == ["ほとんどの行に、「契約締結日」がありません。 9"])
    #expect(missing.fields.map(\.path) == ["contract.date"] && missing.scope == .list)
    // In the shared data it would reach the row of its contract only.
    #expect(missing.advice == .addColumn && screen.row(at: 1).findings.first?.advice == .addColumn)
    // A row that is corrected is counted anew.
    _ = screen.correct(1, [(0, "C1")])
    _ = screen.correct(1, [(1, "V2")])
    #expect(lines(screen.findings) == [message(8)] && screen.row(at: 1).state == .good)
    #expect(screen.widespreadFindings == [])
    // Without its number it is what all contracts have in common.
    let all = try self.screen(csv, common: common.replacing("number: C1, ", with: ""))
    #expect(all.findings == [] && all.summary.good == 10 && all.row(at: 4).title == "題")
    let none = try self.screen(csv, common: "contract: {title: 題}")
    #expect(none.widespreadFindings.map(\.advice) == [.addColumnOrShare])
  }

  @Test func whatFewRowsHaveIsToBeKnownFirst() throws {
    var screen = try screen(
      """
      契約番号,受注者番号,商号又は名称,契約締結日,契約金額
      C1,V1,甲,2022-04-01,1
      C1,V2,乙,2022-04-01,2
      C1,V3,丙,2022-04-01,3
      C1,V4,丁,,4
      """
    )
    func line(_ row: Int, _ count: Int) -> String {
      "「契約金額」が、契約番号が同じ\(row)行目と異なります。 \(count)"
    }
    // The last row has an error, so that no papers are made of it.
    #expect(lines(screen.cautions) == [line(3, 1), line(2, 2)])
    _ = screen.correct(3, [(3, "2022-04-01")])
    #expect(lines(screen.cautions) == [line(3, 1), line(2, 3)])
    _ = screen.correct(3, (0..<5).map { ($0, "") })
    #expect(lines(screen.cautions) == [line(3, 1), line(2, 2)])
    for row in 1..<3 { _ = screen.correct(row, [(4, "1")]) }
    #expect(screen.cautions == [])
  }

  /// A column is named by a header that is read as its field.
  @Test func everyNameOfAColumnIsRead() throws {
    let binder = try #require(EditionSampleTests.edition).binder
    let dictionary = binder.dictionary
    let fields = dictionary.fields.indices.filter { id in
      // What is computed is given by nobody.
      dictionary.fields[id].children.isEmpty && dictionary.root(of: id) != binder.packet
        && !dictionary.derived.contains(id)
    }
    #expect(fields.count > 150)
    let csv = fields.map { dictionary.columnName(of: $0) }.joined(separator: ",") + "\n0040012,V1\n"
    let columns = try screen(csv, .blank, binder).columns.compactMap(\.path)
    #expect(
      columns.map { $0.replacing("[1]", with: "") } == fields.map { dictionary.fields[$0].path }
    )
  }
}
