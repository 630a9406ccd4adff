import AnnexImport
package import Diagnostics

/// An edition's annex held against the official text: what of it is equal, and how the rest differs.
package struct TextProof: Sendable {
  /// Characters of the official text, white space and omitted lines aside.
  package let compared: Int
  /// Characters that would have to be changed, taken out or put in.
  package private(set) var differing = 0
  /// Characters of the same words in another width.
  package private(set) var differingInWidth = 0
  /// Of articles and what stands beside them.
  package private(set) var counts = Counts()
  /// Lines of the official text that were passed over: page numbers, running heads.
  package let omittedLines: [Int]
  package private(set) var diagnostics: [Diagnostic] = []

  private var firstWidth: FirstWidth?

  private struct FirstWidth {
    let name: String
    let official: (words: String, place: SourceLocation)
    let printed: String
    let place: SourceLocation
  }

  /// Each article counts once, as the first of these that it is.
  package struct Counts: Sendable {
    package var missing = 0
    package var added = 0
    package var reworded = 0
    package var moved = 0
    package var otherWidth = 0
    package var equal = 0
  }

  package init(official: ComparedText, edition: ComparedText) {
    let words = official.units.characters
    let isMarkCompared = !official.mark.isEmpty && !edition.mark.isEmpty
    compared = words.count
    omittedLines = official.omitted.filter { $0.text.compact != edition.mark }.map(\.number)
    if isMarkCompared, official.mark != edition.mark {
      compare(
        official.mark,
        edition.mark,
        name: "別記",
        official: SourceLocation(file: official.file),
        edition: SourceLocation(file: edition.file)
      )
    }
    // The same characters are the same text, wherever a reader puts the borders of its provisions.
    if words.narrowed == edition.units.characters.narrowed {
      addSameWords(official, edition)
    } else {
      for group in Self.groups(UnitAlignment.pairs(official.units, edition.units)) {
        add(group, at: edition.units.first?.location ?? SourceLocation(file: edition.file))
      }
    }
    if let firstWidth {
      diagnostics.append(
        .widthDiffers(
          firstWidth.name,
          differingInWidth,
          official: firstWidth.official,
          printed: firstWidth.printed,
          at: firstWidth.place
        )
      )
    }
  }

  /// Adds a text that differs in width at most, as the edition's provisions divide it.
  private mutating func addSameWords(_ official: ComparedText, _ edition: ComparedText) {
    var left = official.units.characters[...]
    var lines = official.units.map { ($0.characters.count, $0.location) }[...]
    var read = 0
    for unit in edition.units {
      let printed = unit.characters
      while let (count, _) = lines.first, read >= count {
        read -= count
        lines.removeFirst()
      }
      let before = differingInWidth
      compare(
        Scalars(left.prefix(printed.count)),
        printed,
        name: unit.name,
        official: lines.first?.1 ?? SourceLocation(file: official.file),
        edition: unit.location
      )
      if differingInWidth > before { counts.otherWidth += 1 } else { counts.equal += 1 }
      left.removeFirst(printed.count)
      read += printed.count
    }
  }

  // MARK: Kinds

  /// Pairs that are reported together: neighbours whose numbers have gone the same way.
  private static func groups(_ pairs: [UnitPair]) -> [[UnitPair]] {
    pairs.reduce(into: []) { groups, pair in
      if let last = groups.last?.last, last.isNumberedOtherwise, pair.isNumberedOtherwise {
        groups[groups.count - 1].append(pair)
      } else {
        groups.append([pair])
      }
    }
  }

  private mutating func add(_ group: [UnitPair], at top: SourceLocation) {
    if group.contains(where: \.isNumberedOtherwise) { diagnostics.append(.numberDiffers(group)) }
    for pair in group {
      let (before, width) = (differing, differingInWidth)
      addBestReading(of: pair, at: top)
      switch (pair.old, pair.new) {
      case (_, nil): counts.missing += 1
      case (nil, _): counts.added += 1
      case (_?, _?):
        if differing > before {
          counts.reworded += 1
        } else if pair.isNumberedOtherwise || pair.isMoved || pair.hasOtherOrder {
          counts.moved += 1
        } else if differingInWidth > width {
          counts.otherWidth += 1
        } else {
          counts.equal += 1
        }
      }
    }
  }

  /// Adds an article as it differs least: the edition's shape says whether a line without a number belongs to the words above it,
  /// and where the reader has found another shape, all of the words count as one.
  private mutating func addBestReading(of pair: UnitPair, at top: SourceLocation) {
    var best = self
    best.add(pair, at: top)
    if let old = pair.old, let new = pair.new, best.differing > differing {
      for reading in [old.joined, old.flat] where best.differing > differing {
        var other = self
        let printed = reading.parts.isEmpty ? new.flat : new
        other.add(.both(reading, printed, isMoved: pair.isMoved), at: top)
        if other.differing < best.differing { best = other }
      }
    }
    self = best
  }

  private mutating func add(_ pair: UnitPair, at top: SourceLocation) {
    switch (pair.old, pair.new) {
    case (let old?, nil):
      differing += old.characters.count
      diagnostics.append(.missing(old, at: top))
    case (nil, let new?):
      differing += new.characters.count
      diagnostics.append(.added(new))
    case (nil, nil): break
    case (let old?, let new?):
      if pair.isMoved { diagnostics.append(.moved(old, new)) }
      if old.hasOtherCaptionPlace(than: new) { diagnostics.append(.captionElsewhere(old, new)) }
      // Another number is reported with the neighbours', or with the other place.
      let isNumberReported = old.label.compact.narrowed != new.label.compact.narrowed
      for (a, b) in (isNumberReported ? [] : [(old.label, new.label)])
        + [(old.caption, new.caption), (old.words, new.words)]
      {
        compare(
          a.compact,
          b.compact,
          name: new.name,
          official: old.location,
          edition: new.location
        )
      }
      for group in Self.groups(pair.parts) {
        if group.contains(where: \.isNumberedOtherwise) {
          diagnostics.append(.numberDiffers(group))
        }
        for part in group { add(part, at: new.location) }
      }
    }
  }

  private mutating func compare(
    _ a: Scalars,
    _ b: Scalars,
    name: String,
    official: SourceLocation,
    edition: SourceLocation
  ) {
    guard a != b else { return }
    let (narrowA, narrowB) = (a.narrowed, b.narrowed)
    let distance = editDistance(narrowA, narrowB, swapsCountOnce: false)
    if distance == 0 {
      let at = zip(a, b).prefix { $0 == $1 }.count
      differingInWidth += zip(a, b).count { $0 != $1 }
      firstWidth =
        firstWidth
        ?? FirstWidth(
          name: name,
          official: (Self.excerpt(a, at), official),
          printed: Self.excerpt(b, at),
          place: edition
        )
      return
    }
    differing += distance
    let at = zip(narrowA, narrowB).prefix { $0 == $1 }.count
    diagnostics.append(
      .textDiffers(
        name,
        distance,
        official: (Self.excerpt(a, at), official),
        printed: Self.excerpt(b, at),
        at: edition
      )
    )
  }

  private static func excerpt(_ text: Scalars, _ index: Int) -> String {
    text[max(0, min(index, text.count) - 6)..<min(text.count, index + 6)].string
  }
}

extension UnitPair {
  /// Whether its number is another one, not only in another width, though it stands where it stood.
  var isNumberedOtherwise: Bool {
    guard let old, let new, !isMoved else { return false }
    return old.label.compact.narrowed != new.label.compact.narrowed
  }

  /// Whether something in it has another number or place.
  fileprivate var hasOtherOrder: Bool {
    guard let old, let new else { return false }
    return old.hasOtherCaptionPlace(than: new)
      || parts.contains { $0.isMoved || $0.isNumberedOtherwise || $0.hasOtherOrder }
  }
}

extension TextUnit {
  /// Whether one caption stands before a number and the other behind it.
  fileprivate func hasOtherCaptionPlace(than other: TextUnit) -> Bool {
    !label.isEmpty && !caption.isEmpty && isCaptionFirst != other.isCaptionFirst
  }

  /// With what has no number joined to the words that it stands behind.
  fileprivate var joined: TextUnit {
    var words = words
    var joined: [TextUnit] = []
    for part in parts.map(\.joined) {
      switch part.kind {
      case .text, .note, .row, .heading, .preamble:
        if let last = joined.popLast() {
          joined.append(last.followed(by: part.characters))
        } else {
          words += part.characters
        }
      case .title, .division, .article, .paragraph, .item, .supplement, .appendix:
        joined.append(part)
      }
    }
    return with(words: words, parts: joined)
  }

  private func followed(by more: Scalars) -> TextUnit {
    guard let last = parts.last else { return with(words: words + more, parts: []) }
    return with(words: words, parts: parts.dropLast() + [last.followed(by: more)])
  }

  /// With all words of its parts in its own.
  fileprivate var flat: TextUnit { with(words: words + parts.characters, parts: []) }

  private func with(words: Scalars, parts: [TextUnit]) -> TextUnit {
    TextUnit(
      kind: kind,
      id: id,
      name: name,
      label: label,
      caption: caption,
      isCaptionFirst: isCaptionFirst,
      words: words,
      parts: parts,
      location: location
    )
  }
}
