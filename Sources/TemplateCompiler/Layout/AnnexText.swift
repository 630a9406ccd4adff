package import Diagnostics
import Records

/// The words of one article, or of what stands outside of articles, as they are printed.
package struct AnnexText: Hashable, Sendable {
  /// 第６条, 附則; nil for the title.
  package let label: String?
  /// What its first line begins with: （趣旨）.
  package let opening: String
  package var text: String
  /// Of the provision in its file.
  package let location: SourceLocation

  package init(label: String?, opening: String, text: String, location: SourceLocation) {
    self.label = label
    self.opening = opening
    self.text = text
    self.location = location
  }

  /// Reads the words back from the laid-out annex, so that what is compared is what is printed.
  static func articles(_ documents: [LaidOutDocument], _ numbered: NumberedAnnex) -> [AnnexText] {
    guard let annex = documents.first(where: { $0.kind == .annex }) else { return [] }
    var texts: [AnnexText] = []
    for block in annex.blocks {
      switch block {
      case .title(let title, _, _):
        texts.append(
          AnnexText(
            label: nil,
            opening: "",
            text: title.plainText,
            location: numbered.annex.titleLocation
          )
        )
      case .provisions(let provisions):
        for provision in provisions { append(provision, numbered, to: &texts) }
      case .mark, .formNumber, .line, .sender, .paragraph, .lines, .fields, .table, .staticTable,
        .list, .values, .signature, .officeUse, .section, .photo, .copy, .conditional, .repeated:
        break
      }
    }
    return texts
  }

  private static func append(
    _ block: ProvisionBlock,
    _ numbered: NumberedAnnex,
    to texts: inout [AnnexText]
  ) {
    let opening = block.opening
    if block.kind.isSection || block.kind == .preamble {
      texts.append(
        AnnexText(
          label: numbered.words(of: Address(index: block.index, part: nil)),
          opening: opening,
          text: "",
          location: numbered.provisions[block.index].provision.location
        )
      )
    }
    texts[texts.count - 1].text += block.ownText
    for part in block.parts { append(part, numbered, to: &texts) }
  }
}

extension ProvisionBlock {
  /// Its words without those of its parts.
  fileprivate var ownText: String {
    let table = table.map { $0.labels + $0.rows.flatMap { $0.map(\.plainText) } } ?? []
    return heading.plainText + number + sentences.map(\.content.plainText).joined()
      + table.joined()
  }

  /// The words of its first line, or what of them is generated.
  fileprivate var opening: String {
    if !heading.isEmpty { return heading.plainText }
    if !number.isEmpty { return number }
    return kind.isSection ? parts.first?.opening ?? "" : ownText
  }
}
