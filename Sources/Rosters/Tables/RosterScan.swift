package import Diagnostics
import Files
import Records
import Tables

/// The first look at all rows of a roster: their number, their keys, and the columns that they fill.
package struct RosterScan {
  private let table: RosterTable
  private let common: CommonData
  private let sheets: [SheetTable]
  private(set) var rowCount = 0
  /// How many rows are of another contract than the common data's.
  private(set) var otherContracts = 0
  private var keys: [RepeatedKeys.Entry] = []
  /// The keys of rows without a number of their own.
  private var unnumbered: [RepeatedKeys.Entry] = []
  private(set) var filledColumns: [Bool]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var agreement: ContractAgreement
  /// Of each sheet, how many rows of the roster the rows belong to, by the first of each group in the index.
  private var owners: [[UInt8]]

  /// The number of rows of one kind that are reported at most.
  package static let longestReport = 100

  private let names: HeaderNames

  init(
    _ table: RosterTable,
    _ common: CommonData,
    _ sheets: [SheetTable],
    _ names: HeaderNames
  ) {
    self.names = names
    self.table = table
    agreement = table.agreement
    self.common = common
    self.sheets = sheets
    filledColumns = Array(repeating: false, count: table.header.columns.count)
    owners = sheets.map { Array(repeating: 0, count: $0.index.count) }
    if let csv = table.main.source as? CSVSource {
      keys.reserveCapacity(min(csv.survey.lineFeeds + 1, 1 << 24))
    }
  }

  mutating func read() throws(ReadFailure) {
    let rows = try RosterTableRows(table)
    var passed: [Diagnostic] = []
    while let row = try rows.next(passing: {
      if passed.count < Self.longestReport { passed.append($0) }
    }) {
      rowCount += 1
      if row.isHidden { tellOfHidden(row) }
      if row.holdsHeaders(in: [table.contractColumn, table.vendorColumn], names) {
        diagnostics.append(.otherHeaderRow(at: table.place(ofRow: row.number)))
        return
      }
      for (index, cell) in row.cells.prefix(filledColumns.count).enumerated()
      where !cell.bytes.isEmpty || cell.kind != .text {
        filledColumns[index] = true
      }
      let key = table.key(of: row, common)
      guard !key.contractNumber.isEmpty, !key.vendorID.isEmpty else { continue }
      if common.isOfOther(than: key) { otherContracts += 1 }
      let entry = RepeatedKeys.Entry(print: key.print, row: UInt32(clamping: row.number))
      if key.isOfSharedContract { unnumbered.append(entry) } else { keys.append(entry) }
      agreement.note(key.contractNumber, table.typedTerms(of: row))
      for index in sheets.indices {
        let group = sheets[index].group(of: key)
        if !group.isEmpty, owners[index][group.lowerBound] < 2 {
          owners[index][group.lowerBound] += 1
        }
      }
    }
    // Where rows are of several contracts, one without a number may be of any.
    if otherContracts == 0 { keys += unnumbered }
    if agreement.findDoubtful() { try compareContracts() }
    diagnostics += passed + rows.remarks
    for (sheet, owners) in zip(sheets, owners) {
      diagnostics += sheet.unmatchedRows(atMost: Self.longestReport) { owners[$0] > 0 }
    }
  }

  /// Reads the rows of the contracts again whose rows may differ.
  private mutating func compareContracts() throws(ReadFailure) {
    let rows = try RosterTableRows(table)
    while let row = try rows.next() {
      let key = table.key(of: row, common)
      guard !key.vendorID.isEmpty, agreement.isDoubtful(key.contractNumber),
        !key.isOfSharedContract || otherContracts == 0
      else { continue }
      agreement.compare(key.contractNumber, row: row.number, table.readTerms(of: row))
    }
  }

  /// Once only, for the keys are handed over, not copied.
  mutating func takeRepeatedKeys() -> RepeatedKeys {
    var taken: [RepeatedKeys.Entry] = []
    swap(&taken, &keys)
    return RepeatedKeys(taken)
  }

  /// The groups of rows with no values but their key, of vendors with several contracts.
  var ambiguous: [Set<Int>] {
    zip(sheets, owners).map { sheet, owners in
      sheet.join == .vendor ? Set(owners.indices.filter { owners[$0] > 1 }) : []
    }
  }

  private mutating func tellOfHidden(_ row: TableRow) {
    guard diagnostics.count < Self.longestReport else { return }
    diagnostics.append(.hiddenRow(at: table.place(ofRow: row.number)))
  }
}

extension TableRow {
  /// Whether the cells of the keys hold headers, as where a list goes on with the columns of another.
  func holdsHeaders(in columns: [Int?], _ names: HeaderNames) -> Bool {
    let columns = columns.compactMap(\.self)
    return !columns.isEmpty
      && columns.allSatisfy { column in
        guard column < cells.count, case let bytes = cells[column].bytes, bytes.count < 100,
          !bytes.isEmpty, !bytes.contains(where: \.isDigit)
        else { return false }
        return names.meaning(of: HeaderText(cells[column]), among: { _ in true }) != .unknown
      }
  }
}

extension RosterTable.RowKind {
  /// The warning that a row is passed over; nil for a record and an empty row.
  package func remark(at location: SourceLocation) -> Diagnostic? {
    switch self {
    case .record, .empty: nil
    case .total:
      Diagnostic(
        .totalRow,
        .warning,
        at: location,
        ja: "合計の行とみなし、読み飛ばします。",
        en: "This is taken for a row of totals and not read."
      )
    case .footnote:
      Diagnostic(
        .footnoteRow,
        .warning,
        at: location,
        ja: "注記の行とみなし、読み飛ばします。",
        en: "This is taken for a footnote and not read."
      )
    case .header:
      Diagnostic(
        .repeatedHeaderRow,
        .warning,
        at: location,
        ja: "見出しの繰返しとみなし、読み飛ばします。",
        en: "This is taken for the header once more and not read."
      )
    }
  }
}

extension Diagnostic {
  static func otherHeaderRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .repeatedHeaderRow,
      at: location,
      ja: "ここから見出しの並びが変わっているため、読み込めません。",
      en: "From this row on the columns are others; the list cannot be read.",
      hint: Message(
        ja: "見出しを同じ並びに揃えるか、別のシートかファイルに分けてください",
        en: "give both parts the same columns, or keep them in sheets or files of their own"
      )
    )
  }

  fileprivate static func hiddenRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .hiddenRow,
      .warning,
      at: location,
      ja: "非表示の行ですが、読みます。",
      en: "The row is hidden; it is read all the same."
    )
  }
}
