import Diagnostics
import Records

/// What a dictionary says of one number and others: how it is computed from them, and what tax it is of one.
extension DictionaryParser {
  /// `value`: the formulas, those that others are computed from first.
  mutating func readFormulas() {
    let declared = Scope(dictionary: dictionary, slots: slots)
    var read: [Field.ID: FormulaParser.Derivation] = [:]
    for (id, source) in formulas where !source.text.isEmpty {
      let scope = declared.within(declared.dictionary.fields[id].parent)
      read[id] = FormulaParser.parse(source, scope, reader)
    }
    var done: Set<Field.ID> = []
    var open: Set<Field.ID> = []
    func settle(_ id: Field.ID, at source: Name) {
      guard let derivation = read[id], !done.contains(id) else { return }
      guard open.insert(id).inserted else {
        reader.report(.circularFormula(dictionary.fields[id].path, at: source.location))
        return
      }
      for input in derivation.inputs { settle(input, at: source) }
      open.remove(id)
      if done.insert(id).inserted {
        dictionary.setFormula(of: id, derivation.formula, from: derivation.inputs)
        reader.uses.asked.formUnion(derivation.inputs)
      }
    }
    for (id, source) in formulas { settle(id, at: source) }
  }

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
