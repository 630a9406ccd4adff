import Records

/// Which items of a list are which of the list before, so that they keep their places' comments and what is no field.
///
/// That is derived from their values. Equal items are the same, wherever they stand. One that was changed still has
/// most of its values, and one that no other item has, or it stands where it stood, behind the same item as before.
enum ItemMatching {
  /// For each item of `new`, the one of `old` that it was, each at most once.
  static func matches(_ old: [DataTree.Value], _ new: [DataTree.Value]) -> [Int?] {
    let old = old.map(\.given)
    let new = new.map(\.given)
    // Values without names have nothing but their text: as many as before, and not the same ones, have been written over.
    if old.count == new.count, new.allSatisfy(\.isValue), old.allSatisfy(\.isValue),
      !old.isPermuted(to: new)
    {
      return new.indices.map(Optional.some)
    }
    var matching = Matching(old: old, new: new)
    matching.matchEnds()
    matching.matchEqual()
    matching.matchLikely()
    matching.matchNeighbours()
    matching.matchRest()
    return matching.matches
  }

  private struct Matching {
    let old: [DataTree.Value]
    let new: [DataTree.Value]
    private(set) var matches: [Int?]
    private var isTaken: [Bool]

    init(old: [DataTree.Value], new: [DataTree.Value]) {
      self.old = old
      self.new = new
      matches = Array(repeating: nil, count: new.count)
      isTaken = Array(repeating: false, count: old.count)
    }

    private mutating func match(_ index: Int, _ other: Int) {
      matches[index] = other
      isTaken[other] = true
    }

    mutating func matchEnds() {
      let start = zip(old, new).prefix { $0 == $1 }.count
      for index in 0..<start { match(index, index) }
      let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
        .prefix { $0 == $1 }.count
      for index in 0..<end { match(new.count - 1 - index, old.count - 1 - index) }
    }

    mutating func matchEqual() {
      var places: [DataTree.Value: ArraySlice<Int>] = [:]
      for (index, value) in old.enumerated() where !isTaken[index] {
        places[value, default: []].append(index)
      }
      for index in new.indices where matches[index] == nil {
        if let place = places[new[index]]?.popFirst() { match(index, place) }
      }
    }

    /// Only so far as that takes no time to speak of.
    mutating func matchLikely() {
      let open = new.indices.filter { matches[$0] == nil && new[$0].isGiven }
      let left = old.indices.filter { !isTaken[$0] && old[$0].isGiven }
      guard !open.isEmpty, !left.isEmpty, open.count * left.count <= 100_000 else { return }
      let texts = (old: old.map { Set($0.texts) }, new: new.map { Set($0.texts) })
      let unique = (old: Self.unique(in: texts.old), new: Self.unique(in: texts.new))
      for index in open {
        var best: (place: Int, count: Int)?
        for place in left where !isTaken[place] {
          guard !unique.new[index].isDisjoint(with: unique.old[place]) else { continue }
          let count = texts.new[index].intersection(texts.old[place]).count
          let least = min(texts.new[index].count, texts.old[place].count)
          if count * 2 >= least, count > best?.count ?? 0 { best = (place, count) }
        }
        if let best { match(index, best.place) }
      }
    }

    mutating func matchNeighbours() {
      for index in new.indices where matches[index] == nil && new[index].isGiven {
        let place = index == 0 ? 0 : matches[index - 1].map { $0 + 1 }
        guard let place, old.indices.contains(place), !isTaken[place],
          Self.canBeChanged(old[place], to: new[index])
        else { continue }
        match(index, place)
      }
    }

    /// Whether they have half of the texts in common that both could have, or too few to decide.
    private static func canBeChanged(_ old: DataTree.Value, to new: DataTree.Value) -> Bool {
      let (a, b) = (Set(old.texts), Set(new.texts))
      let least = min(a.count, b.count)
      return least <= 1 || a.intersection(b).count * 2 >= least
    }

    /// Empty items are there to be filled in, and what was emptied is still there; and where as many items are left as are new, one
    /// may have been both moved and written over.
    mutating func matchRest() {
      let open = new.indices.filter { matches[$0] == nil }
      let left = old.indices.filter { !isTaken[$0] }
      for (index, place) in zip(open, left) {
        let isSame =
          !old[place].isGiven || !new[index].isGiven
          || open.count == left.count && Self.canBeChanged(old[place], to: new[index])
        if isSame { match(index, place) }
      }
    }

    /// The values of each item that none of the others has.
    private static func unique(in texts: [Set<DataTree.Member>]) -> [Set<DataTree.Member>] {
      var counts: [DataTree.Member: Int] = [:]
      for texts in texts { for text in texts { counts[text, default: 0] += 1 } }
      return texts.map { texts in texts.filter { counts[$0] == 1 } }
    }
  }
}

extension [DataTree.Value] {
  fileprivate func isPermuted(to other: [DataTree.Value]) -> Bool {
    func counts(_ values: [DataTree.Value]) -> [DataTree.Value: Int] {
      values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    return counts(self) == counts(other)
  }
}

extension DataTree.Value {
  fileprivate var isValue: Bool {
    switch self {
    case .absent, .text: true
    case .record, .list: false
    }
  }

  fileprivate var texts: [DataTree.Member] {
    switch self {
    case .absent, .text: []
    case .record(let members): members.flatMap { $0.value.texts(of: $0.field) }
    case .list(let items): items.flatMap(\.texts)
    }
  }

  private func texts(of field: Field.ID) -> [DataTree.Member] {
    switch self {
    case .text: [DataTree.Member(field, self)]
    case .list(let items): items.flatMap { $0.texts(of: field) }
    case .absent, .record: texts
    }
  }
}
