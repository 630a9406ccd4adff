package import Diagnostics
import Records

/// The words of one article (or, without a number, of the title) as they are printed.
package struct AnnexText: Hashable, Sendable {
  /// 第６条; nil for the title.
  package let label: String?
  package let text: String
  /// Of the article in its file; nil for a text that is not this edition's.
  package let location: SourceLocation?

  package init(label: String?, text: String, location: SourceLocation?) {
    self.label = label
    self.text = text
    self.location = location
  }

  /// Reads the words back from the laid-out annex, so that what is compared is what is printed.
  static func articles(_ documents: [LaidOutDocument], _ numbered: NumberedAnnex) -> [AnnexText] {
    guard let annex = documents.first(where: { $0.kind == .annex }) else { return [] }
    let places = Dictionary(
      zip(numbered.articleLabels, numbered.annex.articles.map(\.location)),
      uniquingKeysWith: { first, _ in first }
    )
    return annex.blocks.compactMap { block in
      switch block {
      case .title(let title, _, _):
        AnnexText(label: nil, text: title.plainText, location: numbered.annex.titleLocation)
      case .article(let article):
        AnnexText(
          label: article.paragraphs.first?.number,
          text: text(article),
          location: article.paragraphs.first.flatMap { places[$0.number] }
        )
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
