import Diagnostics

/// 特記事項, or a further annex of the contract: a tree of provisions, in the terms of 法令標準XML.
struct Annex: Sendable {
  /// How other annexes and the forms call it; nil: by its mark.
  let name: Name?
  /// 別記, at the head of the first page.
  let mark: [Inline]
  let title: [Inline]
  let titleLocation: SourceLocation
  let numbering: Numbering
  /// The annex itself, whose parts are its provisions in reading order.
  var root: Provision

  var id: String { root.id?.text ?? "" }
  var location: SourceLocation { root.location }
}

/// A part of the annex, numbered or not, with the parts below it.
struct Provision: Sendable {
  let kind: ProvisionKind
  let id: Name?
  /// Words in place of the label: of 別記様式, which is not numbered with the 別表.
  let mark: String?
  /// Without its brackets.
  let caption: [Inline]
  var content: Content
  /// In reading order.
  var parts: [Provision]
  let numeral: Numeral
  /// How many are deleted here, printed as 第○条　削除; 0: none.
  let deleted: Int
  let flow: Flow
  let location: SourceLocation
  let end: SourceLocation

  enum Content: Sendable {
    case sentences([Sentence])
    case table(AnnexTable)
  }

  /// What its number is, seen from the one before.
  enum Numeral: Sendable {
    case next
    /// 枝番号: counted under the one before, as 第８条の２.
    case branch
    /// Given, where the official order leaves a gap.
    case own(Int)
  }

  var sentences: [Sentence] {
    switch content {
    case .sentences(let sentences): sentences
    case .table: []
    }
  }

  /// Its own id and those of what stands below it.
  var ids: [String] { (id.map { [$0.text] } ?? []) + parts.flatMap(\.ids) }

  /// Its own running texts in reading order, without those of its parts.
  var texts: [[Inline]] {
    switch content {
    case .sentences(let sentences): [caption] + sentences.map(\.content)
    case .table(let table): [caption] + table.rows.flatMap(\.self)
    }
  }
}

/// The elements that provisions are written as.
package enum ProvisionKind: String, Sendable {
  /// All of it.
  case annex
  /// 編, 章, 節, 款, 目.
  case part, chapter, section, subsection, division
  /// 条, 項, 号, and the ア, (ア), a … within it.
  case article, paragraph, item, subitem
  /// 附則, 別表.
  case supplement, appendix
  /// Without a number: 前文, a paragraph, 備考, a table.
  case preamble, text, note, table

  /// Those that articles are grouped in, the outermost first.
  static let chapters: [ProvisionKind] = [.part, .chapter, .section, .subsection, .division]

  /// What may stand right within one of them, or within the annex: smaller ones, and articles.
  static func grouped(within kind: ProvisionKind?) -> [String] {
    let inner = kind.flatMap(chapters.firstIndex).map { chapters[($0 + 1)...] } ?? chapters[...]
    return inner.map(\.rawValue) + ["article"]
  }

  /// Whether it has no words of its own, but for a heading.
  var isSection: Bool {
    switch self {
    case .annex, .part, .chapter, .section, .subsection, .division, .article, .supplement,
      .appendix:
      true
    case .paragraph, .item, .subitem, .preamble, .text, .note, .table: false
    }
  }
}

/// A sentence that can be referred to by its part.
struct Sentence: Sendable {
  let part: SentencePart?
  let content: [Inline]
  let flow: Flow
}

enum SentencePart: String, CaseIterable, Sendable {
  case main, proviso, former, latter

  /// As references name it.
  var words: String {
    switch self {
    case .main: "本文"
    case .proviso: "ただし書"
    case .former: "前段"
    case .latter: "後段"
    }
  }
}

/// A table within a provision; each row has a cell for each column.
struct AnnexTable: Sendable {
  /// One label a column; empty: a table without a head.
  let labels: [String]
  let widths: [Int]
  let rows: [[[Inline]]]
}
