import AnnexImport

/// Finds which unit of an old text has become which of a new one: by captions and words, wherever they stand and whatever their
/// numbers.
package enum UnitAlignment {
  package static func pairs(_ old: [TextUnit], _ new: [TextUnit]) -> [UnitPair] {
    if old.isEmpty { return new.map(UnitPair.added) }
    if new.isEmpty { return old.map(UnitPair.removed) }
    var matching = Matching(old.map(UnitSignature.init), new.map(UnitSignature.init))
    matching.matchEqual()
    matching.matchSimilar()
    matching.matchNeighbours()
    return pairs(old, new, matching)
  }

  private static func pairs(_ old: [TextUnit], _ new: [TextUnit], _ matching: Matching)
    -> [UnitPair]
  {
    let moved = matching.moved
    // A removed unit stands behind the one that it stood behind, if that one has stayed.
    var removed: [Int: [UnitPair]] = [:]
    var place = -1
    for index in old.indices {
      if let partner = matching.newOf[index] {
        if !moved.contains(index) { place = partner }
      } else {
        removed[place, default: []].append(.removed(old[index]))
      }
    }
    return (removed[-1] ?? [])
      + new.indices.flatMap { index -> [UnitPair] in
        let pair =
          matching.oldOf[index].map { partner in
            UnitPair.both(old[partner], new[index], isMoved: moved.contains(partner))
          } ?? .added(new[index])
        return [pair] + (removed[index] ?? [])
      }
  }
}

/// Which units of the two texts belong together, by their places.
private struct Matching {
  let old: [UnitSignature]
  let new: [UnitSignature]
  private(set) var newOf: [Int?]
  private(set) var oldOf: [Int?]

  init(_ old: [UnitSignature], _ new: [UnitSignature]) {
    self.old = old
    self.new = new
    newOf = Array(repeating: nil, count: old.count)
    oldOf = Array(repeating: nil, count: new.count)
  }

  private mutating func match(_ i: Int, _ j: Int) {
    newOf[i] = j
    oldOf[j] = i
  }

  /// Those with the same words: first in order, then wherever they stand.
  mutating func matchEqual() {
    for (i, j) in commonSubsequence(old, new, weight: { $0.weight }, isSame: { $0.isEqual(to: $1) })
    {
      match(i, j)
    }
    for j in new.indices where oldOf[j] == nil {
      let equal = old.indices.filter { newOf[$0] == nil && old[$0].isEqual(to: new[j]) }
      // Of several, the one with the same number.
      if let i = equal.first(where: { old[$0].label == new[j].label }) ?? equal.first {
        match(i, j)
      }
    }
  }

  /// Those that are alike, the likest first.
  mutating func matchSimilar() {
    var candidates: [(score: Double, distance: Int, i: Int, j: Int)] = []
    for i in old.indices where newOf[i] == nil {
      for j in new.indices where oldOf[j] == nil {
        let score = old[i].likeness(to: new[j])
        if score >= UnitSignature.enough { candidates.append((score, abs(i - j), i, j)) }
      }
    }
    candidates.sort {
      ($1.score, $0.distance, $0.i, $0.j) < ($0.score, $1.distance, $1.i, $1.j)
    }
    for (_, _, i, j) in candidates where newOf[i] == nil && oldOf[j] == nil { match(i, j) }
  }

  /// What is left between the same neighbours: with the same number, or alone, a little likeness is enough.
  mutating func matchNeighbours() {
    var i = 0
    while i < old.count {
      guard newOf[i] == nil else {
        i += 1
        continue
      }
      var end = i
      while end < old.count, newOf[end] == nil { end += 1 }
      let first = i == 0 ? 0 : (newOf[i - 1] ?? 0) + 1
      let last = end == old.count ? new.count : newOf[end] ?? new.count
      if first < last {
        let left = (first..<last).filter { oldOf[$0] == nil }
        for k in i..<end {
          let isAlone = end - i == 1 && left.count == 1
          if let j = left.first(where: {
            oldOf[$0] == nil && (isAlone || old[k].label == new[$0].label)
              && old[k].likeness(to: new[$0]) >= UnitSignature.little
          }) {
            match(k, j)
          }
        }
      }
      i = end
    }
  }

  /// Old units that stand in another order than the most of the text does.
  var moved: Set<Int> {
    let matched = newOf.indices.filter { newOf[$0] != nil }
    var best = matched.map { old[$0].weight }
    var previous: [Int?] = matched.map { _ in nil }
    for here in matched.indices {
      for before in 0..<here
      where newOf[matched[before]] ?? 0 < newOf[matched[here]] ?? 0
        && best[before] + old[matched[here]].weight > best[here]
      {
        best[here] = best[before] + old[matched[here]].weight
        previous[here] = before
      }
    }
    var moved = Set(matched)
    var next = best.indices.max { best[$0] < best[$1] }
    while let here = next {
      moved.remove(matched[here])
      next = previous[here]
    }
    return moved
  }
}
