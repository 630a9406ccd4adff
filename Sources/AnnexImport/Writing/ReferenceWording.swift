/// The words that the compiler makes of a reference: nearest form, as drafting practice has it.
///
/// What a text says otherwise is written as it stands.
struct ReferenceWording {
  private let annex: FoundAnnex
  private let levels: [FoundNode.Kind: WrittenLevel]
  private let siblings: [Int: (position: Int, count: Int)]
  /// What references of the same provision named last.
  private var named: [Int: Int] = [:]

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
  mutating func forget() { named = [:] }

  /// Whether these are the words for a target, seen from a place; then it is named from now on.
  mutating func take(_ target: Int, _ part: SentencePart?, from place: Int, as words: String)
    -> Bool
  {
    let before = named
    if self.words(target, part, from: place) == words { return true }
    named = before
    return false
  }

  private mutating func words(_ target: Int, _ part: SentencePart?, from place: Int) -> String {
    let chain = chain(target)
    let own = self.chain(place)
    let common = zip(chain, own).prefix { $0 == $1 }.count
    defer {
      if let last = chain.last { named = named.filter { $0.key <= rank(last) } }
      for index in chain[common...] { named[rank(index)] = index }
    }
    let tail = part?.words ?? ""
    guard common < chain.count else { return part == nil ? "この条" : tail }
    for depth in (common..<chain.count).reversed() {
      let rest = cites(chain[(depth + 1)...]) + tail
      let isArticle = annex.nodes[chain[depth]].kind == .article
      if let unit = unit(chain[depth]), named[rank(chain[depth])] == chain[depth],
        !rest.isEmpty || isArticle
      {
        return "同" + unit + rest
      }
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
