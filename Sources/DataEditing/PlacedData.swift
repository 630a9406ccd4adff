import Diagnostics
package import Records

/// A tree's contract with one of its vendors, ready to be bound.
package struct PlacedData: Sendable {
  package let root: RawNode
  /// Which field stands where.
  package let paths: DataPaths
  /// What a place's file is called: there is none.
  package static let file = "契約データ"
}

extension DataTree {
  /// The contract with the vendor of that index, from 0; nil if there is no such vendor.
  ///
  /// The places in it are the numbers of its values, as if each stood on a line of its own.
  package func placed(vendor index: Int, _ binder: Binder) -> PlacedData? {
    guard vendors.indices.contains(index) || index == 0 && vendors.isEmpty else { return nil }
    var placing = Placing(dictionary: binder.dictionary)
    let root = placing.node(.record(members(vendor: index)))
    return PlacedData(root: root, paths: DataPaths(root, binder))
  }
}

/// Numbers the values of a tree.
private struct Placing {
  let dictionary: FieldDictionary
  private var line = 0

  init(dictionary: FieldDictionary) {
    self.dictionary = dictionary
  }

  mutating func node(_ value: DataTree.Value) -> RawNode {
    line += 1
    let location = SourceLocation(file: PlacedData.file, line: line)
    switch value {
    case .absent: return RawNode(.absent, at: location)
    case .text(let bytes):
      return RawNode(.scalar(RawScalar(bytes: bytes, isQuoted: true)), at: location)
    case .list(let items): return RawNode(.sequence(items.map { node($0) }), at: location)
    case .record(let members):
      let entries = members.map { member in
        let node = node(member.value)
        return RawNode.Entry(
          key: dictionary.fields[member.field].name,
          keyLocation: node.location,
          value: node
        )
      }
      return RawNode(.mapping(entries), at: location)
    }
  }
}
