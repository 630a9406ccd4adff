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
  /// The fields that some row may give, be it of itself or of what the shared data says of its contract or vendor.
  package let givenFields: Set<Field.ID>
  /// The data that all rows share, without any vendor's, and without its contract's if some row is of another.
  package let shared: RawNode?
  private let commonData: CommonData
  /// How its text is encoded; nil if the format leaves no choice.
  package let encoding: TextEncoding?

  package let dictionary: FieldDictionary
  package let source: ListSource
  package let input: RosterInput
  package let content: Content
  /// Of its contract, what the shared data gives and no row does.
  private let withheld: [Field]

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
      let roster = Roster(list, input, content, common, binder)
      return (roster, diagnostics + roster.remarks(onOtherContracts: content.otherContracts))
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  private init(
    _ source: ListSource,
    _ input: RosterInput,
    _ content: Content,
    _ common: CommonData,
    _ binder: Binder
  ) {
    self.source = source
    self.input = input
    self.content = content
    dictionary = binder.dictionary
    commonData = common
    shared = content.otherContracts > 0 ? common.forAll?.tree : common.shared
    digest = source.correctedDigest ?? input.digest
    encoding = if case .csv(let source) = input.form { source.encoding } else { nil }
    var fields: Set<Field.ID>
    switch content {
    case .table(let table):
      rowCount = table.rowCount
      isCorrection = table.table.header.isCorrection
      fields = common.vendorFields
      for case .field(let id, items: _) in table.filledColumns { fields.insert(id) }
    case .items(let items):
      rowCount = items.rowCount
      isCorrection = items.isCorrection
      fields = items.givenFields
    }
    // A part of a record or of a list is enough.
    func isGiven(_ id: Field.ID) -> Bool {
      fields.contains(id) || binder.dictionary.fields[id].children.contains(where: isGiven)
    }
    withheld = common.contractFields.filter { id in
      let parent = binder.dictionary.fields[id].parent
      return !isGiven(id) && !(parent.map(common.contractFields.contains) ?? false)
    }.sorted().map { binder.dictionary.fields[$0] }
    if content.otherContracts > 0 { fields.formUnion(common.contractFields) }
    givenFields = fields
  }

  /// The shared data without any vendor's.
  package var common: RawNode? { commonData.shared }

  /// Whether the shared data can give a field to all rows.
  package func canBeShared(_ id: Field.ID) -> Bool { commonData.canGiveAll(id, dictionary) }

  /// The warning that rows of other contracts get nothing of what the shared data gives of its own; none if they lack nothing.
  package func remarks(onOtherContracts rows: Int) -> [Diagnostic] {
    guard rows > 0, !withheld.isEmpty else { return [] }
    let labels = withheld.map { "「\($0.label)」" }.joined()
    let names = withheld.map(\.name).joined(separator: ", ")
    return [
      Diagnostic(
        .otherContract,
        .warning,
        at: SourceLocation(file: source.path),
        ja: "契約番号が共通の契約データと異なる\(rows)行には、共通の契約データの\(labels)を使用しません。",
        en:
          "The shared data is of one contract; rows of others (\(rows)) do not get its \(names).",
        hint: Message(
          ja: "必要な値は、一覧に列を加えて記入してください。どの契約にも共通の値であれば、共通の契約データの契約番号を空欄にすると、全ての行に使用します",
          en:
            "add columns for these values, or, if all contracts have them in common, take the number out of the shared data"
        )
      )
    ]
  }

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
    case (.table(let roster), .table(let cells)): roster.record(of: cells)
    case (.items(let roster), _): roster.record(of: row)
    case (.table, .line), (.table, .item): RosterRecord(nil, diagnostics: [])
    }
  }
}

extension Roster.Content {
  /// How many rows are of another contract than the common data's.
  fileprivate var otherContracts: Int {
    switch self {
    case .table(let table): table.otherContracts
    case .items(let items): items.otherContracts
    }
  }
}
