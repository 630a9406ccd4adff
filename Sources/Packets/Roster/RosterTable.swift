import Diagnostics
import TemplateRuntime

/// The table in which a roster's records stand, a row each.
struct RosterTable: Sendable {
  private(set) var source: any TableSource
  let header: RosterHeaderRow
  let contractColumn: Int?
  let vendorColumn: Int?

  init(_ source: any TableSource, _ header: RosterHeaderRow, _ dictionary: FieldDictionary) {
    self.source = source
    self.header = header
    contractColumn = header.column(of: dictionary.field(at: "contract.number"))
    vendorColumn = header.column(of: dictionary.field(at: "vendor.id"))
  }

  enum RowKind { case record, total, empty }

  func kind(of row: TableRow) -> RowKind {
    guard let first = row.cells.firstIndex(where: { !$0.bytes.isEmpty }) else { return .empty }
    let keys = [contractColumn, vendorColumn].compactMap(\.self)
    guard keys.allSatisfy({ row.isEmpty(at: $0) || row.isTotal(at: $0) }) else { return .record }
    if row.cells[first...].prefix(3).contains(where: \.isTotal) { return .total }
    return row.cells.allSatisfy { $0.bytes.trimmed().isEmpty } ? .empty : .record
  }

  /// The same table with other corrections.
  func corrected(by corrections: RosterCorrections) -> RosterTable {
    var table = self
    table.source.corrections = corrections
    if isGuarded, var csv = table.source as? CSVSource {
      csv.isGuarded = true
      table.source = csv
    }
    return table
  }

  /// The row as it was before an earlier run wrote it among its rejects.
  func asTyped(_ row: TableRow) -> TableRow { isGuarded ? row.unguarded : row }

  /// Whether an earlier run put apostrophes before what looked like formulas.
  var isGuarded: Bool { header.isCorrection && source is CSVSource }
}

extension TableRow {
  /// Without the apostrophes before what looks like formulas.
  var unguarded: TableRow {
    TableRow(
      number: number,
      cells: cells.map { TableCell(FormulaGuard.unguarded($0.bytes), kind: $0.kind) },
      isHidden: isHidden,
      fault: fault
    )
  }

  /// Without space around it; empty for a cell that is not there.
  func trimmed(_ column: Int?) -> [UInt8] {
    guard let column, column < cells.count else { return [] }
    let bytes = cells[column].bytes
    let trimmed = bytes.trimmed()
    return trimmed.count == bytes.count ? bytes : Array(trimmed)
  }

  fileprivate func isEmpty(at column: Int) -> Bool {
    column >= cells.count || cells[column].bytes.trimmed().isEmpty
  }

  fileprivate func isTotal(at column: Int) -> Bool { column < cells.count && cells[column].isTotal }
}

extension TableCell {
  /// Whether it heads a row of sums.
  fileprivate var isTotal: Bool {
    guard (3...18).contains(bytes.count) else { return false }
    return ["合計", "計", "総計", "小計"].contains(HeaderText(self).text)
  }
}
