import Diagnostics
import Records

/// Holds the parts of a template against each other: every name that is used must exist, and fit.
struct Checker {
  private let template: Template
  private let numbered: NumberedAnnex
  private let scope: Scope
  private let reader: ElementReader

  static func check(
    _ template: Template,
    _ numbered: NumberedAnnex,
    scope: Scope,
    selection: Selection,
    reader: ElementReader
  ) {
    OccasionCheck(edition: template.edition, reader: reader).check(selection)
    let checker = Checker(template: template, numbered: numbered, scope: scope, reader: reader)
    checker.checkRegister()
    checker.checkPacket()
    checker.checkInstruments()
    checker.checkDictionary()
    checker.checkAnnex()
    for form in template.forms { checker.checkNames(of: form) }
  }

  private func checkBasis(_ basis: Name?, part: SentencePart? = nil) {
    guard let basis else { return }
    if numbered.address(of: basis.text, part: part) == nil {
      reader.report(.danglingReference(basis, part: part, in: numbered))
    }
  }

  private func checkForm(_ form: Name?) {
    guard let form, template.form(form.text) == nil else { return }
    reader.report(.unknownForm(form, offered: template.forms.map(\.id)))
  }

  private func checkAnnex(_ annex: Name) {
    guard !annex.text.isEmpty, template.annex(annex.text) == nil else { return }
    reader.report(.unknownAnnex(annex, offered: template.annexes.map(\.id)))
  }

  private func checkPaper(_ paper: Name?) {
    guard let paper, !paper.text.isEmpty, template.edition.paper(paper.text) == nil else { return }
    reader.report(
      template.fallenPapers[paper.text].map { .fallenPaper(paper, basis: $0) }
        ?? .unknownPaper(paper, offered: template.edition.papers.map(\.id.text))
    )
  }

  private func checkRegister() {
    for paper in template.edition.papers {
      checkBasis(paper.basis, part: paper.part)
      checkForm(paper.form)
    }
  }

  /// An edition that is current does not cite what is no longer law.
  private func checkInstruments() {
    guard template.edition.status == .current else { return }
    for instrument in template.edition.instruments where instrument.status == .repealed {
      reader.report(.repealedInstrument(instrument))
    }
  }

  private func checkPacket() {
    for form in template.forms {
      let file = form.location.file.split(separator: "/").last.map(String.init) ?? ""
      guard file != form.id + ".xml", form.id.isIdentifier else { continue }
      reader.report(.misnamedFile(form.id, file, at: form.location))
    }
    for document in template.edition.documents {
      if let loop = document.flow.loop,
        let path = document.flow.condition?.paths.first(where: {
          $0.text == loop.variable || $0.text.hasPrefix(loop.variable + ".")
        })?.text
      {
        reader.report(.conditionOnItem(path, at: document.location))
      }
      let name = Name(text: document.content.name, location: document.location)
      switch document.content {
      case .form: if !name.text.isEmpty { checkForm(name) }
      case .annex: checkAnnex(name)
      }
    }
  }

  private func checkDictionary() {
    for field in template.dictionary.fields {
      guard let basis = field.declaration.basis else { continue }
      checkBasisWords(basis, at: field.declaration.location)
    }
    for (slot, field) in template.computedSlots { checkWords(of: slot, computing: field) }
    for rule in template.dictionary.rules {
      guard let basis = rule.basis else { continue }
      checkBasisWords(basis, at: template.dictionary.fields[rule.field].declaration.location)
    }
  }

  private func checkBasisWords(_ basis: String, at location: SourceLocation) {
    if numbered.address(ofBasis: basis) == nil {
      let name = Name(text: basis, location: location)
      reader.report(.danglingReference(name, part: nil, in: numbered))
    }
  }

  /// What is computed on the basis of a provision is computed with the provision's own words: another number in them would go unseen.
  private func checkWords(of slot: Name, computing field: Field.ID) {
    let field = template.dictionary.fields[field]
    guard let basis = field.declaration.basis?.prefix(while: { $0 != "#" }),
      let index = numbered.indices[String(basis)],
      !numbered.provisions[index].provision.prints(slot.text)
    else { return }
    reader.report(.unprintedSlot(slot, basis: String(basis)))
  }

  private func checkAnnex() {
    for text in numbered.provisions.flatMap(\.provision.texts) { checkAnnexNames(in: text) }
  }

  private func checkAnnexNames(in content: [Inline]) {
    content.visit { inline in
      switch inline {
      case .paper(let paper, _):
        // What the edition leaves out, the words below it may still name.
        if !template.inheritedFiles.contains(paper.location.file) { checkPaper(paper) }
      case .text, .hole, .reference, .requirement, .term, .cite, .emphasis, .lineBreak,
        .conditional:
        break
      }
    }
  }

  private func checkNames(of form: Form) {
    if !template.inheritedFiles.contains(form.location.file) { checkPaper(form.paper) }
    checkBasis(form.basis)
  }
}

extension Provision {
  /// Whether a slot stands in its words or in those of its parts.
  fileprivate func prints(_ slot: String) -> Bool {
    var isFound = false
    for text in texts {
      text.visit { inline in
        if case .hole(let hole) = inline, hole.path.text == slot { isFound = true }
      }
    }
    return isFound || parts.contains { $0.prints(slot) }
  }
}

extension Diagnostic {
  fileprivate static func repealedInstrument(_ instrument: Instrument) -> Self {
    Diagnostic(
      .repealedInstrument,
      .warning,
      at: instrument.id.location,
      ja: "現行の版が、廃止された法令等「\(instrument.title)」を引用しています。",
      en:
        "The edition is current, but cites an instrument that is repealed: “\(instrument.id.text)”.",
      hint: Message(
        ja: "条文の引用を改めて instrument を除くか、旧版なら edition に status=\"historical\" と書いてください。",
        en:
          "Cite what is in force and remove the instrument, or give the edition status=\"historical\" if it is an old one."
      )
    )
  }

  fileprivate static func unprintedSlot(_ slot: Name, basis: String) -> Self {
    Diagnostic(
      .unprintedSlot,
      at: slot.location,
      ja: "計算に使う語句（slot）「\(slot.text)」が、根拠の規定「\(basis)」に差し込まれていません。",
      en:
        "The provision “\(basis)”, on which this is computed, does not have the slot “\(slot.text)”.",
      hint: Message(
        ja: "annex.xml の規定の、この数を定める語を {\(slot.text)} と書きます。条文にない数であれば、語句（slot）を空にしてください。",
        en:
          "Write {\(slot.text)} where the provision in annex.xml says this number; leave the slot empty if it says none."
      )
    )
  }

  fileprivate static func misnamedForm(_ id: String, _ file: String, at location: SourceLocation)
    -> Self
  {
    let name = file.hasSuffix(".xml") ? String(file.dropLast(4)) : file
    return Diagnostic(
      .invalidAttribute,
      at: location,
      ja: "様式のid「\(id)」が、ファイル名「\(file)」と異なります。",
      en: "The form's id “\(id)” is not its file's name, “\(file)”.",
      hint: Message(
        ja: "id=\"\(name)\" と書くか、ファイル名を \(id).xml に改めてください。",
        en: "Write id=\"\(name)\", or name the file \(id).xml."
      )
    )
  }

  fileprivate static func unknownAnnex(_ annex: Name, offered: [String]) -> Self {
    Diagnostic(
      .unknownForm,
      at: annex.location,
      ja: "idが「\(annex.text)」の特記事項は、この版にありません。",
      en: "The edition has no annex with the id “\(annex.text)”.",
      hint: Message(
        ja: "annex.xml 又は annexes フォルダーのファイルのidを書きます：\(offered.joined(separator: ", "))",
        en:
          "Name the id of annex.xml or of a file in the folder annexes: \(offered.joined(separator: ", "))"
      )
    )
  }

  fileprivate static func conditionOnItem(_ path: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidCondition,
      at: location,
      ja: "document の if は繰返しの前に判定されるため、「\(path)」は使えません。",
      en: "A document's if is asked before its loop begins, so that “\(path)” is not known.",
      hint: Message(
        ja: "一件ごとの条件は、様式の中の要素の if に書いてください。",
        en: "Write the condition on an element of the form."
      )
    )
  }

  fileprivate static func fallenPaper(_ paper: Name, basis: String) -> Self {
    Diagnostic(
      .unknownPaper,
      at: paper.location,
      ja: "書類「\(paper.text)」は、根拠の規定「\(basis)」が特記事項にないため、この版にありません。",
      en:
        "The edition has no paper “\(paper.text)”: it fell away, for the annex lacks the provision “\(basis)”.",
      hint: Message(
        ja:
          "使うなら、根拠とする条文の id を basis に書いて、edition.xml の register に <paper id=\"\(paper.text)\" …/> を加えてください。使わないなら、様式のファイルを削ってください。",
        en:
          "To keep it, add <paper id=\"\(paper.text)\" …/> to the register of edition.xml, with the id of the provision that it rests on as basis; else remove the form's file."
      )
    )
  }

  fileprivate static func unknownPaper(_ paper: Name, offered: [String]) -> Self {
    Diagnostic(
      .unknownPaper,
      at: paper.location,
      ja: "書類「\(paper.text)」は edition.xml の書類一覧（register）にありません。",
      en: "The register of edition.xml has no paper “\(paper.text)”.",
      hint: didYouMean(paper.text, among: offered).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? (offered.isEmpty
          ? Message(
            ja: "edition.xml の register に <paper id=\"\(paper.text)\" …/> を加えてください。",
            en: "Add <paper id=\"\(paper.text)\" …/> to the register of edition.xml."
          )
          : Message(
            ja: "書類の名称ではなく、register の id を書きます：\(offered.joined(separator: ", "))",
            en: "Name its id in the register: \(offered.joined(separator: ", "))"
          ))
    )
  }
}
