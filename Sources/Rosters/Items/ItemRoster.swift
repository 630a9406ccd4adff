import DataFiles
import Diagnostics
import Files
package import Records

/// A roster whose records are the items of a list in NDJSON, JSON or YAML.
package struct ItemRoster: Sendable {
  private let path: String
  private let source: Source
  private var reading: ItemReading
  private let common: CommonData
  private var repeated = RepeatedKeys([])
  private var agreement: ContractAgreement
  private let mode: PacketMode
  private(set) var rowCount = 0
  /// How many items are of another contract than the common data's.
  private(set) var otherContracts = 0
  private(set) var isCorrection = false
  /// Of all items that were read, and what the shared data says of vendors.
  package private(set) var givenFields: Set<Field.ID>

  private enum Source: Sendable {
    case lines(InputFile)
    case items(DataList)
    /// Lines that come one at a time from elsewhere.
    case none
  }

  static func open(
    _ form: RosterInput.Form,
    _ path: String,
    _ common: CommonData,
    _ binder: Binder,
    _ mode: PacketMode
  ) throws(ReadFailure) -> (roster: ItemRoster?, diagnostics: [Diagnostic]) {
    let source: Source
    switch form {
    case .lines(let file): source = .lines(file)
    case .items(let format, let bytes):
      source = .items(try DataList(bytes, named: path, format: format))
    case .csv, .folder, .workbook: return (nil, [])
    }
    var roster = ItemRoster(
      path: path,
      source: source,
      reading: ItemReading(binder),
      common: common,
      agreement: ContractAgreement(binder.dictionary, Array(binder.dictionary.fields.indices)),
      mode: mode,
      givenFields: common.vendorFields
    )
    let diagnostics = try roster.scan()
    return (diagnostics.hasErrors ? nil : roster, diagnostics)
  }

  /// For lines of NDJSON that come one at a time from elsewhere; what they have in common is not known.
  package static func lines(named name: String, _ common: CommonData, _ binder: Binder)
    -> ItemRoster
  {
    ItemRoster(
      path: name,
      source: .none,
      reading: ItemReading(binder),
      common: common,
      agreement: ContractAgreement(binder.dictionary, []),
      mode: .prefilled,
      givenFields: common.vendorFields
    )
  }

  package var rows: ItemRows {
    switch source {
    case .lines(let file): ItemRows(lines: file)
    case .items(let list): ItemRows(list)
    case .none: ItemRows()
    }
  }

  /// Answers with what is wrong with the list as a whole.
  private mutating func scan() throws(ReadFailure) -> [Diagnostic] {
    var keys: [RepeatedKeys.Entry] = []
    var unnumbered: [RepeatedKeys.Entry] = []
    let rows = rows
    while let row = try rows.next() {
      rowCount += 1
      guard let node = data(of: row).node else { continue }
      reading.note(node)
      let item = reading.read(node)
      isCorrection = isCorrection || item.isCorrection
      reading.collectFields(of: item.tree, into: &givenFields)
      let key = key(of: item.tree)
      if !key.contractNumber.isEmpty, !key.vendorID.isEmpty {
        if common.isOfOther(than: key) { otherContracts += 1 }
        let entry = RepeatedKeys.Entry(print: key.print, row: UInt32(clamping: row.number))
        if key.isOfSharedContract { unnumbered.append(entry) } else { keys.append(entry) }
        agreement.note(key.contractNumber, agreement.texts(in: item.tree))
      }
    }
    // Where items are of several contracts, one without a number may be of any.
    repeated = RepeatedKeys(otherContracts > 0 ? keys : keys + unnumbered)
    if agreement.findDoubtful() { try compareContracts() }
    return rows.diagnostics
  }

  /// Reads the items of the contracts again whose items may differ.
  private mutating func compareContracts() throws(ReadFailure) {
    let rows = rows
    while let row = try rows.next() {
      guard let tree = data(of: row).node.map(reading.read)?.tree, case let key = key(of: tree),
        !key.vendorID.isEmpty, agreement.isDoubtful(key.contractNumber),
        !key.isOfSharedContract || otherContracts == 0
      else { continue }
      agreement.compare(key.contractNumber, row: row.number, agreement.texts(in: tree))
    }
  }

  /// Nil with the reasons if the item cannot be read.
  private func data(of row: RosterRow) -> (node: RawNode?, diagnostics: [Diagnostic]) {
    switch row.body {
    case .table: return (nil, [])
    case .item(let node): return (node, [])
    case .line(let bytes):
      let data = DataFile.read(bytes, named: path, format: .json)
      return (
        data.root?.moved(toLine: row.number), data.diagnostics.map { $0.moved(toLine: row.number) }
      )
    }
  }

  /// An item as it was written; nil if it cannot be read.
  package func node(of row: RosterRow) -> RawNode? { data(of: row).node }

  func place(of row: RosterRow) -> SourceLocation {
    if case .item(let node) = row.body { return node.location }
    return SourceLocation(file: path, line: row.number)
  }

  package func record(of row: RosterRow) -> RosterRecord { record(of: row, data(of: row)) }

  /// As `record(of:)`; finds out what the item's keys mean for those that come after it, too, and which fields it gives.
  package mutating func take(_ row: RosterRow) -> RosterRecord {
    let data = data(of: row)
    if let node = data.node { reading.note(node) }
    let record = record(of: row, data)
    if let own = record.own { reading.collectFields(of: own, into: &givenFields) }
    return record
  }

  private func record(
    of row: RosterRow,
    _ data: (node: RawNode?, diagnostics: [Diagnostic])
  ) -> RosterRecord {
    guard let node = data.node else { return RosterRecord(nil, diagnostics: data.diagnostics) }
    let item = reading.read(node)
    var diagnostics = data.diagnostics + item.diagnostics
    let key = key(of: item.tree)
    guard case .mapping = item.tree.content, !key.contractNumber.isEmpty, !key.vendorID.isEmpty,
      !key.isOfSharedContract || otherContracts == 0
    else {
      if !diagnostics.hasErrors { diagnostics.append(.keyMissing(at: item.tree.location)) }
      return RosterRecord(nil, diagnostics: diagnostics)
    }
    if let other = repeated.other(than: row.number) {
      let place = SourceLocation(file: item.tree.location.file, line: other)
      diagnostics.append(.repeatedKey(place, at: item.tree.location))
    }
    diagnostics += agreement.diagnostics(
      key.contractNumber,
      { agreement.texts(in: item.tree) },
      at: { item.tree.node(at: $0.field.names)?.location ?? item.tree.location },
      rowAt: { SourceLocation(file: item.tree.location.file, line: $0) },
      mode
    )
    return RosterRecord(
      item.tree,
      shared: common.data(for: key),
      diagnostics: diagnostics,
      key: key
    )
  }

  /// The parts that are missing are empty.
  private func key(of tree: RawNode) -> RosterKey {
    let fields = reading.dictionary.fields
    let (contract, vendor) = (reading.dictionary.contract, reading.dictionary.vendor)
    // Only an item without anything of a vendor can be the common data's vendor's.
    let isOfVendor = tree.node(at: fields[vendor.record].names) != nil
    return RosterKey(
      number: tree.scalar(at: fields[contract.key].names) ?? [],
      vendor: tree.scalar(at: fields[vendor.key].names) ?? (isOfVendor ? [] : nil),
      common
    )
  }
}

extension RawNode {
  /// As read from a line of its own.
  fileprivate func moved(toLine line: Int) -> RawNode {
    let place = location.moved(toLine: line)
    switch content {
    case .absent, .scalar: return RawNode(content, at: place)
    case .sequence(let items):
      return RawNode(.sequence(items.map { $0.moved(toLine: line) }), at: place)
    case .mapping(let entries):
      return RawNode(
        .mapping(
          entries.map {
            Entry(
              key: $0.key,
              keyLocation: $0.keyLocation.moved(toLine: line),
              value: $0.value.moved(toLine: line)
            )
          }
        ),
        at: place
      )
    }
  }
}

extension SourceLocation {
  fileprivate func moved(toLine line: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column)
  }
}

extension Diagnostic {
  fileprivate func moved(toLine line: Int) -> Diagnostic {
    moved(to: location.moved(toLine: line))
  }
}
