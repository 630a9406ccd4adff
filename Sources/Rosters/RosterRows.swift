import Diagnostics
package import Files
import Tables

/// The records of a roster, one after another.
package struct RosterRows {
  private var source: Source

  private enum Source {
    case table(RosterTableRows)
    case items(ItemRows)
  }

  init(_ table: RosterTable) throws(ReadFailure) { source = .table(try RosterTableRows(table)) }

  init(_ items: ItemRows) { source = .items(items) }

  package mutating func next() throws(ReadFailure) -> RosterRow? {
    switch source {
    case .table(let rows):
      guard let row = try rows.next() else { return nil }
      return RosterRow(
        number: rows.table.place(ofRow: row.number).line,
        id: row.number,
        body: .table(row)
      )
    case .items(let rows): return try rows.next()
    }
  }
}
