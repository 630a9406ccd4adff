package import AnnexImport
import Diagnostics
package import TemplateCompiler

/// A text that is compared with another: an edition's annex, or a text that was read from a file.
package struct ComparedText: Sendable {
  package let file: String
  package let mark: Scalars
  /// The title, then the provisions; those of a chapter stand behind it, not in it.
  package let units: [TextUnit]
  /// Lines of the file that are no words of the text: page numbers, running heads.
  package let omitted: [ImportedText.Line]

  package var title: String {
    units.first { $0.kind == .title }.map { $0.words.string } ?? ""
  }
}

extension ComparedText {
  package init(_ annex: CompiledAnnex) {
    file = annex.file
    mark = Scalars(annex.mark.unicodeScalars).compact
    units = annex.text.flatMap(TextUnit.units)
    omitted = []
  }
}

extension TextUnit {
  fileprivate static func units(_ text: AnnexText) -> [TextUnit] {
    let unit = TextUnit(text)
    guard unit.kind == .division else { return [unit] }
    return [TextUnit(text, parts: [])] + text.parts.flatMap(units)
  }

  private init(_ text: AnnexText) { self.init(text, parts: text.parts.map(TextUnit.init)) }

  private init(_ text: AnnexText, parts: [TextUnit]) {
    // 別表 and 附則 are called by all of their heading.
    let isCalledByHeading = text.kind == .appendix || text.kind == .supplement
    let label = Scalars(text.label.unicodeScalars)
    let caption = Scalars(text.caption.unicodeScalars)
    self.init(
      kind: Kind(text.kind),
      id: text.id,
      name: text.name,
      label: isCalledByHeading ? [] : label,
      caption: isCalledByHeading
        ? (text.isCaptionFirst ? caption + label : label + caption) : caption,
      isCaptionFirst: text.isCaptionFirst,
      words: Scalars(text.words.unicodeScalars),
      parts: parts,
      location: text.location
    )
  }
}

extension TextUnit.Kind {
  fileprivate init(_ kind: ProvisionKind?) {
    self =
      switch kind {
      case nil: .title
      case .annex, .part, .chapter, .section, .subsection, .division: .division
      case .article: .article
      case .paragraph: .paragraph
      case .item, .subitem: .item
      case .supplement: .supplement
      case .appendix: .appendix
      case .preamble: .preamble
      case .text: .text
      case .note: .note
      case .table: .row
      }
  }
}
