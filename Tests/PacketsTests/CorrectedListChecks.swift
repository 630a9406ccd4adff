import Diagnostics
import Foundation
import ListReview
import Records
import Rosters
import Testing

/// Expects a batch to read from a list with its corrections what it reads from the list that is saved with them.
func expectSameRoster(
  _ screen: RosterScreen,
  as saved: String,
  _ common: RawNode,
  _ binder: Binder
) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let list = try screen.corrected(in: folder.path(percentEncoded: false))
  let corrected = Roster.open(list, common: common, binder: binder)
  let written = Roster.open(ListSource(saved), common: common, binder: binder)
  #expect(corrected.diagnostics.map(\.code) == written.diagnostics.map(\.code))
  guard let one = corrected.roster, let other = written.roster else {
    #expect(corrected.roster == nil && written.roster == nil)
    return
  }
  #expect(one.digest == other.digest && one.rowCount == other.rowCount)
  #expect(one.givenFields == other.givenFields)
  #expect(try records(of: one) == records(of: other))
}

/// The number of each row, its data, and what is reported of it.
private func records(of roster: Roster) throws -> [[String]] {
  var records: [[String]] = []
  var rows = try roster.rows()
  while let row = try rows.next() {
    let record = roster.record(of: row)
    let data = record.own.map { String(decoding: $0.typedBytes, as: UTF8.self) } ?? ""
    records.append(
      ["\(row.number)", data] + record.diagnostics.map { "\($0.code) \($0.severity)" }
    )
  }
  return records
}
