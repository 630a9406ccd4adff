import Diagnostics
import TemplateRuntime

/// Turns the cells of one row into a tree, by the plan.
struct RowReading {
  private let row: TableRow
  private let place: SourceLocation
  private(set) var diagnostics: [Diagnostic] = []

  init(_ row: TableRow, at place: SourceLocation) {
    self.row = row
    self.place = place
  }

  /// Nil if the row gives nothing of it.
  mutating func node(_ plan: RowPlan.Node) -> RawNode? {
    switch plan {
    case .value(table: _, let column, let reading):
      guard column < row.cells.count else { return nil }
      let cell = row.cells[column]
      guard !cell.bytes.isEmpty else { return nil }
      let text = reading.text(of: cell)
      return RawNode(
        .scalar(RawScalar(bytes: text, isQuoted: true)),
        at: .cell(file: place.file, row: place.line, column: column + 1)
      )
    case .record(let entries):
      var given: [RawNode.Entry] = []
      given.reserveCapacity(entries.count)
      for entry in entries {
        if let value = node(entry.node) {
          given.append(RawNode.Entry(key: entry.key, keyLocation: value.location, value: value))
        }
      }
      return given.isEmpty ? nil : RawNode(.mapping(given), at: place)
    case .items(let items):
      let given = items.compactMap { node($0) }
      return given.isEmpty ? nil : RawNode(.sequence(given), at: place)
    case .rows: return nil
    }
  }
}
