extension FoundLevel {
  /// How most provisions of each level are numbered, the outermost first.
  static func levels(of annex: FoundAnnex) -> [FoundLevel] {
    let nodes = annex.nodes.indices.filter { annex.nodes[$0].label != nil && isInBody($0, annex) }
    let kinds = nodes.map { annex.nodes[$0].kind }
    let depths = kinds.compactMap { kind -> Int? in
      if case .item(let depth) = kind { depth } else { nil }
    }
    var order: [FoundNode.Kind] = [.division(1), .division(2), .article, .paragraph]
    if let deepest = depths.max() { order += (0...deepest).map { .item($0) } }
    return order.compactMap { kind in
      level(kind, nodes.map { annex.nodes[$0] }.filter { $0.kind == kind }, annex)
    }
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
      isFirstMarked: kind == .paragraph && labels.contains { $0.number == [1] }
    )
  }

  /// The most frequent, of several the first.
  private static func most<Value: Hashable>(_ values: [Value]) -> Value? {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max()
    return values.first { counts[$0] == most }
  }
}
