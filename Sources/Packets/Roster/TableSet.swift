import Diagnostics
import TemplateRuntime

/// The tables of a workbook or a folder: which is the roster, and what the others hold.
struct TableSet {
  private let tables: [RosterInput.NamedTable]
  private let names: HeaderNames
  /// What each table is by its name; nil if the name says nothing.
  private let subjects: [Field.ID?]
  private let keys: [Field.ID]
  private var main = 0

  private static let rosterNames = [RosterHeader.tableName, "roster"]

  init(_ tables: [RosterInput.NamedTable], _ names: HeaderNames) {
    self.tables = tables
    self.names = names
    let dictionary = names.dictionary
    keys = ["contract.number", "vendor.id"].compactMap(dictionary.field)
    let guide = DataGuide(title: "", dictionary: dictionary)
    let sheets = RosterHeader.sheetNames(guide).compactMap(dictionary.field)
    subjects = tables.map { table in
      switch names.meaning(of: HeaderText(table.name), among: sheets.contains) {
      case .field(let id): id
      case .ambiguous, .unknown: nil
      }
    }
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
    return named ?? zip(tables, subjects).first { $0.1 == nil }?.0 ?? tables.first
  }

  /// The table called 契約・委託先一覧, or the only one that is no sheet, or the first of these with the columns of the keys.
  mutating func findRoster(
    headerRow: Int?,
    corrections: RosterCorrections
  ) throws(TableFailure) -> (
    table: RosterInput.NamedTable, header: RosterHeaderRow?, diagnostics: [Diagnostic]
  ) {
    let chosen = tables.firstIndex { $0.source.name == corrections.table }
    let named = tables.firstIndex { Self.rosterNames.contains(HeaderText($0.name).text) }
    let candidates = (chosen ?? named).map { [$0] } ?? tables.indices.filter { subjects[$0] == nil }
    main = candidates.first ?? 0
    var first: (RosterHeaderRow?, [Diagnostic])?
    for index in candidates {
      var table = tables[index]
      table.source.corrections = corrections
      let found = try header(of: table, nil, given: headerRow)
      if first == nil { first = found }
      let hasKey = found.0.map { header in keys.contains { header.column(of: $0) != nil } } ?? false
      if candidates.count == 1 || hasKey || found.1.contains(where: \.isOfHeaders) {
        main = index
        return (tables[index], found.0, found.1)
      }
    }
    if first == nil { first = try header(of: tables[main], nil, given: headerRow) }
    return (tables[main], first?.0, first?.1 ?? [])
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

  /// The tables beside the roster, in the order of the dictionary.
  func readSheets(
    beside roster: RosterTable,
    _ common: CommonData
  ) throws(TableFailure) -> (sheets: [SheetTable], diagnostics: [Diagnostic]) {
    var sheets: [SheetTable] = []
    var diagnostics: [Diagnostic] = []
    for (index, table) in tables.enumerated() where index != main {
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

extension Diagnostic {
  /// Whether it tells of a row that is a header, with mistakes.
  fileprivate var isOfHeaders: Bool {
    code == .unknownHeader || code == .ambiguousHeader || code == .duplicateHeader
  }

  fileprivate static func unknownSheet(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unknownSheet,
      .warning,
      at: location,
      ja: "このシートに当たる項目がないので、読みません。",
      en: "No field goes by the sheet's name; it is not read.",
      hint: Message(
        ja: "シートの名前は「従事者」などの項目の名前です。tokki schema --csv=? で分かります",
        en: "tokki schema --csv=? lists the names of sheets"
      )
    )
  }

  fileprivate static func listGivenTwice(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateHeader,
      at: location,
      ja: "このシートと同じ項目が、ほかのシートか一覧の列にもあります。",
      en: "Another sheet, or a column of the roster, holds the same as this sheet.",
      hint: Message(ja: "どちらか一方を消してください", en: "keep one of them")
    )
  }
}
