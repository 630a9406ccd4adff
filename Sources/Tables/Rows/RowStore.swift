import Diagnostics

/// Rows of a table, held in memory in one piece.
package struct RowStore: Sendable {
  private var bytes: [UInt8] = []
  private var cells: [(end: UInt32, kind: TableCell.Kind)] = []
  private var rows: [Row] = []

  private struct Row {
    let number: UInt32
    let lastCell: UInt32
    let isHidden: Bool
    let fault: Diagnostic?
  }

  package init() {}

  package var count: Int { rows.count }

  /// About how many bytes of memory it takes.
  package var size: Int { bytes.count + 8 * cells.count + 24 * rows.count }

  package mutating func append(_ row: TableRow) {
    for cell in row.cells {
      bytes += cell.bytes
      cells.append((UInt32(bytes.count), cell.kind))
    }
    rows.append(
      Row(
        number: UInt32(row.number),
        lastCell: UInt32(cells.count),
        isHidden: row.isHidden,
        fault: row.fault
      )
    )
  }

  package func number(ofRow index: Int) -> Int { Int(rows[index].number) }

  /// A cell of a row; an empty one beyond its last.
  package func cell(_ column: Int, ofRow index: Int) -> TableCell {
    let place = (index == 0 ? 0 : Int(rows[index - 1].lastCell)) + column
    guard place < Int(rows[index].lastCell) else { return TableCell([]) }
    let start = place == 0 ? 0 : Int(cells[place - 1].end)
    return TableCell(Array(bytes[start..<Int(cells[place].end)]), kind: cells[place].kind)
  }

  package subscript(index: Int) -> TableRow {
    let first = index == 0 ? 0 : Int(rows[index - 1].lastCell)
    var start = first == 0 ? 0 : Int(cells[first - 1].end)
    let row = cells[first..<Int(rows[index].lastCell)].map { cell in
      defer { start = Int(cell.end) }
      return TableCell(Array(bytes[start..<Int(cell.end)]), kind: cell.kind)
    }
    return TableRow(
      number: Int(rows[index].number),
      cells: row,
      isHidden: rows[index].isHidden,
      fault: rows[index].fault
    )
  }
}
