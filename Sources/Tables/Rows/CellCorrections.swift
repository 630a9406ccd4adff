/// What a clerk typed over cells of a list's table; the list itself is not touched by it.
package struct CellCorrections: Hashable, Sendable {
  /// By the row as a spreadsheet numbers it, and the column counted from 0.
  private var texts: [Int: [Int: [UInt8]]] = [:]
  /// How places name the table that they are of; nil: the one that is found to be the list.
  package var table: String?

  package init() {}

  package subscript(row: Int, column: Int) -> [UInt8]? {
    get { texts[row]?[column] }
    set {
      texts[row, default: [:]][column] = newValue
      if texts[row]?.isEmpty == true { texts[row] = nil }
    }
  }

  /// Those of some rows, with the rows counted from there.
  package func ofRows(from base: Int, count: Int) -> CellCorrections {
    var corrections = CellCorrections()
    corrections.table = table
    for (row, cells) in texts where row >= base && row - base < count {
      corrections.texts[row - base] = cells
    }
    return corrections
  }

  package var isEmpty: Bool { texts.isEmpty }

  /// How many cells are corrected.
  package var count: Int { texts.values.reduce(0) { $0 + $1.count } }

  /// The rows with corrected cells, in their order.
  package var rows: [Int] { texts.keys.sorted() }

  /// The corrected cells of a row, from the left; nil if there are none.
  package func cells(inRow row: Int) -> [(column: Int, text: [UInt8])]? {
    texts[row].map { $0.sorted { $0.key < $1.key }.map { (column: $0.key, text: $0.value) } }
  }
}

extension TableRow {
  /// The row with other texts in some of its cells.
  package func replacing(_ corrections: [(column: Int, text: [UInt8])]) -> TableRow {
    var cells = cells
    for (column, text) in corrections {
      while cells.count <= column { cells.append(TableCell([])) }
      cells[column] = TableCell(text)
    }
    while let last = cells.last, last.bytes.isEmpty, last.kind == .text { cells.removeLast() }
    return TableRow(number: number, cells: cells, isHidden: isHidden, fault: fault)
  }
}
