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

  private func article(of reference: Reference) -> Int? {
    context.numbered.indices[reference.target.text].map(context.numbered.outermost)
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
    guard let address = address(of: reference) else { return missing(reference) }
    let words: [Run]
    if let content = reference.words {
      words = runs(content)
    } else if isInAnnex {
      words = [.text(context.references.words[reference.target.location] ?? "")]
    } else {
      let number = context.numbered.words(of: address)
      switch reference.scope {
      case .full: words = [.text(context.annexName + number)]
      case .paragraph where context.numbered.outermost(of: address.index) == namedArticle:
        let within = context.numbered.wordsWithinArticle(of: address)
        words = [.text(within.isEmpty ? number : within)]
      case .number, .paragraph: words = [.text(number)]
      }
    }
    guard let target = context.target(ofProvision: reference.target.text, part: address.part)
    else { return words }
    return [.link(target, words)]
  }

  /// What a reference means; the whole provision, where an edition below names a part that this one does not have.
  private func address(of reference: Reference) -> Address? {
    let (id, part) = (reference.target.text, reference.part)
    if let address = context.numbered.address(of: id, part: part) { return address }
    guard !isInAnnex, context.inheritance.isInherited(reference.target.location) else { return nil }
    return context.numbered.address(of: id, part: nil)
  }

  /// What is printed of a reference without a target: of a form that is inherited, the annex's name.
  private func missing(_ reference: Reference) -> [Run] {
    let target = reference.target
    // Within the annex `References` has said so.
    guard !isInAnnex, !target.text.isEmpty, context.lacks == 0 else { return [] }
    guard context.inheritance.isInherited(target.location) else {
      reader.report(.danglingReference(target, part: reference.part, in: context.numbered))
      return []
    }
    context.inheritance.miss(target.text, at: target.location)
    if let words = reference.words { return runs(words) }
    switch reference.scope {
    case .full: return [.text(context.annexName)]
    case .number, .paragraph: return []
    }
  }

  // MARK: Holes

  private func hole(_ hole: Hole) -> [Run] {
    switch scope.resolve(hole.path.text) {
    case nil:
      reader.report(.unknownField(hole.path, scope))
      return []
    case .slot(let value):
      if let filter = hole.filters.first { reader.report(.filteredSlot(filter.name, hole.path)) }
      return [.text(value)]
    case .item:
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    case .index(let variable):
      return [.index(register: variable.register, numberStyle(hole) ?? .digits(context.digits))]
    case .count(_, let operand):
      return [.count(operand, numberStyle(hole) ?? .digits(context.digits))]
    case .field(let id, let operand):
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
    let isList = field.itemFrame != nil && !scope.variables.contains { $0.name == hole.path.text }
    if type == .multiline || type == .photo {
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    }
    var style = Self.style(of: type, digits: context.digits)
    var blank = isInCell ? type.cellBlank : type.ruledBlank(width: field.declaration.width)
    var separator = "、"
    for filter in hole.filters {
      switch filter.name {
      case "default":
        guard let words = filter.argument else { fallthrough }
        blank = .words(words)
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
    guard isList else { return [.value(operand, style, blank)] }
    let register = (scope.variables.last?.register ?? 0) + 1
    let loop = Loop(list: operand, register: register, minimum: 1)
    let item = Operand(register: register, slot: 0)
    return [.joined(loop, [.value(item, style, blank)], separator: separator)]
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
