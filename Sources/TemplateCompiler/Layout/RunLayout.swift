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

  private var reader: ElementReader { context.reader }

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
    let articles = (reference.targets + (reference.through.map { [$0] } ?? [])).map {
      context.numbered.indices[$0.name.text].map(context.numbered.outermost)
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
    let article = reference.scope == .paragraph ? article(of: reference) : nil
    let isNamed = article != nil && article == namedArticle
    let wording = ReferenceWording(context.numbered, leavingOut: isNamed ? namedArticle : nil)
    var pieces = wording.pieces(target, joint: reference.joint)
    if reference.scope == .full, !pieces.isEmpty {
      pieces[0].words = context.annexName + pieces[0].words
    }
    return runs(pieces)
  }

  /// A form's own words for a reference are free, but name no other provision.
  private func check(_ written: String, of reference: Reference, _ target: ReferredTo) {
    let name = context.annexName
    let words = written.hasPrefix(name) ? String(written.dropFirst(name.count)) : written
    let typed = TypedReferenceScanner(TypedText(words), names: [], slot: { _ in nil })
      .references(opensParagraph: false).contains { $0.reach == .own && $0.namesArticle }
    let read = ReferenceReader(context.numbered, from: nil).read(words)
    guard read.map({ !context.numbered.areSame($0, target) }) ?? typed else { return }
    let right = ReferenceWording(context.numbered).pieces(target).map(\.words).joined()
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
      let id = target.name.text
      if context.numbered.address(of: id, part: target.part) != nil { return target }
      if context.numbered.address(of: id, part: nil) != nil {
        return Reference.Target(name: target.name, part: nil)
      }
      context.inheritance.miss(id, at: target.name.location)
      return nil
    }
    var answered = reference
    answered.targets = reference.targets.compactMap(answerable)
    answered.through = reference.through.flatMap(answerable)
    let isWhole =
      answered.targets.count == reference.targets.count
      && (answered.through == nil) == (reference.through == nil)
    return isWhole ? answered : nil
  }

  /// What a form that is inherited prints of a reference to what the annex lacks: the annex's name.
  private func withoutTarget(_ reference: Reference) -> [Run] {
    if let words = reference.words { return runs(words) }
    return switch reference.scope {
    case .full: [.text(context.annexName)]
    case .number, .paragraph: []
    }
  }

  // MARK: Holes

  private func hole(_ hole: Hole) -> [Run] {
    switch scope.resolve(hole.path) {
    case nil:
      reader.report(.unknownField(hole.path, scope))
      return []
    case .slot(let value):
      reader.noteSlot(hole.path, scope)
      if let filter = hole.filters.first { reader.report(.filteredSlot(filter.name, hole.path)) }
      return [.text(value)]
    case .item:
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    case .index(let variable):
      return [.index(register: variable.register, numberStyle(hole) ?? .digits(context.digits))]
    case .count(let id, let operand):
      reader.uses.printed.insert(id)
      return [.count(operand, numberStyle(hole) ?? .digits(context.digits))]
    case .field(let id, let operand):
      reader.uses.printed.insert(id)
      return value(of: id, operand, hole)
    }
  }

  private func numberStyle(_ hole: Hole) -> NumberStyle? {
    var style: NumberStyle?
    for filter in hole.filters {
      switch filter.name {
      case "number": style = .grouped
      case "fullwidth": style = .digits(.full)
      case "kanji": style = .digits(.kanji)
      case _: report(filter, hole)
      }
    }
    return style
  }

  private func value(of id: Field.ID, _ operand: Operand, _ hole: Hole) -> [Run] {
    let field = scope.dictionary.fields[id]
    guard let type = field.type else {
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    }
    // A list's own operand, not that of its current item.
    let isList = field.itemFrame != nil && !scope.isItem(id, operand)
    if type == .multiline || type == .photo {
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    }
    var style = Self.style(of: type, digits: context.digits)
    var blank = isInCell ? type.cellBlank : type.ruledBlank(width: field.declaration.width)
    var separator = "、"
    var wordsInBlankMode: String?
    for filter in hole.filters {
      switch filter.name {
      case "default":
        guard let words = filter.argument else { fallthrough }
        blank = .words(words)
      case "blank":
        guard let words = filter.argument else { fallthrough }
        wordsInBlankMode = words
      case "join":
        guard isList, let argument = filter.argument else {
          report(filter, hole)
          continue
        }
        separator = argument
      case _:
        guard filter.argument == nil, let format = format(filter.name, of: type) else {
          report(filter, hole)
          continue
        }
        style = .format(format)
      }
    }
    var runs: [Run] = [.value(operand, style, blank)]
    if isList {
      let register = (scope.variables.last?.register ?? 0) + 1
      let loop = Loop(list: operand, register: register, minimum: 1)
      let item = Operand(register: register, slot: 0)
      runs = [.joined(loop, [.value(item, style, blank)], separator: separator)]
    }
    guard let words = wordsInBlankMode, let isBlankMode else { return runs }
    return [.conditional(isBlankMode, [.text(words)]), .conditional(.not(isBlankMode), runs)]
  }

  /// Whether 未記入様式 is printed, in which no value is.
  private var isBlankMode: Condition? {
    let mode = Name(text: "packet.mode", location: SourceLocation(file: ""))
    return condition(.compare(.path(mode), .equal, .text("blank")))
  }

  /// How a type prints by itself.
  static func style(of type: FieldType, digits: DigitStyle) -> ValueStyle {
    switch type {
    case .text, .multiline, .decimal, .choice, .identifier, .postalCode, .phone, .email,
      .corporateNumber, .photo:
      .format(.text)
    case .integer: .format(.number(.grouped))
    case .percent: .format(.percent)
    case .money: .format(.money)
    case .date: .format(.wareki(digits, time: false))
    case .datetime: .format(.wareki(digits, time: true))
    case .boolean(let yes, let no): .boolean(yes: yes, no: no)
    }
  }

  private func format(_ filter: String, of type: FieldType) -> ValueFormat? {
    switch (filter, type) {
    case ("iso", .date): .iso(time: false)
    case ("iso", .datetime): .iso(time: true)
    case ("wareki", .date): .wareki(context.digits, time: false)
    case ("wareki", .datetime): .wareki(context.digits, time: true)
    case ("kanji", .date): .wareki(.kanji, time: false)
    case ("kanji", .integer): .number(.digits(.kanji))
    case ("number", .integer), ("number", .money): .number(.grouped)
    case ("money", .integer), ("money", .money): .money
    case ("daiji", .integer), ("daiji", .money): .daiji
    case ("fullwidth", .integer): .number(.digits(.full))
    case ("fullwidth", .text), ("fullwidth", .identifier), ("fullwidth", .postalCode),
      ("fullwidth", .phone), ("fullwidth", .corporateNumber):
      .fullwidth
    case (_, _): nil
    }
  }

  private func report(_ filter: FilterUse, _ hole: Hole) {
    let known = [
      "iso", "wareki", "number", "money", "daiji", "kanji", "fullwidth", "join", "default",
      "blank",
    ]
    reader.report(
      known.contains(filter.name)
        ? .filterMismatch(filter.name, hole.path)
        : .unknownFilter(filter.name, known, at: hole.path.location)
    )
  }
}

extension FieldType {
  /// What a cell shows until it is filled in.
  var cellBlank: Blank {
    switch self {
    case .date: .words("令和　　年　　月　　日")
    case .datetime: .words("令和　　年　　月　　日　　時　　分")
    case .text, .multiline, .integer, .decimal, .percent, .money, .boolean, .choice, .identifier,
      .postalCode, .phone, .email, .corporateNumber, .photo:
      .cell
    }
  }

  /// What running text shows: a rule of a size fit for handwriting.
  func ruledBlank(width: Int?) -> Blank {
    switch self {
    case .date, .datetime: cellBlank
    case .integer, .decimal, .percent, .boolean: .rule(width ?? 4)
    case .money, .identifier, .postalCode, .phone, .corporateNumber, .choice: .rule(width ?? 8)
    case .text, .multiline, .email, .photo: .rule(width ?? 12)
    }
  }
}

extension Diagnostic {
  fileprivate static func filterMismatch(_ filter: String, _ path: Name) -> Self {
    Diagnostic(
      .filterMismatch,
      at: path.location,
      ja: "フィルタ「\(filter)」は「\(path.text)」の型には使えません。",
      en: "The filter “\(filter)” does not fit the type of “\(path.text)”.",
      hint: Message(
        ja: "フィルタを付けなければ、型に応じた形で印刷されます。",
        en: "Without a filter it is printed as its type demands."
      )
    )
  }

  fileprivate static func filteredSlot(_ filter: String, _ path: Name) -> Self {
    Diagnostic(
      .filterMismatch,
      at: path.location,
      ja: "「\(path.text)」は版の語（slot）なので、フィルタ「\(filter)」は付けられません。",
      en: "“\(path.text)” is a slot of the edition, so the filter “\(filter)” does not apply.",
      hint: Message(
        ja: "edition.xml の slot に、印刷する形のままで書いてください。",
        en: "Write the slot in edition.xml just as it is to be printed."
      )
    )
  }

  fileprivate static func unknownFilter(
    _ filter: String,
    _ known: [String],
    at location: SourceLocation
  )
    -> Self
  {
    let list = known.joined(separator: ", ")
    return Diagnostic(
      .unknownFilter,
      at: location,
      ja: "フィルタ「\(filter)」はありません。",
      en: "There is no filter “\(filter)”.",
      hint: didYouMean(filter, among: known).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      } ?? Message(ja: "使えるもの：\(list)", en: "Accepted: \(list)")
    )
  }
}
