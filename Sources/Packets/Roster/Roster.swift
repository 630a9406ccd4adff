package import Diagnostics
package import TemplateRuntime

/// A list of contracts and vendors (契約・委託先一覧): each row is one contract with one vendor.
///
/// Opening it reads all of it once, so that what is wrong with the list as a whole is known before any packet is made; after that
/// its rows are read one by one, in memory that does not grow with it.
package struct Roster: Sendable {
  /// Of the bytes of the input.
  package let digest: Digest
  /// How many rows are records.
  package let rowCount: Int
  /// Whether it is an earlier run's list of rejects, mended.
  package var isCorrection: Bool { table.header.isCorrection }
  /// The fields that some row may set; all others have the value of the common data in every row.
  ///
  /// With a list, the lists around it and all that is in it are among them.
  package let varyingFields: Set<Field.ID>
  /// The data that all rows share, without any vendor's.
  var shared: RawNode? { common.shared }
  /// How its text is encoded; nil if the format leaves no choice.
  package let encoding: TextEncoding?

  let dictionary: FieldDictionary
  let table: RosterTable
  private let plan: RowPlan
  private let common: CommonData
  private let repeated: RepeatedKeys

  /// Reads the header and every key; of several mistakes in the header all are told.
  ///
  /// `common` is what all rows share; what it says of a vendor goes to the rows of that vendor only. `headerRow` is the number of
  /// the header's row, if it is not to be looked for.
  package static func open(
    _ path: String,
    common root: RawNode?,
    binder: Binder,
    headerRow: Int?
  ) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    do throws(FileSystem.Failure) {
      let file = try InputFile(path)
      let survey = try InputSurvey(file)
      if let diagnostic = InputFormat.refusal(of: survey.head, path) { return (nil, [diagnostic]) }
      return open(CSVSource(file, survey), CommonData(root, binder), binder, headerRow: headerRow)
    } catch {
      return (nil, [error.diagnostic(at: SourceLocation(file: path))])
    }
  }

  private static func open(
    _ source: CSVSource,
    _ common: CommonData,
    _ binder: Binder,
    headerRow: Int?
  ) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    let dictionary = binder.dictionary
    let keys = ["contract.number", "vendor.id"].compactMap(dictionary.field)
    let reading = HeaderReading(HeaderNames(binder), sheet: nil, keys: keys)
    do throws(TableFailure) {
      var reader = source.reader()
      let (header, found) = try RosterHeaderRow.find(
        in: &reader,
        reading,
        keys: keys,
        given: headerRow
      )
      var diagnostics = common.diagnostics + found
      guard let header else { return (nil, diagnostics) }
      let table = RosterTable(source, header, dictionary)
      if table.vendorColumn == nil, common.onlyVendor == nil,
        let id = dictionary.field(at: "vendor.id")
      {
        diagnostics.append(.noKeyColumn(dictionary.fields[id].label, table))
      }
      if table.contractColumn == nil, common.contractNumber.isEmpty,
        let id = dictionary.field(at: "contract.number")
      {
        diagnostics.append(.noKeyColumn(dictionary.fields[id].label, table))
      }
      guard !diagnostics.hasErrors else { return (nil, diagnostics) }
      var scan = RosterScan(table, common, lines: source.survey.lineFeeds)
      try scan.read(&reader)
      let roster = Roster(table, common, binder, scan)
      return (roster, diagnostics + scan.diagnostics)
    } catch {
      return (nil, common.diagnostics + [error.diagnostic])
    }
  }

  private init(_ table: RosterTable, _ common: CommonData, _ binder: Binder, _ scan: RosterScan) {
    dictionary = binder.dictionary
    self.table = table
    self.common = common
    digest = table.source.survey.digest
    encoding = table.source.encoding
    rowCount = scan.rowCount
    plan = RowPlan(dictionary, columns: table.header.columns)
    repeated = RepeatedKeys(scan.keys)
    var fields = common.vendorFields(binder)
    for (column, isFilled) in zip(table.header.columns, scan.filledColumns) {
      guard isFilled, case .field(let id, _) = column else { continue }
      let list = binder.dictionary.lists(around: id).first ?? id
      let known = binder.dictionary
      fields.formUnion(known.fields.indices.filter { known.isWithin($0, list) })
    }
    varyingFields = fields
  }

  /// The records from the first on; each call begins anew.
  package func rows() throws(TableFailure) -> RosterRows { try RosterRows(table) }

  /// Reads a row; may be called on any thread.
  package func record(of row: RosterRow) -> RosterRecord {
    switch row.body {
    case .table(let cells): record(of: cells)
    }
  }

  private func record(of row: TableRow) -> RosterRecord {
    let place = SourceLocation.cell(file: table.source.file.path, row: row.number)
    var diagnostics = row.fault.map { [$0] } ?? []
    if let column = table.columnBeyondHeader(in: row) {
      diagnostics.append(.rowTooWide(at: place.column(column)))
    }
    guard let key = key(of: row, common, &diagnostics) else {
      return RosterRecord(tree: nil, diagnostics: diagnostics, key: nil)
    }
    if let other = repeated.other(than: row.number) {
      diagnostics.append(.repeatedKey(row: other, at: place))
    }
    var reading = RowReading(row, at: place)
    let tree = reading.node(plan.root) ?? RawNode(.mapping([]), at: place)
    return RosterRecord(
      tree: tree.completed(
        with: common.data(contractNumber: key.contractNumber, vendor: key.vendorID)
      ),
      diagnostics: diagnostics + reading.diagnostics,
      key: key
    )
  }

  private func key(of row: TableRow, _ common: CommonData, _ diagnostics: inout [Diagnostic])
    -> RosterKey?
  {
    let key = table.key(of: row, common)
    for (part, column) in [
      (key.contractNumber, table.contractColumn), (key.vendorID, table.vendorColumn),
    ] where part.isEmpty {
      guard let column else { continue }
      let place = SourceLocation.cell(file: table.source.file.path, row: row.number)
      diagnostics.append(.keyMissing(at: place.column(column + 1)))
      return nil
    }
    return key
  }
}

extension RosterTable {
  /// The key of a row, the parts that are missing empty.
  ///
  /// A vendor's id that was forgotten is never the common data's: the row would get that vendor's data.
  func key(of row: TableRow, _ common: CommonData) -> RosterKey {
    let number = row.trimmed(contractColumn)
    return RosterKey(
      contractNumber: number.isEmpty ? common.contractNumber : number,
      vendorID: vendorColumn == nil ? common.onlyVendor ?? [] : row.trimmed(vendorColumn)
    )
  }
}

extension SourceLocation {
  fileprivate func column(_ column: Int) -> SourceLocation {
    .cell(file: file, row: line, column: column)
  }
}

extension Diagnostic {
  fileprivate static func noKeyColumn(_ label: String, _ table: RosterTable) -> Diagnostic {
    Diagnostic(
      .keyColumnMissing,
      at: .cell(file: table.source.file.path, row: table.header.row.number),
      ja: "「\(label)」の列がありません。",
      en: "There is no column for \(label).",
      hint: Message(
        ja: "列を加えるか、全行に共通なら共通データに書いてください",
        en: "add the column, or if all rows share it, give it in the common data"
      )
    )
  }

  fileprivate static func rowTooWide(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .rowTooWide,
      at: location,
      ja: "見出しのない列に値があります。",
      en: "There is a value in a column without a header.",
      hint: Message(
        ja: "値の区切りがずれていないか確かめ、要らない値なら消してください",
        en: "see whether the values are shifted, or remove it"
      )
    )
  }

  fileprivate static func keyMissing(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .keyMissing,
      at: location,
      ja: "契約番号か受注者番号が空で、どの契約の行か分かりません。",
      en: "Without its contract's number or its vendor's id the row belongs to no contract."
    )
  }

  fileprivate static func repeatedKey(row: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateRow,
      at: location,
      ja: "契約番号と受注者番号が同じ行が、\(row)行目にもあります。",
      en: "Row \(row) has the same contract number and vendor id.",
      hint: Message(
        ja: "大文字と小文字の違いだけの番号も、同じ番号とみなします",
        en: "numbers that differ in letter case only count as the same"
      )
    )
  }
}
