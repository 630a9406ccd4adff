import Records

/// The lines of a list in block style, item by item.
///
/// An item has the comments right above its dash, and those below it that stand deeper than the dash. What stands between two items
/// and belongs to neither follows the upper one.
struct BlockList {
  /// Of the dashes.
  let column: Int
  /// Whole lines, with the line feed at the end unless the file has none there.
  private(set) var items: [Range<Int>] = []
  /// The comments above each dash.
  private(set) var leads: [Range<Int>] = []
  private let source: DataSource

  init(_ node: RawNode, _ nodes: [RawNode], _ source: DataSource) throws(NotEditable) {
    self.source = source
    column = source.column(node.span.lowerBound)
    var end = 0
    for node in nodes {
      let dash = try dashLine(of: node, after: end)
      var start = dash
      while start > end {
        let above = source.lineStart(start - 1)
        guard source.isComment(lineAt: above), source.indentation(ofLineAt: above) <= column else {
          break
        }
        start = above
      }
      end = lineAfter(source.contentEnd(node))
      while end < source.text.count, source.isComment(lineAt: end),
        source.indentation(ofLineAt: end) > column
      {
        end = lineAfter(end)
      }
      items.append(start..<end)
      leads.append(start..<dash)
    }
  }

  /// All items, without the last line feed.
  var region: Range<Int> {
    guard let first = items.first, let last = items.last else { return 0..<0 }
    let isEnded = last.upperBound > 0 && source.text[last.upperBound - 1] == 0x0A
    return first.lowerBound..<(isEnded ? last.upperBound - 1 : last.upperBound)
  }

  /// Whether empty lines stand between most items.
  var isApart: Bool {
    let gaps = items.indices.dropLast().map { gap(after: $0) }
    return gaps.count { $0.first == 0x0A } * 2 > gaps.count
  }

  /// The lines that stand between an item and the next.
  func gap(after index: Int) -> [UInt8] {
    guard index + 1 < items.count else { return [] }
    return Array(source.text[items[index].upperBound..<items[index + 1].lowerBound])
  }

  /// The lines of a list with other items in another order.
  func rearranged(
    _ pieces: [ListPiece],
    new write: (DataTree.Value) -> [[UInt8]]
  ) throws(NotEditable) -> [UInt8] {
    let kept = Set(pieces.compactMap { if case .old(let index, _) = $0 { index } else { nil } })
    // Comments that belonged to no item outlive the item above them; so does what stands above all items.
    var remains: [[UInt8]] = Array(repeating: [], count: items.count + 1)
    var place = 0
    for index in items.indices {
      if kept.contains(index) {
        place = index + 1
      } else {
        if index == 0 { remains[0] += source.text[leads[0]] }
        remains[place] += gap(after: index).withoutEmptyLines
      }
    }
    let isApart = isApart
    var text = remains[0]
    for (number, piece) in pieces.enumerated() {
      let isLast = number == pieces.count - 1
      switch piece {
      case .old(let index, let edits):
        text += try edits.applied(to: source.text, in: items[index]).ended
        let gap = gap(after: index)
        if isLast {
          text += gap.withoutEmptyLines
        } else {
          text += gap.isEmpty && isApart ? [0x0A] : gap
        }
        text += remains[index + 1]
      case .new(let value):
        text += write(value).flatMap { $0 + [0x0A] }
        if isApart, !isLast { text.append(0x0A) }
      }
    }
    return text
  }

  private func lineAfter(_ offset: Int) -> Int {
    min(source.lineEnd(offset) + 1, source.text.count)
  }

  /// The line of a dash, which is the first thing in it.
  private func dashLine(of node: RawNode, after end: Int) throws(NotEditable) -> Int {
    var start = source.lineStart(node.span.lowerBound)
    while true {
      let line = source.text[start...]
      let isDash =
        source.indentation(ofLineAt: start) == column
        && line.dropFirst(column).first == UInt8(ascii: "-")
      if isDash { return start }
      guard start > end else { throw NotEditable() }
      start = source.lineStart(start - 1)
    }
  }
}

extension [UInt8] {
  /// With a line feed at the end.
  fileprivate var ended: [UInt8] { last == 0x0A || isEmpty ? self : self + [0x0A] }

  fileprivate var withoutEmptyLines: [UInt8] {
    split(separator: 0x0A).filter { line in !line.allSatisfy { $0 == 0x20 } }
      .flatMap { $0 + [0x0A] }
  }
}
