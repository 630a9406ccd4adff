import DataFiles
import TemplateRuntime

/// Edits that add keys to a record.
extension EditPlan {
  /// Each behind the key that the dictionary has before it, or behind the last.
  mutating func add(
    _ added: [DataTree.Member],
    to node: RawNode,
    in place: Place
  ) throws(NotEditable) {
    guard case .mapping(let entries) = node.content else { throw NotEditable() }
    guard let first = entries.first else {
      guard let id = added.first.flatMap({ binder.dictionary.fields[$0.field].parent }) else {
        guard source.format == .json else { throw NotEditable() }
        let text = JSONText(binder: binder, style: style).record(added, indentation: 0)
        edits.append(Edit(range: node.span, text: text))
        return
      }
      return try create(.record(added), at: node, of: id, in: place)
    }
    if node.isFlow { return try addInBrackets(added, to: node, entries) }
    let column = source.column(first.keySpan.lowerBound)
    let isApart = isApart(entries) || added.contains { $0.isRoot(binder) } && entries.count == 1
    for member in added {
      guard let index = predecessor(of: member, in: entries) else { throw NotEditable() }
      let end = source.lineEnd(end(of: entries[index]))
      var text = block.member(member, column: column).asLinesBelow
      if isApart, !member.isText {
        text.insert(0x0A, at: 0)
        let isFollowed = index + 1 < entries.count && source.text[end + 1] != 0x0A
        if isFollowed { text.append(0x0A) }
      }
      edits.append(Edit(range: end..<end, text: text))
    }
  }

  private mutating func addInBrackets(
    _ added: [DataTree.Member],
    to node: RawNode,
    _ entries: [RawNode.Entry]
  ) throws(NotEditable) {
    let spans = entries.map { $0.keySpan.lowerBound..<end(of: $0) }
    let separator = try separator(of: spans, in: node)
    var style = style
    style.isMultiline = source.text[node.span].contains(0x0A)
    let json = JSONText(binder: binder, style: style)
    let line = source.lineStart(spans[0].lowerBound)
    for member in added {
      guard let index = predecessor(of: member, in: entries) else { throw NotEditable() }
      let text =
        source.format == .json
        ? json.member(member, indentation: source.indentation(ofLineAt: line))
        : block.flow(member)
      let end = spans[index].upperBound
      edits.append(Edit(range: end..<end, text: separator + text))
    }
  }

  /// The key that is nearest before a field in the dictionary's order, or the last one.
  private func predecessor(of member: DataTree.Member, in entries: [RawNode.Entry]) -> Int? {
    let parent = binder.dictionary.fields[member.field].parent
    let fields = entries.map { binder.dataField($0.key, under: parent) }
    let before = fields.indices.filter { index in fields[index].map { $0 < member.field } ?? false }
    return before.max { (fields[$0] ?? 0, $1) < (fields[$1] ?? 0, $0) } ?? entries.indices.last
  }

  private func end(of entry: RawNode.Entry) -> Int {
    max(entry.keySpan.upperBound, source.contentEnd(entry.value))
  }

  /// Whether empty lines stand between the keys of a record.
  private func isApart(_ entries: [RawNode.Entry]) -> Bool {
    entries.dropFirst().contains { entry in
      var start = source.lineStart(entry.keySpan.lowerBound)
      while start > 0, source.isComment(lineAt: source.lineStart(start - 1)) {
        start = source.lineStart(start - 1)
      }
      return start >= 2 && source.text[start - 2] == 0x0A
    }
  }
}

extension DataTree.Member {
  fileprivate var isText: Bool { if case .text = value { true } else { false } }

  fileprivate func isRoot(_ binder: Binder) -> Bool {
    binder.dictionary.fields[field].parent == nil
  }
}
