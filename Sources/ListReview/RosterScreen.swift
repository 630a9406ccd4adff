import Batches
package import Diagnostics
package import Files
package import Packets
package import Records
import Rosters
package import Tables

/// How much of a list is held for a screen.
package struct ScreenLimits: Sendable {
  package var rows = 20_000
  /// Of their texts, about.
  package var bytes = 128 << 20
  /// Columns of a list whose items have keys of their own.
  package var columns = 400

  package init() {}
}

/// A list of contracts and vendors as a screen shows it, row by row, with what is wrong in each cell, and open to corrections.
///
/// Every row is read as a batch reads it. Of what is wrong with a row only its severity is kept, and what rows have alike is
/// counted; the rest is found out when it is asked for, so that a list full of mistakes takes little more memory than a good one.
package struct RosterScreen: Sendable {
  /// The file's or the folder's, without what it lies in.
  package let name: String
  package let columns: [Column]
  /// How the cells of each column are read; nil for one that holds no field.
  let readings: [CellReading?]
  package internal(set) var summary = Summary()
  let list: PreparedList
  var content: Content
  /// By position.
  var states: [State] = []
  private(set) var tally = FindingTally()
  /// Why texts that were typed were not taken, by position and column.
  var refusals: [Int: [Int: Diagnostic]] = [:]
  private let opening: [Diagnostic]
  let basisWords: [Field.ID: String]

  enum Content: Sendable {
    case table(ScreenTable)
    case items(ScreenItems)
  }

  package struct Column: Hashable, Sendable {
    /// As it stands in the list; empty over cells that have none.
    package let header: String
    /// A, B, … as a spreadsheet calls it.
    package let letter: String
    /// The dictionary's name of what it holds: `contract.number`, `vendor.workers[2].name`.
    package let path: String?
    /// What the header says behind the mark that its column is not read; nil without such a mark.
    package let unused: String?
  }

  package enum State: String, Sendable {
    case good, warning, error
    /// A reader of the list passes it over: its cells were emptied, or it looks like a row of totals now.
    case excluded
  }

  /// Rows by state, and the cells that are corrected.
  package struct Summary: Hashable, Sendable {
    package internal(set) var good = 0
    package internal(set) var warnings = 0
    package internal(set) var errors = 0
    package internal(set) var excluded = 0
    package internal(set) var corrected = 0
    /// Whether some row has an error that is to be put right in a sheet beside the list.
    package internal(set) var hasSheetErrors = false
  }

  /// Opens a list and checks its rows; nil with the reasons if it is none.
  ///
  /// With a list, errors among the diagnostics keep a batch from starting. `common` is what all rows share.
  package static func open(
    _ path: String,
    common: RawNode,
    binder: Binder,
    basisWords: [Field.ID: String],
    options: PacketOptions,
    headerRow: Int? = nil,
    corrections: CellCorrections = CellCorrections(),
    limits: ScreenLimits = ScreenLimits()
  ) -> (screen: RosterScreen?, diagnostics: [Diagnostic]) {
    let (list, diagnostics) = PreparedList.open(
      ListSource(path, headerRow: headerRow, corrections: corrections),
      common: common,
      binder: binder,
      options: options,
      // The rows are checked, and no folder is made of them.
      occasion: nil
    )
    guard let list else { return (nil, diagnostics) }
    do throws(ReadFailure) {
      var screen = try RosterScreen(list, binder, basisWords, diagnostics, limits)
      screen.checkAll()
      return (screen, screen.diagnostics)
    } catch {
      return (nil, diagnostics + [error.diagnostic])
    }
  }

  private init(
    _ list: PreparedList,
    _ binder: Binder,
    _ basisWords: [Field.ID: String],
    _ diagnostics: [Diagnostic],
    _ limits: ScreenLimits
  ) throws(ReadFailure) {
    name = list.roster.source.name
    self.list = list
    self.basisWords = basisWords
    opening = diagnostics
    switch list.roster.content {
    case .table(let roster):
      let table = try ScreenTable(roster, limits: limits)
      content = .table(table)
      columns = (0..<table.width).map { .init(roster.table.header, $0, binder.dictionary) }
      readings =
        roster.table.header.columns.map { $0.reading(binder.dictionary, within: nil) }
        + Array(repeating: nil, count: table.width - roster.table.header.columns.count)
    case .items(let roster):
      let items = try ScreenItems(roster, limits: limits)
      content = .items(items)
      let reading = ItemReading(binder)
      columns = items.columns.enumerated().map { .init($1, $0, reading, binder.dictionary) }
      readings = items.columns.map {
        reading.column(called: $0)?.reading(binder.dictionary, within: nil)
      }
    }
    summary.corrected = corrections.count
  }

  // MARK: The list

  /// Of the records, how many are shown.
  package var count: Int {
    switch content {
    case .table(let table): table.count
    case .items(let items): items.rows.count
    }
  }

  /// How many records the list has; more than are shown if it is too long for a screen.
  package var rowCount: Int {
    switch content {
    case .table(let table): table.rowCount
    case .items(let items): items.rowCount
    }
  }

  /// How places name the table with the records.
  package var tableName: String { list.roster.tableName }

  /// How its text is encoded; nil if the format leaves no choice.
  package var encoding: TextEncoding? { list.roster.encoding }

  /// The number of the row of headers; nil if the list has none.
  package var headerRow: Int? {
    switch list.roster.content {
    case .table(let roster): roster.table.header.row.number
    case .items: nil
    }
  }

  /// The names of the sheets beside the table with the records.
  package var sheets: [String] {
    switch list.roster.content {
    case .table(let roster):
      roster.table.parts.filter { $0.base > 0 }.map(\.tableName) + roster.sheets.map(\.tableName)
    case .items: []
    }
  }

  /// The diagnostics of the list as a whole.
  package var diagnostics: [Diagnostic] {
    var diagnostics = opening
    if case .table(let table) = content {
      diagnostics.removeAll { $0.code == .unmatchedRow || $0.code == .otherContract }
      diagnostics += table.unmatchedRows
      diagnostics += list.roster.remarks(onOtherContracts: table.otherContracts)
    }
    if rowCount > count {
      diagnostics.append(.tooLongForScreen(shown: count, of: rowCount, name))
    }
    return diagnostics
  }

  /// Whether cells can be corrected: those of tables can.
  package var isCorrectable: Bool {
    switch content {
    case .table: true
    case .items: false
    }
  }

  /// Whether it is an earlier batch's list of rejects, corrected.
  package var isRejects: Bool { list.roster.isCorrection }

  package var corrections: CellCorrections {
    switch content {
    case .table(let table): table.corrections
    case .items: CellCorrections()
    }
  }

  // MARK: Rows

  /// The rows at some positions, as far as there are any.
  package func rows(_ positions: Range<Int>) -> [Row] {
    positions.clamped(to: 0..<count).map { row(at: $0) }
  }

  package func row(at position: Int) -> Row {
    let reading = reading(at: position)
    let dictionary = list.roster.dictionary
    func text(_ id: Field.ID?, of tree: RawNode?) -> String? {
      id.flatMap { tree?.scalar(at: dictionary.fields[$0].names) }.map(text)
    }
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let (contract, vendor) = (dictionary.contract, dictionary.vendor)
    return Row(
      position: position,
      number: reading.number,
      contract: reading.key.map { text($0.contractNumber) } ?? "",
      title: text(contract.title, of: reading.tree) ?? "",
      vendor: reading.key.map { text($0.vendorID) } ?? "",
      vendorName: text(vendor.title, of: reading.tree) ?? "",
      cells: reading.cells,
      corrected: corrections.cells(inRow: reading.id)?.map(\.column) ?? [],
      originals: originals(at: position),
      findings: findings(of: reading),
      state: states[position]
    )
  }

  private func originals(at position: Int) -> [String] {
    guard case .table(let table) = content else { return [] }
    return table.originals(at: position).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The data of a row, completed with what all rows share; nil if it has no key.
  package func tree(at position: Int) -> RawNode? {
    position < count ? reading(at: position).tree : nil
  }

  private mutating func checkAll() {
    states.reserveCapacity(count)
    for position in 0..<count { states.append(tallyRow(at: position, 1)) }
    summary.hasSheetErrors = tally.hasSheetErrors
  }

  /// Counts the findings of a position, or with -1 no more; answers with its state.
  mutating func tallyRow(at position: Int, _ change: Int) -> State {
    let reading = reading(at: position)
    let diagnostics = reading.diagnostics
    let state: State =
      reading.isPassedOver
      ? .excluded : diagnostics.isEmpty ? .good : diagnostics.hasErrors ? .error : .warning
    summary.count(state, change)
    tally.count(findings(of: reading), of: state, change)
    return state
  }

  /// The diagnostics of a position, what was refused there included.
  private func reading(at position: Int) -> ScreenReading {
    var reading =
      switch content {
      case .table(let table): ScreenReading(table.reading(at: position), list, columns.count)
      case .items(let items): ScreenReading(items, position, list, columns)
      }
    for (_, diagnostic) in (refusals[position] ?? [:]).sorted(by: { $0.key < $1.key }) {
      reading.diagnostics.append(diagnostic)
    }
    return reading
  }
}

extension RosterScreen.Summary {
  mutating func count(_ state: RosterScreen.State, _ change: Int) {
    switch state {
    case .good: good += change
    case .warning: warnings += change
    case .error: errors += change
    case .excluded: excluded += change
    }
  }
}

extension Diagnostic {
  fileprivate static func tooLongForScreen(shown: Int, of count: Int, _ name: String) -> Self {
    Diagnostic(
      .fileTooLarge,
      .warning,
      at: SourceLocation(file: name),
      ja: "一覧が長いので、\(count)行のうち初めの\(shown)行だけを表示します。一括作成は全ての行について行います。",
      en:
        "The list is long: of its \(count) rows the first \(shown) are shown. A batch takes all of them.",
      hint: Message(
        ja: "全ての行を画面で確認するときは、一覧を分けて読み込んでください",
        en: "to see every row, split the list"
      )
    )
  }
}
