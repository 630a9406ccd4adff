import Diagnostics

/// Computes the values of derived fields, once all others are read.
extension BindingReader {
  mutating func derive() {
    // Items are laid down, and no derived field is a list.
    let whole = [RecordItem(registers: Registers(), numbers: [])]
    let isOfItems = dictionary.derived.contains { dictionary.fields[$0].frame > 0 }
    let items = isOfItems ? record.items(dictionary) : []
    for id in dictionary.derived {
      guard let formula = dictionary.fields[id].formula else { continue }
      let frame = dictionary.fields[id].frame
      for item in frame == 0 ? whole : items[frame] {
        let slot =
          item.registers.frames[dictionary.frames[frame].depth] + dictionary.fields[id].slot
        do throws(FormulaOverflow) {
          guard let value = try formula.value(in: slots.span, arena.span, item.registers) else {
            continue
          }
          let number = value.numerator
          guard dictionary.fields[id].declaration.range?.contains(number, scale: 1) != false else {
            throw FormulaOverflow()
          }
          slots[slot] = Slot(kind: .number, number: number)
        } catch {
          let given = formula.operands.compactMap { operand in
            places[item.registers.frames[Int(operand.register)] + Int(operand.slot)]
          }
          let place = FieldPlace(dictionary: dictionary, field: id, items: item.numbers)
          report(.derivedOutOfRange(place, at: given.first ?? root))
        }
      }
    }
  }
}

extension Diagnostic {
  static func derivedGiven(_ field: FieldPlace, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .derivedValueGiven,
      at: location,
      of: field.subject(),
      ja: "は、他の項目から計算されるので、書けません。",
      en: "\(field.english) is computed from other fields and cannot be given.",
      hint: Message(ja: "この項目を消してください", en: "drop it"),
      field: field.name
    )
  }

  fileprivate static func derivedOutOfRange(_ field: FieldPlace, at location: SourceLocation)
    -> Diagnostic
  {
    Diagnostic(
      .derivedOutOfRange,
      at: location,
      of: field.subject(),
      ja: "を計算した結果が、この項目の取り得る範囲の外です。",
      en: "What is computed for \(field.english) is out of its range.",
      hint: Message(
        ja: "計算の基になる項目の値を確かめてください",
        en: "check the values that it is computed from"
      ),
      field: field.name
    )
  }
}
