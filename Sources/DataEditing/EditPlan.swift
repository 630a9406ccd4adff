import DataFiles
import Records

/// The edits that make a file say what a tree says, and what else the file says, which must stay.
///
/// It goes along the file, not along the tree: what is in the file already is changed where it stands, and only then is the rest
/// added behind it.
struct EditPlan {
  let source: DataSource
  let binder: Binder
  let style: FileStyle
  var edits: [TextEdit] = []
  /// What is no field, or is not of its field's shape, under the paths of the new tree.
  private(set) var foreign: Set<Foreign> = []

  struct Foreign: Hashable {
    let path: String
    /// As `RawNode.typedBytes`.
    let value: [UInt8]
  }

  /// Where a value stands.
  enum Place {
    /// Behind a key in `column`, or behind a dash there.
    case key(column: Int)
    case dash(column: Int)
    /// Within brackets.
    case flow

    var column: Int {
      switch self {
      case .key(let column), .dash(let column): column
      case .flow: 0
      }
    }

    var isFlow: Bool { if case .flow = self { true } else { false } }
  }

  /// What is edited: a value's field, where the value stands, and its path in the new tree.
  struct Target {
    let field: Field.ID
    let place: Place
    let path: String

    /// The item with a number, counted from 1, in the same place.
    func item(_ number: Int) -> Target {
      Target(field: field, place: place, path: "\(path)/\(number)")
    }
  }

  init(_ source: DataSource, _ binder: Binder) {
    self.source = source
    self.binder = binder
    style = FileStyle(source, binder)
  }

  var block: YAMLBlock { YAMLBlock(binder: binder, style: style) }
  var flow: FlowText { FlowText(binder: binder, style: style) }

  /// Writes on one line if what stands there does.
  func flow(like spans: [Range<Int>]) -> FlowText {
    var style = style
    style.isMultiline = source.format == .json && spans.contains { source.text[$0].contains(0x0A) }
    return FlowText(binder: binder, style: style)
  }

  mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
    edits.append(TextEdit(range: range, text: text))
  }

  mutating func insert(_ text: [UInt8], at offset: Int) { replace(offset..<offset, with: text) }

  mutating func make(_ wanted: DataTree) throws(NotEditable) {
    let added = wanted.members.filter { binder.isWorthWriting($0) }
    switch source.root.content {
    case .absent:
      guard source.format == .yaml, !added.isEmpty else { throw NotEditable() }
      try begin(added)
    case .mapping(let entries):
      guard entries.isEmpty else {
        return try record(source.root, wanted.members, as: nil)
      }
      guard !added.isEmpty else { return }
      let text =
        source.format == .yaml ? rootLines(added) : flow.record(added, indentation: 0)
      replace(source.root.span, with: text)
    case .scalar, .sequence: throw NotEditable()
    }
  }

  /// The first keys of a file that has none yet.
  private mutating func begin(_ added: [DataTree.Member]) throws(NotEditable) {
    var start = 0
    while start < source.text.count {
      let end = source.lineEnd(start)
      let isBlank = source.text[start..<end].allSatisfy { $0 == 0x20 }
      guard isBlank || source.isComment(lineAt: start) else { throw NotEditable() }
      start = end + 1
    }
    let gap: [UInt8] =
      switch source.text.last {
      case nil: []
      case 0x0A: [0x0A]
      case _: [0x0A, 0x0A]
      }
    insert(gap + rootLines(added) + [0x0A], at: source.text.count)
  }

  private func rootLines(_ members: [DataTree.Member]) -> [UInt8] {
    members.map { block.member($0, column: 0).joined(by: "\n") }.joined(by: "\n\n")
  }

  // MARK: Records

  /// `target` is nil for the whole contract.
  mutating func record(_ node: RawNode, _ members: [DataTree.Member], as target: Target?)
    throws(NotEditable)
  {
    let path = target?.path ?? ""
    guard case .mapping(let entries) = node.content else { throw NotEditable() }
    var seen: Set<Field.ID> = []
    for entry in entries {
      guard let field = binder.dataField(entry.key, under: target?.field),
        seen.insert(field).inserted
      else {
        foreign.insert(Foreign(path: path + "/" + entry.key, value: entry.value.typedBytes))
        continue
      }
      let inner = Target(
        field: field,
        place: node.isFlow ? .flow : try key(of: entry),
        path: path + "/" + binder.dictionary.fields[field].name
      )
      try self.field(entry, members[field: field] ?? .absent, as: inner)
    }
    let added = members.filter { !seen.contains($0.field) && binder.isWorthWriting($0) }
    if added.isEmpty { return }
    if entries.isEmpty, let target { return try create(.record(added), at: node, as: target) }
    try add(added, to: node, entries)
  }

  /// The column of a key that stands where a line begins, or behind a dash.
  private func key(of entry: RawNode.Entry) throws(NotEditable) -> Place {
    let start = entry.keySpan.lowerBound
    let before = source.text[source.lineStart(start)..<start]
    guard before.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else { throw NotEditable() }
    return .key(column: before.count)
  }

  private mutating func field(_ entry: RawNode.Entry, _ new: DataTree.Value, as target: Target)
    throws(NotEditable)
  {
    let node = entry.value
    if case .absent = node.content, node.span.isEmpty {
      // `{a}` and `? a` have no colon that a value could follow.
      let colon = source.beforeSpace(node.span.lowerBound, lines: true) - 1
      guard colon >= entry.keySpan.upperBound, source.text[colon] == UInt8(ascii: ":") else {
        throw NotEditable()
      }
    }
    if target.field == binder.vendor { return try vendors(entry, new, as: target) }
    switch (binder.dictionary.fields[target.field].declaration.shape, node.content) {
    case (.value, .absent), (.value, .scalar): try value(node, new, as: target)
    case (.record, .absent), (.list, .absent): try create(new, at: node, as: target)
    case (.record, .mapping): try record(node, new.members, as: target)
    case (.list(let type), .sequence):
      try list(node, new.items, isRecords: type == nil, as: target)
    case (.list(of: .some), .scalar): try single(node, new.items, as: target)
    case (.value, .mapping), (.value, .sequence), (.record, .scalar), (.record, .sequence),
      (.list(of: nil), .scalar), (.list, .mapping):
      try leave(node, new, path: target.path)
    }
  }

  /// What has another shape than its field stays, and so cannot be given a value.
  mutating func leave(_ node: RawNode, _ new: DataTree.Value, path: String) throws(NotEditable) {
    guard !new.isGiven else { throw NotEditable() }
    foreign.insert(Foreign(path: path, value: node.typedBytes))
  }

  // MARK: Lists

  mutating func list(
    _ node: RawNode,
    _ new: [DataTree.Value],
    isRecords: Bool,
    as target: Target
  ) throws(NotEditable) {
    guard case .sequence(let items) = node.content else { throw NotEditable() }
    let place: Place = node.isFlow ? .flow : .dash(column: source.column(node.span.lowerBound))
    let inner = Target(field: target.field, place: place, path: target.path)
    let pieces = try pieces(items, new, areRecords: isRecords, as: inner)
    if pieces.count == items.count, pieces.isUnmoved {
      for case .old(_, let inner) in pieces { edits += inner }
    } else if items.isEmpty {
      try create(.list(new), at: node, as: target)
    } else if node.isFlow {
      try rearrangeFlow(node, items, pieces, of: target.field)
    } else {
      try rearrangeBlock(node, items, pieces, of: target.field)
    }
  }

  /// The items that `nodes` become; `target` has their place and the list's path.
  mutating func pieces(
    _ nodes: [RawNode],
    _ new: [DataTree.Value],
    areRecords: Bool,
    as target: Target
  ) throws(NotEditable) -> [ListPiece] {
    var reading = TreeReading(binder)
    let old = nodes.map { reading.item($0, of: target.field, isRecord: areRecords) }
    let outer = edits
    defer { edits = outer }
    var pieces: [ListPiece] = []
    for (index, match) in ItemMatching.matches(old, new).enumerated() {
      guard let match else {
        pieces.append(.new(new[index]))
        continue
      }
      edits = []
      try item(nodes[match], new[index], isRecord: areRecords, as: target.item(index + 1))
      pieces.append(.old(match, edits))
    }
    return pieces
  }

  private mutating func item(
    _ node: RawNode,
    _ new: DataTree.Value,
    isRecord: Bool,
    as target: Target
  ) throws(NotEditable) {
    switch (isRecord, node.content) {
    case (true, .mapping): try record(node, new.members, as: target)
    case (true, .absent): try create(new, at: node, as: target)
    case (false, .scalar), (false, .absent): try value(node, new, as: target)
    case (true, .scalar), (_, .sequence), (false, .mapping):
      try leave(node, new, path: target.path)
    }
  }
}

/// An item of a list as it will be.
enum ListPiece {
  /// One that is there, by its index, with the edits in it.
  case old(Int, [TextEdit])
  case new(DataTree.Value)
}

extension [ListPiece] {
  /// Whether each is one that is there, in its place.
  var isUnmoved: Bool {
    enumerated().allSatisfy {
      if case .old($0.offset, _) = $0.element { true } else { false }
    }
  }
}

extension DataTree.Value {
  var members: [DataTree.Member] {
    guard case .record(let members) = self else { return [] }
    return members
  }

  var items: [DataTree.Value] {
    guard case .list(let items) = self else { return [] }
    return items
  }
}
