import Diagnostics

/// The checks on the words of the provisions themselves: brackets, defined terms.
struct ProvisionText {
  private let scope: Scope
  private let reader: ElementReader

  static func check(_ numbered: NumberedAnnex, scope: Scope, reader: ElementReader) {
    let check = ProvisionText(scope: scope, reader: reader)
    for numbered in numbered.provisions {
      check.checkLabels(numbered)
      for text in numbered.provision.texts { check.check(text) }
    }
    for root in numbered.roots {
      check.checkTerms(numbered.provisions[root...numbered.end(of: root)])
    }
  }

  /// Reports what was typed though it is generated.
  private func checkLabels(_ numbered: NumberedProvision) {
    guard let level = numbered.level else { return }
    let provision = numbered.provision
    if level.brackets != .none, let brackets = TypedLabel.brackets(around: provision.caption) {
      reader.report(.typedBrackets(brackets))
    }
    let words = provision.sentences.first?.content ?? []
    if let indent = TypedLabel.indent(in: words) { reader.report(.typedIndent(indent)) }
    if let label = numbered.typedNumber { reader.report(.typedNumber(label)) }
  }

  private func check(_ content: [Inline]) {
    let typed = TypedText(content)
    for place in typed.spaces { reader.report(.typedSpace(at: place)) }
    for (term, place) in typed.untaggedTerms {
      reader.report(.untaggedTerm(term, at: place))
    }
    if let bracket = Self.unbalanced(brackets(content)) {
      reader.report(.unbalancedBracket(bracket.character, at: bracket.location))
    }
  }

  private typealias Bracket = (character: Unicode.Scalar, location: SourceLocation)

  private static let openings: [Unicode.Scalar: Unicode.Scalar] =
    ["）": "（", "」": "「", "』": "『", "〕": "〔"]

  /// The brackets of the text as it is printed; those of a slot stand at its hole.
  private func brackets(_ content: [Inline]) -> [Bracket] {
    content.flatMap { inline -> [Bracket] in
      switch inline {
      case .text(let text, let location):
        text.unicodeScalars.enumerated().compactMap { index, scalar in
          guard Self.isBracket(scalar) else { return nil }
          var location = location
          location.column += index
          return (scalar, location)
        }
      case .hole(let hole):
        (scope.slot(hole.path) ?? "").unicodeScalars.filter(Self.isBracket)
          .map { ($0, hole.path.location) }
      case .lineBreak: []
      case .reference, .cite, .term, .paper, .requirement, .emphasis, .conditional:
        brackets(inline.content ?? [])
      }
    }
  }

  private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
    openings.contains { $0.key == scalar || $0.value == scalar }
  }

  /// The first bracket that closes nothing that is open, or the last that is never closed.
  private static func unbalanced(_ brackets: [Bracket]) -> Bracket? {
    var open: [Bracket] = []
    for bracket in brackets {
      if let opening = openings[bracket.character] {
        guard open.popLast()?.character == opening else { return bracket }
      } else {
        open.append(bracket)
      }
    }
    return open.last
  }

  /// Of one annex: another may define its words for itself.
  private func checkTerms(_ provisions: ArraySlice<NumberedProvision>) {
    var defined: [(words: String, location: SourceLocation)] = []
    /// The text behind each definition.
    var following: [String] = []
    for content in provisions.flatMap(\.provision.texts) {
      let text = content.text(in: scope)
      for index in following.indices { following[index] += text }
      content.visit { inline in
        guard case .term(let inner, let location) = inline else { return }
        let words = inner.text(in: scope)
        if defined.contains(where: { $0.words == words }) {
          reader.report(.duplicateTerm(words, at: location))
        }
        defined.append((words, location))
        let rest = text.components(after: words)
        following.append(rest)
      }
    }
    for (term, text) in zip(defined, following) where !text.contains(term.words) {
      reader.report(.unusedTerm(term.words, at: term.location))
    }
  }
}

extension [Inline] {
  /// The text as it is printed, generated words aside.
  func text(in scope: Scope) -> String {
    map { inline in
      switch inline {
      case .text(let text, _): text
      case .hole(let hole): scope.slot(hole.path) ?? "\u{FFFC}"
      case .lineBreak: ""
      case .reference, .cite, .term, .paper, .requirement, .emphasis, .conditional:
        (inline.content ?? []).text(in: scope)
      }
    }.joined()
  }
}

extension Scope {
  /// The words of one of the edition's slots.
  func slot(_ path: Name) -> String? {
    if case .slot(let value) = resolve(path) { value } else { nil }
  }
}

extension String {
  /// What follows 「words」という.
  fileprivate func components(after words: String) -> String {
    guard let range = firstRange(of: "「\(words)」という") else { return "" }
    return String(self[range.upperBound...])
  }
}

extension NumberedProvision {
  /// The number at the head of its words, where it is generated.
  var typedNumber: TypedLabel? {
    guard level != nil else { return nil }
    return TypedLabel.number(in: provision.caption)
      ?? TypedLabel.number(in: provision.sentences.first?.content ?? [])
  }
}

extension Diagnostic {
  fileprivate static func unbalancedBracket(_ bracket: Unicode.Scalar, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .unbalancedBrackets,
      .warning,
      at: location,
      ja: "括弧「\(bracket)」の対応が取れていません。",
      en: "The bracket “\(bracket)” has no counterpart.",
      hint: Message(
        ja: "括弧は一つの文の中で開き、その順に閉じます。正本のとおりなら、そのままにしてください。",
        en:
          "Brackets open and close within one sentence, the last opened first. If the official text has it so, leave it."
      )
    )
  }

  fileprivate static func untaggedTerm(_ term: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .untaggedTerm,
      at: location,
      ja: "定義語「\(term)」が <term> で囲まれていません。",
      en: "The defined term “\(term)” is not marked with <term>.",
      hint: Message(
        ja: "以下「<term>\(term)</term>」という。 と書きます。",
        en: "Write 以下「<term>\(term)</term>」という。"
      )
    )
  }

  fileprivate static func duplicateTerm(_ term: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .duplicateTerm,
      .warning,
      at: location,
      ja: "「\(term)」は前の条文で既に定義されています。",
      en: "“\(term)” is already defined further up.",
      hint: Message(
        ja: "後の定義を削り、定義した語をそのまま使ってください。正本のとおりなら、そのままにしてください。",
        en:
          "Drop this definition, and use the term as it is. If the official text has it so, leave it."
      )
    )
  }

  fileprivate static func unusedTerm(_ term: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unusedTerm,
      .warning,
      at: location,
      ja: "定義語「\(term)」は、定義の後で使われていません。",
      en: "The defined term “\(term)” is not used after its definition.",
      hint: Message(
        ja: "「以下…という」を削るか、後の条文でこの語を使ってください。",
        en: "Drop the definition, or use the term in what follows."
      )
    )
  }
}
