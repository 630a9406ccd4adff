package import Diagnostics
package import TemplateRuntime

/// The first rows of a list that could not be opened: a clerk sees there which row is the header, and what it says.
package struct RosterHead: Sendable {
  package struct Row: Hashable, Sendable {
    /// As a spreadsheet numbers it.
    package let number: Int
    package let cells: [String]
  }

  package let rows: [Row]
  /// As places name it.
  private let table: String

  /// Of at most so many rows and columns; nil for what is no table, or cannot be read.
  package init?(_ path: String, binder: Binder, rows limit: Int = 12, columns: Int = 40) {
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
    table = reader.name
  }

  /// What stands in a cell; nil if it is not of these, or empty.
  package func text(at place: SourceLocation) -> String? {
    guard place.isCell, place.file == table, place.column > 0,
      let row = rows.first(where: { $0.number == place.line }), place.column <= row.cells.count
    else { return nil }
    let text = row.cells[place.column - 1]
    return text.isEmpty ? nil : text
  }
}
