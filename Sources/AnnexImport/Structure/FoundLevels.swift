extension FoundLevel {
  /// How most provisions of each level are numbered, the outermost first.
  static func levels(of annex: FoundAnnex) -> [FoundLevel] {
    let nodes = annex.nodes.indices.filter { annex.nodes[$0].label != nil && isInBody($0, annex) }
    let kinds = nodes.map { annex.nodes[$0].kind }
    let depths = kinds.compactMap { kind -> Int? in
      if case .item(let depth) = kind { depth } else { nil }
    }
    var order = Label.Style.divisions.indices.map(FoundNode.Kind.division) + [.article, .paragraph]
    if let deepest = depths.max() { order += (0...deepest).map { .item($0) } }
    return order.compactMap { kind in
      let inBody = nodes.map { annex.nodes[$0] }.filter { $0.kind == kind }
      // Where the articles have no numbered paragraphs, the supplement's say how 項 are written.
      return level(kind, inBody.isEmpty ? labelled(kind, annex) : inBody, annex)
    }
  }

  private static func labelled(_ kind: FoundNode.Kind, _ annex: FoundAnnex) -> [FoundNode] {
    guard kind == .paragraph else { return [] }
    return annex.nodes.indices.filter { index in
      annex.nodes[index].kind == kind && annex.nodes[index].label != nil
        && annex.ancestor(of: index) { $0 == .appendix } == nil
    }.map { annex.nodes[$0] }
  }

  /// Not in a supplement, whose numbering is its own.
  private static func isInBody(_ index: Int, _ annex: FoundAnnex) -> Bool {
    annex.ancestor(of: index) { $0 == .supplement || $0 == .appendix } == nil
  }

  private static func level(
    _ kind: FoundNode.Kind,
    _ nodes: [FoundNode],
    _ annex: FoundAnnex
  ) -> FoundLevel? {
    let labels = nodes.compactMap(\.label)
    guard let style = most(labels.map(\.style)) else { return nil }
    let digits = labels.flatMap(\.text).filter(\.isDigit)
    return FoundLevel(
      kind: kind,
      style: style,
      start: kind == .article ? labels.first?.number.first ?? 1 : 1,
      hasWideDigits: digits.count { $0.isWide } * 2 > digits.count,
      caption: most(nodes.compactMap { $0.caption?.place }),
      brackets: most(
        annex.nodes.filter { $0.kind == kind }.compactMap(\.caption).map {
          CaptionBrackets(of: $0.text)
        }
      ),
      isFirstMarked: kind == .paragraph && areFirstsMarked(annex)
    )
  }

  /// Whether the first of several paragraphs has its number in most articles.
  private static func areFirstsMarked(_ annex: FoundAnnex) -> Bool {
    let lists = Dictionary(
      grouping: annex.nodes.indices.filter {
        annex.nodes[$0].kind == .paragraph && isInBody($0, annex)
      },
      by: { annex.nodes[$0].parent }
    )
    let firsts = lists.values.filter { $0.count > 1 }.compactMap(\.first)
    return firsts.count { annex.nodes[$0].label != nil } * 2 > firsts.count
  }

  /// The most frequent, of several the first.
  private static func most<Value: Hashable>(_ values: [Value]) -> Value? {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max()
    return values.first { counts[$0] == most }
  }
}
