import DataFiles
import Records

/// Edits that add keys to a record.
extension EditPlan {
  /// Each behind the key that the dictionary has before it, or behind the last.
  mutating func add(
    _ added: [DataTree.Member],
    to node: RawNode,
    _ entries: [RawNode.Entry]
  ) throws(NotEditable) {
    guard let first = entries.first else { throw NotEditable() }
    if node.isFlow { return try addInBrackets(added, to: node, entries) }
    let column = source.column(first.keySpan.lowerBound)
    let isApart = isApart(entries) || added.contains { $0.isRoot(binder) } && entries.count == 1
    for member in added {
      guard let index = predecessor(of: member, in: entries) else { throw NotEditable() }
      let end = source.lineEnd(end(of: entries[index]))
      var text = block.member(member, column: column).asLinesBelow
      if isApart, !member.value.isText {
        text.insert(0x0A, at: 0)
        let isFollowed = index + 1 < entries.count && source.text[end + 1] != 0x0A
        if isFollowed { text.append(0x0A) }
      }
      insert(text, at: end)
    }
  }

  private mutating func addInBrackets(
    _ added: [DataTree.Member],
    to node: RawNode,
    _ entries: [RawNode.Entry]
  ) throws(NotEditable) {
    let spans = entries.map { $0.keySpan.lowerBound..<end(of: $0) }
    let separator = try separator(of: spans, in: node)
    let flow = flow(like: [node.span])
    let indentation = source.indentation(at: spans[0].lowerBound)
    for member in added {
      guard let index = predecessor(of: member, in: entries) else { throw NotEditable() }
      let text = flow.member(member, indentation: indentation)
      insert(separator + text, at: spans[index].upperBound)
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
  fileprivate func isRoot(_ binder: Binder) -> Bool {
    binder.dictionary.fields[field].parent == nil
  }
}
