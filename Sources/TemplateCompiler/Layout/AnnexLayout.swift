import Records

/// Lays an annex out: 別記, the title, then its provisions.
struct AnnexLayout {
  private let annex: Annex
  private let context: LayoutContext
  private let runs: RunLayout

  static func blocks(of annex: Annex, _ context: LayoutContext, scope: Scope) -> [Block] {
    let runs = RunLayout(scope: scope, context: context, isInAnnex: true)
    let layout = AnnexLayout(annex: annex, context: context, runs: runs)
    let root = context.numbered.indices[annex.id].map { context.numbered.provisions[$0] }
    let mark: [Block] = annex.mark.isEmpty ? [] : [.mark(layout.runs.runs(annex.mark))]
    return mark + [
      .title(layout.runs.runs(annex.title), copy: [], isFirst: true),
      .provisions((root?.children ?? []).map { layout.block($0) }),
    ]
  }

  /// What stands before the words of a provision.
  private struct Opening {
    /// A line of its own.
    var heading: [Run] = []
    var number = ""
    /// A caption between the number and the words.
    var lead: [Run] = []
  }

  /// `outer`: what of the article around a first paragraph stands before that one's words.
  private func block(_ index: Int, outer: Opening = Opening()) -> ProvisionBlock {
    let numbered = context.numbered.provisions[index]
    let provision = numbered.provision
    let label = numbered.label.isEmpty ? outer.number : numbered.label
    if provision.deleted > 0 { return deleted(provision, label, index) }
    var opening = self.opening(provision, label, outer.lead, numbered.level)
    var inner = Opening()
    let first = numbered.children.first { child in
      context.numbered.provisions[child].provision.kind == .paragraph
    }
    if provision.kind.isSection {
      // An article's number stands before its first paragraph, if that has none of its own.
      if provision.kind == .article, let first, context.numbered.provisions[first].label.isEmpty {
        inner = Opening(number: opening.number, lead: opening.lead)
      } else {
        opening.heading = Self.line(opening)
      }
      opening.number = ""
      opening.lead = []
    }
    let lead =
      opening.lead.isEmpty ? [] : [ProvisionBlock.Sentence(anchor: nil, content: opening.lead)]
    var block = ProvisionBlock(
      index: index,
      kind: provision.kind,
      anchor: provision.id.map { anchor($0.text) },
      heading: opening.heading,
      number: opening.number,
      sentences: lead + provision.sentences.map { sentence($0, of: provision) }
    )
    switch provision.content {
    case .table(let table): block.table = self.table(table)
    case .sentences: break
    }
    block.parts = numbered.children.map { self.block($0, outer: $0 == first ? inner : Opening()) }
    return block
  }

  private func opening(
    _ provision: Provision,
    _ label: String,
    _ before: [Run],
    _ level: Level?
  ) -> Opening {
    var caption = runs.runs(provision.caption)
    if provision.kind == .supplement {
      return Opening(heading: caption.isEmpty ? [.text("附　則")] : caption)
    }
    if caption.isEmpty { return Opening(number: label, lead: before) }
    guard let level else { return Opening(heading: caption, number: label) }
    if let (opening, closing) = level.brackets.ends {
      caption = [.text(opening)] + caption + [.text(closing)]
    }
    switch level.caption {
    case .above, .none: return Opening(heading: caption, number: label, lead: before)
    case .after:
      let gap = label.isEmpty || level.brackets != .none ? "" : "　"
      return Opening(heading: [.text(label + gap)] + before + caption)
    case .runIn: return Opening(number: label, lead: before + caption + [.text("　")])
    }
  }

  /// All of it in lines of their own: above no words.
  private static func line(_ opening: Opening) -> [Run] {
    if opening.number.isEmpty { return opening.heading }
    let gap: [Run] = opening.lead.isEmpty ? [] : [.text("　")]
    return opening.heading + (opening.heading.isEmpty ? [] : [.lineBreak]) + [.text(opening.number)]
      + gap + opening.lead
  }

  private func sentence(_ sentence: Sentence, of provision: Provision) -> ProvisionBlock.Sentence {
    ProvisionBlock.Sentence(
      anchor: sentence.part.flatMap { part in provision.id.map { anchor($0.text, part: part) } },
      content: runs.runs(sentence.content)
    )
  }

  /// 第○条　削除.
  private func deleted(_ provision: Provision, _ label: String, _ index: Int) -> ProvisionBlock {
    var block = ProvisionBlock(
      index: index,
      kind: provision.kind,
      anchor: provision.id.map { anchor($0.text) },
      heading: [],
      number: label,
      sentences: [.init(anchor: nil, content: [.text("削除")])]
    )
    if !provision.kind.isSection { return block }
    block.parts = [
      ProvisionBlock(
        index: index,
        kind: .paragraph,
        anchor: provision.id.map { anchor($0.text + "-deleted") },
        heading: [],
        number: label,
        sentences: block.sentences
      )
    ]
    block.sentences = []
    block.number = ""
    return block
  }

  private func table(_ table: AnnexTable) -> StaticTable {
    StaticTable(
      labels: table.labels,
      widths: table.widths,
      rows: table.rows.map { StaticTable.Row(cells: $0.map(runs.runs)) }
    )
  }

  private func anchor(_ id: String, part: SentencePart? = nil) -> String {
    LayoutContext.anchor(of: id, part: part, in: annex)
  }
}
