package import Diagnostics
package import Files
package import Tables

package final class RosterTableRows {
  let table: RosterTable
  private var part = 0
  private var reader: any TableReader
  private var finished: [Diagnostic] = []

  package init(_ table: RosterTable) throws(ReadFailure) {
    self.table = table
    reader = try table.parts[0].source.reader()
  }

  /// What the table has that was passed over; complete at the end.
  var remarks: [Diagnostic] { finished + reader.remarks }

  /// The next record; `passing` gets the diagnostics of the rows before it that are none, but for the empty ones.
  package func next(passing: (Diagnostic) -> Void = { _ in }) throws(ReadFailure) -> TableRow? {
    while true {
      let (header, base) = (table.parts[part].header.row.number, table.parts[part].base)
      while let row = try reader.next() {
        guard row.number > header else { continue }
        if table.parts.count > 1, row.number >= RosterTable.longestPart {
          throw ReadFailure(.workbookTooLarge(at: .cell(file: reader.name, row: row.number)))
        }
        let row = table.asTyped(row)
        let kind = table.kind(of: row)
        if kind == .record { return row.numbered(from: base) }
        let place = SourceLocation.cell(file: reader.name, row: row.number)
        kind.remark(at: place).map(passing)
        if kind == .footnote, table.hasAmounts,
          row.cells.contains(where: \.bytes.namesUnitOfAmounts)
        {
          passing(.unitBesideTable(at: place))
        }
      }
      guard part + 1 < table.parts.count else { return nil }
      finished += reader.remarks
      part += 1
      reader = try table.parts[part].source.reader()
    }
  }
}
