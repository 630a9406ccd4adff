package import DataFiles
package import Diagnostics
package import TemplateRuntime

extension DataTree {
  /// An object by the fields' names, with `vendors` for the vendors; each value a string, or null.
  package func json(_ binder: Binder) -> JSONValue { Self.json(members, binder) }

  private static func json(_ members: [Member], _ binder: Binder) -> JSONValue {
    .object(members.map { (binder.keyInTree(of: $0.field), json($0.value, binder)) })
  }

  private static func json(_ value: Value, _ binder: Binder) -> JSONValue {
    switch value {
    case .absent: .null
    case .text(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .record(let members): json(members, binder)
    case .list(let items): .array(items.map { json($0, binder) })
    }
  }

  /// The tree that `json` was made from, or what is wrong with the bytes.
  ///
  /// Fields go by their names alone; a name that is no field's, a name given twice and a value that is not of its field's shape
  /// are errors.
  package static func read(
    json bytes: [UInt8],
    _ binder: Binder,
    limits: DataLimits = DataLimits()
  ) -> (tree: DataTree?, diagnostics: [Diagnostic]) {
    let data = DataFile.read(bytes, named: PlacedData.file, format: .json, limits: limits)
    guard let root = data.root, !data.diagnostics.hasErrors else { return (nil, data.diagnostics) }
    return read(root, binder)
  }

  /// As `read(json:)`, of a node that stood in a larger JSON text.
  package static func read(
    _ root: RawNode,
    _ binder: Binder
  ) -> (tree: DataTree?, diagnostics: [Diagnostic]) {
    var reading = TreeReading(binder: binder)
    let members = reading.record(root, under: nil)
    let isRead = !reading.diagnostics.hasErrors
    return (isRead ? DataTree(members, binder) : nil, reading.diagnostics)
  }
}

extension Binder {
  /// What a field is called in the tree's JSON.
  fileprivate func keyInTree(of id: Field.ID) -> String {
    id == vendor ? Self.vendorsKey : dictionary.fields[id].name
  }
}

private struct TreeReading {
  let binder: Binder
  private(set) var diagnostics: [Diagnostic] = []

  init(binder: Binder) {
    self.binder = binder
  }

  mutating func record(_ node: RawNode, under parent: Field.ID?) -> [DataTree.Member] {
    guard case .mapping(let entries) = node.content else {
      diagnostics.append(.misshapen(at: node.location))
      return []
    }
    var members: [DataTree.Member] = []
    for entry in entries {
      guard let id = field(entry.key, under: parent) else {
        diagnostics.append(.unknownName(entry.key, at: entry.keyLocation))
        continue
      }
      members.append(DataTree.Member(id, value(entry.value, of: id)))
    }
    return members.inDictionaryOrder
  }

  private func field(_ key: String, under parent: Field.ID?) -> Field.ID? {
    guard let id = binder.dataField(key, under: parent), binder.keyInTree(of: id) == key
    else { return nil }
    return id
  }

  private mutating func value(_ node: RawNode, of id: Field.ID) -> DataTree.Value {
    let shape = binder.dictionary.fields[id].declaration.shape
    switch (id == binder.vendor ? .list(of: nil) : shape, node.content) {
    case (_, .absent): return .absent
    case (.value, .scalar(let scalar)): return .text(scalar.bytes)
    case (.record, .mapping): return .record(record(node, under: id))
    case (.list(let type), .sequence(let items)):
      return .list(items.map { item($0, of: id, isRecord: type == nil) })
    case (.value, .mapping), (.value, .sequence), (.record, .scalar), (.record, .sequence),
      (.list, .scalar), (.list, .mapping):
      diagnostics.append(.misshapen(at: node.location))
      return .absent
    }
  }

  private mutating func item(
    _ node: RawNode,
    of id: Field.ID,
    isRecord: Bool
  ) -> DataTree.Value {
    switch (isRecord, node.content) {
    case (_, .absent): return .absent
    case (true, .mapping): return .record(record(node, under: id))
    case (false, .scalar(let scalar)): return .text(scalar.bytes)
    case (true, .scalar), (_, .sequence), (false, .mapping):
      diagnostics.append(.misshapen(at: node.location))
      return .absent
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownName(_ key: String, at location: SourceLocation) -> Diagnostic {
    let name = RawNode.quotable(key: key)
    return Diagnostic(
      .unknownDataField,
      at: location,
      ja: (name.map { "「\($0)」という" } ?? "この名前の") + "項目はありません。",
      en: name.map { "There is no field \($0)." } ?? "There is no field of this name."
    )
  }

  fileprivate static func misshapen(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .wrongType,
      at: location,
      ja: "値の形が項目と合っていません。",
      en: "The value is not of its field's shape."
    )
  }
}
