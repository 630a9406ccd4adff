import Diagnostics

/// Holds the edition's slots against what is said of them.
enum Slots {
  static func check(_ edition: EditionDeclaration, _ source: EditionSource, reader: ElementReader) {
    let inherited = edition.slots.map(\.name).filter { $0.location.file != edition.location.file }
    for slot in edition.slots {
      if !inherited.isEmpty, slot.name.location.file == edition.location.file,
        slot.name.location != edition.location,
        let meant = didYouMean(slot.name.text, among: inherited.map(\.text)),
        !source.uses(slot.name.text)
      {
        reader.report(.unusedSlot(slot.name, meant: meant))
      }
      if slot.value.isEmpty {
        if slot.isNeeded { reader.report(.missingSlot(slot, in: edition)) }
      } else if !slot.values.isEmpty, !slot.values.contains(slot.value) {
        reader.report(.invalidSlot(slot))
      }
    }
  }
}

extension EditionSource {
  /// Whether a file of the edition itself has the name of a slot elsewhere than where it is declared.
  fileprivate func uses(_ slot: String) -> Bool {
    guard let own = layers.first else { return false }
    let places = own.texts.reduce(0) { sum, text in
      sum + String(decoding: text.bytes, as: UTF8.self).ranges(of: slot).count
    }
    return places > 1
  }
}

extension Diagnostic {
  fileprivate static func unusedSlot(_ name: Name, meant: String) -> Self {
    Diagnostic(
      .invalidSlot,
      at: name.location,
      ja: "版の語句「\(name.text)」は、継承する版になく、この版でも使われていません。",
      en:
        "The slot “\(name.text)” is none of the edition that is extended, and this one does not use it.",
      hint: Message(ja: "「\(meant)」ではありませんか。", en: "Did you mean “\(meant)”?")
    )
  }

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
    invalidSlot(slot.name, slot.value, values: slot.values)
  }
}
