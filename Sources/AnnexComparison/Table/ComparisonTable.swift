import AnnexImport

/// 新旧対照表: what two texts differ in, side by side.
package struct ComparisonTable: Sendable {
  package let title: String
  package let style: ComparisonStyle
  package let groups: [Group]

  /// Lines that stand together: of an article, or of neighbours that have other numbers and nothing else.
  package struct Group: Sendable {
    package let kind: Kind
    /// The units, outermost only: one, or neighbours with other numbers.
    package let pairs: [UnitPair]
    package let lines: [LinePair]

    package enum Kind: String, Sendable {
      case reworded, added, removed, moved, renumbered
    }
  }

  /// A line of the new text and one of the old that stand in one row.
  package struct LinePair: Sendable {
    package var new: Line?
    package var old: Line?
  }

  package struct Line: Sendable {
    /// In characters.
    package let indent: Int
    package let pieces: [Piece]
    /// Words that no text has: （新設）, （略）.
    package let note: String

    /// Pieces of one kind that follow one another become one.
    init(indent: Int, pieces: [Piece], note: String = "") {
      self.indent = indent
      self.note = note
      self.pieces = pieces.reduce(into: []) { pieces, piece in
        if let last = pieces.last, last.isMarked == piece.isMarked {
          pieces[pieces.count - 1] = Piece(text: last.text + piece.text, isMarked: last.isMarked)
        } else {
          pieces.append(piece)
        }
      }
    }
  }

  package struct Piece: Sendable, Equatable {
    package let text: String
    /// Whether the other side has something else here.
    package let isMarked: Bool
  }

  /// `isComplete`: with all that has not changed, too.
  package init(
    _ pairs: [UnitPair],
    title: String,
    style: ComparisonStyle,
    isComplete: Bool = false
  ) {
    self.title = title
    self.style = style
    var groups: [[UnitPair]] = []
    for pair in pairs where isComplete || !pair.isUnchanged {
      if !isComplete, let last = groups.last?.last, last.isOnlyRenumbered, pair.isOnlyRenumbered {
        groups[groups.count - 1].append(pair)
      } else {
        groups.append([pair])
      }
    }
    self.groups = groups.map { pairs in
      var rows = ComparisonRows(style: style, isComplete: isComplete)
      rows.add(pairs)
      return Group(kind: Group.Kind(pairs[0]), pairs: pairs, lines: rows.lines)
    }
  }
}

extension ComparisonTable.Group.Kind {
  fileprivate init(_ pair: UnitPair) {
    self =
      switch pair.change {
      case .reworded: .reworded
      case .added: .added
      case .removed: .removed
      case .renumbered, .same: pair.isMoved ? .moved : .renumbered
      }
  }

  /// For the column of remarks.
  package var words: String {
    switch self {
    case .reworded: "改正"
    case .added: "新設"
    case .removed: "削除"
    case .moved: "移動"
    case .renumbered: "条ずれ"
    }
  }
}

extension ComparisonTable.Group {
  /// 第６条, or the first and the last of several; empty on a side that has none.
  package var names: (old: String, new: String) {
    let ends = pairs.count > 1 ? [pairs[0], pairs[pairs.count - 1]] : [pairs[0]]
    return (
      ends.compactMap(\.old?.calledName).joined(separator: "～"),
      ends.compactMap(\.new?.calledName).joined(separator: "～")
    )
  }

  /// What is linked to; the number of the group is for one that no id names.
  package func anchor(_ number: Int) -> String {
    if let id = pairs[0].new?.id { return "new-" + id }
    if let id = pairs[0].old?.id { return "old-" + id }
    return "row-\(number + 1)"
  }
}

extension UnitPair {
  var isOnlyRenumbered: Bool { change == .renumbered && !isMoved }
}

extension TextUnit {
  /// What it is called, or by what words it begins.
  fileprivate var calledName: String {
    if kind == .title { return "題名" }
    return name.isEmpty ? "「\(characters.prefix(12).string)」" : name
  }
}
