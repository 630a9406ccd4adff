/// The words that the compiler makes of a reference: nearest form, as drafting practice has it.
///
/// What a text says otherwise is written as it stands.
struct ReferenceWording {
  private let annex: FoundAnnex
  private let levels: [FoundNode.Kind: WrittenLevel]
  private let siblings: [Int: (position: Int, count: Int)]
  /// The name that the reference before ended with.
  private var named: [Int] = []

  init(_ annex: FoundAnnex, levels: [FoundNode.Kind: WrittenLevel]) {
    self.annex = annex
    self.levels = levels
    var siblings: [Int: (Int, Int)] = [:]
    // Articles are counted through all chapters.
    let groups = Dictionary(
      grouping: annex.nodes.indices.filter { Self.isNumbered(annex.nodes[$0].kind) }
    ) { index in
      let isArticle = annex.nodes[index].kind == .article
      let parent =
        isArticle ? annex.ancestor(of: index) { $0 == .supplement } : annex.nodes[index].parent
      return "\(annex.nodes[index].kind.name) \(parent ?? -1)"
    }
    for group in groups.values {
      for (position, index) in group.sorted().enumerated() {
        siblings[index] = (position, group.count)
      }
    }
    self.siblings = siblings
  }

  private static func isNumbered(_ kind: FoundNode.Kind) -> Bool {
    switch kind {
    case .article, .paragraph, .item: true
    case .mark, .title, .heading, .contents, .preamble, .division, .unnumbered, .closing, .note,
      .row, .supplement, .appendix:
      false
    }
  }

  /// At the head of a provision, and where another text was cited since.
  mutating func forget() { named = [] }

  /// Behind words of the text's own for some targets: what they share is named from now on.
  mutating func name(_ targets: [Int]) {
    let chains = targets.map(chain)
    named = chains.dropFirst().reduce(chains.first ?? []) { shared, chain in
      zip(shared, chain).prefix { $0 == $1 }.map(\.0)
    }
  }

  /// Whether these are the words for a target by its number.
  func isNumber(_ target: Int, _ part: SentencePart?, from place: Int, _ words: String) -> Bool {
    let chain = chain(target)
    let common = zip(chain, self.chain(place)).prefix { $0 == $1 }.count
    return cites(chain[min(common, chain.count - 1)...]) + (part?.words ?? "") == words
  }

  /// Whether these are the words for a target, seen from a place; then it is named from now on.
  mutating func take(_ target: Int, _ part: SentencePart?, from place: Int, as words: String)
    -> Bool
  {
    guard self.words(target, part, from: place) == words else { return false }
    name([target])
    return true
  }

  /// Whether the compiler reads words as the name of a target: 但書 it does not.
  func reads(_ words: String, of target: Int) -> Bool {
    !words.contains("但") && !words.contains("（") && !(words.contains("(") && unit(target) != nil)
  }

  /// As above, of a range.
  mutating func take(_ target: Int, through last: Int, from place: Int, as words: String) -> Bool {
    guard range(target, last, from: place) == words else { return false }
    name([target, last])
    return true
  }

  /// A provision or its part, or all from one through another.
  typealias Span = (first: Int, last: Int?, part: SentencePart?)

  /// 第２条第１項、第３項から第５項まで及び第７項: of several that differ in the last step alone, and stand in none of what the place does.
  func list(_ spans: [Span], joint: String, from place: Int) -> String? {
    let chains = spans.flatMap { [$0.first] + ($0.last.map { [$0] } ?? []) }.map(chain)
    guard let first = chains.first, let depth = first.indices.last,
      chains.allSatisfy({ $0.count == first.count && $0.dropLast() == first.dropLast() }),
      zip(first, chain(place)).prefix(while: { $0 == $1 }).count < depth
    else { return nil }
    let words = spans.enumerated().map { index, span -> String in
      let own = chain(span.first)
      let head =
        index == 0
        ? self.words(span.first, span.part, from: place)
        : cites(own[depth...]) + (span.part?.words ?? "")
      return span.last.map { "\(head)から\(cites(chain($0)[depth...]))まで" } ?? head
    }
    return words.dropLast().joined(separator: "、") + joint + (words.last ?? "")
  }

  /// 前２項, 前各号, 前条各号, 第１項及び第２項, 第１号から第３号まで.
  private func range(_ first: Int, _ last: Int, from place: Int) -> String? {
    let (from, to, own) = (chain(first), chain(last), chain(place))
    guard let depth = from.indices.last, from.count == to.count, from.dropLast() == to.dropLast(),
      let start = siblings[first], let end = siblings[last], start.position < end.position
    else { return nil }
    let common = zip(from, own).prefix { $0 == $1 }.count
    let count = end.position - start.position + 1
    if let unit = unit(first) {
      if common == depth, depth < own.count, rank(own[depth]) == rank(last),
        siblings[own[depth]]?.position == end.position + 1
      {
        if count < 4 { return number(count, like: first).map { "前" + $0 + unit } }
        if start.position == 0 { return "前各" + unit }
      }
      if start.position == 0, end.position == end.count - 1, depth > 0, common < depth {
        return words(from[depth - 1], nil, from: place) + "各" + unit
      }
    }
    let head = words(first, nil, from: place)
    let tail = cites(to[depth...])
    return count == 2 ? head + "及び" + tail : head + "から" + tail + "まで"
  }

  /// In the digits of a provision's level.
  private func number(_ number: Int, like node: Int) -> String? {
    let kind = annex.nodes[node].kind
    let label = annex.nodes.first { $0.kind == kind && $0.label?.number == [number] }?.label
    guard let cite = label.flatMap({ levels[kind]?.cite($0) }), cite.hasPrefix("第") else {
      return nil
    }
    return String(cite.dropFirst().dropLast())
  }

  private func words(_ target: Int, _ part: SentencePart?, from place: Int) -> String {
    let chain = chain(target)
    let own = self.chain(place)
    let common = zip(chain, own).prefix { $0 == $1 }.count
    let tail = part?.words ?? ""
    guard common < chain.count else { return part == nil ? "この条" : tail }
    let taken = zip(chain, named).prefix { $0 == $1 }.count
    for depth in (common..<max(common, taken)).reversed() {
      if let unit = unit(chain[depth]) { return "同" + unit + cites(chain[(depth + 1)...]) + tail }
    }
    let rest = cites(chain[(common + 1)...]) + tail
    if common < own.count, let unit = unit(chain[common]), rank(own[common]) == rank(chain[common]),
      let here = siblings[own[common]], let there = siblings[chain[common]]
    {
      if there.position == here.position - 1 { return "前" + unit + rest }
      if there.position == here.position + 1 { return "次" + unit + rest }
    }
    return cites(chain[common...]) + tail
  }

  private func chain(_ index: Int) -> [Int] {
    var chain: [Int] = []
    var next: Int? = index
    while let here = next {
      let node = annex.nodes[here]
      let isOnly = node.kind == .paragraph && siblings[here]?.count == 1
      if Self.isNumbered(node.kind), !isOnly { chain.append(here) }
      next = node.parent
    }
    return chain.reversed()
  }

  private func cites(_ chain: some Sequence<Int>) -> String {
    chain.map { index in
      let node = annex.nodes[index]
      return levels[node.kind]?.cite(node.label) ?? ""
    }.joined()
  }

  private func unit(_ index: Int) -> String? {
    guard let last = levels[annex.nodes[index].kind]?.cite.last.map(String.init) else { return nil }
    return ["条", "項", "号"].contains(last) ? last : nil
  }

  private func rank(_ index: Int) -> Int {
    switch annex.nodes[index].kind {
    case .article: 0
    case .paragraph: 1
    case .item(let depth): 2 + depth
    case .mark, .title, .heading, .contents, .preamble, .division, .unnumbered, .closing, .note,
      .row, .supplement, .appendix:
      100
    }
  }
}

extension SentencePart {
  var words: String {
    switch self {
    case .main: "本文"
    case .proviso: "ただし書"
    case .former: "前段"
    case .latter: "後段"
    }
  }
}
