package import Diagnostics
import Records
package import Tables

/// The table in which a roster's records stand, a row each; or several with the same columns, such as a sheet for each month, which
/// are read as one.
///
/// The rows of all are distinguished by one number: that of the part in front of that of the row, so that in the main part, and so in
/// a table that is alone, it is the row's as a spreadsheet shows it.
package struct RosterTable: Sendable {
  /// In the order in which they are read.
  package private(set) var parts: [Part]
  /// Of the main part; the others have the same columns.
  package let header: RosterHeaderRow
  package let contractColumn: Int?
  package let vendorColumn: Int?
  let hasAmounts: Bool
  /// By the rows' numbers here.
  package private(set) var corrections = CellCorrections()

  /// With no row noted.
  let agreement: ContractAgreement
  /// The columns of its terms, and how they are read.
  private let termColumns: [(column: Int, reading: CellReading)]

  package struct Part: Sendable {
    /// The sheet's own name.
    package let tableName: String
    package var source: any TableSource
    package let header: RosterHeaderRow
    /// What its rows' numbers are counted from; 0 for the main part.
    package let base: Int
  }

  /// No part that stands beside others has more rows; a sheet of a workbook has half of it at most.
  static let longestPart = 1 << 21
  /// As many as numbers of 32 bits can count.
  static let mostParts = 1 << 11

  /// One of the parts is the main one.
  init(_ parts: [Part], _ dictionary: FieldDictionary) {
    header = (parts.first { $0.base == 0 } ?? parts[0]).header
    contractColumn = header.column(of: dictionary.contract.key)
    let vendorColumn = header.column(of: dictionary.vendor.key)
    self.vendorColumn = vendorColumn
    hasAmounts = header.hasAmounts(dictionary)
    let header = self.header
    let fields: [Field.ID] = header.columns.compactMap {
      if case .field(let id, items: []) = $0 { id } else { nil }
    }
    agreement = ContractAgreement(dictionary, fields)
    termColumns = agreement.terms.map { term in
      let reading = CellReading(term.id, term.field, term.type)
      return (header.column(of: term.id) ?? 0, reading)
    }
    self.parts = parts.map { part in
      var part = part
      part.source = part.source.merging(MergedCellRule(part.header, distinct: vendorColumn))
      return part
    }
  }

  /// The part that names the table, and that a clerk's corrections of headers concern.
  package var main: Part { parts.first { $0.base == 0 } ?? parts[0] }

  /// Where the part that a row is of stands among the parts.
  package func part(ofRow number: Int) -> Int {
    parts.count == 1
      ? 0 : parts.firstIndex { $0.base == number / Self.longestPart * Self.longestPart } ?? 0
  }

  /// Where a row stands, or a cell of it.
  package func place(ofRow number: Int, column: Int = 0) -> SourceLocation {
    let part = parts[part(ofRow: number)]
    return .cell(file: part.source.name, row: number - part.base, column: column)
  }

  // MARK: Terms of contracts

  /// What was typed in the columns of the terms.
  func typedTerms(of row: TableRow) -> [[UInt8]] {
    termColumns.map { $0.column < row.cells.count ? row.cells[$0.column].bytes : [] }
  }

  /// What their cells mean, empty where nothing can be read.
  package func readTerms(of row: TableRow) -> [[UInt8]] {
    termColumns.map { column, reading in
      guard column < row.cells.count, !row.cells[column].isEmpty else { return [] }
      var diagnostics: [Diagnostic] = []
      let place = self.place(ofRow: row.number, column: column + 1)
      return Array((reading.text(of: row.cells[column], at: place, &diagnostics) ?? []).trimmed())
    }
  }

  /// The column of a term, counted from 0.
  func column(of term: ContractAgreement.Term) -> Int { header.column(of: term.id) ?? 0 }

  /// Whether what stands in a column counts for what rows say of their contract.
  package func isOfContract(_ column: Int) -> Bool {
    column == contractColumn || termColumns.contains { $0.column == column }
  }

  // MARK: Rows

  package enum RowKind {
    case record, total
    /// A remark below the table: ※…, 注, 以上.
    case footnote
    /// The header again, as on every page of a printed list.
    case header
    case empty
  }

  package func kind(of row: TableRow) -> RowKind {
    row.kind(under: header, keys: [contractColumn, vendorColumn])
  }

  /// The same table with other corrections.
  package func corrected(by corrections: CellCorrections) -> RosterTable {
    var table = self
    table.corrections = corrections
    for (index, part) in parts.enumerated() {
      table.parts[index].source.corrections =
        parts.count == 1
        ? corrections : corrections.ofRows(from: part.base, count: Self.longestPart)
      if isGuarded, var csv = table.parts[index].source as? CSVSource {
        csv.isGuarded = true
        table.parts[index].source = csv
      }
    }
    return table
  }

  /// The row as it was before an earlier batch wrote it among its rejects.
  package func asTyped(_ row: TableRow) -> TableRow { isGuarded ? row.unguarded : row }

  /// Whether an earlier batch put apostrophes before what looked like formulas.
  var isGuarded: Bool { header.isCorrection && main.source is CSVSource }
}

extension TableRow {
  /// The same row counted from elsewhere.
  package func numbered(from base: Int) -> TableRow {
    base == 0
      ? self : TableRow(number: base + number, cells: cells, isHidden: isHidden, fault: fault)
  }

  /// Without the apostrophes before what looks like formulas.
  var unguarded: TableRow {
    TableRow(
      number: number,
      cells: cells.map { TableCell(FormulaGuard.unguarded($0.bytes), kind: $0.kind) },
      isHidden: isHidden,
      fault: fault
    )
  }

  /// An identifier without space or the signs of an export around it; empty for a cell that is not there.
  package func trimmed(_ column: Int?) -> [UInt8] {
    guard let column, column < cells.count else { return [] }
    let bytes = cells[column].bytes
    let trimmed = bytes.trimmed()
    let text = trimmed.count == bytes.count ? bytes : Array(trimmed)
    return text.unwrappedIdentifier ?? text
  }

  /// What a row below a header is whose keys stand in the columns `keys`.
  func kind(under header: RosterHeaderRow, keys: [Int?]) -> RosterTable.RowKind {
    guard let first = cells.firstIndex(where: { !$0.isBlank }) else { return .empty }
    if repeats(header.row, from: first) { return .header }
    if cells[(first + 1)...].allSatisfy(\.isBlank), cells[first].isFootnote {
      return .footnote
    }
    guard keys.allSatisfy({ $0.map { isEmpty(at: $0) || isTotal(at: $0) } ?? true }) else {
      return .record
    }
    if cells[first...].prefix(3).contains(where: \.isTotal) { return .total }
    // Numbers that are printed before each line of a form, in a column that is not read, make no record.
    let holdsNothing = zip(cells, header.columns).allSatisfy { $0.isBlank || $1 == .unused }
    return holdsNothing && cells.count <= header.columns.count ? .empty : .record
  }

  /// Whether two cells or more are filled, each with what its column is headed by.
  private func repeats(_ header: TableRow, from first: Int) -> Bool {
    let head = header.cells
    // Most rows differ in their first byte.
    guard cells.count <= head.count, cells[first].bytes.first == head[first].bytes.first
    else { return false }
    var filled = 0
    for (cell, own) in zip(cells, head) where !cell.isBlank {
      guard HeaderText(cell) == HeaderText(own) else { return false }
      filled += 1
    }
    return filled > 1
  }

  private func isEmpty(at column: Int) -> Bool {
    column >= cells.count || cells[column].isBlank
  }

  private func isTotal(at column: Int) -> Bool { column < cells.count && cells[column].isTotal }
}

extension TableCell {
  /// Whether nothing is seen in it.
  fileprivate var isBlank: Bool { bytes.trimmed().isEmpty }

  /// Whether it begins a remark, if it is all that its row holds.
  fileprivate var isFootnote: Bool {
    guard kind == .text else { return false }
    let text = HeaderText(self).text
    if ["以上", "以下余白", "以下空白"].contains(text) { return true }
    let marks = ["※", "注意", "注記", "(注", "[注", "【注", "*", "(単位", "備考:"]
    if marks.contains(where: text.hasPrefix) { return true }
    // 注１ and 注　…, but no name: 注連内.
    let scalars = String(decoding: bytes.trimmed(), as: UTF8.self).unicodeScalars
    guard scalars.first == "注" else { return false }
    return scalars.dropFirst().first.map {
      "0123456789):. \u{3000}".unicodeScalars.contains($0.halfWidth)
    }
      ?? true
  }
}
