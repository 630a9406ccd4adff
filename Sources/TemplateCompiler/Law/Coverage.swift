import Diagnostics
import Records

/// One requirement of the annex, and what answers it.
package struct CoverageRow: Sendable {
  /// 特記事項第６条第２項.
  package let provision: String
  /// The official words.
  package let phrase: String
  package let form: String
  /// The dictionary's path.
  package let field: String
  package let isAnswered: Bool
}

/// Holds every requirement of the annex against the form that must answer it.
///
/// A requirement is answered by a field that the form prints unconditionally (or, if the law demands it in one case only, under
/// that very condition) and outside the office's own box. A loop counts as unconditional if it prints at least one row. 等 leaves a list open, so it needs a field of free text.
struct Coverage {
  private let template: Template
  private let numbered: NumberedAnnex
  private let scope: Scope
  private let reader: ElementReader
  private var rows: [CoverageRow] = []
  private var printed: [String: [PrintedField]] = [:]

  static func check(
    _ template: Template,
    _ numbered: NumberedAnnex,
    scope: Scope,
    reader: ElementReader
  ) -> [CoverageRow] {
    var coverage = Coverage(template: template, numbered: numbered, scope: scope, reader: reader)
    for form in template.forms {
      coverage.printed[form.id] = PrintedField.fields(of: form, scope: coverage.documentScope(form))
    }
    for (index, provision) in numbered.provisions.enumerated() {
      let name = numbered.words(of: Address(index: index, part: nil))
      for text in provision.provision.texts { coverage.check(text, name) }
    }
    return coverage.rows
  }

  private init(template: Template, numbered: NumberedAnnex, scope: Scope, reader: ElementReader) {
    self.template = template
    self.numbered = numbered
    self.scope = scope
    self.reader = reader
  }

  /// The scope of a form within the packet: it has its document's loop variable.
  private func documentScope(_ form: Form) -> Scope {
    template.edition.document(printing: form.id)
      .flatMap { $0.flow.loop }.flatMap { scope.entering($0)?.scope } ?? scope
  }

  private mutating func check(_ content: [Inline], _ provision: String) {
    for (index, inline) in content.enumerated() {
      switch inline {
      case .requirement(let requirement):
        check(requirement, provision)
        if case .text(let text, let location)? = content[(index + 1)...].first, text.hasPrefix("等")
        {
          reader.report(.openListWithoutField(provision, at: location))
        }
      case .text, .hole, .lineBreak: break
      case .reference, .paper, .term, .cite, .emphasis, .conditional:
        check(inline.content ?? [], provision)
      }
    }
  }

  private mutating func check(_ requirement: Requirement, _ provision: String) {
    check(requirement.content, provision)
    let phrase = requirement.content.text(in: scope)
    let isInherited = template.inheritedFiles.contains(requirement.location.file)
    guard let form = template.form(requirement.form.text) else {
      // The edition leaves out what words below it demand.
      if !requirement.form.text.isEmpty, !isInherited {
        reader.report(.unknownForm(requirement.form, offered: template.forms.map(\.id)))
      }
      return
    }
    guard let field = scope.dictionary.field(at: requirement.field.text) else {
      if !requirement.field.text.isEmpty { reader.report(.unknownField(requirement.field, scope)) }
      return
    }
    let path = scope.dictionary.fields[field].path
    let answers = (printed[form.id] ?? []).filter {
      $0.path == path || $0.path.hasPrefix(path + ".")
    }
    let demanded = requirement.condition.map { $0.canonical { $0.text } }
    let isAnswered = answers.contains { answer in
      !answer.isInOfficeUse && answer.conditions.allSatisfy { $0 == demanded }
    }
    if phrase == "等", ![.text, .multiline].contains(scope.dictionary.fields[field].type) {
      reader.report(.openListWithoutField(provision, at: requirement.location))
    }
    if !isAnswered {
      let place = Unanswered(
        provision: provision,
        phrase: phrase,
        form: form.id,
        field: path,
        location: requirement.location
      )
      if answers.isEmpty {
        reader.report(.unansweredRequirement(place))
      } else if answers.allSatisfy(\.isInOfficeUse) {
        reader.report(.officeAnswer(place))
      } else {
        reader.report(.conditionalAnswer(place))
      }
    }
    rows.append(
      CoverageRow(
        provision: template.edition.annexName + provision,
        phrase: phrase,
        form: form.id,
        field: path,
        isAnswered: isAnswered
      )
    )
  }
}

private struct Unanswered {
  let provision: String
  let phrase: String
  let form: String
  let field: String
  let location: SourceLocation
}

extension Diagnostic {
  private static func unanswered(
    _ code: DiagnosticCode,
    _ place: Unanswered,
    ja: String,
    en: String
  ) -> Self {
    Diagnostic(
      code,
      at: place.location,
      ja: "条文の「\(place.phrase)」に答える項目「\(place.field)」が、様式「\(place.form)」\(ja)",
      en: "The text demands 「\(place.phrase)」, but the form “\(place.form)” \(en).",
      hint: Message(
        ja: "様式に <field path=\"\(place.field)\"/> を、条件なしに、発注者記入欄の外に置いてください。",
        en:
          "Put <field path=\"\(place.field)\"/> on the form, under no condition and outside the office's box."
      ),
      context: place.provision
    )
  }

  fileprivate static func unansweredRequirement(_ place: Unanswered) -> Self {
    unanswered(
      .unansweredRequirement,
      place,
      ja: "にありません。",
      en: "does not print “\(place.field)”"
    )
  }

  fileprivate static func conditionalAnswer(_ place: Unanswered) -> Self {
    unanswered(
      .conditionalAnswer,
      place,
      ja: "では条件付きでしか印刷されません。",
      en: "prints “\(place.field)” only under a condition"
    )
  }

  fileprivate static func officeAnswer(_ place: Unanswered) -> Self {
    unanswered(
      .officeAnswer,
      place,
      ja: "では発注者記入欄にしかありません。",
      en: "has “\(place.field)” only in the office's own box"
    )
  }

  fileprivate static func openListWithoutField(_ provision: String, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .openListWithoutField,
      at: location,
      ja: "列挙の末尾の「等」に答える自由記入欄がありません。",
      en: "The list ends with 等, which needs a field of free text to answer it.",
      hint: Message(
        ja: "<requires form=\"…\" field=\"…\">等</requires> で、型が text か multiline の項目に結び付けてください。",
        en:
          "Bind it with <requires form=\"…\" field=\"…\">等</requires> to a field of type text or multiline."
      ),
      context: provision
    )
  }

  static func unknownForm(_ form: Name, offered: [String]) -> Self {
    let list = offered.joined(separator: ", ")
    return Diagnostic(
      .unknownForm,
      at: form.location,
      ja: "様式「\(form.text)」がありません。",
      en: "There is no form “\(form.text)”.",
      hint: didYouMean(form.text, among: offered).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      } ?? Message(ja: "forms にある様式：\(list)", en: "The folder forms has: \(list)")
    )
  }
}
