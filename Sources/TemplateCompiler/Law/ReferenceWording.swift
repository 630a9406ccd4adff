import TemplateRuntime

/// A stretch of a reference's words, with what it names; nil for what joins names.
struct ReferencePiece: Sendable {
  var words: String
  let target: Address?
}

/// Words what a reference points to, as drafting practice has it: by the nearest form.
///
/// What a name shares with the place of the reference is left out, first the annex. What follows is 同条 where the reference before named it;
/// 前条 or 次条 where it stands beside the place; else its number. この条 is what the place itself is part of. All that stands right before
/// the place is 前２項, or 前各項 from four on; all that there is, 前条各項.
struct ReferenceWording {
  let numbered: NumberedAnnex
  /// Where the reference stands; nil: outside of the annex.
  let place: Int?
  /// What all that stands there is part of.
  private let surroundings: ProvisionName
  /// The name that the reference before ended with, where no other law was cited since.
  var named: ProvisionName = []
  /// By number: without 前, 同 and 各.
  var isByNumber = false

  init(_ numbered: NumberedAnnex, from place: Int) {
    self.numbered = numbered
    self.place = place
    surroundings = numbered.chain(to: place, throughChapters: false).map(NameStep.provision)
  }

  /// From outside of the annexes; `leavingOut`: the annex or provision that was named right before.
  init(_ numbered: NumberedAnnex, leavingOut provision: Int? = nil) {
    self.numbered = numbered
    place = nil
    surroundings = provision.map { numbered.chain(to: $0).map(NameStep.provision) } ?? []
  }

  func pieces(_ target: ReferredTo, joint: Reference.Joint? = nil) -> [ReferencePiece] {
    if target.spans.count == 1, let span = target.spans.first, let last = span.last {
      return range(span.first, last, joint: joint)
    }
    // Two neighbours are no range: 第１項、第２項及び第５項.
    let spans = target.spans.flatMap { span -> [ReferredTo.Span] in
      guard let last = span.last, numbered.areNeighbours(span.first.index, last.index),
        numbered.isWithinOne(span.first, last)
      else { return [span] }
      return [.init(span.first), .init(last)]
    }
    return list(spans.map { Named($0, numbered) }, joint: joint ?? .and)
  }

  // MARK: One name

  /// What the place is part of, as far as a name goes through it.
  private func own(_ name: ProvisionName) -> ProvisionName {
    guard let place, name.contains(where: { $0.index.map(numbered.isChapter) ?? false }) else {
      return surroundings
    }
    return numbered.chain(to: place, throughChapters: true).map(NameStep.provision)
  }

  private func shared(_ name: ProvisionName) -> Int { name.shared(with: own(name)).count }

  /// The beginning of a name from `depth` on, at most to `end`, and where the rest goes on.
  private func opening(
    _ name: ProvisionName,
    from depth: Int,
    to end: Int,
    isFirst: Bool
  ) -> (words: String, next: Int) {
    let shared = self.shared(name)
    if shared > depth, !isFirst {
      // 第３条第２項及びこの条第１項: without the number it would be read as the third's.
      guard !isByNumber, let words = around(name[shared - 1]), !words.isEmpty else {
        return (cites(name[depth..<end]), end)
      }
      return (words, shared)
    }
    guard shared < name.count else { return (around(name.last) ?? "", name.count) }
    if shared >= end { return ("", shared) }
    if shared > depth { return opening(name, from: shared, to: end, isFirst: true) }
    let step = name[depth]
    guard let index = step.index else { return (cites([step]), depth + 1) }
    if !isByNumber {
      if isFirst, let taken = takenUp(name, from: depth, to: end) { return taken }
      if let word = neighbour(index, at: depth, of: name) { return (word, depth + 1) }
    }
    let provision = numbered.provisions[index].provision
    if provision.kind == .table, let place { return (index > place ? "次の表" : "前の表", depth + 1) }
    // 附則 calls its own articles 附則第２条.
    if depth > 0, let outer = name[depth - 1].index,
      numbered.provisions[outer].provision.kind == .supplement
    {
      return (cites(name[(depth - 1)...depth]), depth + 1)
    }
    return (cites([step]), depth + 1)
  }

  /// 同条, 同項: the deepest step that was named last.
  private func takenUp(_ name: ProvisionName, from depth: Int, to end: Int) -> (String, Int)? {
    let common = min(name.shared(with: named).count, end)
    for step in (depth..<max(common, depth)).reversed() {
      if let unit = unit(name[step]) { return ("同" + unit, step + 1) }
    }
    return nil
  }

  /// この条, of what the place is part of.
  private func around(_ step: NameStep?) -> String? {
    guard let step else { return nil }
    if !isByNumber, place != nil, let unit = unit(step) { return "この" + unit }
    return cites([step])
  }

  /// 前項, 次項.
  private func neighbour(_ index: Int, at depth: Int, of name: ProvisionName) -> String? {
    guard let place = beside(name, at: depth), let unit = unit(name[depth]) else { return nil }
    return switch numbered.provisions[index].position - numbered.provisions[place].position {
    case -1: "前" + unit
    case 1: "次" + unit
    case _: nil
    }
  }

  /// What of the same kind the place is part of, beside a step of a name.
  private func beside(_ name: ProvisionName, at depth: Int) -> Int? {
    let own = own(name)
    guard place != nil, depth < own.count, let beside = own[depth].index,
      let index = name[depth].index, numbered.areOfOneKind(index, beside)
    else { return nil }
    return beside
  }

  /// 条, 項, 号; nil for what is named by its number alone.
  private func unit(_ step: NameStep) -> String? {
    guard let index = step.index, let unit = numbered.provisions[index].level?.unit, !unit.isEmpty
    else { return nil }
    return unit
  }

  private func cites(_ steps: some Sequence<NameStep>) -> String {
    numbered.words(of: steps, inForm: place == nil)
  }

  /// What a name goes on with.
  private func rest(_ steps: some Sequence<NameStep>) -> String {
    numbered.words(of: steps, behindName: true)
  }

  // MARK: Several

  private struct Named {
    let target: Address
    let name: ProvisionName
    /// Of a range.
    let last: (target: Address, name: ProvisionName)?

    init(_ span: ReferredTo.Span, _ numbered: NumberedAnnex) {
      target = span.first
      name = numbered.name(of: span.first)
      last = span.last.map { ($0, numbered.name(of: $0)) }
    }
  }

  private func list(_ names: [Named], joint: Reference.Joint) -> [ReferencePiece] {
    let depth = names.map { min(shared($0.name), $0.name.count - 1) }.min() ?? 0
    return list(names[...], from: max(depth, 0), isOutermost: true, isFirst: true, joint: joint)
  }

  /// `isOutermost`: nothing that they share has been said before them.
  private func list(
    _ names: ArraySlice<Named>,
    from depth: Int,
    isOutermost: Bool,
    isFirst: Bool,
    joint: Reference.Joint
  ) -> [ReferencePiece] {
    let groups = Self.groups(names, at: depth)
    let isNested = groups.count > 1 && groups.contains { $0.count > 1 }
    let inner = groups.count > 1 ? joint.inner : joint
    let pieces = groups.enumerated().map { index, group -> [ReferencePiece] in
      guard let first = group.first else { return [] }
      let isHead = isFirst && index == 0
      let end = group.count > 1 ? Self.shared(group) : first.name.count
      let (words, next) =
        isOutermost
        ? opening(first.name, from: depth, to: end, isFirst: isHead)
        : (index == 0 ? rest(first.name[depth..<end]) : cites(first.name[depth..<end]), end)
      let before = next < end ? words + rest(first.name[next..<end]) : words
      guard group.count > 1 else {
        guard let last = first.last else {
          return [ReferencePiece(words: before, target: first.target)]
        }
        // 前３項及び第６項; behind what they share, 第３条第１項から第３項まで及び第５項.
        if isOutermost, shared(first.name) == first.name.count - 1 {
          return range(first.target, last.target, joint: nil)
        }
        let common = first.name.shared(with: last.name).count
        return Self.range((first.target, before), (last.target, cites(last.name[common...])))
      }
      var pieces = list(
        group,
        from: max(next, end),
        isOutermost: before.isEmpty,
        isFirst: isHead,
        joint: inner
      )
      if let first = pieces.indices.first { pieces[first].words = before + pieces[first].words }
      return pieces
    }
    return Self.joined(pieces, by: isNested ? joint.outer : joint)
  }

  /// Neighbours that go on behind the same step.
  private static func groups(_ names: ArraySlice<Named>, at depth: Int) -> [ArraySlice<Named>] {
    var groups: [ArraySlice<Named>] = []
    for index in names.indices {
      if let last = groups.last?.last, goesOn(last.name, depth), goesOn(names[index].name, depth),
        last.name[depth] == names[index].name[depth]
      {
        groups[groups.count - 1] = names[groups[groups.count - 1].startIndex...index]
      } else {
        groups.append(names[index...index])
      }
    }
    return groups
  }

  private static func goesOn(_ name: ProvisionName, _ depth: Int) -> Bool { name.count > depth + 1 }

  /// How many steps all of a group share, short of the last of each.
  private static func shared(_ group: ArraySlice<Named>) -> Int {
    guard let first = group.first?.name else { return 0 }
    return group.map { min(first.shared(with: $0.name).count, $0.name.count - 1) }.min() ?? 0
  }

  private static func joined(_ pieces: [[ReferencePiece]], by joint: Reference.Joint)
    -> [ReferencePiece]
  {
    pieces.enumerated().flatMap { index, piece -> [ReferencePiece] in
      if index == 0 { return piece }
      let words = index == pieces.count - 1 ? joint.rawValue : "、"
      return [ReferencePiece(words: words, target: nil)] + piece
    }
  }

  // MARK: Ranges

  private func range(_ first: Address, _ last: Address, joint: Reference.Joint?) -> [ReferencePiece]
  {
    let (from, to) = (numbered.name(of: first), numbered.name(of: last))
    let depth = from.count - 1
    guard numbered.isWithinOne(first, last) else {
      return apart((first, from), (last, to))
    }
    if !isByNumber, let unit = unit(from[depth]) {
      let stretch = numbered.stretch(from: first.index, through: last.index)
      if isRightBefore(to, depth), let count = stretch.countWords {
        if stretch.count < 4 {
          return [ReferencePiece(words: "前" + count + unit, target: first)]
        }
        if stretch.isFromFirst { return [ReferencePiece(words: "前各" + unit, target: first)] }
      }
      // No annex is called 別紙２各条.
      if stretch.isWhole, depth > 1 {
        return [ReferencePiece(words: each(from, last, depth, unit), target: first)]
      }
    }
    if numbered.areNeighbours(first.index, last.index) {
      return list([first, last].map { Named(.init($0), numbered) }, joint: joint ?? .and)
    }
    let head = self.words(from, isFirst: true)
    let tail =
      !isByNumber && shared(to) == depth ? words(to, isFirst: false) : cites(to[depth...])
    return Self.range((first, head), (last, tail))
  }

  /// 前条各項; 次の各号 in the sentence above them.
  private func each(_ name: ProvisionName, _ last: Address, _ depth: Int, _ unit: String) -> String
  {
    guard shared(name) < depth else {
      guard let place else { return "各" + unit }
      return (place > last.index ? "前各" : "次の各") + unit
    }
    let container = Array(name[..<depth])
    return words(container, isFirst: true) + "各" + unit
  }

  /// From one article's 項 to another's.
  private func apart(
    _ first: (target: Address, name: ProvisionName),
    _ last: (target: Address, name: ProvisionName)
  ) -> [ReferencePiece] {
    let depth = min(shared(first.name), first.name.count - 1)
    let (words, next) = opening(
      last.name,
      // Both are of the annex that the first has named.
      from: max(1, min(depth, shared(last.name))),
      to: last.name.count,
      isFirst: false
    )
    let tail = words + rest(last.name[next...])
    return Self.range((first.target, self.words(first.name, isFirst: true)), (last.target, tail))
  }

  private func words(_ name: ProvisionName, isFirst: Bool) -> String {
    let (words, next) = opening(name, from: shared(name), to: name.count, isFirst: isFirst)
    return words + rest(name[next...])
  }

  private static func range(_ first: (Address, String), _ last: (Address, String))
    -> [ReferencePiece]
  {
    [
      ReferencePiece(words: first.1, target: first.0), ReferencePiece(words: "から", target: nil),
      ReferencePiece(words: last.1, target: last.0), ReferencePiece(words: "まで", target: nil),
    ]
  }

  private func isRightBefore(_ name: ProvisionName, _ depth: Int) -> Bool {
    guard shared(name) == depth, let place = beside(name, at: depth), let index = name[depth].index
    else { return false }
    return numbered.areNeighbours(index, place)
  }
}
