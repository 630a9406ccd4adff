import Diagnostics

/// The names by which references distinguish annexes.
extension NumberedAnnex {
  /// In `annexes`, of what a provision stands in.
  func annexNumber(of index: Int) -> Int { roots.lastIndex { $0 <= index } ?? 0 }

  func annex(of index: Int) -> Annex { annexes[annexNumber(of: index)] }

  /// The annex of a provision's id, or of its own.
  func annex(with id: String) -> Annex? { indices[id].map(annex) }

  /// The place of the annex that a provision stands in.
  func root(of index: Int) -> Int { roots[annexNumber(of: index)] }

  /// What the annex of a provision is called by forms.
  func formName(of index: Int) -> String { formNames[annexNumber(of: index)] }

  /// What other annexes and forms call an annex.
  func names(ofAnnex number: Int) -> [String] {
    let (own, form) = (provisions[roots[number]].cite, formNames[number])
    return own == form ? [own] : [own, form]
  }

  /// Each annex has names of its own, or a reference to one would be read as one to another.
  func checkNames(_ reader: ElementReader) {
    guard annexes.count > 1 else { return }
    for (index, annex) in annexes.enumerated() {
      let location = annex.name?.location ?? annex.location
      let own = names(ofAnnex: index)
      if own.contains("") { reader.report(.namelessAnnex(at: location)) }
      for other in annexes.indices.prefix(index) {
        if let same = names(ofAnnex: other).first(where: { !$0.isEmpty && own.contains($0) }) {
          reader.report(.annexesOfOneName(same, at: location))
        }
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func namelessAnnex(at location: SourceLocation) -> Self {
    Diagnostic(
      .missingAttribute,
      at: location,
      ja: "この特記事項には名がないので、他の特記事項や様式から引用できません。",
      en: "This annex has no name by which other annexes and the forms can refer to it.",
      hint: Message(
        ja: "annex に mark=\"別紙２\" のような符号か、name=\"安全管理基準\" のような呼び名を書いてください。",
        en: "Give it a mark, such as mark=\"別紙２\", or a name, such as name=\"安全管理基準\"."
      )
    )
  }

  fileprivate static func annexesOfOneName(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .duplicateName,
      at: location,
      ja: "「\(name)」と呼ばれる特記事項が二つあり、引用を区別できません。",
      en: "Two annexes are called “\(name)”, so that references to them would read alike.",
      hint: Message(
        ja: "annex の mark か name を、それぞれ別のものにしてください。",
        en: "Give each a mark or a name of its own."
      )
    )
  }
}
