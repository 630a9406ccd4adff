import AnnexImport

/// The rows of units that stand together.
struct ComparisonRows {
  typealias Line = ComparisonTable.Line
  typealias Piece = ComparisonTable.Piece

  let style: ComparisonStyle
  let isComplete: Bool
  private(set) var lines: [ComparisonTable.LinePair] = []
  /// The numbers of articles that stand before their first paragraph, which has none.
  private var oldLabel: Scalars?
  private var newLabel: Scalars?
  /// Whether the parts are those of a unit that was added or removed as a whole: that is said once, above it all.
  private var isWhole = false

  init(style: ComparisonStyle, isComplete: Bool) {
    self.style = style
    self.isComplete = isComplete
  }

  /// Units side by side; what of them has not changed is left out.
  mutating func add(_ pairs: [UnitPair], indent: Int = 0) {
    var unchanged: [UnitPair] = []
    for pair in pairs {
      let isShort = !isComplete && (pair.isUnchanged || pair.isOnlyRenumbered)
      if !isShort
        || unchanged.last.map({
          oldLabel != nil || newLabel != nil || $0.change != pair.change
        }) ?? false
      {
        leaveOut(unchanged, indent)
        unchanged = []
      }
      if isShort { unchanged.append(pair) } else { add(pair, indent) }
    }
    leaveOut(unchanged, indent)
  }

  private mutating func add(_ pair: UnitPair, _ indent: Int) {
    // A unit that has only moved is known by its number.
    if !isComplete, pair.isMoved, pair.change == .same || pair.change == .renumbered {
      return leaveOut([pair], indent)
    }
    let first = lines.count
    lines += ownLines(pair, indent)
    let wasWhole = isWhole
    isWhole = pair.old == nil || pair.new == nil
    for part in runs(pair.parts) {
      add(part, indent: indent + (part[0].isIndented(in: pair) ? 1 : 0))
    }
    isWhole = wasWhole
    guard first < lines.count, !isWhole else { return }
    switch pair.change {
    case .added: lines[first].old = note(style.added, indent)
    case .removed: lines[first].new = note(style.removed, indent)
    case .same, .renumbered, .reworded: break
    }
  }

  /// Neighbours with the same indent.
  private func runs(_ pairs: [UnitPair]) -> [[UnitPair]] {
    pairs.reduce(into: []) { runs, pair in
      if let last = runs.last?.last, last.hasOwnIndent == pair.hasOwnIndent {
        runs[runs.count - 1].append(pair)
      } else {
        runs.append([pair])
      }
    }
  }

  private func note(_ words: String, _ indent: Int) -> Line {
    Line(indent: indent, pieces: [], note: words)
  }

  // MARK: A unit's own words

  private mutating func ownLines(_ pair: UnitPair, _ indent: Int) -> [ComparisonTable.LinePair] {
    let labels = labels(of: pair)
    let captions = pieces(pair.old?.caption, pair.new?.caption)
    let words = pieces(pair.old?.words, pair.new?.words)
    let old = pair.old.map {
      Self.lines($0, labels.old, captions.old, words.old, indent)
    }
    let new = pair.new.map {
      Self.lines($0, labels.new, captions.new, words.new, indent)
    }
    return [
      ComparisonTable.LinePair(new: new?.caption, old: old?.caption),
      ComparisonTable.LinePair(new: new?.words, old: old?.words),
    ].filter { $0.new != nil || $0.old != nil }
  }

  private static func lines(
    _ unit: TextUnit,
    _ label: Piece?,
    _ caption: [Piece],
    _ words: [Piece],
    _ indent: Int
  ) -> (caption: Line?, words: Line?) {
    let hasOwnLine = unit.isCaptionFirst && !caption.isEmpty
    let behind = hasOwnLine ? [] : caption
    let head = (label.map { [$0] } ?? []) + behind
    let isGapMarked = head.last?.isMarked ?? false && words.first?.isMarked ?? false
    let gap = head.isEmpty || words.isEmpty ? [] : [Piece(text: "　", isMarked: isGapMarked)]
    let line = head + gap + words
    return (
      hasOwnLine ? Line(indent: indent, pieces: caption) : nil,
      line.isEmpty ? nil : Line(indent: indent, pieces: line)
    )
  }

  private func pieces(_ old: Scalars?, _ new: Scalars?) -> (old: [Piece], new: [Piece]) {
    let stretches = WordDifference(old ?? [], new ?? []).stretches
    let pieces = { (text: KeyPath<WordDifference.Stretch, Scalars>) in
      stretches.map { Piece(text: $0[keyPath: text].string, isMarked: !$0.isSame) }
        .filter { !$0.text.isEmpty }
    }
    return (pieces(\.old), pieces(\.new))
  }

  // MARK: Numbers

  /// What stands before the words on either side, marked where the two are not the same.
  private mutating func labels(of pair: UnitPair, hasWords: Bool = true) -> (
    old: Piece?, new: Piece?
  ) {
    let old = pair.old.flatMap { Self.label(of: $0, &oldLabel, hasWords) }
    let new = pair.new.flatMap { Self.label(of: $0, &newLabel, hasWords) }
    let isMarked = old != new || pair.isMoved || pair.old == nil || pair.new == nil
    let piece = { (label: Scalars) in Piece(text: label.string, isMarked: isMarked) }
    return (old.map(piece), new.map(piece))
  }

  /// `hasWords`: whether its words will follow, of which a first paragraph takes an article's number.
  private static func label(of unit: TextUnit, _ waiting: inout Scalars?, _ hasWords: Bool)
    -> Scalars?
  {
    if unit.kind == .paragraph, unit.label.isEmpty, let label = waiting {
      waiting = nil
      return label
    }
    let label = unit.label.compact
    if hasWords, unit.kind == .article, unit.isCaptionFirst || unit.caption.isEmpty,
      unit.words.isEmpty,
      let first = unit.parts.first, first.kind == .paragraph, first.label.isEmpty,
      first.caption.isEmpty
    {
      waiting = label
      return nil
    }
    return label.isEmpty ? nil : label
  }

  // MARK: What is left out

  /// 「２～４　（略）」.
  private mutating func leaveOut(_ pairs: [UnitPair], _ indent: Int) {
    guard let first = pairs.first else { return }
    if pairs.count == 1, first.old?.kind == .article, first.new?.kind == .article,
      first.old?.isCaptionFirst == true, first.old?.caption.isEmpty == false
    {
      let caption = pieces(first.old?.caption, first.new?.caption)
      lines.append(
        ComparisonTable.LinePair(
          new: Line(indent: indent, pieces: caption.new),
          old: Line(indent: indent, pieces: caption.old)
        )
      )
    }
    var numbers: [(old: Piece?, new: Piece?)] = []
    for pair in pairs { numbers.append(labels(of: pair, hasWords: false)) }
    lines.append(
      ComparisonTable.LinePair(
        new: left(out: numbers.map { $0.new }, indent),
        old: left(out: numbers.map { $0.old }, indent)
      )
    )
  }

  private func left(out labels: [Piece?], _ indent: Int) -> Line {
    let labels = labels.compactMap(\.self)
    let join = labels.count > 2 ? "～" : "・"
    let ends = labels.count > 2 ? [labels[0], labels[labels.count - 1]] : labels
    var pieces: [Piece] = []
    for label in ends {
      if !pieces.isEmpty { pieces.append(Piece(text: join, isMarked: label.isMarked)) }
      pieces.append(label)
    }
    if !pieces.isEmpty { pieces.append(Piece(text: "　", isMarked: false)) }
    return Line(indent: indent, pieces: pieces, note: style.same)
  }
}

extension UnitPair {
  /// Items and what has no number stand farther in than what they belong to.
  fileprivate var hasOwnIndent: Bool {
    switch (new ?? old)?.kind {
    case .item, .text, .note, .row: true
    case .title, .heading, .preamble, .division, .article, .paragraph, .supplement, .appendix, nil:
      false
    }
  }

  fileprivate func isIndented(in outer: UnitPair) -> Bool {
    hasOwnIndent && (outer.new ?? outer.old)?.kind != .appendix
  }
}
