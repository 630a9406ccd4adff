import DataFiles
import Records

/// Edits of single values, and of what had none.
extension EditPlan {
  /// Changes, empties or fills in a value.
  mutating func value(_ node: RawNode, _ new: DataTree.Value, as target: Target)
    throws(NotEditable)
  {
    let text: [UInt8] = if case .text(let bytes) = new { bytes } else { [] }
    let type = binder.dictionary.fields[target.field].type
    let place = target.place
    switch node.content {
    case .absent:
      guard !text.isEmpty else { return }
      try fill(node, with: style.text(text, of: type, isFlow: place.isFlow), in: place)
    case .scalar(let scalar):
      guard scalar.bytes != text else { return }
      if text.isEmpty {
        empty(node, scalar.style, in: place)
      } else {
        let text = style.text(text, of: type, before: scalar, isFlow: place.isFlow)
        change(node, scalar.style, to: text, in: place)
      }
    case .sequence, .mapping: throw NotEditable()
    }
  }

  /// The lines of a block, each with the line feed before it.
  private func lines(_ block: [[UInt8]], in place: Place) -> [UInt8] {
    let step =
      switch place {
      case .key, .flow: style.step
      case .dash: style.itemIndent
      }
    return block.map { $0.indented(by: place.column + step) }.asLinesBelow
  }

  private mutating func change(
    _ node: RawNode,
    _ style: ScalarStyle,
    to text: ScalarText,
    in place: Place
  ) {
    let header = style.isBlock ? source.headerEnd(of: node) : node.span.upperBound
    replace(node.span.lowerBound..<header, with: text.inline)
    // What is written behind the value in its line stays there.
    let start = source.lineEnd(header)
    let end = style.isBlock ? max(start, source.contentEnd(node)) : start
    if start < end || !text.block.isEmpty {
      replace(start..<end, with: lines(text.block, in: place))
    }
  }

  /// Takes a value away; its key stays, as do quotes.
  private mutating func empty(_ node: RawNode, _ style: ScalarStyle, in place: Place) {
    switch (source.format, place, style) {
    case (.json, _, .plain): replace(node.span, with: "null".bytes)
    case (.json, _, _), (_, _, .doubleQuoted), (_, .flow, _):
      replace(node.span, with: "\"\"".bytes)
    case (_, _, .singleQuoted): replace(node.span, with: "''".bytes)
    case (_, _, .plain): replace(withSpaceBefore(node.span), with: [])
    case (_, _, .literal), (_, _, .folded): takeAway(block: node, for: [])
    }
  }

  private mutating func takeAway(block node: RawNode, for lines: [UInt8]) {
    let header = node.span.lowerBound..<source.headerEnd(of: node)
    replace(withSpaceBefore(header), with: [])
    let start = source.lineEnd(header.upperBound)
    replace(start..<max(start, source.contentEnd(node)), with: lines)
  }

  func withSpaceBefore(_ span: Range<Int>) -> Range<Int> {
    source.beforeSpace(span.lowerBound, lines: true)..<span.upperBound
  }

  /// Puts a value where there is none, or a word for none.
  private mutating func fill(
    _ node: RawNode,
    with text: ScalarText,
    in place: Place
  ) throws(NotEditable) {
    var inline = text.inline
    var range = node.span
    if node.span.isEmpty, node.span.lowerBound > 0 {
      if ![0x20, 0x0A].contains(source.text[node.span.lowerBound - 1]) { inline = [0x20] + inline }
      range = range.lowerBound..<range.lowerBound + spaces(behind: node, for: inline, in: place)
    }
    replace(range, with: inline)
    guard !text.block.isEmpty else { return }
    insert(lines(text.block, in: place), at: source.lineEnd(node.span.upperBound))
  }

  /// How many spaces a value may take up, so that a comment behind it stays in its column.
  private func spaces(behind node: RawNode, for text: [UInt8], in place: Place) -> Int {
    if place.isFlow { return 0 }
    let rest = source.text[node.span.upperBound..<source.lineEnd(node.span.upperBound)]
    let spaces = rest.prefix { $0 == 0x20 }.count
    guard spaces < rest.count else { return spaces }
    let width = String(decoding: text, as: UTF8.self).unicodeScalars
      .reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
    return max(0, min(spaces - 1, width))
  }

  /// A record or a list where there was none: in brackets within brackets, else in lines below the key.
  mutating func create(_ new: DataTree.Value, at node: RawNode, as target: Target)
    throws(NotEditable)
  {
    let id = target.field
    guard new.isGiven else {
      // A value in place of a list stands for an item even if it is empty.
      if case .scalar = node.content { replace(node.span, with: "[]".bytes) }
      return
    }
    switch target.place {
    case .flow:
      let indentation = source.indentation(at: node.span.lowerBound)
      let text = flow.value(new, of: id, indentation: indentation)
      try fill(node, with: ScalarText(inline: text), in: .flow)
    case .key(let column):
      let lines =
        switch new {
        case .list(let items): block.items(items, of: id, column: column + style.dashIndent)
        case .record(let members): block.members(members, column: column + style.step)
        case .absent, .text: throw NotEditable()
        }
      below(node, lines)
    case .dash(let column):
      let lines = block.item(new, of: id, column: column)
      let end = source.lineEnd(node.span.upperBound)
      if source.text[node.span.upperBound..<end].allSatisfy({ $0 == 0x20 }), let first = lines.first
      {
        let start = source.beforeSpace(node.span.lowerBound)
        replace(
          start..<end,
          with: first.dropFirst(column + 1) + Array(lines.dropFirst()).asLinesBelow
        )
      } else {
        below(node, block.members(new.members, column: column + style.itemIndent))
      }
    }
  }

  /// Lines below the one in which a node stands that says nothing, and is taken away.
  private mutating func below(_ node: RawNode, _ lines: [[UInt8]]) {
    if !node.span.isEmpty { replace(withSpaceBefore(node.span), with: []) }
    insert(lines.asLinesBelow, at: source.lineEnd(node.span.upperBound))
  }

  /// A list of values that was written as a single value.
  mutating func single(_ node: RawNode, _ new: [DataTree.Value], as target: Target)
    throws(NotEditable)
  {
    if new.count == 1 {
      if new[0].isGiven { return try value(node, new[0], as: target) }
      if case .scalar(let scalar) = node.content, scalar.bytes.isEmpty { return }
    }
    switch target.place {
    case .flow: try create(.list(new), at: node, as: target)
    case .key(let column):
      let lines = block.items(new, of: target.field, column: column + style.dashIndent)
      if case .scalar(let scalar) = node.content, scalar.style.isBlock {
        takeAway(block: node, for: lines.asLinesBelow)
      } else {
        below(node, lines)
      }
    case .dash: throw NotEditable()
    }
  }
}
