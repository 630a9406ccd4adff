import TemplateRuntime

/// The words of one article (or, without a number, of the title) as they are printed.
package struct AnnexText: Hashable, Sendable {
  /// 第６条; nil for the title.
  package let label: String?
  package let text: String

  package init(label: String?, text: String) {
    self.label = label
    self.text = text
  }

  /// Reads the words back from the laid-out annex, so that what is compared is what is printed.
  static func articles(_ documents: [LaidOutDocument]) -> [AnnexText] {
    guard let annex = documents.first(where: { $0.kind == .annex }) else { return [] }
    return annex.blocks.compactMap { block in
      switch block {
      case .title(let title, _, _): AnnexText(label: nil, text: title.plainText)
      case .article(let article):
        AnnexText(label: article.paragraphs.first?.number, text: text(article))
      case .mark, .formNumber, .line, .sender, .paragraph, .lines, .fields, .table, .staticTable,
        .list, .values, .signature, .officeUse, .section, .photo, .copy, .conditional, .repeated:
        nil
      }
    }
  }

  private static func text(_ article: ProvisionBlock) -> String {
    article.caption.plainText
      + article.paragraphs.map { paragraph in
        paragraph.number + paragraph.sentences.map(\.content.plainText).joined()
          + paragraph.items.map(text).joined()
      }.joined()
  }

  private static func text(_ item: ProvisionBlock.Item) -> String {
    item.number + item.content.plainText + item.subitems.map(text).joined()
  }
}
