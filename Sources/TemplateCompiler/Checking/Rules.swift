import Diagnostics
import Records
import TemplateRuntime

/// Completes the dictionary's rules: their basis in the annex's words, and the edition's own window of force.
enum Rules {
  static func complete(_ template: Template, _ numbered: NumberedAnnex) -> [FieldDictionary.Rule] {
    template.dictionary.rules.map { rule in
      var rule = rule
      rule.basis = rule.basis.flatMap {
        numbered.words(ofBasis: $0, annexName: template.edition.annexName)
      }
      return rule
    } + windowRules(template)
  }

  /// A day as papers name it: 令和５年３月31日.
  private static func japanese(_ day: Int64) -> String {
    String(writing: { $0.append(wareki: day, .mixed, time: false) })
  }

  /// Dates outside the edition's window of force.
  private static func windowRules(_ template: Template) -> [FieldDictionary.Rule] {
    let dictionary = template.dictionary
    let (from, to) = (template.edition.forceFrom, template.edition.forceTo)
    let window = Message(
      ja: (from.map { "\(japanese($0))から" } ?? "") + (to.map { "\(japanese($0))まで" } ?? ""),
      en: [
        from.map { "from \(CivilDate(dayNumber: $0).iso)" },
        to.map { "to \(CivilDate(dayNumber: $0).iso)" },
      ].compactMap(\.self).joined(separator: " ")
    )
    let dates = dictionary.fields.indices.filter { dictionary.fields[$0].declaration.isInForce }
    return dates.flatMap { id -> [FieldDictionary.Rule] in
      let field = dictionary.fields[id]
      let unit: Int64 = field.type == .datetime ? 1440 : 1
      let operand = dictionary.operand(of: id)
      let violations =
        (template.edition.forceFrom.map { [Condition.compare(operand, .less, .number($0 * unit))] }
          ?? [])
        + (template.edition.forceTo.map {
          [Condition.compare(operand, .greaterOrEqual, .number(($0 + 1) * unit))]
        } ?? [])
      return violations.map {
        FieldDictionary.Rule(
          id: "edition-window",
          frame: field.frame,
          violation: $0,
          field: id,
          severity: .warning,
          code: .outsideEditionWindow,
          basis: nil,
          message: Message(
            ja: "「\(field.label)」が、この版の適用期間（\(window.ja)）の外です。その日に適用される版を確かめてください。",
            en:
              "“\(field.path)” lies outside the edition's window of force (\(window.en)); check which edition applies."
          )
        )
      }
    }
  }
}
