import Records

/// Lays the annex out: 別記, the title, then each article under its caption.
struct AnnexLayout {
  private let context: LayoutContext
  private let runs: RunLayout

  static func blocks(_ context: LayoutContext, scope: Scope) -> [Block] {
    let runs = RunLayout(scope: scope, context: context, isInAnnex: true)
    let layout = AnnexLayout(context: context, runs: runs)
    let annex = context.numbered.annex
    let mark: [Block] = annex.mark.isEmpty ? [] : [.mark(layout.runs.runs(annex.mark))]
    return mark + [.title(layout.runs.runs(annex.title), copy: [], isFirst: true)]
      + annex.articles.indices.map { .article(layout.article($0)) }
  }

  private func article(_ index: Int) -> ProvisionBlock {
    let article = context.numbered.annex.articles[index]
    if article.isDeleted {
      let paragraph = ProvisionBlock.Paragraph(
        anchor: anchor(article.id.text + "-deleted"),
        number: context.numbered.articleLabels[index],
        sentences: [.init(anchor: nil, content: [.text("削除")])],
        items: []
      )
      return ProvisionBlock(anchor: anchor(article.id.text), caption: [], paragraphs: [paragraph])
    }
    return ProvisionBlock(
      anchor: anchor(article.id.text),
      caption: [.text("（")] + runs.runs(article.caption) + [.text("）")],
      paragraphs: article.paragraphs.enumerated().map { offset, paragraph in
        .init(
          anchor: anchor(paragraph.id.text),
          number: context.numbered.label(ofParagraph: offset + 1, in: index),
          sentences: paragraph.sentences.map { sentence in
            .init(
              anchor: sentence.part.map { anchor(paragraph.id.text, part: $0) },
              content: runs.runs(sentence.content)
            )
          },
          items: paragraph.items.enumerated().map { item($1, number: $0 + 1, isSubitem: false) }
        )
      }
    )
  }

  private func item(_ item: Item, number: Int, isSubitem: Bool) -> ProvisionBlock.Item {
    ProvisionBlock.Item(
      anchor: item.id.map { anchor($0.text) },
      number: isSubitem
        ? context.numbered.label(ofSubitem: number) : context.numbered.label(ofItem: number),
      content: runs.runs(item.content),
      subitems: item.subitems.enumerated().map { self.item($1, number: $0 + 1, isSubitem: true) }
    )
  }

  private func anchor(_ id: String, part: SentencePart? = nil) -> String {
    LayoutContext.anchor(of: id, part: part, in: context.template.annex)
  }
}
