import DataFiles
package import Diagnostics
package import Records

/// The data that all rows of a roster share, with every key as the dictionary names the field.
///
/// What it says of a vendor belongs to that vendor alone; no other row gets to see any of it.
package struct CommonData: Sendable {
  /// `shared`, for the rows of vendors that it says nothing of.
  private let sharedData: SharedData?
  private let vendors: [(id: [UInt8], data: SharedData)]
  private let withVendor: [[UInt8]: SharedData]
  let contractNumber: [UInt8]
  package let diagnostics: [Diagnostic]

  package init(_ root: RawNode?, _ binder: Binder) {
    let dictionary = binder.dictionary
    guard let root, case .mapping(let entries) = root.content else {
      self.init(sharedData: nil, vendors: [], contractNumber: [], diagnostics: [])
      return
    }
    let file = ContractFile(root, binder)
    var diagnostics = file.diagnostics
    let shared = binder.named(
      RawNode(
        .mapping(entries.filter { !ContractFile.namesVendor($0.key, binder) }),
        at: root.location
      ),
      under: nil
    )
    var vendors: [(id: [UInt8], data: SharedData)] = []
    for id in file.vendorIDs {
      guard let id else {
        if file.diagnostics.isEmpty { diagnostics.append(.vendorOfNoRow(at: root.location)) }
        continue
      }
      if case .success(let tree) = file.tree(vendor: id) {
        vendors.append((Array(id.utf8), SharedData(binder.named(tree, under: nil))))
      }
    }
    self.init(
      sharedData: SharedData(shared, binder.read(shared: shared)),
      vendors: vendors,
      contractNumber: shared.scalar(at: dictionary.fields[dictionary.contract.key].names) ?? [],
      diagnostics: diagnostics
    )
  }

  private init(
    sharedData: SharedData?,
    vendors: [(id: [UInt8], data: SharedData)],
    contractNumber: [UInt8],
    diagnostics: [Diagnostic]
  ) {
    self.sharedData = sharedData
    self.vendors = vendors
    self.contractNumber = contractNumber
    self.diagnostics = diagnostics
    withVendor = Dictionary(vendors.map { ($0.id, $0.data) }) { first, _ in first }
  }

  /// Everything but vendors.
  package var shared: RawNode? { sharedData?.tree }

  /// The same for rows that are to say themselves of which contract they are.
  var withoutNumber: CommonData {
    CommonData(
      sharedData: sharedData,
      vendors: vendors,
      contractNumber: [],
      diagnostics: diagnostics
    )
  }

  /// The vendor of all rows of a roster that names none.
  var onlyVendor: [UInt8]? { vendors.count == 1 ? vendors.first?.id : nil }

  /// Whether it names a contract that is not the row's.
  func isOfOther(than key: RosterKey) -> Bool {
    !contractNumber.isEmpty && key.contractNumber != contractNumber
  }

  /// What a row with this key has in common with others.
  func data(for key: RosterKey) -> SharedData? {
    isOfOther(than: key) ? sharedData : withVendor[key.vendorID] ?? sharedData
  }

  /// The fields of vendors that it gives.
  func vendorFields(_ binder: Binder) -> Set<Field.ID> {
    let record = binder.dictionary.vendor.record
    var fields: Set<Field.ID> = []
    for vendor in vendors {
      if let node = vendor.data.tree.node(at: binder.dictionary.fields[record].names) {
        binder.collectFields(of: node, under: record, into: &fields)
      }
    }
    return fields
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
  /// A key that names no field, or one that another key named before it, stays, for the binder to tell of.
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

  /// The fields that a tree gives: values, lists and what stands in their items, but no records.
  func collectFields(of node: RawNode, under parent: Field.ID, into fields: inout Set<Field.ID>) {
    switch node.content {
    case .absent, .scalar: fields.insert(parent)
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

  /// The names under which there is something.
  var givenNames: [String] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.compactMap { entry in
      if case .absent = entry.value.content { nil } else { entry.key }
    }
  }
}

extension Diagnostic {
  fileprivate static func vendorOfNoRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .missingValue,
      at: location,
      ja: "共通データの受注者に受注者番号がなく、どの行のものか分かりません。",
      en: "The vendor in the common data has no id, so no row can be told to be its own.",
      hint: Message(
        ja: "受注者番号を書くか、受注者を一覧だけに書いてください",
        en: "give the id, or leave vendors to the roster"
      )
    )
  }
}
