import Diagnostics
import TemplateRuntime

/// Turns an item of a list into a tree: what stands under contract and vendor as in a data file, and beside it flat keys that are
/// spelled as the headers of a table.
struct ItemReading: Sendable {
  private let binder: Binder
  private let reading: HeaderReading

  init(_ binder: Binder) {
    self.binder = binder
    let keys = ["contract.number", "vendor.id"].compactMap(binder.dictionary.field)
    reading = HeaderReading(HeaderNames(binder), sheet: nil, keys: keys)
  }

  /// What an item says.
  struct Item {
    let tree: RawNode
    let diagnostics: [Diagnostic]
    let isCorrection: Bool
  }

  func read(_ node: RawNode) -> Item {
    guard case .mapping(let entries) = node.content else {
      let place = node.location
      return Item(tree: node, diagnostics: [.notAnItem(at: place)], isCorrection: false)
    }
    let isCorrection = entries.contains { $0.key == HeaderReading.reportHeaders[0] }
    var nested: [RawNode.Entry] = []
    var flat: [(column: RosterColumn, value: RawNode)] = []
    var flatRecords: [RawNode] = []
    var diagnostics: [Diagnostic] = []
    for entry in entries {
      if let id = binder.field(entry.key, under: nil), id != binder.packet {
        nested.append(entry)
        continue
      }
      switch reading.meaning(of: TableCell(Array(entry.key.utf8)), hasReport: isCorrection) {
      case .column(.field(let id, let items)):
        let column = RosterColumn.field(id, items: items)
        if flat.contains(where: { $0.column == column }) {
          diagnostics.append(.repeatedKey(at: entry.keyLocation))
        }
        flat.append((column, entry.value))
      case .column: break
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
      let plan = RowPlan(binder.dictionary, columns: flat.map(\.column), sheets: [])
      var row = RowReading(flat.map(\.value), at: node.location, binder)
      tree = tree.completed(with: row.tree(plan))
      diagnostics += row.diagnostics
    }
    return Item(tree: tree, diagnostics: diagnostics, isCorrection: isCorrection)
  }

  /// What a key, or keys with dots between, mean in an item of the roster.
  func column(called name: String) -> RosterColumn? {
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

  /// The fields that an item sets.
  func collectFields(of tree: RawNode, into fields: inout Set<Field.ID>) {
    guard case .mapping(let entries) = tree.content else { return }
    for entry in entries {
      if let id = binder.field(entry.key, under: nil) {
        binder.collectFields(of: entry.value, under: id, into: &fields)
      }
    }
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
