import Diagnostics
import TemplateRuntime

/// The tables of a workbook or a folder: which hold the roster, and what the others hold.
struct TableSet {
  private let tables: [RosterInput.NamedTable]
  private let names: HeaderNames
  private let mode: PacketMode
  /// What each table is by its name; nil if the name says nothing.
  private let subjects: [Field.ID?]
  private let sheets: [Field.ID]
  private let keys: [Field.ID]
  /// The tables that the roster consists of, and those of which it was told why they are not read.
  private var settled: Set<Int> = []

  private static let rosterNames = [RosterHeader.tableName, "roster"]

  init(
    _ tables: [RosterInput.NamedTable],
    _ names: HeaderNames,
    _ mode: PacketMode = .prefilled
  ) {
    self.tables = tables
    self.names = names
    self.mode = mode
    let dictionary = names.dictionary
    keys = ["contract.number", "vendor.id"].compactMap(dictionary.field)
    let guide = DataGuide(title: "", dictionary: dictionary)
    let sheets = RosterHeader.sheetNames(guide).compactMap(dictionary.field)
    self.sheets = sheets
    subjects = tables.map { table in
      switch names.meaning(of: HeaderText(table.name), among: sheets.contains) {
      case .field(let id): id
      case .ambiguous, .unknown: nil
      }
    }
    settled = Set(tables.indices.filter { HeaderReading.isUnused(tables[$0].name) })
  }

  /// The table that diagnostics of a list that was not opened tell of, or the one that is looked at first.
  func table(in diagnostics: [Diagnostic]) -> RosterInput.NamedTable? {
    let told = tables.first { table in
      diagnostics.contains { $0.location.isCell && $0.location.file == table.source.name }
    }
    return told ?? likeliest
  }

  private var likeliest: RosterInput.NamedTable? {
    let named = tables.first { Self.rosterNames.contains(HeaderText($0.name).text) }
    return named ?? candidates.first.map { tables[$0] } ?? tables.first
  }

  /// The tables whose names leave open what they hold.
  private var candidates: [Int] {
    tables.indices.filter { subjects[$0] == nil && !settled.contains($0) }
  }

  /// The table called 契約・委託先一覧, or the only one that is no sheet, or the first of these with the columns of the keys; and
  /// every other one with the same columns.
  ///
  /// No parts, with the reasons, if there is no roster.
  mutating func findRoster(
    headerRow: Int?,
    corrections: RosterCorrections
  ) throws(TableFailure) -> (parts: [RosterTable.Part], diagnostics: [Diagnostic]) {
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
    guard headers.count <= RosterTable.mostParts else {
      throw TableFailure(.workbookTooLarge(at: SourceLocation(file: tables[main].source.name)))
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
    _ corrections: RosterCorrections
  ) throws(TableFailure) -> (Int, RosterHeaderRow?, [Diagnostic]) {
    let chosen = tables.firstIndex { $0.source.name == corrections.table }
    let named = tables.firstIndex { Self.rosterNames.contains(HeaderText($0.name).text) }
    let candidates = (chosen ?? named).map { [$0] } ?? candidates
    let main = candidates.first ?? 0
    var first: (RosterHeaderRow?, [Diagnostic])?
    for index in candidates {
      var table = tables[index]
      table.source.corrections = corrections
      let found = try header(of: table, nil, given: headerRow)
      if first == nil { first = found }
      let hasKey = found.0.map { header in keys.contains { header.column(of: $0) != nil } } ?? false
      if candidates.count == 1 || hasKey || found.1.contains(where: \.isOfHeaders) {
        return (index, found.0, found.1)
      }
    }
    if first == nil { first = try header(of: tables[main], nil, given: headerRow) }
    return (main, first?.0, first?.1 ?? [])
  }

  private func header(
    of table: RosterInput.NamedTable,
    _ subject: Field.ID?,
    given number: Int?
  ) throws(TableFailure) -> (RosterHeaderRow?, [Diagnostic]) {
    var reader = try table.source.reader()
    return try RosterHeaderRow.find(
      in: &reader,
      HeaderReading(names, sheet: subject, keys: keys),
      keys: keys,
      given: number
    )
  }

  // MARK: Tables beside the first

  private enum Kind {
    /// It goes on with the roster.
    case roster(RosterHeaderRow)
    /// It holds what may not be left out, or looks like it.
    case refused(Diagnostic)
    case other
  }

  /// What a table is whose name says nothing, by its first rows.
  private func kind(
    of table: RosterInput.NamedTable,
    beside main: RosterHeaderRow
  ) throws(TableFailure) -> Kind {
    let place = SourceLocation(file: table.source.name)
    let mainKeys = keys.filter { main.column(of: $0) != nil }
    // Only a row that names a key can be a header of what belongs to the roster.
    let head = try HeadReader(table.source) { row in
      row.cells.prefix(HeaderReading.mostGuessed).contains { cell in
        names.meaning(of: HeaderText(cell), among: mainKeys.contains) != .unknown
      }
    }
    func find(_ sheet: Field.ID?) throws(TableFailure) -> (RosterHeaderRow?, [Diagnostic]) {
      var reader = head
      return try RosterHeaderRow.find(
        in: &reader,
        HeaderReading(names, sheet: sheet, keys: keys),
        keys: keys,
        given: nil
      )
    }
    guard !head.rows.isEmpty else {
      guard head.hasRows, let near = nearestList(to: table.name) else { return .other }
      return .refused(.misnamedSheet(near, hasHeader: false, mode, at: place))
    }
    let (header, faults) = try find(nil)
    if let header, mainKeys.allSatisfy({ header.column(of: $0) != nil }) {
      guard let column = header.firstDifference(from: main) else { return .roster(header) }
      return .refused(
        .otherColumns(
          at: .cell(file: place.file, row: header.row.number, column: column + 1)
        )
      )
    }
    // A list's own header, under another name: of several lists the one that knows most of it.
    var best: (columns: Int, list: Field.ID)?
    for list in sheets {
      guard let header = try find(list).0,
        mainKeys.contains(where: { header.column(of: $0) != nil })
      else { continue }
      let columns = header.columns.count { column in
        if case .field(let id, items: _) = column { !keys.contains(id) } else { false }
      }
      if columns > best?.columns ?? 0 { best = (columns, list) }
    }
    if let list = best?.list {
      return .refused(.misnamedSheet(label(list), hasHeader: true, mode, at: place))
    }
    // A row of headers that is the roster's but for its mistakes.
    if let fault = faults.first(where: \.isOfHeaders),
      mainKeys.allSatisfy({ head.hasHeader(of: $0, names, row: fault.location.line) })
    {
      return .refused(.otherColumns(at: fault.location))
    }
    if let near = nearestList(to: table.name) {
      return .refused(.misnamedSheet(near, hasHeader: false, mode, at: place))
    }
    return .other
  }

  private func label(_ id: Field.ID) -> String { names.dictionary.fields[id].label }

  /// The label of the list whose name a table's begins with, or nearly is.
  private func nearestList(to name: String) -> String? {
    let name = HeaderText(name).text
    let labels = sheets.map(label)
    let begun = labels.filter { $0.unicodeScalars.count > 1 && name.hasPrefix($0) }
    return begun.max { $0.utf8.count < $1.utf8.count } ?? didYouMean(name, among: labels)
  }

  /// The tables beside the roster, in the order of the dictionary.
  func readSheets(
    beside roster: RosterTable,
    _ common: CommonData
  ) throws(TableFailure) -> (sheets: [SheetTable], diagnostics: [Diagnostic]) {
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
        names.dictionary,
        common,
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

extension RosterHeaderRow {
  /// The first column that holds something else than another header's; nil if all are alike.
  fileprivate func firstDifference(from other: RosterHeaderRow) -> Int? {
    (0..<max(columns.count, other.columns.count)).first { index in
      let own = index < columns.count ? columns[index] : .none
      return own != (index < other.columns.count ? other.columns[index] : .none)
    }
  }
}
