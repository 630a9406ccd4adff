import Diagnostics
import Records

/// Lays one form out.
final class FormLayout {
  let form: Form
  let context: LayoutContext
  /// The document's own register, if it is repeated.
  private let documentRegister: Int?
  private let document: String
  /// The first-instance id of each field that got an id.
  private(set) var fieldAnchors: [String: String] = [:]
  private var takenAnchors: Set<Anchor> = []
  /// How many conditions and loops stand around that may print nothing; what is in them is no target of a link.
  var doubts = 0
  /// Only the first copy of a form carries ids.
  private var givesAnchors = true

  init(_ form: Form, context: LayoutContext, documentRegister: Int?) {
    self.form = form
    self.context = context
    self.documentRegister = documentRegister
    document = form.id
  }

  func blocks(scope: Scope) -> [Block] {
    guard !form.copies.isEmpty else { return content(scope, copy: []) }
    return form.copies.enumerated().map { index, label in
      givesAnchors = index == 0
      return .copy(content(scope, copy: RunLayout(scope: scope, context: context).runs(label)))
    }
  }

  func content(_ scope: Scope, copy: [Run]) -> [Block] {
    formNumber(scope) + form.blocks.flatMap { block($0, scope, copy: copy) }
  }

  func formNumber(_ scope: Scope) -> [Block] {
    let style = context.template.edition.style
    guard style.printsFormNumbers, let number = form.number else { return [] }
    var runs: [Run] = [.text(style.formNumberLabel + number)]
    if let basis = form.basis, let address = context.numbered.address(of: basis.text, part: nil) {
      // 第６条関係 names the article, whatever paragraph is meant.
      let article = context.numbered.outermost(of: address.index)
      let words = context.numbered.fullWords(of: Address(index: article, part: nil)) + "関係"
      let link = context.target(ofProvision: basis.text, part: nil)
      runs +=
        [.text("（")] + (link.map { [.link($0, [.text(words)])] } ?? [.text(words)]) + [.text("）")]
    }
    return [.formNumber(runs)]
  }

  // MARK: Flow

  func flowing<Part>(
    _ flow: Flow,
    _ scope: Scope,
    conditional: (Condition, [Part]) -> Part,
    repeated: (Loop, [Part]) -> Part,
    _ body: (Scope) -> [Part]
  ) -> [Part] {
    let runs = RunLayout(scope: scope, context: context)
    let resolved = flow.condition.map { runs.condition($0) }
    let mayVanish =
      resolved.map { $0?.constantValue != true } ?? false
      || flow.loop.map { $0.minimum == 0 } ?? false
    let isLacking =
      flow.condition?.asksProvisions == true && resolved.flatMap { $0?.constantValue } == false
    if mayVanish { doubts += 1 }
    if isLacking { context.lacks += 1 }
    defer {
      if mayVanish { doubts -= 1 }
      if isLacking { context.lacks -= 1 }
    }
    var parts: [Part]
    if let declaration = flow.loop {
      guard let (inner, loop) = entering(declaration, scope) else { return [] }
      parts = [repeated(loop, body(inner))]
    } else {
      parts = body(scope)
    }
    guard let resolved else { return parts }
    guard let condition = resolved else { return [] }
    guard let value = condition.constantValue else { return [conditional(condition, parts)] }
    if !value { parts = [] }
    return parts
  }

  func entering(_ declaration: LoopDeclaration, _ scope: Scope) -> (Scope, Loop)? {
    guard let (inner, list, variable) = scope.entering(declaration) else {
      if !declaration.list.text.isEmpty {
        context.reader.report(
          scope.resolve(declaration.list) == nil
            ? .unknownField(declaration.list, scope) : .typeMismatch(declaration.list, .loop)
        )
      }
      return nil
    }
    return (
      inner, Loop(list: list, register: variable.register, minimum: declaration.minimum)
    )
  }

  func blocks(_ blocks: [FormBlock], _ scope: Scope) -> [Block] {
    blocks.flatMap { block($0, scope, copy: []) }
  }

  func block(_ block: FormBlock, _ scope: Scope, copy: [Run]) -> [Block] {
    flowing(block.flow, scope, conditional: Block.conditional, repeated: Block.repeated) {
      kind(block, $0, copy: copy)
    }
  }

  func kind(_ block: FormBlock, _ scope: Scope, copy: [Run]) -> [Block] {
    let layout = RunLayout(scope: scope, context: context)
    switch block.kind {
    case .letterhead(let letterhead): return self.letterhead(letterhead, scope)
    case .title: return [.title(layout.runs(form.title), copy: copy, isFirst: givesAnchors)]
    case .paragraph(let alignment, let content):
      return [
        loneMultiline(content, scope, isInCell: false)
          ?? .paragraph(.body, alignment, layout.runs(content))
      ]
    case .particulars(let inner):
      return [.line(.opening, [.text("記")])] + blocks(inner, scope)
        + [.line(.closing, [.text("以上")])]
    case .fields(let caption, let columns, let rows):
      return [
        .fields(caption: layout.runs(caption), columns: columns, rows.flatMap { row($0, scope) })
      ]
    case .table(let table): return self.table(table, scope)
    case .choices(let path): return choices(path, scope).map { [$0] } ?? []
    case .clauses(let clauses): return [.list(items(clauses, scope))]
    case .signature(let rows): return [.signature(lines(rows, scope))]
    case .officeUse(let box):
      return [
        .officeUse(
          OfficeBox(
            caption: box.caption.isEmpty ? [.text("発注者記入欄")] : layout.runs(box.caption),
            stamp: box.stamp,
            cells: box.cells.map(layout.runs),
            blocks: blocks(box.blocks, scope)
          )
        )
      ]
    case .note(let content): return [.paragraph(.note, .left, layout.runs(content))]
    case .section(let heading, let inner):
      return [.section(heading: layout.runs(heading), blocks(inner, scope))]
    case .photo(let path, let label):
      if let path {
        switch scope.resolve(path) {
        case .field(let id, _): context.reader.uses.printed.insert(id)
        case .slot, .item, .index, .count: break
        case nil: context.reader.report(.unknownField(path, scope))
        }
      }
      return [.photo(label: label)]
    case .registerList(let kind):
      return RegisterLayout(context: context, scope: scope, form: form).blocks(kind)
    }
  }

  func letterhead(_ letterhead: Letterhead, _ scope: Scope) -> [Block] {
    letterhead.parts.flatMap { part -> [Block] in
      switch part {
      case .date(let path):
        let hole = Hole(path: path, filters: [])
        let runs = RunLayout(scope: scope, context: context, isInCell: true).runs([.hole(hole)])
        return [.line(.date, runs)]
      case .addressee(let flow, let path, let content):
        return flowing(flow, scope, conditional: Block.conditional, repeated: Block.repeated) {
          addressee(path, content, $0)
        }
      case .sender(let flow, let label, let rows):
        return flowing(flow, scope, conditional: Block.conditional, repeated: Block.repeated) {
          [
            .sender(
              label: RunLayout(scope: $0, context: context).runs(label),
              lines(rows, $0, isSender: true)
            )
          ]
        }
      }
    }
  }

  func addressee(_ path: Name?, _ content: [Inline], _ scope: Scope) -> [Block] {
    let layout = RunLayout(scope: scope, context: context)
    let (prefix, suffix) = context.template.edition.style.addressee
    func line(_ runs: [Run]) -> Block {
      .line(.addressee, [.text(prefix)] + runs + [.text(suffix)])
    }
    let words = line(layout.runs(content))
    guard let path, let isNamed = layout.condition(.path(path)) else { return [words] }
    return [
      .conditional(isNamed, [line(layout.runs([.hole(Hole(path: path, filters: []))]))]),
      .conditional(.not(isNamed), [words]),
    ]
  }

  /// With the mark for the seal, if the office asks for one: beside the rows that say so, else beside a sender's last.
  func lines(_ rows: [LabelledRow], _ scope: Scope, isSender: Bool = false) -> [LabelledLine] {
    let isSealed: (Int) -> Bool
    switch context.template.edition.style.seal {
    case .omitted, .signature: isSealed = { _ in false }
    case .seal:
      let isAnySealed = rows.contains(where: \.isSealed)
      isSealed = { isAnySealed ? rows[$0].isSealed : isSender && $0 == rows.count - 1 }
    }
    return rows.enumerated().compactMap { index, row in
      var inner = scope
      var loop: Loop?
      if let declaration = row.flow.loop {
        guard let entered = entering(declaration, scope) else { return nil }
        (inner, loop) = entered
      }
      let outer = RunLayout(scope: scope, context: context)
      let condition = outer.condition(row.flow.condition)
      if condition?.constantValue == false { return nil }
      let layout = RunLayout(scope: inner, context: context)
      return LabelledLine(
        label: layout.runs(row.label),
        content: layout.runs(row.content),
        condition: condition?.constantValue == true ? nil : condition,
        loop: loop,
        isSealed: isSealed(index)
      )
    }
  }

  func items(_ clauses: [Clause], _ scope: Scope) -> [ListItem] {
    var settled = SlotConditions(scope: scope, reader: context.reader)
    let layout = RunLayout(scope: scope, context: context)
    for clause in clauses {
      if let label = TypedLabel.number(in: clause.content) {
        context.reader.report(.typedNumber(label))
      }
    }
    return clauses.filter { settled.isKept($0.flow, ids: []) }.enumerated().map { index, clause in
      ListItem(number: context.numbered.number(index + 1), content: layout.runs(clause.content))
    }
  }

  // MARK: Ids

  func anchor(of row: FieldRow, _ scope: Scope) -> Anchor? {
    var paths = row.path.map { [$0] } ?? []
    if case .inline(let inline) = row.content {
      inline.visit { if case .hole(let hole) = $0 { paths.append(hole.path) } }
    }
    guard let first = paths.first, let anchor = anchor(first, scope) else { return nil }
    for path in paths.dropFirst() {
      if doubts == 0, let absolute = scope.absolutePath(path), fieldAnchors[absolute] == nil {
        fieldAnchors[absolute] = anchor.first
      }
    }
    return anchor
  }

  /// A new id for a field; nil if it has one already.
  func anchor(_ path: Name, _ scope: Scope) -> Anchor? {
    guard givesAnchors, let absolute = scope.absolutePath(path) else { return nil }
    var anchor = Anchor(pieces: [.text(document)])
    if let documentRegister { anchor.pieces += [.text("-"), .index(documentRegister)] }
    let name = absolute.utf8.map { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") ? 0x2D : $0 }
    anchor.pieces.append(.text("-" + String(decoding: name, as: UTF8.self)))
    for variable in scope.variables where variable.register != documentRegister {
      anchor.pieces += [.text("-"), .index(variable.register)]
    }
    guard takenAnchors.insert(anchor).inserted else { return nil }
    if doubts == 0, fieldAnchors[absolute] == nil { fieldAnchors[absolute] = anchor.first }
    return anchor
  }
}

extension Anchor {
  /// The id of the first instance.
  var first: String {
    pieces.map {
      switch $0 {
      case .text(let text): text
      case .index: "1"
      }
    }.joined()
  }
}
