import Diagnostics

extension EditionDeclaration {
  /// Takes over what `base` has and this edition does not say itself.
  mutating func inherit(_ base: EditionDeclaration) {
    slots =
      slots.map { own in base.slot(own.name.text).map(own.meaning(of:)) ?? own }
      + base.slots.filter { slot($0.name.text) == nil }
    papers =
      base.papers.map { paper($0.id.text) ?? $0 }
      + papers.filter { base.paper($0.id.text) == nil }
    let known = instruments.map(\.id.text)
    instruments += base.instruments.filter { !known.contains($0.id.text) }
    if !declaresStyle {
      style = base.style
      declaresStyle = base.declaresStyle
    }
    if documents.isEmpty {
      documents = base.documents
      let own = occasions
      occasions =
        base.occasions.map { below in own.first { $0.id == below.id } ?? below }
        + own.filter { occasion in !base.occasions.contains { $0.id == occasion.id } }
    }
    withdrawn = (base.withdrawn + base.documents).filter { below in
      !documents.contains { $0.content == below.content }
    }
  }

  func omitted(_ kind: Omission.Kind) -> [Name] {
    omissions.filter { $0.kind == kind }.map(\.name)
  }

  /// The paper stays in the register, without a form.
  mutating func leaveOutForm(_ id: String) {
    documents.removeAll { $0.content == .form(id) }
    withdrawn.removeAll { $0.content == .form(id) }
    for index in papers.indices where papers[index].form?.text == id { papers[index].form = nil }
  }

  /// Forms call the annex by its title, unless the edition has other words for that.
  mutating func nameAnnex(_ title: String) {
    guard slot("annex.title") == nil else { return }
    slots.append(
      EditionSlot(name: Name(text: "annex.title", location: location), value: title)
    )
  }
}

extension EditionDeclaration {
  /// Conditions ask for the state of an instrument as for a slot: instrument.act == 'in-force'.
  mutating func nameInstruments() {
    slots += instruments.map { instrument in
      EditionSlot(
        name: Name(text: instrument.slot, location: location),
        value: instrument.status.rawValue,
        values: Instrument.Status.allCases.map(\.rawValue)
      )
    }
  }
}

extension Instrument {
  fileprivate var slot: String { "instrument." + id.text.replacing("-", with: "_") }
}

extension EditionSlot {
  /// With what the edition below says of it.
  fileprivate func meaning(of base: EditionSlot) -> EditionSlot {
    EditionSlot(
      name: name,
      value: value,
      values: values.isEmpty ? base.values : values,
      isNeeded: isNeeded || base.isNeeded,
      help: help.isEmpty ? base.help : help
    )
  }
}
