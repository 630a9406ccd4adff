import Diagnostics
import Records

/// Makes what a tree holds from the nodes of a file, or of the tree's own JSON.
struct TreeReading {
  private let binder: Binder
  /// What the tree's own JSON cannot have; nil for a file, in which none of it is a mistake.
  private(set) var diagnostics: [Diagnostic]?

  init(_ binder: Binder, diagnostics: [Diagnostic]? = nil) {
    self.binder = binder
    self.diagnostics = diagnostics
  }

  mutating func record(_ node: RawNode, under parent: Field.ID?) -> [DataTree.Member] {
    guard case .mapping(let entries) = node.content else {
      report(node)
      return []
    }
    var members: [DataTree.Member] = []
    for entry in entries {
      guard let id = field(entry.key, under: parent) else {
        diagnostics?.append(.unknownName(entry.key, at: entry.keyLocation))
        continue
      }
      guard !members.contains(where: { $0.field == id }) else { continue }
      members.append(DataTree.Member(id, value(entry.value, of: id)))
    }
    return members.inDictionaryOrder
  }

  private func field(_ key: String, under parent: Field.ID?) -> Field.ID? {
    binder.dataField(key, under: parent).flatMap {
      diagnostics == nil || binder.keyInTree(of: $0) == key ? $0 : nil
    }
  }

  private mutating func value(_ node: RawNode, of id: Field.ID) -> DataTree.Value {
    let shape = binder.dictionary.fields[id].declaration.shape
    switch (id == binder.vendor ? .list(of: nil) : shape, node.content) {
    case (_, .absent): return .absent
    case (.value, .scalar(let scalar)): return .text(scalar.bytes)
    case (.record, .mapping): return .record(record(node, under: id))
    case (.list(let type), .sequence(let items)):
      return .list(items.map { item($0, of: id, isRecord: type == nil) })
    case (.list(of: .some), .scalar(let scalar)):
      report(node)
      return .list([.text(scalar.bytes)])
    case (.list(of: nil), .mapping) where id == binder.vendor:
      report(node)
      return .list([.record(record(node, under: id))])
    case (.value, .mapping), (.value, .sequence), (.record, .scalar), (.record, .sequence),
      (.list(of: nil), .scalar), (.list, .mapping):
      report(node)
      return .absent
    }
  }

  mutating func item(_ node: RawNode, of id: Field.ID, isRecord: Bool) -> DataTree.Value {
    switch (isRecord, node.content) {
    case (_, .absent): return .absent
    case (true, .mapping): return .record(record(node, under: id))
    case (false, .scalar(let scalar)): return .text(scalar.bytes)
    case (true, .scalar), (_, .sequence), (false, .mapping):
      report(node)
      return .absent
    }
  }

  private mutating func report(_ misshapen: RawNode) {
    diagnostics?.append(.misshapen(at: misshapen.location))
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
