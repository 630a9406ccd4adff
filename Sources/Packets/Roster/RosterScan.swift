import Diagnostics
import TemplateRuntime

/// The first look at all rows of a roster: how many there are, whose they are, and which columns they fill.
struct RosterScan {
  private let table: RosterTable
  private let common: CommonData
  private let sheets: [SheetTable]
  private(set) var rowCount = 0
  /// Whether there are rows of another contract than the common data's.
  private(set) var hasOtherContracts = false
  private var keys: [RepeatedKeys.Entry] = []
  private(set) var filledColumns: [Bool]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var agreement: ContractAgreement
  /// Of each sheet, how many rows of the roster the rows belong to, by the first of each group in the index.
  private var owners: [[UInt8]]

  /// No more than so many rows of one kind are told of.
  static let longestReport = 100

  init(_ table: RosterTable, _ common: CommonData, _ sheets: [SheetTable]) {
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

  mutating func read() throws(TableFailure) {
    let rows = try RosterTableRows(table)
    var passed: [Diagnostic] = []
    while let row = try rows.next(passing: {
      if passed.count < Self.longestReport { passed.append($0) }
    }) {
      rowCount += 1
      if row.isHidden { tellOfHidden(row) }
      for (index, cell) in row.cells.prefix(filledColumns.count).enumerated()
      where !cell.bytes.isEmpty || cell.kind != .text {
        filledColumns[index] = true
      }
      let key = table.key(of: row, common)
      guard !key.contractNumber.isEmpty, !key.vendorID.isEmpty else { continue }
      if common.isOfOther(than: key) { hasOtherContracts = true }
      keys.append(.init(print: key.print, row: UInt32(clamping: row.number)))
      agreement.note(key.contractNumber, table.typedTerms(of: row))
      for index in sheets.indices {
        let group = sheets[index].group(of: key)
        if !group.isEmpty, owners[index][group.lowerBound] < 2 {
          owners[index][group.lowerBound] += 1
        }
      }
    }
    if agreement.findDoubtful() { try compareContracts() }
    diagnostics += passed + rows.remarks
    for (sheet, owners) in zip(sheets, owners) {
      diagnostics += sheet.strays(atMost: Self.longestReport) { owners[$0] > 0 }
    }
  }

  /// Reads the rows of the contracts again whose rows may differ.
  private mutating func compareContracts() throws(TableFailure) {
    let rows = try RosterTableRows(table)
    while let row = try rows.next() {
      let key = table.key(of: row, common)
      guard !key.vendorID.isEmpty, agreement.isDoubtful(key.contractNumber) else { continue }
      agreement.compare(key.contractNumber, row: row.number, table.readTerms(of: row))
    }
  }

  /// Once only, for the keys are handed over, not copied.
  mutating func takeRepeatedKeys() -> RepeatedKeys {
    var taken: [RepeatedKeys.Entry] = []
    swap(&taken, &keys)
    return RepeatedKeys(taken)
  }

  /// The groups of rows that say only whose they are, of vendors with several contracts.
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

extension SheetTable {
  /// The rows that belong to no row of the roster, of which the papers miss what they say; `isOwned` knows it of the place in the index where a group begins.
  func strays(atMost limit: Int, isOwned: (Int) -> Bool) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var start = 0
    while start < index.count, diagnostics.count < limit {
      var end = start
      while end < index.count, index[end].print == index[start].print { end += 1 }
      if !isOwned(start) {
        diagnostics += (start..<end).prefix(limit - diagnostics.count).map {
          .strayRow(at: .cell(file: name, row: row(at: $0).number))
        }
      }
      start = end
    }
    return diagnostics
  }
}

extension RosterTable.RowKind {
  /// What is told of a row that is passed over; nil for a record and an empty row.
  func remark(at location: SourceLocation) -> Diagnostic? {
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
  fileprivate static func hiddenRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .hiddenRow,
      .warning,
      at: location,
      ja: "非表示の行ですが、読みます。",
      en: "The row is hidden; it is read all the same."
    )
  }

  fileprivate static func strayRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unmatchedRow,
      .warning,
      at: location,
      ja: "この行の契約番号と受注者番号の行が、一覧にありません。",
      en: "The roster has no row with this row's contract number and vendor id."
    )
  }
}
