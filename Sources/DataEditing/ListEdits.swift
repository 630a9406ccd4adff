import DataFiles
import TemplateRuntime

/// Edits that add, remove and move the items of a list.
extension EditPlan {
  // MARK: Brackets

  /// What stands between the items that are there, or would.
  func separator(of spans: [Range<Int>], in node: RawNode) throws(NotEditable) -> [UInt8] {
    guard let first = spans.first else { throw NotEditable() }
    if spans.count > 1 {
      let text = Array(source.text[first.upperBound..<spans[1].lowerBound])
      guard !text.contains(UInt8(ascii: "#")) else { throw NotEditable() }
      return text
    }
    let before = source.text[node.span.lowerBound..<first.lowerBound]
    guard !before.contains(UInt8(ascii: "#")) else { throw NotEditable() }
    if before.contains(0x0A) { return ",\n".bytes + .spaces(source.column(first.lowerBound)) }
    let isTight = source.format == .json && style.colon == ":"
    return (isTight ? "," : ", ").bytes
  }

  mutating func rearrangeFlow(
    _ node: RawNode,
    _ items: [RawNode],
    _ pieces: [ListPiece],
    of id: Field.ID
  ) throws(NotEditable) {
    guard let first = items.first, let last = items.last else { throw NotEditable() }
    let spans = items.map(\.span)
    let separator = try separator(of: spans, in: node)
    let region = first.span.lowerBound..<last.span.upperBound
    let gaps = zip(spans, spans.dropFirst()).map { source.text[$0.upperBound..<$1.lowerBound] }
    guard !gaps.contains(where: { $0.contains(UInt8(ascii: "#")) }) else { throw NotEditable() }
    let isAppended = pieces.prefix(items.count).enumerated().allSatisfy {
      if case .old($0.offset, _) = $0.element { true } else { false }
    }
    if isAppended, pieces.count > items.count {
      for case .old(_, let inner) in pieces { edits += inner }
      for case .new(let value) in pieces {
        let text = separator + flowItem(value, of: id, like: items)
        edits.append(Edit(range: region.upperBound..<region.upperBound, text: text))
      }
      return
    }
    if pieces.isEmpty {
      let tail = source.text[region.upperBound..<node.span.upperBound]
      let head = source.text[node.span.lowerBound..<region.lowerBound]
      guard !tail.contains(UInt8(ascii: "#")), !head.contains(UInt8(ascii: "#")) else {
        throw NotEditable()
      }
      edits.append(Edit(range: node.span, text: "[]".bytes))
      return
    }
    var texts: [[UInt8]] = []
    for piece in pieces {
      switch piece {
      case .old(let index, let inner):
        texts.append(try inner.applied(to: source.text, in: items[index].span))
      case .new(let value): texts.append(flowItem(value, of: id, like: items))
      }
    }
    edits.append(Edit(range: region, text: Array(texts.joined(separator: separator))))
  }

  /// On one line if the items are that are there.
  private func flowItem(
    _ value: DataTree.Value,
    of id: Field.ID,
    like items: [RawNode]
  ) -> [UInt8] {
    guard source.format == .json, let first = items.first else { return block.flow(value, of: id) }
    var style = style
    style.isMultiline = items.contains { source.text[$0.span].contains(0x0A) }
    let line = source.lineStart(first.span.lowerBound)
    return JSONText(binder: binder, style: style).value(
      value,
      of: id,
      indentation: source.indentation(ofLineAt: line)
    )
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
      return [dash + block.flow(value, of: id)]
    }
    if text.isEmpty {
      // The line feed before the list goes with it.
      let start = max(0, list.region.lowerBound - 1)
      edits.append(Edit(range: start..<list.region.upperBound, text: []))
    } else {
      edits.append(Edit(range: list.region, text: text.last == 0x0A ? text.dropLast() : text))
    }
  }
}
