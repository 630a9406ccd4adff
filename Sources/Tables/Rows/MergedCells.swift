package import Diagnostics
package import Files

/// Cells of a sheet that are merged into one.
package struct MergedRange: Hashable, Comparable, Sendable {
  /// As a spreadsheet numbers them.
  package let rows: ClosedRange<Int>
  /// Counted from 0.
  package let columns: ClosedRange<Int>

  package static func < (a: Self, b: Self) -> Bool {
    (a.rows.lowerBound, a.columns.lowerBound) < (b.rows.lowerBound, b.columns.lowerBound)
  }
}

/// Which merged cells take the value of their range: those in one column of data below the header.
///
/// A range over several columns of data does not say whose value it has; nor is a value that each row must have of its own another
/// row's.
package struct MergedCellRule: Sendable {
  /// The header's.
  let row: Int
  /// Those that hold values, counted from 0.
  let columns: Set<Int>
  /// The column that distinguishes a contract's rows; nil for a sheet without one.
  let distinct: Int?

  package init(belowRow row: Int, columns: Set<Int>, distinct: Int?) {
    self.row = row
    self.columns = columns
    self.distinct = distinct
  }

  /// Whether the range is of data.
  func concerns(_ range: MergedRange) -> Bool {
    range.rows.lowerBound > row && columns.contains(where: range.columns.contains)
  }

  /// Whether the value of a range is that of each of its rows.
  fileprivate func isShared(_ range: MergedRange) -> Bool {
    let first = range.columns.lowerBound
    return columns.contains(first) && first != distinct
      && !columns.contains { $0 != first && range.columns.contains($0) }
  }
}

/// Gives the cells that are merged with others the value that is seen over them.
package struct MergedReader<Base: TableReader>: TableReader {
  private var base: Base
  private let rule: MergedCellRule
  /// By their first rows; those that begin in a row that was read are gone.
  private var ranges: ArraySlice<MergedRange>
  /// By their first column.
  private var open: [Int: (range: MergedRange, value: TableCell, isReported: Bool)] = [:]
  private var shared: (count: Int, first: MergedRange)?

  package init(_ base: Base, _ ranges: [MergedRange], _ rule: MergedCellRule) {
    self.base = base
    self.rule = rule
    self.ranges = ranges.filter(rule.concerns).sorted()[...]
  }

  package var name: String { base.name }

  package var remarks: [Diagnostic] {
    base.remarks
      + (shared.map { shared in
        let (row, column) = (shared.first.rows.lowerBound, shared.first.columns.lowerBound + 1)
        return [.mergedCells(shared.count, at: .cell(file: name, row: row, column: column))]
      } ?? [])
  }

  package mutating func next() throws(ReadFailure) -> TableRow? {
    guard let row = try base.next() else { return nil }
    while let range = ranges.first, range.rows.lowerBound <= row.number {
      ranges.removeFirst()
      let column = range.columns.lowerBound
      let isFirst = range.rows.lowerBound == row.number && column < row.cells.count
      open[column] = (range, isFirst ? row.cells[column] : TableCell([]), false)
    }
    return open.isEmpty ? row : completed(row)
  }

  private mutating func completed(_ row: TableRow) -> TableRow {
    open = open.filter { $0.value.range.rows.upperBound >= row.number }
    var covered: [Int: TableCell] = [:]
    for (first, (range, value, _)) in open {
      for column in rule.columns where range.columns.contains(column) {
        if column == first, range.rows.lowerBound == row.number { continue }
        let own = column < row.cells.count ? row.cells[column] : TableCell([])
        if column == first, rule.isShared(range), own.isEmpty || own == value {
          covered[column] = value
        } else if !own.isEmpty || !value.isEmpty {
          covered[column] = TableCell([], kind: .covered)
        }
      }
    }
    // A record that takes several rows of the sheet has nothing of its own in the further ones.
    let hasOwn = row.cells.indices.contains { index in
      !row.cells[index].isEmpty
        && !open.values.contains {
          $0.range.columns.contains(index) && $0.range.rows.lowerBound < row.number
        }
    }
    // Nor are sums a record of the contract over which they stand.
    guard hasOwn, !covered.isEmpty, !row.cells.contains(where: \.isTotal) else { return row }
    var cells = row.cells
    for (column, cell) in covered {
      while cells.count <= column { cells.append(TableCell([])) }
      cells[column] = cell
      guard let (range, _, isReported) = open[column], cell.kind != .covered, !isReported else {
        continue
      }
      open[column]?.isReported = true
      shared = (count: (shared?.count ?? 0) + 1, first: min(shared?.first ?? range, range))
    }
    return TableRow(number: row.number, cells: cells, isHidden: row.isHidden, fault: row.fault)
  }
}

extension TableCell {
  /// Whether nothing stands in it.
  package var isEmpty: Bool { bytes.isEmpty && kind == .text }
}

extension Diagnostic {
  fileprivate static func mergedCells(_ count: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .mergedCells,
      .warning,
      at: location,
      ja: "データの行に、結合したセルが\(count)か所あります（ここが最初）。結合した範囲の値を、その範囲の各行の値として読みました。",
      en:
        "Cells of data are merged in \(count) places, here first; the value was read as that of each row.",
      hint: Message(
        ja: "行によって値が異なるときは、結合を解除し、各セルに入力してください",
        en: "where rows differ, unmerge the cells and fill in each"
      )
    )
  }
}
