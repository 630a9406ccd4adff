import DataFiles
import Diagnostics
import TemplateRuntime

/// The vendor, who becomes a list where there are several.
extension EditPlan {
  mutating func vendors(
    _ entry: RawNode.Entry,
    _ new: DataTree.Value,
    of id: Field.ID,
    in place: Place,
    path: String
  ) throws(NotEditable) {
    let node = entry.value
    switch node.content {
    case .sequence:
      // A list without items says what a list with an empty one says.
      if case .sequence(let items) = node.content, items.isEmpty, new.items.count == 1,
        !new.items[0].isGiven
      {
        return
      }
      try list(node, new.items, of: id, isRecords: true, in: place, path: path)
    case .absent:
      guard new.items.count != 1 else {
        return try create(new.items[0], at: node, of: id, in: place)
      }
      rename(entry)
      try create(new, at: node, of: id, in: place)
    case .mapping(let entries):
      if new.items.count == 1 {
        return try record(node, new.items[0].members, of: id, in: place, path: path + "/1")
      }
      rename(entry)
      if entries.isEmpty { return try create(new, at: node, of: id, in: place) }
      try wrap(node, new.items, of: id, in: place, path: path)
    case .scalar:
      guard new.items.count == 1 else { throw NotEditable() }
      try leave(node, new.items[0], path: path)
    }
  }

  private mutating func rename(_ entry: RawNode.Entry) {
    guard entry.key != Binder.vendorsKey else { return }
    let name =
      source.format == .json
      ? JSONValue.string(Binder.vendorsKey).bytes : YAMLText.key(Binder.vendorsKey)
    edits.append(Edit(range: entry.keySpan, text: name))
  }

  /// Makes a record an item of a list, among others.
  private mutating func wrap(
    _ node: RawNode,
    _ new: [DataTree.Value],
    of id: Field.ID,
    in place: Place,
    path: String
  ) throws(NotEditable) {
    var reading = TreeReading(binder)
    let old = [reading.item(node, of: id, isRecord: true)]
    let match = ItemMatching.matches(old, new).firstIndex { $0 != nil }
    let outer = edits
    edits = []
    if let match {
      try record(node, new[match].members, of: id, in: place, path: path + "/\(match + 1)")
    }
    let inner = edits
    edits = outer
    if node.isFlow {
      try wrapFlow(node, new, match, inner, of: id)
    } else {
      try wrapBlock(node, new, match, inner, of: id)
    }
  }

  private mutating func wrapBlock(
    _ node: RawNode,
    _ new: [DataTree.Value],
    _ match: Int?,
    _ inner: [Edit],
    of id: Field.ID
  ) throws(NotEditable) {
    let column = source.column(node.span.lowerBound)
    let start = source.lineStart(node.span.lowerBound)
    let region = start..<source.lineEnd(source.contentEnd(node))
    guard node.span.lowerBound - start == column,
      source.indentation(ofLineAt: start) == column
    else { throw NotEditable() }
    var lines: [[UInt8]] = []
    for (index, value) in new.enumerated() {
      guard index == match else {
        lines += block.item(value, of: id, column: column)
        continue
      }
      let text = try inner.applied(to: source.text, in: region)
      let moved = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { Array($0).indented(by: style.itemIndent) }
      for (number, line) in moved.enumerated() {
        lines.append(number == 0 ? line.withDash(at: column) : line)
      }
    }
    edits.append(Edit(range: region, text: lines.joined(by: "\n")))
  }

  private mutating func wrapFlow(
    _ node: RawNode,
    _ new: [DataTree.Value],
    _ match: Int?,
    _ inner: [Edit],
    of id: Field.ID
  ) throws(NotEditable) {
    let isWide = source.format == .json && style.isMultiline
    let indentation = source.indentation(ofLineAt: source.lineStart(node.span.lowerBound))
    let deeper = indentation + style.step
    let json = JSONText(binder: binder, style: style)
    var items: [[UInt8]] = []
    for (index, value) in new.enumerated() {
      if index != match {
        items.append(
          source.format == .json
            ? json.value(value, of: id, indentation: isWide ? deeper : 0)
            : block.flow(value, of: id)
        )
        continue
      }
      let text = try inner.applied(to: source.text, in: node.span)
      guard isWide else {
        items.append(text)
        continue
      }
      let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      let moved = lines.prefix(1) + lines.dropFirst().map { $0.indented(by: style.step) }
      items.append(Array(moved.joined(separator: [0x0A])))
    }
    let separator = source.format == .json ? json.separator(indentation: deeper) : ", ".bytes
    let content = Array(items.joined(separator: separator))
    var text = "[".bytes
    if isWide { text += [0x0A] + .spaces(deeper) }
    text += content
    if isWide { text += [0x0A] + .spaces(indentation) }
    text += "]".bytes
    edits.append(Edit(range: node.span, text: text))
  }
}

extension [UInt8] {
  fileprivate func withDash(at column: Int) -> [UInt8] {
    var line = self
    if line.indices.contains(column) { line[column] = UInt8(ascii: "-") }
    return line
  }
}
