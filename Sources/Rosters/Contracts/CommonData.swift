import DataFiles
package import Diagnostics
package import Records

/// The data that all rows of a roster share, with every key as the dictionary names the field.
///
/// What it says of a vendor belongs to that vendor alone; no other row gets to see any of it. If it names a contract, the record
/// with the number is that contract's alone as well.
package struct CommonData: Sendable {
  /// What every row gets.
  private(set) var forAll: SharedData?
  /// What the rows of its contract get; if it names none, what every row gets.
  private var forContract: SharedData?
  private var ofVendors: [[UInt8]: SharedData] = [:]
  private(set) var contractNumber: [UInt8] = []
  /// The fields of its contract, without the number; none if it names none.
  private(set) var contractFields: Set<Field.ID> = []
  /// The fields of vendors that it gives.
  private(set) var vendorFields: Set<Field.ID> = []
  /// The records at the root of which no row of another contract or vendor gets anything.
  private var setApart: [Field.ID]
  package private(set) var diagnostics: [Diagnostic] = []

  package init(_ root: RawNode?, _ binder: Binder) {
    let dictionary = binder.dictionary
    setApart = [dictionary.vendor.record]
    guard let root, case .mapping(let entries) = root.content else { return }
    let file = ContractFile(root, binder)
    diagnostics = file.diagnostics
    let shared = binder.named(
      RawNode(
        .mapping(entries.filter { !ContractFile.namesVendor($0.key, binder) }),
        at: root.location
      ),
      under: nil
    )
    for id in file.vendorIDs {
      guard let id else {
        if file.diagnostics.isEmpty { diagnostics.append(.vendorOfNoRow(at: root.location)) }
        continue
      }
      guard case .success(let tree) = file.tree(vendor: id) else { continue }
      let named = binder.named(tree, under: nil)
      binder.collectFields(of: named, at: dictionary.vendor.record, into: &vendorFields)
      ofVendors[Array(id.utf8)] = ofVendors[Array(id.utf8)] ?? SharedData(named)
    }
    forContract = SharedData(shared, binder.read(shared: shared))
    forAll = forContract
    let contract = dictionary.contract
    contractNumber = shared.scalar(at: dictionary.fields[contract.key].names) ?? []
    guard !contractNumber.isEmpty, case .mapping(let all) = shared.content else { return }
    let others = RawNode(
      .mapping(all.filter { binder.field($0.key, under: nil) != contract.record }),
      at: shared.location
    )
    forAll = SharedData(others, binder.read(shared: others))
    binder.collectFields(of: shared, at: contract.record, into: &contractFields)
    contractFields.remove(contract.key)
    setApart.append(contract.record)
  }

  /// Everything but vendors.
  package var shared: RawNode? { forContract?.tree }

  /// The same for rows that are to say themselves of which contract they are.
  var withoutNumber: CommonData {
    var common = self
    common.contractNumber = []
    return common
  }

  /// The vendor of all rows of a roster that names none.
  var onlyVendor: [UInt8]? { ofVendors.count == 1 ? ofVendors.first?.key : nil }

  /// Whether it names a contract that is not the row's.
  func isOfOther(than key: RosterKey) -> Bool {
    !contractNumber.isEmpty && !key.isOfSharedContract && key.contractNumber != contractNumber
  }

  /// Whether all rows can get a field of it.
  func canGiveAll(_ id: Field.ID, _ dictionary: FieldDictionary) -> Bool {
    !setApart.contains(dictionary.root(of: id))
  }

  /// What completes a row with this key.
  func data(for key: RosterKey) -> SharedData? {
    isOfOther(than: key) ? forAll : ofVendors[key.vendorID] ?? forContract
  }
}

/// What a row shares with others.
///
/// A class, so that each row counts one reference to it.
package final class SharedData: Sendable {
  package let tree: RawNode
  /// Of the tree, where many rows share it.
  package let reading: SharedReading?

  init(_ tree: RawNode, _ reading: SharedReading? = nil) {
    self.tree = tree
    self.reading = reading
  }
}

extension Binder {
  /// The tree with every key that is an alias or a label replaced by the field's name.
  ///
  /// A key that names no field, or one that another key named before it, stays, for the binder to report.
  func named(_ node: RawNode, under parent: Field.ID?) -> RawNode {
    switch node.content {
    case .absent, .scalar: return node
    case .sequence(let items):
      return RawNode(.sequence(items.map { named($0, under: parent) }), at: node.location)
    case .mapping(let entries):
      var given: [Field.ID] = []
      return RawNode(
        .mapping(
          entries.map { entry in
            guard let id = field(entry.key, under: parent), !given.contains(id) else {
              return entry
            }
            given.append(id)
            return RawNode.Entry(
              key: dictionary.fields[id].name,
              keyLocation: entry.keyLocation,
              value: named(entry.value, under: id)
            )
          }
        ),
        at: node.location
      )
    }
  }

  /// The fields that a whole tree with fields' names gives below a record at its root.
  func collectFields(of tree: RawNode, at record: Field.ID, into fields: inout Set<Field.ID>) {
    if let node = tree.node(at: [dictionary.fields[record].name]) {
      collectFields(of: node, under: record, into: &fields)
    }
  }

  /// The fields that a tree gives: values, lists and what stands in their items, but no records.
  func collectFields(of node: RawNode, under parent: Field.ID, into fields: inout Set<Field.ID>) {
    switch node.content {
    case .absent: break
    case .scalar: fields.insert(parent)
    case .sequence(let items):
      fields.insert(parent)
      for item in items { collectFields(of: item, under: parent, into: &fields) }
    case .mapping(let entries):
      for entry in entries {
        if let id = field(entry.key, under: parent) {
          collectFields(of: entry.value, under: id, into: &fields)
        }
      }
    }
  }
}

extension RawNode {
  /// Its records completed with what `common` has and it does not give; lists are replaced whole.
  package func completed(with common: RawNode?) -> RawNode {
    guard let common, case .mapping(let own) = content, case .mapping(let more) = common.content
    else {
      if let common, case .absent = content { return common }
      return self
    }
    var entries = own
    var taken = 0
    for index in entries.indices {
      guard let other = more.first(where: { $0.key == own[index].key }) else { continue }
      taken += 1
      entries[index] = Entry(
        key: own[index].key,
        keyLocation: own[index].keyLocation,
        value: own[index].value.completed(with: other.value)
      )
    }
    if taken < more.count {
      entries += more.filter { entry in !own.contains { $0.key == entry.key } }
    }
    return RawNode(.mapping(entries), at: location)
  }

  /// What stands at a path of names.
  func node(at path: [String]) -> RawNode? {
    var node = self
    for name in path {
      guard case .mapping(let entries) = node.content,
        let entry = entries.first(where: { $0.key == name })
      else { return nil }
      node = entry.value
    }
    return node
  }

  /// The text at a path of names, without space around it.
  package func scalar(at path: [String]) -> [UInt8]? {
    guard case .scalar(let scalar)? = node(at: path)?.content else { return nil }
    return Array(scalar.bytes.trimmed())
  }
}

extension Diagnostic {
  fileprivate static func vendorOfNoRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .missingValue,
      at: location,
      ja: "共通データの受注者に受注者番号がなく、どの行のものか分かりません。",
      en: "The vendor in the common data has no id, so no row is known to be its own.",
      hint: Message(
        ja: "受注者番号を書くか、受注者を一覧だけに書いてください",
        en: "give the id, or leave vendors to the roster"
      )
    )
  }
}
