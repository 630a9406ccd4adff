import Diagnostics
package import Records
import Tables

/// Turns an item of a list into a tree: what stands under contract and vendor as in a data file, and beside it flat keys that are
/// spelled as the headers of a table.
package struct ItemReading: Sendable {
  private let binder: Binder
  private let reading: HeaderReading
  /// What the keys of items mean that were noted.
  private var known: [ItemKeys] = []

  /// Kinds of items, by their keys, that are known at once; most lists have one.
  private static let mostKnown = 16

  package init(_ binder: Binder) {
    self.binder = binder
    let keys = binder.dictionary.keyedRecords.map(\.key)
    reading = HeaderReading(HeaderNames(binder), sheet: nil, keys: keys)
  }

  var dictionary: FieldDictionary { binder.dictionary }

  struct Item {
    let tree: RawNode
    let diagnostics: [Diagnostic]
    let isCorrection: Bool
  }

  /// Finds out what an item's keys mean, once for all items with the same ones.
  mutating func note(_ node: RawNode) {
    guard case .mapping(let entries) = node.content, known.count < Self.mostKnown,
      !known.contains(where: { $0.areThose(of: entries) })
    else { return }
    known.append(ItemKeys(entries, binder, reading))
  }

  func read(_ node: RawNode) -> Item {
    guard case .mapping(let entries) = node.content else {
      let place = node.location
      return Item(tree: node, diagnostics: [.notAnItem(at: place)], isCorrection: false)
    }
    let keys =
      known.first { $0.areThose(of: entries) } ?? ItemKeys(entries, binder, reading)
    var nested: [RawNode.Entry] = []
    var flat: [RawNode] = []
    var flatRecords: [RawNode] = []
    var diagnostics: [Diagnostic] = []
    for (entry, meaning) in zip(entries, keys.meanings) {
      switch meaning {
      case .nested: nested.append(entry)
      case .flat(let isRepeated):
        if isRepeated { diagnostics.append(.repeatedKey(at: entry.keyLocation)) }
        flat.append(entry.value)
      case .notRead: break
      case .ambiguous(let fields):
        diagnostics.append(
          .ambiguousHeader(fields.map(reading.names.fullLabel), at: entry.keyLocation)
        )
      case .unknown:
        if let id = structure(entry) {
          flatRecords.append(wrapped(binder.named(entry.value, under: id), in: id))
          continue
        }
        let near = reading.suggestions(for: TableCell(Array(entry.key.utf8)))
        let key = RawNode.quotable(key: entry.key)
        diagnostics.append(.unknownHeader(key, near: near, at: entry.keyLocation))
      }
    }
    var tree = binder.named(RawNode(.mapping(nested), at: node.location), under: nil)
    for record in flatRecords { tree = tree.completed(with: record) }
    if !flat.isEmpty {
      var row = RowReading(flat, at: node.location, binder)
      tree = tree.completed(with: row.tree(keys.plan))
      diagnostics += row.diagnostics
    }
    return Item(tree: tree, diagnostics: diagnostics, isCorrection: keys.areOfCorrection)
  }

  /// What a key, or keys with dots between, mean in an item of the roster.
  package func column(called name: String) -> RosterColumn? {
    guard
      case .column(let column) = reading.meaning(of: TableCell(Array(name.utf8)), hasReport: false)
    else { return nil }
    return column
  }

  /// The list or record that a flat key names; a scalar is neither.
  private func structure(_ entry: RawNode.Entry) -> Field.ID? {
    if case .scalar = entry.value.content { return nil }
    let meaning = reading.names.meaning(of: HeaderText(entry.key)) { id in
      binder.dictionary.fields[id].type == nil && binder.dictionary.lists(around: id).isEmpty
    }
    guard case .field(let id) = meaning else { return nil }
    return id
  }

  /// The value at its place in a tree of nothing else.
  private func wrapped(_ value: RawNode, in id: Field.ID) -> RawNode {
    binder.dictionary.chain(to: id).reversed().reduce(value) { inner, step in
      let key = binder.dictionary.fields[step].name
      let entry = RawNode.Entry(key: key, keyLocation: value.location, value: inner)
      return RawNode(.mapping([entry]), at: value.location)
    }
  }

  func collectFields(of tree: RawNode, into fields: inout Set<Field.ID>) {
    guard case .mapping(let entries) = tree.content else { return }
    for entry in entries {
      if let id = binder.field(entry.key, under: nil) {
        binder.collectFields(of: entry.value, under: id, into: &fields)
      }
    }
  }
}

/// What the keys of an item mean, and how the values of its flat keys become a tree: the same for all items with these keys.
private struct ItemKeys: Sendable {
  let meanings: [Meaning]
  /// Its columns are the flat keys.
  let plan: RowPlan
  /// Whether they are those of an earlier batch's rejected item.
  let areOfCorrection: Bool
  private let keys: [String]

  enum Meaning {
    /// A root field's name, label or alias, with its tree under it.
    case nested
    /// A header of a table; repeated: of a field that an earlier key names, too.
    case flat(isRepeated: Bool)
    case notRead
    case ambiguous([Field.ID])
    case unknown
  }

  init(_ entries: [RawNode.Entry], _ binder: Binder, _ reading: HeaderReading) {
    keys = entries.map(\.key)
    let areOfCorrection = keys.contains { $0 == HeaderReading.reportHeaders[0] }
    var columns: [RosterColumn] = []
    meanings = keys.map { key in
      if let id = binder.field(key, under: nil), id != binder.packet { return .nested }
      switch reading.meaning(of: TableCell(Array(key.utf8)), hasReport: areOfCorrection) {
      case .column(.field(let id, let items)):
        let column = RosterColumn.field(id, items: items)
        let isRepeated = columns.contains(column)
        columns.append(column)
        return .flat(isRepeated: isRepeated)
      case .column: return .notRead
      case .ambiguous(let fields): return .ambiguous(fields)
      case .unknown: return .unknown
      }
    }
    plan = RowPlan(binder.dictionary, columns: columns, sheets: [])
    self.areOfCorrection = areOfCorrection
  }

  /// By bytes: characters that are equivalent may be two keys.
  func areThose(of entries: [RawNode.Entry]) -> Bool {
    guard keys.count == entries.count else { return false }
    for index in keys.indices {
      guard keys[index].utf8.elementsEqual(entries[index].key.utf8) else { return false }
    }
    return true
  }
}

extension Diagnostic {
  fileprivate static func notAnItem(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .wrongType,
      at: location,
      ja: "一覧の一件は「項目名: 値」の並びで書いてください。",
      en: "An item of the list must be a mapping of field names to values."
    )
  }

  fileprivate static func repeatedKey(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateKey,
      at: location,
      ja: "同じ項目が、別の書き方でも書かれています。",
      en: "The same field is given a second time under another of its names.",
      hint: Message(ja: "どちらか一方を消してください", en: "keep one of them")
    )
  }
}
