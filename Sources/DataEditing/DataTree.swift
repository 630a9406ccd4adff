import DataFiles
package import Records

/// The data of a contract as it is edited: every field under its own name, every value the text that was typed.
///
/// However a file spells its keys, the tree has the dictionary's fields. `vendor:` and `vendors:`, a record or a list, are always a
/// list of one vendor or more. A list of values written as a single value is a list of one. What is no field, and what is not of
/// its field's shape, is not in the tree: it stays in the file, and the binder reports it.
package struct DataTree: Hashable, Sendable {
  /// In the dictionary's order, each field once.
  package private(set) var members: [Member]
  private let vendor: Field.ID

  package struct Member: Hashable, Sendable {
    package let field: Field.ID
    package var value: Value

    package init(_ field: Field.ID, _ value: Value) {
      self.field = field
      self.value = value
    }
  }

  package indirect enum Value: Hashable, Sendable {
    /// A key without a value, or an item that is nothing.
    case absent
    /// Well-formed UTF-8, as it was typed.
    case text([UInt8])
    /// In the dictionary's order, each field once.
    case record([Member])
    case list([Value])
  }

  /// `members` in any order; a contract without a vendor gets an empty one.
  package init(_ members: [Member], _ binder: Binder) {
    let vendor = binder.vendor
    var members = members
    if members[field: vendor]?.isGiven != true {
      members.removeAll { $0.field == vendor }
      members.append(Member(vendor, .list([.record([])])))
    }
    self.vendor = vendor
    self.members = members.inDictionaryOrder
  }

  package init(_ binder: Binder) { self.init([], binder) }

  /// The tree of a file; an empty contract if the file holds no record.
  package init(_ root: RawNode, _ binder: Binder) {
    var reading = TreeReading(binder)
    self.init(reading.record(root, under: nil), binder)
  }
}

extension DataTree {
  /// One record each, or nothing; at least one.
  package var vendors: [Value] {
    guard case .list(let items) = members[field: vendor] else { return [] }
    return items
  }

  /// A vendor's id as typed, without the space around it; nil if it has none.
  package func vendorID(_ index: Int, _ binder: Binder) -> String? {
    guard vendors.indices.contains(index), case .record(let members) = vendors[index],
      case .text(let bytes) = members[field: binder.dictionary.vendor.key]
    else { return nil }
    let text = String(decoding: bytes.trimmed(), as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  /// The record's own members as they are bound: with one vendor.
  func members(vendor index: Int) -> [Member] {
    members.map { $0.field == vendor ? Member($0.field, vendors[index]) : $0 }
  }
}

extension [DataTree.Member] {
  var inDictionaryOrder: [DataTree.Member] { sorted { $0.field < $1.field } }

  subscript(field id: Field.ID) -> DataTree.Value? { first { $0.field == id }?.value }
}

extension Binder {
  /// 受注者: the record that a file may also hold a list of.
  var vendor: Field.ID { dictionary.vendor.record }

  /// The field that a key of a file names; `vendors` names the vendor, too.
  func dataField(_ key: String, under parent: Field.ID?) -> Field.ID? {
    if parent == nil, key == ContractFile.vendorsKey { return vendor }
    return field(key, under: parent).flatMap { $0 == packet ? nil : $0 }
  }
}

// MARK: Sameness

extension DataTree {
  /// Whether both say the same.
  ///
  /// A key that is missing, one without a value and one with an empty value say the same, as do records in which nothing is
  /// given. Items of lists count even if they are empty.
  package func saysTheSame(as other: DataTree) -> Bool { given == other.given }

  /// The tree without all that gives no value.
  package var given: DataTree {
    var tree = self
    tree.members = members.given
    return tree
  }
}

extension [DataTree.Member] {
  fileprivate var given: [DataTree.Member] {
    compactMap { $0.value.isGiven ? DataTree.Member($0.field, $0.value.given) : nil }
  }
}

extension DataTree.Value {
  /// Whether anything in it has a value, or it has items.
  package var isGiven: Bool {
    switch self {
    case .absent: false
    case .text(let bytes): !bytes.isEmpty
    case .record(let members): members.contains { $0.value.isGiven }
    case .list(let items): !items.isEmpty
    }
  }

  var isText: Bool { if case .text = self { true } else { false } }

  var given: DataTree.Value {
    switch self {
    case .absent: .absent
    case .text: isGiven ? self : .absent
    case .record(let members): isGiven ? .record(members.given) : .absent
    case .list(let items): .list(items.map(\.given))
    }
  }
}
