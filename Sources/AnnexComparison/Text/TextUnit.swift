package import AnnexImport
package import Diagnostics

/// A provision of a text that is compared, or what stands beside the provisions, with its parts.
package struct TextUnit: Sendable {
  package enum Kind: Sendable {
    case title
    /// A date or other words above the text, a line of a table of contents.
    case heading
    case preamble
    /// 編, 章, 節.
    case division
    case article, paragraph, item
    /// Without a number: words behind a list, a second paragraph.
    case text
    case note
    /// Of a table.
    case row
    case supplement, appendix
  }

  package let kind: Kind
  /// In an edition.
  package let id: String?
  /// 第６条第２項; empty if nothing calls it.
  package let name: String
  package let label: Scalars
  /// With its brackets, if it has any.
  package let caption: Scalars
  /// Whether the caption stands before the label.
  package let isCaptionFirst: Bool
  /// Without those of its parts.
  package let words: Scalars
  package let parts: [TextUnit]
  package let location: SourceLocation

  package init(
    kind: Kind,
    id: String?,
    name: String,
    label: Scalars,
    caption: Scalars,
    isCaptionFirst: Bool,
    words: Scalars,
    parts: [TextUnit],
    location: SourceLocation
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.label = label
    self.caption = caption
    self.isCaptionFirst = isCaptionFirst
    self.words = words
    self.parts = parts
    self.location = location
  }
}

extension TextUnit {
  /// All of its own characters but white space, in the order of the text.
  package var ownCharacters: Scalars {
    (isCaptionFirst ? caption + label : label + caption).compact + words.compact
  }

  /// Those of its parts, too.
  package var characters: Scalars { parts.reduce(into: ownCharacters) { $0 += $1.characters } }
}

extension [TextUnit] {
  package var characters: Scalars { reduce(into: []) { $0 += $1.characters } }
}

extension Unicode.Scalar {
  /// Half-width where a character of full width differs from it in nothing else.
  var narrowed: Unicode.Scalar {
    switch value {
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
    case 0xFFE5: "¥"
    case 0xFF61: "。"
    case 0xFF62: "「"
    case 0xFF63: "」"
    case 0xFF64: "、"
    case 0xFF65: "・"
    case _: self
    }
  }
}

extension Scalars {
  var narrowed: Scalars { map(\.narrowed) }
}
