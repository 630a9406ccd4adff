import DataFiles
import Records

/// Edits that add, remove and move the items of a list.
extension EditPlan {
  // MARK: Brackets

  /// What stands between the items that are there, or would.
  func separator(of spans: [Range<Int>], in node: RawNode) throws(NotEditable) -> [UInt8] {
    guard let first = spans.first else { throw NotEditable() }
    if spans.count > 1 { return try uncommented(first.upperBound..<spans[1].lowerBound) }
    let before = try uncommented(node.span.lowerBound..<first.lowerBound)
    if before.contains(0x0A) { return ",\n".bytes + .spaces(source.column(first.lowerBound)) }
    return style.comma.bytes
  }

  /// What stands between brackets and values, where a # may begin a comment that would be lost.
  @discardableResult
  private func uncommented(_ range: Range<Int>) throws(NotEditable) -> [UInt8] {
    let text = Array(source.text[range])
    guard !text.contains(UInt8(ascii: "#")) else { throw NotEditable() }
    return text
  }

  mutating func rearrangeFlow(
    _ node: RawNode,
    _ items: [RawNode],
    _ pieces: [ListPiece],
    of id: Field.ID
  ) throws(NotEditable) {
    let spans = items.map(\.span)
    guard let start = spans.first?.lowerBound, let end = spans.last?.upperBound else {
      throw NotEditable()
    }
    let separator = try separator(of: spans, in: node)
    for (span, next) in zip(spans, spans.dropFirst()) {
      try uncommented(span.upperBound..<next.lowerBound)
    }
    // On one line if the items are that are there.
    let flow = flow(like: spans)
    let indentation = source.indentation(at: start)
    func text(_ piece: ListPiece) throws(NotEditable) -> [UInt8] {
      switch piece {
      case .old(let index, let inner): try inner.applied(to: source.text, in: spans[index])
      case .new(let value): flow.value(value, of: id, indentation: indentation)
      }
    }
    let added = pieces.dropFirst(items.count)
    if !added.isEmpty, Array(pieces.prefix(items.count)).isUnmoved {
      for case .old(_, let inner) in pieces { edits += inner }
      for piece in added { insert(separator + (try text(piece)), at: end) }
    } else if pieces.isEmpty {
      try uncommented(node.span.lowerBound..<start)
      try uncommented(end..<node.span.upperBound)
      replace(node.span, with: "[]".bytes)
    } else {
      replace(start..<end, with: Array(try pieces.map(text).joined(separator: separator)))
    }
  }

  // MARK: Dashes

  mutating func rearrangeBlock(
    _ node: RawNode,
    _ items: [RawNode],
    _ pieces: [ListPiece],
    of id: Field.ID
  ) throws(NotEditable) {
    let list = try BlockList(node, items, source)
    let isInBrackets = items.allSatisfy(\.isFlow)
    let text = try list.rearranged(pieces) { value in
      guard isInBrackets, case .record = value else {
        return block.item(value, of: id, column: list.column)
      }
      let dash = .spaces(list.column) + "-".bytes + .spaces(max(1, style.itemIndent - 1))
      return [dash + flow.value(value, of: id, indentation: 0)]
    }
    if text.isEmpty {
      // The line feed before the list goes with it.
      let start = max(0, list.region.lowerBound - 1)
      replace(start..<list.region.upperBound, with: [])
    } else {
      replace(list.region, with: text.last == 0x0A ? text.dropLast() : text)
    }
  }
}
