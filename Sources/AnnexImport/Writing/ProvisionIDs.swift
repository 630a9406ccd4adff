/// The ids of the provisions: of usual captions a name, of others their number.
struct ProvisionIDs {
  /// By node; nil for what has no id.
  private(set) var ids: [Int: String] = [:]
  private var taken: Set<String> = []

  /// Captions as cities have them, and what the provision is about.
  ///
  /// The first that a caption contains counts.
  private static let usual: [(String, String)] = [
    ("再委託", "subcontracting"), ("再々委託", "subcontracting"), ("従事者", "staff"), ("従業者", "staff"),
    ("従業員", "staff"), ("派遣", "temporary-staff"), ("作業場所", "workplace"), ("責任体制", "responsibility"),
    ("責任者", "responsible-person"), ("管理体制", "organisation"), ("目的外", "purpose-limitation"),
    ("利用及び提供", "purpose-limitation"), ("第三者への提供", "disclosure"), ("収集", "collection"),
    ("複写", "copying"), ("複製", "copying"), ("持ち出し", "removal"), ("持出し", "removal"),
    ("返還", "return"), ("廃棄", "return"), ("消去", "return"), ("搬送", "transport"), ("授受", "transport"),
    ("安全管理", "security"), ("適正管理", "security"), ("適正な管理", "security"), ("維持管理", "security"),
    ("教育", "training"), ("研修", "training"), ("周知", "notice"), ("事故", "incidents"),
    ("漏えい", "incidents"),
    ("検査", "inspection"), ("立入", "inspection"), ("調査", "inspection"), ("監査", "inspection"),
    ("報告", "reporting"), ("損害賠償", "damages"), ("解除", "termination"), ("公表", "publication"),
    ("秘密", "secrecy"), ("守秘", "secrecy"), ("誓約", "pledge"), ("身分証明", "identification"),
    ("定義", "definitions"), ("目的", "purpose"), ("趣旨", "purpose"), ("総則", "general"),
    ("基本", "principles"),
    ("協議", "consultation"), ("準拠法", "governing-law"), ("期間", "term"), ("費用", "costs"),
    ("施行期日", "commencement"), ("経過措置", "transition"), ("その他", "other"), ("雑則", "other"),
    ("補則", "other"),
  ]

  init(_ annex: FoundAnnex) {
    var counts: [Int?: Int] = [:]
    for (index, node) in annex.nodes.enumerated() {
      let parent = node.parent.flatMap { ids[$0] }
      switch node.kind {
      case .article:
        let number = (node.label?.number ?? []).map(String.init).joined(separator: "-")
        add(
          index,
          name(node) ?? (parent.map { $0.hasPrefix("supplement") ? $0 + "-" : "" } ?? "")
            + "article-\(number)"
        )
      case .paragraph, .item:
        counts[node.parent, default: 0] += 1
        add(index, "\(parent ?? "paragraph")-\(counts[node.parent, default: 1])")
      case .division(let rank):
        add(
          index,
          "\(rank < 2 ? "chapter" : "section")-\((node.label?.number ?? []).map(String.init).joined(separator: "-"))"
        )
      case .supplement: add(index, "supplement")
      case .appendix: add(index, "appendix")
      case .mark, .title, .heading, .contents, .preamble, .unnumbered, .closing, .note, .row: break
      }
    }
  }

  private func name(_ node: FoundNode) -> String? {
    guard let words = node.caption?.words.compact.string else { return nil }
    return Self.usual.first { words.contains($0.0) }?.1
  }

  private mutating func add(_ index: Int, _ id: String) {
    var own = id
    var count = 2
    while !taken.insert(own).inserted {
      own = "\(id)-\(count)"
      count += 1
    }
    ids[index] = own
  }
}
