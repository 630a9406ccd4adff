import Diagnostics
import Records
import TemplateRuntime

/// Lays running text out: paths become operands, types become formats, references become links.
struct RunLayout {
  let scope: Scope
  let context: LayoutContext
  /// True in a ruled cell, where an absent value needs no rule of its own.
  let isInCell: Bool
  private let isInAnnex: Bool
  /// The article that the reference before named.
  private var namedArticle: Int?

  init(scope: Scope, context: LayoutContext, isInCell: Bool = false, isInAnnex: Bool = false) {
    self.scope = scope
    self.context = context
    self.isInCell = isInCell
    self.isInAnnex = isInAnnex
  }

  var reader: ElementReader { context.reader }

  func runs(_ content: [Inline]) -> [Run] {
    var layout = self
    return content.flatMap { inline in
      if case .reference(let reference) = inline {
        defer { layout.namedArticle = layout.article(of: reference) }
        return layout.run(inline)
      }
      return layout.run(inline)
    }
  }

  /// The article that all of its targets are of.
  private func article(of reference: Reference) -> Int? {
    let articles = reference.targets.flatMap(\.names).map {
      context.numbered.indices[$0.text].map(context.numbered.outermost)
    }
    guard let first = articles.first, articles.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  func condition(_ expression: Expression?) -> Condition? {
    expression.flatMap { ConditionResolver(scope: scope, reader: reader).resolve($0) }
  }

  private func run(_ inline: Inline) -> [Run] {
    switch inline {
    case .text(let text, _): return [.text(text)]
    case .hole(let hole): return self.hole(hole)
    case .reference(let reference): return self.reference(reference)
    case .paper(let paper, let content):
      let inner = runs(content)
      return context.target(ofPaper: paper.text).map { [.link($0, inner)] } ?? inner
    case .requirement(let requirement):
      let inner = runs(requirement.content)
      return context.target(ofField: requirement.field.text, in: requirement.form.text)
        .map { [.link($0, inner)] } ?? inner
    case .term(let content, _): return [.term(runs(content))]
    case .cite(let content): return runs(content)
    case .emphasis(let content): return [.emphasis(runs(content))]
    case .lineBreak: return [.lineBreak]
    case .conditional(let expression, let content):
      let condition = condition(expression)
      let isLacking = expression.asksProvisions && condition?.constantValue == false
      if isLacking { context.lacks += 1 }
      let inner = runs(content)
      if isLacking { context.lacks -= 1 }
      guard let condition else { return [] }
      guard let value = condition.constantValue else { return [.conditional(condition, inner)] }
      return value ? inner : []
    }
  }

  private func reference(_ reference: Reference) -> [Run] {
    if isInAnnex {
      guard let content = reference.words else {
        return runs(context.references.words[reference.location] ?? [])
      }
      // `References` has said what is missing.
      guard let first = reference.targets.first else { return runs(content) }
      return linked(runs(content), to: first.name.text, first.part)
    }
    // What is not printed may speak of what is not there.
    guard context.lacks == 0 else { return [] }
    guard let reference = answerable(reference) else { return withoutTarget(reference) }
    guard let target = context.numbered.target(of: reference, reader: reader) else { return [] }
    if let content = reference.words {
      check(content.plainText, of: reference, target)
      return target.first.map { linked(runs(content), to: $0) } ?? runs(content)
    }
    let wording = ReferenceWording(context.numbered, leavingOut: named(before: reference))
    return runs(wording.pieces(target, joint: reference.joint))
  }

  /// What a form's own words have named before a reference; by number, the edition's first annex.
  private func named(before reference: Reference) -> Int? {
    let first = context.numbered.roots[0]
    switch reference.scope {
    case .full: return nil
    case .number: return first
    case .paragraph:
      let article = article(of: reference)
      return article != nil && article == namedArticle ? article : first
    }
  }

  /// A form's own words for a reference are free, but name no other provision.
  private func check(_ written: String, of reference: Reference, _ target: ReferredTo) {
    let first = context.numbered.roots[0]
    let typed = TypedReferenceScanner(
      TypedText(written),
      names: context.numbered.namesInTexts(scope),
      slot: { _ in nil }
    ).references(opensParagraph: false).contains { typed in
      switch typed.reach {
      case .own: typed.namesArticle
      case .byName: true
      case .otherLaw, .lawNumber: false
      }
    }
    let read = ReferenceReader(context.numbered, from: nil).read(written)
    guard read.map({ !context.numbered.areSame($0, target) }) ?? typed else { return }
    let right = ReferenceWording(context.numbered, leavingOut: first).pieces(target)
      .map(\.words).joined()
    reader.report(.falseReference(written, right, at: reference.location))
  }

  private func runs(_ pieces: [ReferencePiece]) -> [Run] {
    pieces.flatMap { piece in
      piece.target.map { linked([.text(piece.words)], to: $0) } ?? [.text(piece.words)]
    }
  }

  private func linked(_ words: [Run], to address: Address) -> [Run] {
    guard let id = context.numbered.provisions[address.index].provision.id else { return words }
    return linked(words, to: id.text, address.part)
  }

  private func linked(_ words: [Run], to id: String, _ part: SentencePart?) -> [Run] {
    context.target(ofProvision: id, part: part).map { [.link($0, words)] } ?? words
  }

  /// A reference as this annex can answer it: one of an edition below means the whole provision where the annex lacks its part.
  ///
  /// Nil where the annex lacks the provision.
  private func answerable(_ reference: Reference) -> Reference? {
    guard context.inheritance.isInherited(reference.location) else { return reference }
    func answerable(_ target: Reference.Target) -> Reference.Target? {
      let absent = target.names.filter {
        context.numbered.address(of: $0.text, part: nil) == nil
      }
      for name in absent { context.inheritance.miss(name.text, at: name.location) }
      if !absent.isEmpty { return nil }
      if context.numbered.address(of: target.name.text, part: target.part) != nil { return target }
      return Reference.Target(name: target.name, part: nil, last: target.last)
    }
    var answered = reference
    answered.targets = reference.targets.compactMap(answerable)
    return answered.targets.count == reference.targets.count ? answered : nil
  }

  /// What a form that is inherited prints of a reference to what the annex lacks: the annex's name.
  private func withoutTarget(_ reference: Reference) -> [Run] {
    if let words = reference.words { return runs(words) }
    return switch reference.scope {
    case .full: [.text(context.annexName)]
    case .number, .paragraph: []
    }
  }
}
