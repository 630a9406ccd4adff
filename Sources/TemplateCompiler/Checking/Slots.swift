import Diagnostics

/// Holds the edition's slots against what is said of them.
enum Slots {
  static func check(_ edition: EditionDeclaration, reader: ElementReader) {
    for slot in edition.slots {
      if slot.value.isEmpty {
        if slot.isNeeded { reader.report(.missingSlot(slot, in: edition)) }
      } else if !slot.values.isEmpty, !slot.values.contains(slot.value) {
        reader.report(.invalidSlot(slot))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func missingSlot(_ slot: EditionSlot, in edition: EditionDeclaration) -> Self {
    let (name, help) = (slot.name.text, slot.help)
    return Diagnostic(
      .missingSlot,
      at: slot.name.location.file == edition.location.file
        ? slot.name.location : edition.location,
      ja: "版の語句「\(name)」\(help.isEmpty ? "" : "（\(help)）")が記入されていません。",
      en: "The slot “\(name)”\(help.isEmpty ? "" : " (\(help))") is not filled in.",
      hint: Message(
        ja: "edition.xml の slots に <slot name=\"\(name)\">…</slot> と書いてください。",
        en: "Write <slot name=\"\(name)\">…</slot> into the slots of edition.xml."
      )
    )
  }

  fileprivate static func invalidSlot(_ slot: EditionSlot) -> Self {
    invalidSlot(slot.name, values: slot.values)
  }
}
