import DataFiles
import Records

/// The vendor, who becomes a list where there are several.
extension EditPlan {
  mutating func vendors(_ entry: RawNode.Entry, _ new: DataTree.Value, as target: Target)
    throws(NotEditable)
  {
    let node = entry.value
    let only = new.items.count == 1 ? new.items[0] : nil
    switch (node.content, only) {
    case (.sequence(let items), _):
      // A list without items says what a list with an empty one says.
      if items.isEmpty, let only, !only.isGiven { return }
      try list(node, new.items, isRecords: true, as: target)
    case (.absent, let vendor?): try create(vendor, at: node, as: target)
    case (.mapping, let vendor?): try record(node, vendor.members, as: target.item(1))
    case (.scalar, let vendor?): try leave(node, vendor, path: target.path)
    case (.scalar, nil): throw NotEditable()
    case (.absent, nil), (.mapping([]), nil):
      rename(entry)
      try create(new, at: node, as: target)
    case (.mapping, nil):
      rename(entry)
      let pieces = try pieces([node], new.items, areRecords: true, as: target)
      if node.isFlow {
        try wrapFlow(node, pieces, of: target.field)
      } else {
        try wrapBlock(node, pieces, of: target.field)
      }
    }
  }

  private mutating func rename(_ entry: RawNode.Entry) {
    guard entry.key != ContractFile.vendorsKey else { return }
    replace(entry.keySpan, with: style.key(ContractFile.vendorsKey))
  }

  /// Makes a record an item of a list, among others.
  private mutating func wrapBlock(
    _ node: RawNode,
    _ pieces: [ListPiece],
    of id: Field.ID
  ) throws(NotEditable) {
    let column = source.column(node.span.lowerBound)
    let start = source.lineStart(node.span.lowerBound)
    let region = start..<source.lineEnd(source.contentEnd(node))
    guard node.span.lowerBound - start == column,
      source.indentation(ofLineAt: start) == column
    else { throw NotEditable() }
    var lines: [[UInt8]] = []
    for piece in pieces {
      switch piece {
      case .new(let value): lines += block.item(value, of: id, column: column)
      case .old(_, let inner):
        let text = try inner.applied(to: source.text, in: region)
        let moved = text.lines.map { $0.indented(by: style.itemIndent) }
        lines += [moved[0].withDash(at: column)] + moved.dropFirst()
      }
    }
    replace(region, with: lines.joined(by: "\n"))
  }

  private mutating func wrapFlow(
    _ node: RawNode,
    _ pieces: [ListPiece],
    of id: Field.ID
  ) throws(NotEditable) {
    let indentation = source.indentation(at: node.span.lowerBound)
    var items: [[UInt8]] = []
    for piece in pieces {
      switch piece {
      case .new(let value):
        items.append(flow.value(value, of: id, indentation: indentation + style.step))
      case .old(_, let inner):
        let lines = try inner.applied(to: source.text, in: node.span).lines
        let step = style.isMultiline ? style.step : 0
        items.append(lines[0] + lines.dropFirst().map { $0.indented(by: step) }.asLinesBelow)
      }
    }
    replace(node.span, with: flow.list(items, indentation: indentation))
  }
}

extension [UInt8] {
  fileprivate func withDash(at column: Int) -> [UInt8] {
    var line = self
    if line.indices.contains(column) { line[column] = UInt8(ascii: "-") }
    return line
  }
}
