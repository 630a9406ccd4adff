import Diagnostics
import Files
import Records
import Tables

/// The rows that may be a header, read once for several looks.
struct HeadReader: TableReader {
  let name: String
  let remarks: [Diagnostic] = []
  private(set) var rows: [TableRow] = []
  /// Whether the table has any row.
  private(set) var hasRows = false
  private var taken = 0

  init(_ source: any TableSource, _ isCandidate: (TableRow) -> Bool) throws(ReadFailure) {
    name = source.name
    var reader = try source.reader()
    var searched = 0
    while searched < RosterHeaderRow.mostSearched, let row = try reader.next() {
      searched += 1
      if isCandidate(row) { rows.append(row) }
    }
    hasRows = searched > 0
  }

  mutating func next() -> TableRow? {
    guard taken < rows.count else { return nil }
    defer { taken += 1 }
    return rows[taken]
  }
}
