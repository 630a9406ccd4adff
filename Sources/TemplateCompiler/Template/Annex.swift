import Diagnostics

/// 特記事項: articles of paragraphs, in the terms of 法令標準XML.
struct Annex: Sendable {
  let id: String
  /// 別記, at the head of the first page.
  let mark: [Inline]
  let title: [Inline]
  let titleLocation: SourceLocation
  var articles: [Article]
  let location: SourceLocation
}

/// 条.
struct Article: Sendable {
  let id: Name
  /// Without its brackets.
  let caption: [Inline]
  var paragraphs: [Paragraph]
  /// 枝番号: counted under the article before it, as 第８条の２.
  let isBranch: Bool
  /// Printed as 第○条　削除.
  let isDeleted: Bool
  let flow: Flow
  let location: SourceLocation
  let end: SourceLocation
}

/// 項.
struct Paragraph: Sendable {
  let id: Name
  var sentences: [Sentence]
  /// 号.
  var items: [Item]
  let flow: Flow
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

/// 号, and the ア, イ … within it.
struct Item: Sendable {
  let id: Name?
  let content: [Inline]
  let subitems: [Item]
  let flow: Flow
}
