import Diagnostics
import Records
import TemplateRuntime

/// Completes the dictionary's rules: their basis in the annex's words, and the edition's own window of force.
enum Rules {
  static func complete(_ template: Template, _ numbered: NumberedAnnex) -> [FieldDictionary.Rule] {
    template.dictionary.rules.map { rule in
      var rule = rule
      rule.basis = rule.basis.flatMap {
        numbered.address(ofBasis: $0).map(numbered.fullWords)
      }
      return rule
    } + windowRules(template)
  }

  /// Dates outside the edition's window of force and, within that, outside those of the instruments that it cites.
  private static func windowRules(_ template: Template) -> [FieldDictionary.Rule] {
    let (edition, dictionary) = (template.edition, template.dictionary)
    let dates = dictionary.fields.indices.filter { dictionary.fields[$0].declaration.isInForce }
    return dates.flatMap { id -> [FieldDictionary.Rule] in
      let field = dictionary.fields[id]
      let (japanese, english) = (edition.force.words, edition.force.englishWords)
      let ownRules = edition.force.violations(by: id, dictionary).map { violation in
        rule(
          field,
          id,
          violation,
          ja: "「\(field.label)」が、この版の適用期間（\(japanese)）の外です。その日に適用される版を確かめてください。",
          en:
            "“\(field.path)” lies outside the edition's window of force (\(english)); check which edition applies."
        )
      }
      // What the edition's window rules out is said already.
      let covered = edition.force.violations(by: id, dictionary).map(Condition.not)
      return ownRules
        + edition.instruments.flatMap { instrument in
          instrument.force.narrowed(by: edition.force).violations(by: id, dictionary)
            .map { violation in
              rule(
                field,
                id,
                .all([violation] + covered),
                ja:
                  "「\(field.label)」が、\(instrument.title)の施行期間（\(instrument.force.words)）の外です。引用する法令等を確かめてください。",
                en:
                  "“\(field.path)” lies outside the time in which the cited instrument “\(instrument.id.text)” is in force (\(instrument.force.englishWords))."
              )
            }
        }
    }
  }

  private static func rule(
    _ field: Field,
    _ id: Field.ID,
    _ violation: Condition,
    ja: String,
    en: String
  ) -> FieldDictionary.Rule {
    FieldDictionary.Rule(
      id: "edition-window",
      frame: field.frame,
      violation: violation,
      field: id,
      severity: .warning,
      code: .outsideEditionWindow,
      basis: nil,
      message: Message(ja: ja, en: en)
    )
  }
}

extension Window {
  /// 令和５年４月１日から; empty if it is open at both ends.
  var words: String {
    (from.map { japanese($0) + "から" } ?? "") + (to.map { japanese($0) + "まで" } ?? "")
  }

  fileprivate var englishWords: String {
    [
      from.map { "from \(CivilDate(dayNumber: $0).iso)" },
      to.map { "to \(CivilDate(dayNumber: $0).iso)" },
    ].compactMap(\.self).joined(separator: " ")
  }

  /// The ends of it that another window does not have, too.
  fileprivate func narrowed(by other: Window) -> Window {
    Window(
      from: from.flatMap { day in other.from.map { $0 >= day } == true ? nil : day },
      to: to.flatMap { day in other.to.map { $0 <= day } == true ? nil : day }
    )
  }

  /// A day before it, and one after it.
  fileprivate func violations(by id: Field.ID, _ dictionary: FieldDictionary) -> [Condition] {
    let operand = dictionary.operand(of: id)
    let unit: Int64 = dictionary.fields[id].type == .datetime ? 1440 : 1
    return [
      from.map { Condition.compare(operand, .less, .number($0 * unit)) },
      to.map { Condition.compare(operand, .greaterOrEqual, .number(($0 + 1) * unit)) },
    ].compactMap(\.self)
  }
}

/// A day as papers name it: 令和５年３月31日.
func japanese(_ day: Int64) -> String {
  String(writing: { $0.append(wareki: day, .mixed, time: false) })
}
