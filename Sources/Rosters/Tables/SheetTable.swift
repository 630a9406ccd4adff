package import Diagnostics
import Files
package import Records
package import Tables

/// A table beside the roster, with the items of one list or the records of one kind, held in memory in one piece.
package struct SheetTable: Sendable {
  package let source: any TableSource
  /// The sheet's own name.
  package let tableName: String
  /// The list whose items, or the record whose instances, the rows are.
  package let subject: Field.ID
  package let header: RosterHeaderRow
  package let join: Join
  private let contractColumn: Int?
  private let vendorColumn: Int?
  /// The columns of the numbers of the items that a row stands in, the outermost list's first.
  private let outerColumns: [Int?]

  private var rows = RowStore()
  /// The rows, sorted by the contract and vendor that they belong to, then by their order.
  package private(set) var index: [(print: KeyPrint, row: UInt32)] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Of the rows without a key.
  private var keyless: [Diagnostic] = []

  /// The key by which rows belong to a row of the roster.
  package enum Join { case contractAndVendor, contract, vendor }

  var name: String { source.name }

  init(
    _ table: NamedTable,
    _ reader: inout some TableReader,
    _ subject: Field.ID,
    _ header: RosterHeaderRow,
    _ names: HeaderNames,
    _ common: CommonData,
    isGuarded: Bool
  ) throws(ReadFailure) {
    let dictionary = names.dictionary
    source = table.source
    tableName = table.name
    self.subject = subject
    self.header = header
    contractColumn = header.column(of: dictionary.contract.key)
    vendorColumn = header.column(of: dictionary.vendor.key)
    outerColumns = dictionary.lists(around: subject).map {
      header.columns.firstIndex(of: .itemNumber(of: $0))
    }
    let isOfContract = dictionary.root(of: subject) == dictionary.contract.record
    join =
      isOfContract
      ? .contract
      : contractColumn == nil && common.contractNumber.isEmpty ? .vendor : .contractAndVendor
    let needed: [(column: Int?, isNeeded: Bool, key: Field.ID)] = [
      (contractColumn, isOfContract && common.contractNumber.isEmpty, dictionary.contract.key),
      (vendorColumn, !isOfContract && common.onlyVendor == nil, dictionary.vendor.key),
    ]
    for (column, isNeeded, key) in needed where isNeeded && column == nil {
      diagnostics.append(
        .noKeyColumn(dictionary.fields[key].label, at: .cell(file: name, row: header.row.number))
      )
    }
    for (column, list) in zip(outerColumns, dictionary.lists(around: subject)) where column == nil {
      diagnostics.append(
        .noKeyColumn(dictionary.fields[list].label, at: .cell(file: name, row: header.row.number))
      )
    }
    guard diagnostics.isEmpty else { return }
    let rule = MergedCellRule(header, distinct: nil)
    var merged = MergedReader(reader, try source.mergedRanges(rule), rule)
    while let row = try merged.next() {
      let kind = row.kind(under: header, keys: [contractColumn, vendorColumn])
      if kind == .record, row.holdsHeaders(in: [contractColumn, vendorColumn], names) {
        diagnostics.append(.otherHeaderRow(at: .cell(file: name, row: row.number)))
        return
      }
      if kind == .record {
        add(isGuarded ? row.unguarded : row, common, dictionary)
      } else if let remark = kind.remark(at: .cell(file: name, row: row.number)),
        diagnostics.count < RosterScan.longestReport
      {
        diagnostics.append(remark)
      }
      if rows.size > WorkbookLimits().heldText {
        throw ReadFailure(.workbookTooLarge(at: .cell(file: name, row: row.number)))
      }
    }
    diagnostics += merged.remarks
    index.sort { ($0.print, $0.row) < ($1.print, $1.row) }
  }

  /// Adds a row, or notes the part of its key without which it is of no record.
  private mutating func add(_ row: TableRow, _ common: CommonData, _ dictionary: FieldDictionary) {
    var fault = row.fault
    if let column = header.columnBeyond(in: row) {
      fault = fault ?? .rowTooWide(at: .cell(file: name, row: row.number, column: column))
    }
    let key = RosterKey(
      number: row.trimmed(contractColumn),
      vendor: vendorColumn.map { row.trimmed($0) },
      common
    )
    let parts: [(isNeeded: Bool, part: [UInt8], column: Int?, field: Field.ID)] = [
      (join != .vendor, key.contractNumber, contractColumn, dictionary.contract.key),
      (join != .contract, key.vendorID, vendorColumn, dictionary.vendor.key),
    ]
    for (isNeeded, part, column, field) in parts
    where isNeeded && (part.isEmpty || FieldType.identifier.isOfOtherCell(part)) {
      let place = SourceLocation.cell(
        file: name,
        row: row.number,
        column: column.map { $0 + 1 } ?? 0
      )
      if keyless.count < RosterScan.longestReport {
        keyless.append(.keylessRow(dictionary.fields[field], at: place))
      }
      return
    }
    index.append((join.print(of: key), UInt32(rows.count)))
    rows.append(TableRow(number: row.number, cells: row.cells, fault: fault))
  }

  // MARK: Reading

  /// Where in the index the rows of a key begin, and how many there are.
  package func group(of key: RosterKey) -> Range<Int> {
    guard !index.isEmpty else { return 0..<0 }
    let print = join.print(of: key)
    var low = 0
    var high = index.count
    while low < high {
      let middle = (low + high) / 2
      if index[middle].print < print { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < index.count, index[end].print == print { end += 1 }
    return low..<end
  }

  package func row(at place: Int) -> TableRow { rows[Int(index[place].row)] }

  /// The numbers of the items that a row stands in; nil in place of what is no number.
  func outerItems(of row: TableRow) -> [Int?] {
    outerColumns.map { column in
      column.flatMap { $0 < row.cells.count ? Int(HeaderText(row.cells[$0]).text) : nil }
    }
  }
}

extension SheetTable.Join {
  fileprivate func print(of key: RosterKey) -> KeyPrint {
    switch self {
    case .contractAndVendor: key.print
    case .contract: KeyPrint([key.contractNumber])
    case .vendor: KeyPrint([key.vendorID])
    }
  }
}

// MARK: - Rows of no record

extension SheetTable {
  /// The rows that belong to no row of the roster, so that what they say is in no paper; `isOwned` knows it of the place in the index
  /// where a group begins.
  package func unmatchedRows(atMost limit: Int, isOwned: (Int) -> Bool) -> [Diagnostic] {
    var diagnostics = keyless
    var start = 0
    while start < index.count, diagnostics.count < limit {
      var end = start
      while end < index.count, index[end].print == index[start].print { end += 1 }
      if !isOwned(start) {
        diagnostics += (start..<end).prefix(limit - diagnostics.count).map {
          .unmatchedRow(at: .cell(file: name, row: row(at: $0).number))
        }
      }
      start = end
    }
    return diagnostics
  }
}

extension Diagnostic {
  fileprivate static func unmatchedRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unmatchedRow,
      .warning,
      at: location,
      ja: "この行の契約番号と受注者番号の行が、一覧にありません。",
      en: "The roster has no row with this row's contract number and vendor id."
    )
  }

  fileprivate static func keylessRow(_ key: Field, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unmatchedRow,
      .warning,
      at: location,
      ja: "「\(key.label)」が空か、「〃」「同上」などのため、どの契約の行か分かりません。",
      en: "\(key.label) is empty or a ditto mark, so the row belongs to no contract.",
      hint: Message(ja: "各行に番号を入力してください", en: "type the value itself in every row"),
      field: key.path
    )
  }
}
