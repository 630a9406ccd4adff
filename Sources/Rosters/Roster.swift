package import Diagnostics
package import Files
package import Records
import Tables

/// A list of contracts and vendors (契約・委託先一覧): each row is one contract with one vendor.
///
/// Opening it reads all of it once, so that what is wrong with the list as a whole is known before any packet is made; after that
/// its rows are read one by one, in memory that does not grow with it but by 40 bytes a row.
package struct Roster: Sendable {
  /// Of the bytes of the list, its corrections in place; a folder's is that of its files and their names.
  package let digest: Digest
  /// How many rows are records.
  package let rowCount: Int
  /// Whether it is an earlier batch's list of rejects, corrected.
  package let isCorrection: Bool
  /// The fields that some row may give, be it of itself or of what the shared data says of its vendor.
  package let givenFields: Set<Field.ID>
  /// The data that all rows share, without any vendor's.
  package let shared: RawNode?
  /// How its text is encoded; nil if the format leaves no choice.
  package let encoding: TextEncoding?

  package let dictionary: FieldDictionary
  package let source: ListSource
  package let input: RosterInput
  package let content: Content
  private let borrowed: BorrowedValues?

  package enum Content: Sendable {
    case table(TableRoster)
    case items(ItemRoster)
  }

  /// Reads the header and every key; of several mistakes in the header all are reported.
  ///
  /// `common` is what all rows share; what it says of a vendor goes to the rows of that vendor only. `mode` says what a row must give.
  package static func open(
    _ list: ListSource,
    common root: RawNode?,
    binder: Binder,
    mode: PacketMode = .prefilled
  ) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    let common = CommonData(root, binder)
    guard !common.diagnostics.hasErrors else { return (nil, common.diagnostics) }
    do throws(ReadFailure) {
      let input = try list.input()
      let content: Content?
      var diagnostics: [Diagnostic]
      switch input.form {
      case .csv(let source):
        let table = NamedTable(name: "roster", source: source)
        let found = try TableRoster.open(
          [table],
          common,
          binder,
          headerRow: list.headerRow,
          corrections: list.corrections,
          mode: mode
        )
        (content, diagnostics) = (found.roster.map(Content.table), found.diagnostics)
      case .folder(let tables), .workbook(let tables):
        let found = try TableRoster.open(
          tables,
          common,
          binder,
          headerRow: list.headerRow,
          corrections: list.corrections,
          mode: mode
        )
        (content, diagnostics) = (found.roster.map(Content.table), found.diagnostics)
        diagnostics += input.remarks(list.path, mode)
      case .lines, .items:
        let found = try ItemRoster.open(input.form, list.path, common, binder, mode)
        (content, diagnostics) = (found.roster.map(Content.items), found.diagnostics)
      }
      guard let content else { return (nil, diagnostics) }
      let roster = Roster(list, input, content, common, binder, mode)
      if let remark = roster.borrowed?.remark(at: SourceLocation(file: list.path)) {
        diagnostics.append(remark)
      }
      return (roster, diagnostics)
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  private init(
    _ source: ListSource,
    _ input: RosterInput,
    _ content: Content,
    _ common: CommonData,
    _ binder: Binder,
    _ mode: PacketMode
  ) {
    self.source = source
    self.input = input
    self.content = content
    dictionary = binder.dictionary
    shared = common.shared
    digest = source.correctedDigest ?? input.digest
    encoding = if case .csv(let source) = input.form { source.encoding } else { nil }
    var fields: Set<Field.ID>
    switch content {
    case .table(let table):
      rowCount = table.rowCount
      isCorrection = table.table.header.isCorrection
      fields = common.vendorFields(binder)
      for case .field(let id, items: _) in table.filledColumns { fields.insert(id) }
    case .items(let items):
      rowCount = items.rowCount
      isCorrection = items.isCorrection
      fields = items.givenFields
    }
    givenFields = fields
    borrowed =
      content.hasOtherContracts ? BorrowedValues(common, fields, dictionary, mode: mode) : nil
  }

  /// What every row takes of the contract that the shared data names, which is not the rows': the fields' paths.
  package var inherited: [String] { borrowed?.inherited ?? [] }

  /// The records from the first on; each call starts over.
  package func rows() throws(ReadFailure) -> RosterRows {
    switch content {
    case .table(let table): try RosterRows(table.table)
    case .items(let items): RosterRows(items.rows)
    }
  }

  /// Where a row stands: in its sheet or file, or on the line of the list.
  package func place(of row: RosterRow) -> SourceLocation {
    switch content {
    case .table(let roster): roster.table.place(ofRow: row.id)
    case .items(let roster): roster.place(of: row)
    }
  }

  /// Reads a row; may be called on any thread.
  package func record(of row: RosterRow) -> RosterRecord {
    switch (content, row.body) {
    case (.table(let roster), .table(let cells)): complete(roster.record(of: cells))
    case (.items(let roster), _): complete(roster.record(of: row))
    case (.table, .line), (.table, .item): RosterRecord(nil, diagnostics: [])
    }
  }

  /// Adds the diagnostics of a record beside the others.
  package func complete(_ record: consuming RosterRecord) -> RosterRecord {
    guard let borrowed else { return record }
    record.diagnostics += borrowed.diagnostics(of: record)
    return record
  }
}

extension Roster.Content {
  /// Whether it has rows of another contract than the common data's.
  fileprivate var hasOtherContracts: Bool {
    switch self {
    case .table(let table): table.hasOtherContracts
    case .items(let items): items.hasOtherContracts
    }
  }
}
