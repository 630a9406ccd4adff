package import Diagnostics
import Files
package import Records
package import Tables

/// A roster whose records stand in the rows of a table, with sheets beside it.
package struct TableRoster: Sendable {
  package let table: RosterTable
  package let sheets: [SheetTable]
  private let plan: RowPlan
  private let common: CommonData
  package let dictionary: FieldDictionary
  private let mode: PacketMode
  private let repeated: RepeatedKeys
  package let agreement: ContractAgreement
  /// Of each sheet, where the rows stand that do not say which of a vendor's contracts they belong to.
  private let ambiguous: [Set<Int>]
  let rowCount: Int
  /// How many rows are of another contract than the common data's.
  package let otherContracts: Int
  /// The columns that some row fills, of the roster and of the sheets.
  let filledColumns: [RosterColumn]

  static func open(
    _ tables: [NamedTable],
    _ common: CommonData,
    _ binder: Binder,
    headerRow: Int?,
    corrections: CellCorrections,
    mode: PacketMode
  ) throws(ReadFailure) -> (roster: TableRoster?, diagnostics: [Diagnostic]) {
    let names = HeaderNames(binder)
    var set = TableSet(tables, names, mode)
    let (parts, found) = try set.findRoster(headerRow: headerRow, corrections: corrections)
    guard !parts.isEmpty else { return (nil, found) }
    var diagnostics = found
    let table = RosterTable(parts, names.dictionary).corrected(by: corrections)
    diagnostics += table.missingKeys(common, names.dictionary)
    let (sheets, more) = try set.readSheets(beside: table, common)
    diagnostics += more
    guard !diagnostics.hasErrors else { return (nil, diagnostics) }
    var scan = RosterScan(table, common, sheets, names)
    try scan.read()
    let roster = TableRoster(table, sheets, common, names.dictionary, mode, &scan)
    return (roster, diagnostics + scan.diagnostics)
  }

  private init(
    _ table: RosterTable,
    _ sheets: [SheetTable],
    _ common: CommonData,
    _ dictionary: FieldDictionary,
    _ mode: PacketMode,
    _ scan: inout RosterScan
  ) {
    self.dictionary = dictionary
    self.mode = mode
    agreement = scan.agreement
    self.table = table
    self.sheets = sheets
    self.common = common
    rowCount = scan.rowCount
    otherContracts = scan.otherContracts
    ambiguous = scan.ambiguous
    plan = RowPlan(dictionary, columns: table.header.columns, sheets: sheets)
    repeated = scan.takeRepeatedKeys()
    filledColumns =
      zip(table.header.columns, scan.filledColumns).filter(\.1).map(\.0)
      + sheets.flatMap { [.field($0.subject, items: [])] + $0.header.columns }
  }

  func record(of row: TableRow) -> RosterRecord {
    record(of: row, agreement) {
      repeated.other(than: row.number)
    } isAmbiguous: { sheet, place in
      ambiguous[sheet].contains(place)
    }
  }

  /// Reads a row beside others: `other` is another row with its key, `isAmbiguous` whether the rows of a sheet that begin
  /// at a place of its index belong to several contracts.
  package func record(
    of row: TableRow,
    _ agreement: ContractAgreement,
    other: () -> Int?,
    isAmbiguous: (_ sheet: Int, _ place: Int) -> Bool
  ) -> RosterRecord {
    let place = table.place(ofRow: row.number)
    var diagnostics = row.fault.map { [$0] } ?? []
    if let column = table.header.columnBeyond(in: row) {
      diagnostics.append(.rowTooWide(at: table.place(ofRow: row.number, column: column)))
    }
    let key = table.key(of: row, common)
    for (part, column, field) in [
      (
        key.isOfSharedContract && hasOtherContracts ? [] : key.contractNumber,
        table.contractColumn, dictionary.contract.key
      ),
      (key.vendorID, table.vendorColumn, dictionary.vendor.key),
    ] where part.isEmpty {
      guard let column else { continue }
      let field = dictionary.fields[field]
      let cell = table.place(ofRow: row.number, column: column + 1)
      if column < row.cells.count, row.cells[column].kind == .covered {
        diagnostics.append(CellFault.covered.diagnostic(field.label, field.path, at: cell))
      } else {
        diagnostics.append(.keyMissing(at: cell, field: field.path))
      }
      return RosterRecord(nil, diagnostics: diagnostics)
    }
    if let other = other() {
      diagnostics.append(.repeatedKey(table.place(ofRow: other), at: place))
    }
    for (index, sheet) in sheets.enumerated() where sheet.join == .vendor {
      let group = sheet.group(of: key)
      if !group.isEmpty, isAmbiguous(index, group.lowerBound) {
        diagnostics.append(.rowsOfSeveralContracts(in: sheet.name))
      }
    }
    diagnostics += agreement.diagnostics(
      key.contractNumber,
      { table.readTerms(of: row) },
      at: { table.place(ofRow: row.number, column: table.column(of: $0) + 1) },
      rowAt: { table.place(ofRow: $0) },
      mode
    )
    var reading = RowReading(row, at: place, key, sheets)
    let tree = reading.tree(plan)
    return RosterRecord(
      tree,
      shared: common.data(for: key),
      diagnostics: diagnostics + reading.diagnostics
    )
  }

  package func key(of row: TableRow) -> RosterKey { table.key(of: row, common) }

  package var hasOtherContracts: Bool { otherContracts > 0 }

  /// Whether the common data names a contract that is not the row's.
  package func isOfOtherContract(_ key: RosterKey) -> Bool { common.isOfOther(than: key) }
}

extension RosterTable {
  /// The key of a row, the parts that are missing empty.
  func key(of row: TableRow, _ common: CommonData) -> RosterKey {
    RosterKey(
      number: row.trimmed(contractColumn),
      vendor: vendorColumn.map { row.trimmed($0) },
      common
    )
  }

  fileprivate func missingKeys(_ common: CommonData, _ dictionary: FieldDictionary) -> [Diagnostic]
  {
    let place = SourceLocation.cell(file: main.source.name, row: header.row.number)
    var missing: [Field.ID] = []
    if contractColumn == nil, common.contractNumber.isEmpty {
      missing.append(dictionary.contract.key)
    }
    if vendorColumn == nil, common.onlyVendor == nil { missing.append(dictionary.vendor.key) }
    return missing.map {
      .noKeyColumn(dictionary.fields[$0].label, at: place)
    }
  }
}

extension Diagnostic {
  static func noKeyColumn(_ label: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .keyColumnMissing,
      at: location,
      ja: "「\(label)」の列がありません。",
      en: "There is no column for \(label).",
      hint: Message(
        ja: "列を加えるか、全行に共通なら共通データに書いてください",
        en: "add the column, or if all rows share it, give it in the common data"
      )
    )
  }

  static func rowTooWide(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .rowTooWide,
      at: location,
      ja: "見出しのない列に値があります。",
      en: "There is a value in a column without a header.",
      hint: Message(
        ja: "値の区切りがずれていないか確認し、不要な値なら削除してください",
        en: "see whether the values are shifted, or remove it"
      )
    )
  }

  /// `field` is the part of the key that is missing, if that is known.
  static func keyMissing(at location: SourceLocation, field: String? = nil) -> Diagnostic {
    Diagnostic(
      .keyMissing,
      at: location,
      ja: "契約番号か受注者番号が空で、どの契約の行か分かりません。",
      en: "Without its contract's number or its vendor's id the row belongs to no contract.",
      field: field
    )
  }

  package static func repeatedKey(_ other: SourceLocation, at location: SourceLocation)
    -> Diagnostic
  {
    let row = other.line
    let sheet = other.file.split(separator: "/").last ?? ""
    let isHere = other.file == location.file
    return Diagnostic(
      .duplicateRow,
      at: location,
      ja: "契約番号と受注者番号が同じ行が、\(isHere ? "" : "「\(sheet)」の")\(row)行目にもあります。",
      en: "Row \(row)\(isHere ? "" : " of \(sheet)") has the same contract number and vendor id.",
      hint: Message(
        ja: "不要な行は削除し、別の契約なら番号を修正してください。大文字・小文字や全角・半角だけが違う番号は、同じとみなします",
        en: "remove one, or number the other contract; letter case and width make no difference"
      )
    )
  }

  fileprivate static func rowsOfSeveralContracts(in sheet: String) -> Diagnostic {
    Diagnostic(
      .unmatchedRow,
      at: .cell(file: sheet, row: 0),
      ja: "この受注者の契約は複数あり、シートの行がどの契約のものか分かりません。",
      en: "The vendor has several contracts, and the sheet's rows do not say which is theirs.",
      hint: Message(ja: "シートに契約番号の列を加えてください", en: "add a column for the contract's number")
    )
  }
}
