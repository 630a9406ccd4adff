import Diagnostics
import Markup
import Records

/// How a dictionary says that a field is computed from others.
struct Calculation: Sendable {
  let field: Field.ID
  /// The first whose test holds is the field's value; without a test one always holds.
  let branches: [(test: Expression?, value: Name)]
}

extension DictionaryParser {
  /// `value`, or the `when`s and the `else` of a field.
  mutating func addCalculation(of id: Field.ID, _ element: Element) {
    if element.attribute("value") != nil {
      let value = reader.required("value", of: element)
      calculations.append(Calculation(field: id, branches: [(nil, value)]))
      return
    }
    let elements = reader.children(of: element, Self.branchNames)
    if elements.first?.name == "else" { reader.report(.missingElement("when", in: element)) }
    let branches = elements.enumerated().map { index, branch -> (test: Expression?, value: Name) in
      reader.noContent(branch)
      let value = reader.required("value", of: branch)
      guard branch.name == "when" else {
        reader.allow(["value"], on: branch)
        if index < elements.count - 1 { reader.report(.misplacedElse(branch, in: "field")) }
        return (nil, value)
      }
      reader.allow(["test", "value"], on: branch)
      _ = reader.required("test", of: branch)
      return (reader.condition("test", of: branch) ?? .any([]), value)
    }
    calculations.append(Calculation(field: id, branches: branches))
  }

  static let branchNames = ["when", "else"]

  /// `tax-of`: an amount of consumption tax is held against the total that it is part of.
  mutating func readTaxes() {
    for (tax, name) in taxes {
      let field = dictionary.fields[tax]
      guard let total = dictionary.child(name.text, of: field.parent),
        dictionary.fields[total].type == .money, field.type == .money
      else {
        reader.report(.typeMismatch(name, .tax))
        continue
      }
      dictionary.rules.append(
        FieldDictionary.Rule(
          id: "tax",
          frame: field.frame,
          violation: .isNotTax(dictionary.operand(of: tax), within: dictionary.operand(of: total)),
          field: tax,
          severity: .warning,
          basis: nil,
          message: Message(
            ja: "消費税及び地方消費税の額が、税込みの額から計算した額（10％又は８％）と一致しません。",
            en: "The tax is neither 10/110 nor 8/108 of the amount that includes it."
          )
        )
      )
    }
  }
}

extension Template {
  /// Reads how fields are computed, those that others are computed from first: it may depend on what the annex has.
  mutating func readCalculations(asking provisions: KnownProvisions, _ reader: ElementReader) {
    let declared = Scope(dictionary: dictionary, slots: edition.slots).asking(provisions)
    var read: [Field.ID: FormulaParser.Derivation] = [:]
    for calculation in calculations {
      let scope = declared.within(dictionary.fields[calculation.field].parent)
      read[calculation.field] = FormulaParser.parse(calculation, scope, reader)
    }
    var done: Set<Field.ID> = []
    var open: Set<Field.ID> = []
    func settle(_ id: Field.ID, at place: SourceLocation) {
      guard let derivation = read[id], !done.contains(id) else { return }
      guard open.insert(id).inserted else {
        reader.report(.circularFormula(dictionary.fields[id].path, at: place))
        return
      }
      for input in derivation.inputs { settle(input, at: place) }
      open.remove(id)
      if done.insert(id).inserted {
        dictionary.setFormula(of: id, derivation.formula, from: derivation.inputs)
        computedSlots += derivation.slots.map { ($0, id) }
        reader.uses.asked.formUnion(derivation.inputs)
      }
    }
    for calculation in calculations {
      guard let first = calculation.branches.first else { continue }
      settle(calculation.field, at: first.value.location)
    }
  }
}
