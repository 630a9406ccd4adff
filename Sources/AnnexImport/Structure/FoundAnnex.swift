package import Diagnostics

/// The structure of an annex as it was found in a text.
///
/// Labels, captions and texts of the nodes, one after the other, are the text, but for white space and the omitted lines.
package struct FoundAnnex: Sendable {
  package let file: String
  package let format: ImportedText.Format
  /// In the order of the text, each behind its parent.
  package internal(set) var nodes: [FoundNode] = []
  package internal(set) var levels: [FoundLevel] = []
  package internal(set) var references: [FoundReference] = []
  package internal(set) var terms: [FoundTerm] = []
  package internal(set) var proposals: [FoundProposal] = []
  /// Page numbers and running heads, which are no words of the annex.
  package internal(set) var omitted: [ImportedText.Line] = []
  /// What is not sure, and what is wrong.
  package internal(set) var diagnostics: [Diagnostic] = []

  var articleLevel: FoundLevel? { levels.first { $0.kind == .article } }

  /// Without the ○ that 例規集 print before it.
  package var title: Scalars? {
    nodes.first { $0.kind == .title }.map {
      Array($0.text.drop { "○◯".unicodeScalars.contains($0) })
    }
  }

  /// 別記 may stand at the head of a page, and so within the text.
  package var mark: Scalars? {
    nodes.first { $0.kind == .mark }?.text
      ?? omitted.first { Signpost.mark($0.text.trimmed) != nil }?.text.compact
  }

  func children(of index: Int?) -> [Int] { nodes.indices.filter { nodes[$0].parent == index } }

  /// The nearest of the kind, the node itself included.
  func ancestor(of index: Int, where isWanted: (FoundNode.Kind) -> Bool) -> Int? {
    var index: Int? = index
    while let here = index, !isWanted(nodes[here].kind) { index = nodes[here].parent }
    return index
  }
}

/// A provision, or what stands beside one.
package struct FoundNode: Sendable {
  package enum Kind: Hashable, Sendable {
    /// 別紙２.
    case mark
    case title
    /// A date, a number or other words above the text.
    case heading
    /// A line of a table of contents.
    case contents
    case preamble
    /// 編, 章, 節, 款, 目, from 0 on.
    case division(Int)
    case article
    case paragraph
    /// 号 is 0; ア, （ア） and so on are deeper.
    case item(Int)
    /// A paragraph without a number behind a numbered one.
    case unnumbered
    /// Words behind the last 号.
    case closing
    case note
    /// A row of a table.
    case row
    case supplement
    /// 別表, 別記様式.
    case appendix
  }

  package internal(set) var kind: Kind
  package internal(set) var parent: Int?
  package internal(set) var line: Int
  package internal(set) var label: Label?
  package internal(set) var caption: Caption?
  package internal(set) var text: Scalars = []
  package internal(set) var cells: [Scalars] = []
  package internal(set) var isDeleted = false

  /// 見出し.
  package struct Caption: Hashable, Sendable {
    /// With its brackets, if it has any.
    package let text: Scalars
    package let place: Place

    package enum Place: String, Sendable {
      case above
      /// Behind the number, alone.
      case after
      /// Behind the number, with the words behind it.
      case runIn = "run-in"
    }

    package var words: Scalars { text.isBracketed ? Array(text.dropFirst().dropLast()) : text }
  }

  /// All its characters in the order of the text.
  package var content: Scalars {
    var content: Scalars = []
    if let caption, caption.place == .above { content += caption.text }
    content += label?.text ?? []
    if let caption, caption.place != .above { content += caption.text }
    return content + text + cells.joined()
  }
}

/// How the provisions of a level are numbered.
package struct FoundLevel: Hashable, Sendable {
  package let kind: FoundNode.Kind
  package let style: Label.Style
  /// The number of the first one, where it is not 1.
  package let start: Int
  package let hasWideDigits: Bool
  /// Where most captions stand, if there are any.
  package let caption: FoundNode.Caption.Place?
  /// What most captions stand in; nil if there are none.
  let brackets: CaptionBrackets?
  /// Of paragraphs: whether the first has its number.
  package let isFirstMarked: Bool
}

/// What captions stand in; raw values as templates have them.
enum CaptionBrackets: String {
  case none = "off"
  case round = "on"
  case narrow = "()"
  case lenticular = "【】"
  case shell = "〔〕"

  init(of caption: Scalars) {
    self =
      switch caption.isBracketed ? caption.first : nil {
      case "（": .round
      case "(": .narrow
      case "【": .lenticular
      case "〔": .shell
      case _: .none
      }
  }

  /// Whether they are the same, in another width at most.
  func isLike(_ other: CaptionBrackets) -> Bool {
    self == other || [self, other].allSatisfy { $0 == .round || $0 == .narrow }
  }
}

/// Words that refer to a provision.
package struct FoundReference: Hashable, Sendable {
  package let node: Int
  /// Of the node's text.
  package let range: Range<Int>
  package let words: Scalars
  package let target: Target

  package enum Target: Hashable, Sendable {
    /// Of this annex: a node, the last node of a range, and a part of the sentence.
    case provision(Int, through: Int?, part: SentencePart?)
    /// 第３条 of a law, or of another text.
    case external
    /// 平成15年法律第57号.
    case lawNumber
    /// Of this annex, by its words, but there is no such provision.
    case unresolved
  }
}

/// 本文, ただし書, 前段, 後段.
package enum SentencePart: String, CaseIterable, Sendable {
  case main, proviso, former, latter
}

/// The words of a defined term, as in 以下「…」という.
package struct FoundTerm: Hashable, Sendable {
  package let node: Int
  /// Between the quotes, of the node's text.
  package let range: Range<Int>
  package let words: Scalars
}

/// Words that may demand a paper, or an item of one; a person decides.
package struct FoundProposal: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case paper, requires
  }

  package let kind: Kind
  package let node: Int
  package let range: Range<Int>
  package let words: Scalars
}
