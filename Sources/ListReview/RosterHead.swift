package import Diagnostics
package import Records
import Rosters
package import Tables

/// The first rows of a list that could not be opened: a clerk sees there which row is the header, and what it says.
package struct RosterHead: Sendable {
  package struct Row: Hashable, Sendable {
    /// As a spreadsheet numbers it.
    package let number: Int
    package let cells: [String]
  }

  /// As many as are shown.
  package let rows: [Row]
  /// How places name the table.
  package let table: String
  /// All in which a header is looked for, and as much of them as is looked at.
  private let searched: [Row]

  /// The head of the table that `diagnostics` concern, with its corrections; nil for what is no table, or cannot be read.
  package init?(
    _ path: String,
    _ corrections: CellCorrections,
    _ diagnostics: [Diagnostic],
    binder: Binder,
    rows limit: Int = 12,
    columns: Int = 40
  ) {
    guard let input = try? RosterInput(path) else { return nil }
    var source: (any TableSource)? =
      switch input.form {
      case .csv(let source): source
      case .folder(let tables), .workbook(let tables):
        TableSet(tables, HeaderNames(binder)).table(in: diagnostics)?.source
      case .lines, .items: nil
      }
    if corrections.table == nil || corrections.table == source?.name {
      source?.corrections = corrections
    }
    guard var reader = try? source?.reader() else { return nil }
    var searched: [Row] = []
    while searched.count < RosterHeaderRow.mostSearched, let row = try? reader.next() {
      let cells = row.cells.prefix(ScreenLimits().columns)
      searched.append(
        Row(number: row.number, cells: cells.map { String(decoding: $0.shown, as: UTF8.self) })
      )
    }
    self.searched = searched
    rows = searched.prefix(limit).map { row in
      Row(number: row.number, cells: Array(row.cells.prefix(columns)))
    }
    table = reader.name
  }

  /// What stands in a cell; nil if it is not of these rows, or empty.
  package func text(at place: SourceLocation) -> String? {
    guard place.isCell, place.file == table, place.column > 0,
      let row = searched.first(where: { $0.number == place.line }), place.column <= row.cells.count
    else { return nil }
    let text = row.cells[place.column - 1]
    return text.isEmpty ? nil : text
  }
}
