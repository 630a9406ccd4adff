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

/// A link to provisions, whose words are generated: to one, or to several, each of them alone or all from one through another.
struct Reference: Sendable {
  var targets: [Target]
  /// Whether the element says `part`, which is of a single target.
  let hasPart: Bool
  /// How the last of several is joined; nil: 及び, or 並びに where it stands above another 及び.
  let joint: Joint?
  /// The author's own words, checked against what the targets can be called: この場合.
  let words: [Inline]?
  let style: Style
  /// How much a form's reference says.
  var scope = Scope.full
  /// Of the element's `to`.
  let location: SourceLocation

  struct Target: Sendable {
    let name: Name
    let part: SentencePart?
    /// The last of a range that begins with it.
    var last: Name?

    /// Those that it names.
    var names: [Name] { [name] + (last.map { [$0] } ?? []) }
  }

  /// How the annex's own references are worded; in forms all go by number.
  enum Style: String, CaseIterable, Sendable {
    /// By the nearest form: 前条第１項, 同項, 前各号.
    case relative
    case number
    /// By the words in the element.
    case own
  }

  enum Scope: String, CaseIterable, Sendable {
    /// 特記事項第６条第２項.
    case full
    /// 第６条第２項, where the annex has just been named.
    case number
    /// 第２項, where the reference before it names the same article; else as `number`.
    case paragraph
  }

  enum Joint: String, CaseIterable, Sendable {
    case and = "及び"
    case or = "又は"
    case upperAnd = "並びに"
    case lowerOr = "若しくは"
    case andInKana = "および"
    case orInKana = "または"
    case upperAndInKana = "ならびに"
    case lowerOrInKana = "もしくは"
    case with = "と"

    /// What joins names that share the beginning, within names that are joined by this one.
    var inner: Joint {
      switch self {
      case .and, .upperAnd: .and
      case .or, .lowerOr: .lowerOr
      case .andInKana, .upperAndInKana: .andInKana
      case .orInKana, .lowerOrInKana: .lowerOrInKana
      case .with: .and
      }
    }

    /// What joins names of which some are joined themselves.
    var outer: Joint {
      switch self {
      case .and, .upperAnd: .upperAnd
      case .andInKana, .upperAndInKana: .upperAndInKana
      case .or, .lowerOr, .orInKana, .lowerOrInKana, .with: self
      }
    }
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
  /// Whether anything but space is printed.
  var hasWords: Bool {
    contains { inline in
      switch inline {
      case .text(let text, _):
        text.unicodeScalars.contains { $0 != " " && $0 != "\t" && $0 != "\n" && $0 != "\u{3000}" }
      case .hole: true
      case .lineBreak: false
      case .reference(let reference): reference.words.map(\.hasWords) ?? true
      case .paper, .requirement, .term, .cite, .emphasis, .conditional:
        inline.content?.hasWords ?? false
      }
    }
  }

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

extension Reference.Target {
  /// `subcontracting-ban#proviso`, or `first..last`.
  init(_ text: Substring, at location: SourceLocation) {
    if let range = text.firstRange(of: "..") {
      name = Name(text: String(text[..<range.lowerBound]), location: location)
      part = nil
      last = Name(text: String(text[range.upperBound...]), location: location)
      return
    }
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    part = parts.count > 1 ? SentencePart(rawValue: String(parts[1])) : nil
    // What is no part is part of a name, which nothing has.
    name = Name(text: String(part == nil ? text : parts[0]), location: location)
  }
}
