import Diagnostics
import TemplateRuntime

/// A table beside the roster, with the items of one list or the records of one kind, held in memory in one piece.
struct SheetTable: Sendable {
  let source: any TableSource
  /// The sheet's own name.
  let tableName: String
  /// The list whose items, or the record whose instances, the rows are.
  let subject: Field.ID
  let header: RosterHeaderRow
  let join: Join
  private let contractColumn: Int?
  private let vendorColumn: Int?
  /// The columns of the numbers of the items that a row stands in, the outermost list's first.
  private let outerColumns: [Int?]

  private var rows = RowStore()
  /// Sorted by whose the rows are, then by their order.
  private(set) var index: [(print: KeyPrint, row: UInt32)] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// By what a row says whose it is.
  enum Join { case contractAndVendor, contract, vendor }

  var name: String { source.name }

  init(
    _ table: RosterInput.NamedTable,
    _ reader: inout some TableReader,
    _ subject: Field.ID,
    _ header: RosterHeaderRow,
    _ dictionary: FieldDictionary,
    _ common: CommonData,
    isGuarded: Bool
  ) throws(TableFailure) {
    source = table.source
    tableName = table.name
    self.subject = subject
    self.header = header
    contractColumn = header.column(of: dictionary.field(at: "contract.number"))
    vendorColumn = header.column(of: dictionary.field(at: "vendor.id"))
    outerColumns = dictionary.lists(around: subject).map {
      header.columns.firstIndex(of: .itemNumber(of: $0))
    }
    let isOfContract = dictionary.root(of: subject) == dictionary.child("contract", of: nil)
    join =
      isOfContract
      ? .contract
      : contractColumn == nil && common.contractNumber.isEmpty ? .vendor : .contractAndVendor
    let needed: [(column: Int?, isNeeded: Bool, path: String)] = [
      (contractColumn, isOfContract && common.contractNumber.isEmpty, "contract.number"),
      (vendorColumn, !isOfContract && common.onlyVendor == nil, "vendor.id"),
    ]
    for (column, isNeeded, path) in needed where isNeeded && column == nil {
      let label = dictionary.field(at: path).map { dictionary.fields[$0].label } ?? path
      diagnostics.append(
        .noKeyColumn(label, at: .cell(file: name, row: header.row.number))
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
      guard let first = row.cells.firstIndex(where: { !$0.bytes.trimmed().isEmpty }) else {
        continue
      }
      let kind = row.kind(from: first, keys: [contractColumn, vendorColumn])
      if kind == .record {
        add(isGuarded ? row.unguarded : row, common, dictionary)
      } else if let remark = kind.remark(at: .cell(file: name, row: row.number)) {
        tell(remark)
      }
      if rows.size > WorkbookLimits().heldText {
        throw TableFailure(.workbookTooLarge(at: .cell(file: name, row: row.number)))
      }
    }
    diagnostics += merged.remarks
    index.sort { ($0.print, $0.row) < ($1.print, $1.row) }
  }

  private mutating func tell(_ diagnostic: Diagnostic) {
    if diagnostics.count < RosterScan.longestReport { diagnostics.append(diagnostic) }
  }

  /// Adds a row, or tells of the part of its key without which it is nobody's.
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
    let parts: [(isNeeded: Bool, part: [UInt8], column: Int?, path: String)] = [
      (join != .vendor, key.contractNumber, contractColumn, "contract.number"),
      (join != .contract, key.vendorID, vendorColumn, "vendor.id"),
    ]
    for (isNeeded, part, column, path) in parts
    where isNeeded && (part.isEmpty || FieldType.identifier.isOfOtherCell(part)) {
      let place = SourceLocation.cell(
        file: name,
        row: row.number,
        column: column.map { $0 + 1 } ?? 0
      )
      let label = dictionary.field(at: path).map { dictionary.fields[$0].label } ?? path
      let isCovered = column.map { $0 < row.cells.count && row.cells[$0].kind == .covered } ?? false
      tell(
        isCovered
          ? CellFault.covered.diagnostic(label, path, at: place)
          : .nobodysRow(label, at: place, field: path)
      )
      return
    }
    index.append((join.print(of: key), UInt32(rows.count)))
    rows.append(TableRow(number: row.number, cells: row.cells, fault: fault))
  }

  // MARK: Reading

  /// Where in the index the rows of a key begin, and how many there are.
  func group(of key: RosterKey) -> Range<Int> {
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

  /// The row at a place of the index.
  func row(at place: Int) -> TableRow { rows[Int(index[place].row)] }

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

extension Diagnostic {
  fileprivate static func nobodysRow(
    _ label: String,
    at location: SourceLocation,
    field: String
  ) -> Diagnostic {
    Diagnostic(
      .keyMissing,
      at: location,
      ja: "「\(label)」に番号がなく、どの契約の行か分かりません。",
      en: "Without a value of \(label) the row belongs to no contract.",
      hint: Message(
        ja: "「〃」や「同上」ではなく、番号そのものを各行に入力してください",
        en: "type the value itself in every row, not a ditto mark"
      ),
      field: field
    )
  }
}
