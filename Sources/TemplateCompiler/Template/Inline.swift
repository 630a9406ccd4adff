import Diagnostics

/// Running text of the annex and the forms.
indirect enum Inline: Sendable {
  case text(String, SourceLocation)
  case hole(Hole)
  /// Words are generated unless there is content.
  case reference(Reference)
  /// Names an entry of the register of papers.
  case paper(Name, [Inline])
  /// Words that demand an item of a form.
  case requirement(Requirement)
  /// The words of a defined term, where it is defined.
  case term([Inline], SourceLocation)
  /// A pinpoint into another law.
  case cite([Inline])
  case emphasis([Inline])
  case lineBreak
  case conditional(Expression, [Inline])
}

/// `{path | filter | filter:'argument'}`.
struct Hole: Sendable {
  let path: Name
  let filters: [FilterUse]
}

struct FilterUse: Sendable {
  let name: String
  let argument: String?
}

struct Reference: Sendable {
  let target: Name
  let part: SentencePart?
  /// Official words that are printed as they are: この場合.
  let words: [Inline]?
  /// How much a form's reference says.
  var scope = Scope.full

  enum Scope: String, CaseIterable, Sendable {
    /// 特記事項第６条第２項.
    case full
    /// 第６条第２項, where the annex has just been named.
    case number
    /// 第２項, where the reference before it names the same article; else as `number`.
    case paragraph
  }
}

struct Requirement: Sendable {
  let form: Name
  let field: Name
  /// The only case in which the law demands the item; nil: always.
  let condition: Expression?
  let content: [Inline]
  let location: SourceLocation
}

extension [Inline] {
  /// Calls `body` on every inline, outer before inner, in reading order.
  func visit(_ body: (Inline) -> Void) {
    for inline in self {
      body(inline)
      inline.content?.visit(body)
    }
  }
}

extension Inline {
  /// The inlines within this one; nil for one that has no content of its own.
  var content: [Inline]? {
    switch self {
    case .text, .hole, .lineBreak: nil
    case .reference(let reference): reference.words
    case .paper(_, let content), .term(let content, _), .cite(let content), .emphasis(let content),
      .conditional(_, let content):
      content
    case .requirement(let requirement): requirement.content
    }
  }
}
