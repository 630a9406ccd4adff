import Diagnostics
import Records
import TemplateRuntime

/// Lays out the documents of a packet: forms first, since the annex links to their fields.
enum PacketLayout {
  /// Those that the packet of an occasion has, in its order; what the edition's slots rule out is no part of it.
  static func packet(of occasion: Occasion?, _ template: Template, scope: Scope) -> [PacketDocument]
  {
    template.edition.documents.filter { document in
      document.isMade(on: occasion)
        && document.flow.condition.flatMap(scope.settled) != false
    }
  }

  /// Those of `packet` that are selected, and the annexes, whether they are among them or not.
  static func documents(
    _ template: Template,
    _ numbered: NumberedAnnex,
    _ references: References,
    _ inheritance: Inheritance,
    scope: Scope,
    occasion: Occasion?,
    packet: [PacketDocument],
    selection: Selection,
    reader: ElementReader
  ) -> (printed: [LaidOutDocument], annexes: [LaidOutDocument]) {
    let selected = packet.enumerated().filter {
      selection.has(template.id(of: $0.element))
    }
    let context = LayoutContext(
      template: template,
      numbered: numbered,
      references: references,
      inheritance: inheritance,
      reader: reader,
      occasion: occasion,
      packet: packet,
      documents: selected.map(\.element)
    )
    var forms: [String: LaidOutDocument] = [:]
    // Documents that are not printed are laid out too: their mistakes are mistakes. Those that are come last, for they count.
    let printedPlaces = Set(selected.map(\.element.location))
    let others = (template.edition.documents + template.edition.withdrawn).filter {
      !printedPlaces.contains($0.location)
    }
    for (index, document) in others.map({ (-1, $0) }) + selected {
      guard case .form(let id) = document.content else { continue }
      guard let form = template.form(id) else {
        // What it asks is asked, though its form is not there.
        _ = RunLayout(scope: scope, context: context).condition(document.flow.condition)
        continue
      }
      let laidOut = layOut(form, document, position: index + 1, context, scope: scope)
      forms[id] = laidOut.document
      context.fieldAnchors[id] = laidOut.fieldAnchors
    }
    for form in template.forms where forms[form.id] == nil {
      // A form that no document prints may name the variable of a loop that is not there.
      let own = ElementReader(expansions: reader.expansions)
      _ = FormLayout(form, context: context.reporting(to: own), documentRegister: nil)
        .blocks(scope: scope)
      reader.adopt(own) { $0.code != .unknownField }
    }
    let annexes = template.annexes.map { annex in
      let place = selected.first { $0.element.content == .annex(annex.id) }
      return LaidOutDocument(
        id: annex.id,
        position: (place?.offset ?? -1) + 1,
        title: title(annex.title, context, scope),
        kind: .annex,
        isLandscape: false,
        isDraft: template.edition.status == .draft,
        showsCheckNumber: false,
        isOfficeOnly: false,
        isRequired: false,
        condition: RunLayout(scope: scope, context: context)
          .condition(place?.element.flow.condition),
        repetition: nil,
        blocks: AnnexLayout.blocks(of: annex, context, scope: scope)
      )
    }
    let printed = selected.compactMap { _, document in
      switch document.content {
      case .form(let id): forms[id]
      case .annex(let id): annexes.first { $0.id == id }
      }
    }
    return (printed, annexes)
  }

  private static func layOut(
    _ form: Form,
    _ document: PacketDocument,
    position: Int,
    _ context: LayoutContext,
    scope: Scope
  ) -> (document: LaidOutDocument, fieldAnchors: [String: String]) {
    var inner = scope
    var repetition: Program.Repetition?
    if let loop = document.flow.loop {
      if let (entered, list, variable) = scope.entering(loop) {
        inner = entered
        repetition = Program.Repetition(
          list: list,
          register: UInt8(variable.register),
          minimum: loop.minimum
        )
      } else if !loop.list.text.isEmpty {
        context.reader.report(
          scope.resolve(loop.list) == nil
            ? .unknownField(loop.list, scope) : .typeMismatch(loop.list, .loop)
        )
      }
    }
    let layout = FormLayout(
      form,
      context: context,
      documentRegister: repetition.map { Int($0.register) }
    )
    let blocks = layout.blocks(scope: inner)
    let condition = RunLayout(scope: scope, context: context).condition(document.flow.condition)
    let laidOut = LaidOutDocument(
      id: form.id,
      position: position,
      title: title(form.title, context, scope),
      kind: .form,
      isLandscape: form.isLandscape,
      isDraft: context.template.edition.status == .draft,
      showsCheckNumber: form.showsCheckNumber,
      isOfficeOnly: document.isOfficeOnly,
      isRequired: document.necessity == "必須",
      condition: condition,
      repetition: repetition,
      blocks: blocks
    )
    return (laidOut, layout.fieldAnchors)
  }

  /// A title in plain words: it names the document in margins and lists, so it holds nothing but text and slots.
  private static func title(_ title: [Inline], _ context: LayoutContext, _ scope: Scope) -> String {
    title.visit { inline in
      guard case .hole(let hole) = inline, let meaning = scope.resolve(hole.path) else {
        return
      }
      switch meaning {
      case .slot: break
      case .field, .item, .index, .count: context.reader.report(.misplacedHole(hole))
      }
    }
    return RunLayout(scope: scope, context: context).runs(title).plainText
  }
}
