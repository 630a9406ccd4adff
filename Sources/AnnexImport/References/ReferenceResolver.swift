/// Finds the provisions that the words point to.
struct ReferenceResolver {
  private let annex: FoundAnnex
  private let children: [Int: [Int]]
  private let areArticlesParagraphs: Bool
  /// In order, by the supplement that they belong to.
  private let articles: [Int?: [Int]]

  static func references(in annex: FoundAnnex) -> [FoundReference] {
    let resolver = ReferenceResolver(annex)
    let style = annex.articleLevel?.style
    // 同条 of a 号 may take up what the words above it named.
    var antecedents: [Int: (first: Int, last: Int)] = [:]
    return annex.nodes.indices.flatMap { node -> [FoundReference] in
      let isAppendix = annex.ancestor(of: node) { $0 == .appendix } != nil
      switch annex.nodes[node].kind {
      case .mark, .title, .heading, .contents, .division, .article, .note, .row, .supplement,
        .appendix:
        return []
      case .preamble, .paragraph, .item, .unnumbered, .closing:
        if isAppendix { return [] }
        let scanner = ReferenceScanner(
          text: annex.nodes[node].text,
          bareArticle: style.flatMap { $0.isBareArticle ? $0.numeral : nil },
          citesLabels: style.map { !$0.isArticle } ?? false,
          title: annex.title ?? []
        )
        var antecedent = annex.nodes[node].parent.flatMap { antecedents[$0] }
        let found = resolver.references(scanner.chains(), node: node, behind: &antecedent)
        antecedents[node] = antecedent
        return found
      }
    }
  }

  private init(_ annex: FoundAnnex) {
    self.annex = annex
    areArticlesParagraphs =
      annex.articleLevel?.style.before.isEmpty == true
      && !annex.nodes.indices.contains { index in
        annex.nodes[index].kind == .paragraph && annex.nodes[index].label != nil
          && annex.ancestor(of: index) { $0 == .supplement || $0 == .appendix } == nil
      }
    var children: [Int: [Int]] = [:]
    for (index, node) in annex.nodes.enumerated() {
      if let parent = node.parent { children[parent, default: []].append(index) }
    }
    self.children = children
    articles = Dictionary(grouping: annex.nodes.indices.filter { annex.nodes[$0].kind == .article })
    { node in
      annex.ancestor(of: node) { $0 == .supplement }
    }
  }

  private func references(
    _ chains: [ReferenceChain],
    node: Int,
    behind antecedent: inout (first: Int, last: Int)?
  ) -> [FoundReference] {
    var found: [FoundReference] = []
    for chain in chains {
      var target = FoundReference.Target.unresolved
      switch chain.reach {
      case .external: target = .external
      case .lawNumber: target = .lawNumber
      case .own:
        if let place = place(chain, from: node, antecedent: antecedent) {
          antecedent = place
          target = .provision(
            place.first,
            through: place.last == place.first ? nil : place.last,
            part: chain.part
          )
        } else if chain.isWeak {
          continue
        }
      }
      if chain.joint == .range, let last = found.last,
        case .provision(let first, nil, nil) = last.target,
        case .provision(let end, _, let part) = target
      {
        var upper = chain.range.upperBound
        let text = annex.nodes[node].text
        if text.has("まで", at: upper) { upper += 2 }
        found[found.count - 1] = reference(
          node,
          last.range.lowerBound..<upper,
          .provision(first, through: end, part: part)
        )
      } else {
        found.append(reference(node, chain.range, target))
      }
    }
    return found
  }

  private func reference(_ node: Int, _ range: Range<Int>, _ target: FoundReference.Target)
    -> FoundReference
  {
    FoundReference(
      node: node,
      range: range,
      words: Array(annex.nodes[node].text[range]),
      target: target
    )
  }

  // MARK: Places

  private func place(
    _ chain: ReferenceChain,
    from node: Int,
    antecedent: (first: Int, last: Int)?
  ) -> (first: Int, last: Int)? {
    var place: (first: Int, last: Int)?
    for step in chain.steps {
      let here = place?.first
      let next: (first: Int, last: Int)? =
        switch step.unit {
        case .article:
          article(
            step.position,
            from: node,
            antecedent?.first,
            isOfSupplement: chain.isOfSupplement
          )
        case .paragraph:
          paragraph(
            step.position,
            in: here ?? (chain.isOfSupplement ? supplement(node) : nil),
            from: node,
            antecedent?.first
          )
        case .item: item(step.position, in: here, from: node, antecedent?.first)
        case .subitem: subitem(step.position, in: here, from: node)
        }
      guard let next else { return nil }
      place = next
    }
    guard let place else { return nil }
    if let part = chain.part, !has(part, place.first) { return nil }
    return place
  }

  private func has(_ part: SentencePart, _ node: Int) -> Bool {
    let paragraph = annex.nodes[node].kind == .article ? paragraphs(of: node).first ?? node : node
    return FoundSentence.sentences(of: annex.nodes[paragraph].text).contains { $0.part == part }
  }

  private func isSupplement(_ node: Int) -> Bool {
    annex.ancestor(of: node) { $0 == .supplement } != nil
  }

  /// The one that the node is in, else the first.
  private func supplement(_ node: Int) -> Int? {
    annex.ancestor(of: node) { $0 == .supplement }
      ?? annex.nodes.firstIndex { $0.kind == .supplement }
  }

  private func article(
    _ position: ReferenceChain.Position,
    from node: Int,
    _ antecedent: Int?,
    isOfSupplement: Bool
  ) -> (first: Int, last: Int)? {
    let here = annex.ancestor(of: node) { $0 == .article }
    let supplement = annex.ancestor(of: node) { $0 == .supplement }
    switch position {
    case .sign: return nil
    case .number(let number):
      if isOfSupplement { return numbered(number, in: articles[self.supplement(node)] ?? []) }
      return numbered(number, in: articles[nil] ?? [])
        ?? numbered(number, in: articles[supplement] ?? [])
    case .same: return antecedent.flatMap { up($0, .article) }.map { ($0, $0) }
    case .this: return here.map { ($0, $0) }
    case .previous, .allPrevious, .next, .all:
      guard let here else { return nil }
      return relative(position, of: here, in: articles[supplement] ?? [])
    }
  }

  private func paragraph(
    _ position: ReferenceChain.Position,
    in place: Int?,
    from node: Int,
    _ antecedent: Int?
  ) -> (first: Int, last: Int)? {
    // Where 1, 2 are all that there is, they are called 項.
    if areArticlesParagraphs, place == nil, !isSupplement(node) {
      return article(position, from: node, antecedent, isOfSupplement: false)
    }
    let here = up(node, .paragraph)
    let owner = place ?? annex.ancestor(of: node) { $0 == .article || $0 == .supplement }
    guard let owner else { return nil }
    let list = paragraphs(of: owner)
    switch position {
    case .number(let number):
      guard number.count == 1, number[0] >= 1 else { return nil }
      return numbered(number, in: list)
        ?? (number == [1] ? list.first { annex.nodes[$0].label == nil } : nil).map { ($0, $0) }
    case .same: return antecedent.flatMap { up($0, .paragraph) }.map { ($0, $0) }
    case .this: return here.map { ($0, $0) }
    case .all: return ends(list)
    case .sign: return nil
    case .previous, .allPrevious, .next:
      guard let here else { return nil }
      return relative(position, of: here, in: list)
    }
  }

  private func item(
    _ position: ReferenceChain.Position,
    in place: Int?,
    from node: Int,
    _ antecedent: Int?
  ) -> (first: Int, last: Int)? {
    let here = annex.ancestor(of: node) { $0 == .item(0) }
    var owner = place ?? up(node, .paragraph)
    // 第２条第１号 is of the paragraph that has 号.
    if let article = owner, annex.nodes[article].kind == .article {
      owner = paragraphs(of: article).first { !items(of: $0).isEmpty }
    }
    guard let owner else { return nil }
    let list = items(of: owner)
    switch position {
    case .number(let number): return numbered(number, in: list)
    case .same: return antecedent.flatMap { up($0, .item(0)) }.map { ($0, $0) }
    case .this: return here.map { ($0, $0) }
    case .all: return ends(list)
    case .sign: return nil
    case .allPrevious where here == nil: return ends(list)
    case .previous, .allPrevious, .next:
      guard let here else { return nil }
      return relative(position, of: here, in: list)
    }
  }

  private func subitem(_ position: ReferenceChain.Position, in place: Int?, from node: Int) -> (
    first: Int, last: Int
  )? {
    guard case .sign(let sign) = position else { return nil }
    let parents = place.map { [$0] } ?? [node, annex.nodes[node].parent].compactMap { $0 }
    let lists = parents.map { items(of: $0) }
    return lists.joined().first { annex.nodes[$0].label?.text.contains(sign) == true }.map {
      ($0, $0)
    }
  }

  // MARK: Lists

  private func paragraphs(of node: Int) -> [Int] {
    (children[node] ?? []).filter { annex.nodes[$0].kind == .paragraph }
  }

  private func items(of node: Int) -> [Int] {
    (children[node] ?? []).filter { if case .item = annex.nodes[$0].kind { true } else { false } }
  }

  private func up(_ node: Int, _ kind: FoundNode.Kind) -> Int? {
    annex.ancestor(of: node) { $0 == kind }
  }

  private func ends(_ list: [Int]) -> (first: Int, last: Int)? {
    guard let first = list.first, let last = list.last else { return nil }
    return (first, last)
  }

  private func numbered(_ number: [Int], in list: [Int]) -> (first: Int, last: Int)? {
    list.first { node in
      guard let label = annex.nodes[node].label else { return false }
      guard let through = label.through else { return label.number == number }
      return !number.lexicographicallyPrecedes(label.number)
        && !through.lexicographicallyPrecedes(number)
    }.map { ($0, $0) }
  }

  private func relative(_ position: ReferenceChain.Position, of node: Int, in list: [Int]) -> (
    first: Int, last: Int
  )? {
    guard let index = list.firstIndex(of: node) else { return nil }
    switch position {
    case .previous(let count):
      return count >= 1 && index >= count ? (list[index - count], list[index - 1]) : nil
    case .allPrevious: return index > 0 ? (list[0], list[index - 1]) : nil
    case .next: return index + 1 < list.count ? (list[index + 1], list[index + 1]) : nil
    case .number, .same, .this, .all, .sign: return nil
    }
  }
}
