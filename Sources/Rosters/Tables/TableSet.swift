package import Diagnostics
import Files
import Guides
package import Records
package import Tables

/// The tables of a workbook or a folder: which hold the roster, and what the others hold.
package struct TableSet {
  let tables: [NamedTable]
  let names: HeaderNames
  let mode: PacketMode
  /// What each table is by its name; nil if the name says nothing.
  let subjects: [Field.ID?]
  let sheets: [Field.ID]
  let keys: [Field.ID]
  /// The tables that the roster consists of, and those that are not read, for a reason that is among the diagnostics.
  private var settled: Set<Int> = []
  /// The tables that are hidden, or that hold an example: none of them is read.
  private let unseen: Set<Int>

  static let rosterNames = [RosterHeader.tableName, "roster"]

  package init(
    _ tables: [NamedTable],
    _ names: HeaderNames,
    _ mode: PacketMode = .prefilled
  ) {
    self.tables = tables
    self.names = names
    self.mode = mode
    let dictionary = names.dictionary
    keys = dictionary.keyedRecords.map(\.key)
    let guide = DataGuide(title: "", dictionary: dictionary)
    let sheets = RosterHeader.sheetNames(guide).compactMap(dictionary.field)
    self.sheets = sheets
    subjects = tables.map { table in
      switch names.meaning(of: HeaderText(table.name), among: sheets.contains) {
      case .field(let id): id
      case .ambiguous, .unknown: nil
      }
    }
    let unused = Set(tables.indices.filter { HeaderReading.isUnused(tables[$0].name) })
    settled = unused
    unseen = Set(
      tables.indices.filter { tables[$0].isHidden || Self.isSample(tables[$0].name) }
    ).subtracting(unused)
  }

  /// Whether the name of a table says that what it holds is an example: （記入例）, 一覧【見本】, サンプル2; but not 見本市.
  private static func isSample(_ name: String) -> Bool {
    let name = HeaderText(name).text
    if ["記入例", "記載例", "入力例", "作成例"].contains(where: name.contains) { return true }
    let bare = name.filter { !"()[]【】〔〕<>★※_-0123456789 ".contains($0) }
    return ["見本", "サンプル", "sample"].contains { word in
      bare.lowercased().hasSuffix(word)
        || ["(", "[", "【", "〔", "<"].contains { name.contains($0 + word) }
    }
  }

  /// The table that diagnostics of a list that was not opened are of, or the one that is looked at first.
  package func table(in diagnostics: [Diagnostic]) -> NamedTable? {
    let reported = tables.first { table in
      diagnostics.contains { $0.location.isCell && $0.location.file == table.source.name }
    }
    return reported ?? likeliestTable
  }

  private var likeliestTable: NamedTable? {
    (named ?? candidates.first ?? tables.indices.first).map { tables[$0] }
  }

  /// The table called 契約・委託先一覧.
  private var named: Int? {
    tables.indices.first {
      Self.rosterNames.contains(HeaderText(tables[$0].name).text) && !unseen.contains($0)
    }
  }

  /// The tables whose names leave open what they hold.
  private var candidates: [Int] {
    tables.indices.filter {
      subjects[$0] == nil && !settled.contains($0) && !unseen.contains($0)
    }
  }

  /// The table called 契約・委託先一覧, or the only one that is no sheet, or the first of these with the columns of the keys; and
  /// every other one with the same columns.
  ///
  /// No parts, with the reasons, if there is no roster.
  mutating func findRoster(
    headerRow: Int?,
    corrections: CellCorrections
  ) throws(ReadFailure) -> (parts: [RosterTable.Part], diagnostics: [Diagnostic]) {
    let (main, header, found) = try findMain(headerRow: headerRow, corrections)
    guard let header else { return ([], found) }
    settled.insert(main)
    var headers = [main: header]
    var diagnostics = found
    for index in candidates where index != main {
      switch try kind(of: tables[index], beside: header) {
      case .roster(let other):
        headers[index] = other
        let place = SourceLocation(file: tables[index].source.name)
        diagnostics.append(.joinedSheet(to: tables[main].name, at: place))
      case .refused(let diagnostic): diagnostics.append(diagnostic)
      case .other: continue
      }
      settled.insert(index)
    }
    for index in unseen.sorted() where index != main {
      let remark = try remark(ofUnseen: index, beside: header)
      if let remark { diagnostics.append(remark) }
      if remark != nil || subjects[index] != nil { settled.insert(index) }
    }
    guard headers.count <= RosterTable.mostParts else {
      throw ReadFailure(.workbookTooLarge(at: SourceLocation(file: tables[main].source.name)))
    }
    var base = 0
    let parts = headers.keys.sorted().map { index in
      if index != main { base += RosterTable.longestPart }
      return RosterTable.Part(
        tableName: tables[index].name,
        source: tables[index].source,
        header: headers[index] ?? header,
        base: index == main ? 0 : base
      )
    }
    return (parts, diagnostics)
  }

  private func findMain(
    headerRow: Int?,
    _ corrections: CellCorrections
  ) throws(ReadFailure) -> (Int, RosterHeaderRow?, [Diagnostic]) {
    let chosen = tables.firstIndex { $0.source.name == corrections.table }
    let candidates = (chosen ?? named).map { [$0] } ?? candidates
    if candidates.isEmpty {
      let hidden = try unseenLists(headerRow: headerRow)
      if !hidden.isEmpty { return (0, nil, hidden) }
    }
    let read = tables.indices.first { !settled.contains($0) && !unseen.contains($0) }
    guard let main = candidates.first ?? read else {
      return (0, nil, [.noSheetToRead(at: SourceLocation(file: tables[0].source.name))])
    }
    var first: (RosterHeaderRow?, [Diagnostic])?
    var second: (Int, RosterHeaderRow?, [Diagnostic])?
    for index in candidates {
      var table = tables[index]
      table.source.corrections = corrections
      let found = try header(of: table, nil, given: headerRow)
      if first == nil { first = found }
      let known = found.0.map { header in keys.count { header.column(of: $0) != nil } } ?? 0
      if candidates.count == 1 || known == keys.count { return (index, found.0, found.1) }
      // A list of vendors alone, in front of the contracts', has a key, too.
      if second == nil, known > 0 || found.1.contains(where: \.isOfHeaders) {
        second = (index, found.0, found.1)
      }
    }
    if let second { return second }
    if first == nil { first = try header(of: tables[main], nil, given: headerRow) }
    return (main, first?.0, first?.1 ?? [])
  }

  /// The tables that hold a list but are hidden, or called an example, where none is left to be read.
  private func unseenLists(headerRow: Int?) throws(ReadFailure) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for index in unseen.sorted() where subjects[index] == nil {
      let table = tables[index]
      let found = try header(of: table, nil, given: headerRow).0
      guard let found, keys.contains(where: { found.column(of: $0) != nil }) else { continue }
      let place = SourceLocation(file: table.source.name)
      diagnostics.append(.unseenSheet(isHidden: table.isHidden, .final, at: place))
    }
    return diagnostics
  }

  private func header(
    of table: NamedTable,
    _ subject: Field.ID?,
    given number: Int?
  ) throws(ReadFailure) -> (RosterHeaderRow?, [Diagnostic]) {
    var reader = try table.source.reader()
    return try RosterHeaderRow.find(
      in: &reader,
      HeaderReading(names, sheet: subject, keys: keys),
      keys: keys,
      given: number
    )
  }

  /// The tables beside the roster, in the order of the dictionary.
  func readSheets(
    beside roster: RosterTable,
    _ common: CommonData
  ) throws(ReadFailure) -> (sheets: [SheetTable], diagnostics: [Diagnostic]) {
    var sheets: [SheetTable] = []
    var diagnostics: [Diagnostic] = []
    for (index, table) in tables.enumerated() where !settled.contains(index) {
      guard let subject = subjects[index] else {
        diagnostics.append(.unknownSheet(at: SourceLocation(file: table.source.name)))
        continue
      }
      let isTwice =
        sheets.contains { $0.subject == subject }
        || roster.header.columns.contains { isGivenBySheet($0, subject) }
      if isTwice {
        diagnostics.append(.listGivenTwice(at: SourceLocation(file: table.source.name)))
        continue
      }
      var reader = try table.source.reader()
      let (header, found) = try RosterHeaderRow.find(
        in: &reader,
        HeaderReading(names, sheet: subject, keys: keys),
        keys: keys,
        given: nil
      )
      diagnostics += found
      guard let header else { continue }
      let sheet = try SheetTable(
        table,
        &reader,
        subject,
        header,
        names,
        // Rows of a list with numbers of contracts are of these; its sheets' are not all of the shared data's.
        roster.contractColumn == nil ? common : common.withoutNumber,
        isGuarded: roster.isGuarded
      )
      diagnostics += sheet.diagnostics
      sheets.append(sheet)
    }
    return (sheets.sorted { $0.subject < $1.subject }, diagnostics)
  }

  /// Whether a column of the roster holds what a sheet holds, too.
  private func isGivenBySheet(_ column: RosterColumn, _ subject: Field.ID) -> Bool {
    guard case .field(let id, items: _) = column else { return false }
    return names.dictionary.isWithin(id, subject)
  }
}
