package import TemplateRuntime

/// The first rows of a list in which no header was found: a clerk sees there which row is the header.
package struct RosterHead: Sendable {
  package struct Row: Hashable, Sendable {
    /// As a spreadsheet numbers it.
    package let number: Int
    package let cells: [String]
  }

  package let rows: [Row]

  /// Of at most so many rows and columns; nil for what is no table, or cannot be read.
  package init?(_ path: String, binder: Binder, rows limit: Int = 12, columns: Int = 12) {
    guard let input = try? RosterInput(path) else { return nil }
    let source: (any TableSource)? =
      switch input.form {
      case .csv(let source): source
      case .folder(let tables), .workbook(let tables):
        TableSet(tables, HeaderNames(binder)).likeliest?.source
      case .lines, .items: nil
      }
    guard var reader = try? source?.reader() else { return nil }
    var rows: [Row] = []
    while rows.count < limit, let row = try? reader.next() {
      let cells = row.cells.prefix(columns).map { String(decoding: $0.shown, as: UTF8.self) }
      rows.append(Row(number: row.number, cells: cells))
    }
    self.rows = rows
  }
}
