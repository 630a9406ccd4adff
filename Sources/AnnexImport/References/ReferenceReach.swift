extension ReferenceScanner {
  /// The chain with what it takes from the one before: whose provision it is, and the units that it leaves out.
  func settled(_ chain: ReferenceChain, behind last: ReferenceChain?) -> ReferenceChain {
    var chain = chain
    guard let first = chain.steps.first else { return chain }
    if let unit = last?.steps.last?.unit, first.unit > unit, !opensBracket(chain) {
      chain.joint = nil
    }
    chain.reach = reach(of: chain, first, behind: last)
    if chain.joint != nil, let last, chain.reach != .lawNumber, last.reach != .lawNumber,
      isNamed(first.position)
    {
      chain.steps = last.steps.prefix { $0.unit < first.unit } + chain.steps
    }
    return chain
  }

  private func opensBracket(_ chain: ReferenceChain) -> Bool {
    let start = chain.range.lowerBound
    return start > 0 && text[start - 1].folded == "("
  }

  /// Whether the words leave out what stands above: 第２項 behind 第６条第１項及び.
  private func isNamed(_ position: ReferenceChain.Position) -> Bool {
    switch position {
    case .number, .sign: true
    case .previous, .allPrevious, .next, .same, .this, .all: false
    }
  }

  private func reach(
    of chain: ReferenceChain,
    _ first: ReferenceChain.Step,
    behind last: ReferenceChain?
  ) -> ReferenceChain.Reach {
    let before = Array(text[..<chain.range.lowerBound]).trimmed
    if let named = reachByName(before) {
      return named == .external && isNumber(chain, first) ? .lawNumber : named
    }
    switch first.position {
    case .same: return last?.reach == .external ? .external : .own
    case .number:
      if isNumber(chain, first), let scalar = before.last,
        scalar.isKanji || scalar.isKatakana || "○●◯".unicodeScalars.contains(scalar)
      {
        return .lawNumber
      }
      return chain.joint != nil && last?.reach == .external ? .external : .own
    case .previous, .allPrevious, .next, .this, .all, .sign: return .own
    }
  }

  /// 第57号 alone.
  private func isNumber(_ chain: ReferenceChain, _ first: ReferenceChain.Step) -> Bool {
    chain.steps.count == 1 && first.unit == .item && chain.joint == nil && !chain.isWeak
  }

  private static let kinds = [
    "法律", "条例", "施行令", "施行規則", "規則", "規程", "基準", "要綱", "要領", "政令", "省令", "府令", "命令", "指針",
    "ガイドライン", "約款", "契約書", "契約", "協定書", "協定", "仕様書", "訓令", "告示", "特約", "条項", "憲法", "通達", "通知",
    "特記事項", "事項", "要項", "規約", "規定集", "憲章", "条約", "法", "令",
  ]

  /// Whose provision it is by the word before; nil if the word says nothing.
  private func reachByName(_ before: Scalars) -> ReferenceChain.Reach? {
    var before = before
    if let last = before.last, last.folded == ")", let start = opening(before) {
      let inner = before[start...]
      before = Array(before[..<start]).trimmed
      // 個人情報の保護に関する法律（平成15年法律第57号）
      if inner.last(where: { $0 == "号" }) != nil, inner.contains("第") || inner.contains("年") {
        return .external
      }
    }
    if before.last == "」" || before.last == "』" { return .external }
    if before.ends(with: "附則") { return nil }
    if title.count > 3, before.suffix(title.count).elementsEqual(title) { return .own }
    var stem = before[...]
    while let last = stem.last, last.isDigit { stem.removeLast() }
    if stem.ends(withOneOf: ["別記", "別紙", "別添", "別表"]) { return .external }
    guard let kind = Self.kinds.first(where: { before.ends(with: $0) }) else { return nil }
    let name = before.dropLast(kind.unicodeScalars.count)
    // 方法, 命令: no texts.
    if kind == "法", name.ends(withOneOf: ["方", "手", "用", "文", "技", "便"]) { return nil }
    if kind == "事項" && !name.ends(withOneOf: ["特記", "この", "本", "注意"]) { return nil }
    if kind == "通知" || kind == "命令" { return nil }
    let isOwn = name.ends(withOneOf: ["この", "本"]) && title.string.contains(kind)
    return isOwn ? .own : .external
  }

  private func opening(_ text: Scalars) -> Int? {
    var depth = 0
    for index in text.indices.reversed() {
      if text[index].closes { depth += 1 }
      if text[index].opens { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}
