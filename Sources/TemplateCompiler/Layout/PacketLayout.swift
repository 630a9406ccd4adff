import Diagnostics
import Records
import TemplateRuntime

/// Lays out the documents of the packet: forms first, since the annex links to their fields.
enum PacketLayout {
  static func documents(
    _ template: Template,
    _ numbered: NumberedAnnex,
    _ references: References,
    _ inheritance: Inheritance,
    scope: Scope,
    occasion: String?,
    only: [String]?,
    reader: ElementReader
  ) -> [LaidOutDocument] {
    let selected = template.edition.documents.filter { document in
      // One that the edition's slots rule out is no part of the packet.
      let condition = document.flow.condition.flatMap {
        ConditionResolver(scope: scope, reader: ElementReader()).resolve($0)
      }
      return condition?.constantValue != false && document.isMade(on: occasion)
        && only.map { $0.contains(template.id(of: document)) } ?? true
    }
    let context = LayoutContext(
      template: template,
      numbered: numbered,
      references: references,
      inheritance: inheritance,
      reader: reader,
      documents: selected
    )
    var forms: [String: LaidOutDocument] = [:]
    // Documents that are not printed are laid out too: their mistakes are mistakes.
    for document in template.edition.documents + template.edition.withdrawn {
      guard case .form(let id) = document.content else { continue }
      guard let form = template.form(id) else {
        // What it asks is asked, though its form is not there.
        _ = RunLayout(scope: scope, context: context).condition(document.flow.condition)
        continue
      }
      let laidOut = layOut(form, document, context, scope: scope)
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
    return selected.compactMap { document in
      switch document.content {
      case .form(let id): forms[id]
      case .annex(let id):
        template.annex(id).map { annex in
          LaidOutDocument(
            id: annex.id,
            position: position(of: document, template),
            title: title(annex.title, context, scope),
            kind: .annex,
            isLandscape: false,
            isDraft: template.edition.status == .draft,
            showsCheckNumber: false,
            isOfficeOnly: false,
            isRequired: false,
            condition: RunLayout(scope: scope, context: context).condition(document.flow.condition),
            repetition: nil,
            blocks: AnnexLayout.blocks(of: annex, context, scope: scope)
          )
        }
      }
    }
  }

  private static func layOut(
    _ form: Form,
    _ document: PacketDocument,
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
      position: position(of: document, context.template),
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

  private static func position(of document: PacketDocument, _ template: Template) -> Int {
    (template.edition.documents.firstIndex { $0.content == document.content } ?? 0) + 1
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
