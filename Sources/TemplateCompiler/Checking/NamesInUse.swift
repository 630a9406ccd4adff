import Diagnostics
import Records

/// Holds the names that an edition declares against those that it uses, and the words of its switches against its conditions.
///
/// What an edition takes from another one need not be used.
struct NamesInUse {
  private let template: Template
  private let numbered: NumberedAnnex
  private let ownFiles: Set<String>
  private let reader: ElementReader

  /// Whether each switch is a word that the conditions know.
  static func checkSwitches(
    _ template: Template,
    _ numbered: NumberedAnnex,
    reader: ElementReader
  ) {
    NamesInUse(template: template, numbered: numbered, ownFiles: [], reader: reader).checkSwitches()
  }

  /// With `own`, the files of the edition itself, what is declared there and not used gets a warning.
  static func check(
    _ template: Template,
    _ numbered: NumberedAnnex,
    own: EditionSource.Layer?,
    reader: ElementReader
  ) {
    let texts =
      own.map { [$0.edition] + $0.dictionaries + $0.forms + $0.annexes } ?? []
    let check = NamesInUse(
      template: template,
      numbered: numbered,
      ownFiles: Set(texts.map(\.file)),
      reader: reader
    )
    check.checkFields()
    check.checkSlots()
    check.checkPapers()
    check.checkForms()
    check.checkAnnexes()
    check.checkOccasions()
  }

  /// The template with what the editions below demand and nothing prints or asks no longer demanded: its papers fell away.
  static func settle(_ template: Template, _ numbered: NumberedAnnex, reader: ElementReader)
    -> Template
  {
    guard !template.inheritedFiles.isEmpty else { return template }
    let names = NamesInUse(template: template, numbered: numbered, ownFiles: [], reader: reader)
    let used = names.fieldsInUse
    var template = template
    for (id, field) in template.dictionary.fields.enumerated()
    where field.neededIf != nil && !used.contains(id) && field.declaration.key == nil
      && template.inheritedFiles.contains(field.declaration.location.file)
    {
      template.dictionary.setConditions(of: id, needed: nil, words: field.wordsIf)
    }
    return template
  }

  private func isOwn(_ location: SourceLocation) -> Bool { ownFiles.contains(location.file) }

  // MARK: Fields

  /// Fields that a document prints, or a condition, a rule or a formula asks, with all that is in them.
  private var fieldsInUse: Set<Field.ID> {
    let dictionary = template.dictionary
    var printed = reader.uses.printed
    // A list of records that is printed as a table prints all that is in it.
    var used = printed.union(reader.uses.asked)
    for rule in dictionary.rules { used.insert(rule.field) }
    for (id, field) in dictionary.fields.enumerated() {
      guard let parent = field.parent else { continue }
      if printed.contains(parent) { printed.insert(id) }
      if printed.contains(id) || used.contains(parent) { used.insert(id) }
    }
    return used
  }

  private func checkFields() {
    let dictionary = template.dictionary
    let used = fieldsInUse
    var unused: [Field] = []
    for (id, field) in dictionary.fields.enumerated() {
      let declaration = field.declaration
      guard declaration.shape != .record, field.names[0] != "packet", !used.contains(id),
        declaration.key == nil, !field.children.contains(where: used.contains)
      else { continue }
      if field.neededIf?.constantValue == true {
        reader.report(.unprintedField(field))
      } else if isOwn(declaration.location) {
        unused.append(field)
      }
    }
    // A dictionary may well have many that are kept for the office's own lists: they are reported together.
    if let first = unused.first {
      reader.report(
        .unused(.field, unused.map(\.path).joined(separator: ", "), at: first.declaration.location)
      )
    }
  }

  // MARK: Slots

  private func checkSlots() {
    for slot in template.edition.slots where reader.uses.slots[slot.name.text] == nil {
      // How forms call the annex is asked by the program.
      // A name of the annex that nobody wrote stands where the edition does.
      if slot.name.text != "annex.short_name", isOwn(slot.name.location),
        slot.name.location != template.edition.location
      {
        reader.report(.unused(.slot, slot.name.text, at: slot.name.location))
      }
    }
  }

  /// Of slots that do not list their values.
  private func checkSwitches() {
    // The words of a switch that need no declaration.
    let plainWords = ["", "on", "off"]
    for slot in template.edition.slots where slot.values.isEmpty {
      let known = (reader.uses.slots[slot.name.text] ?? []).map(\.text).withoutRepeats
      if !known.isEmpty, !known.contains(slot.value), !plainWords.contains(slot.value) {
        reader.report(.unknownWord(slot.value, of: slot.name, known))
      }
    }
  }

  // MARK: Papers and forms

  private func checkPapers() {
    var named = Set(template.forms.compactMap { $0.paper?.text })
    for text in numbered.provisions.flatMap(\.provision.texts) {
      text.visit { if case .paper(let name, _) = $0 { named.insert(name.text) } }
    }
    for paper in template.edition.papers
    where paper.basis == nil && paper.form == nil && !named.contains(paper.id.text)
      && isOwn(paper.id.location)
    {
      reader.report(.unused(.paper, paper.id.text, at: paper.id.location))
    }
  }

  private func checkAnnexes() {
    let printed = template.edition.documents.map(template.id)
    for annex in template.annexes where !printed.contains(annex.id) && isOwn(annex.location) {
      reader.report(.unused(.annex, annex.id, at: annex.location))
    }
  }

  private func checkOccasions() {
    let named = Set(template.edition.documents.flatMap { $0.occasions.map(\.text) })
    for occasion in template.edition.occasions
    where !named.contains(occasion.id) && isOwn(occasion.location) {
      reader.report(.unused(.occasion, occasion.id, at: occasion.location))
    }
  }

  private func checkForms() {
    var numbers: [String: Form] = [:]
    for form in template.forms {
      if template.edition.documents(printing: form.id).isEmpty {
        if isOwn(form.location) { reader.report(.unused(.form, form.id, at: form.location)) }
      } else if let number = form.number {
        if let other = numbers[number] {
          reader.report(.repeatedNumber(number, of: other.id, at: form.location))
        }
        numbers[number] = numbers[number] ?? form
      }
    }
  }
}

/// What a name that nothing uses is of.
private enum UnusedKind {
  case field, slot, paper, form, annex, occasion

  var words: Message {
    switch self {
    case .field: Message(ja: "項目", en: "field")
    case .slot: Message(ja: "版の語句（slot）", en: "slot")
    case .paper: Message(ja: "関係書類", en: "paper")
    case .form: Message(ja: "様式", en: "form")
    case .annex: Message(ja: "特記事項", en: "annex")
    case .occasion: Message(ja: "作成時期（occasion）", en: "occasion")
    }
  }

  var hint: Message {
    switch self {
    case .field:
      Message(
        ja:
          "印字するなら様式に <field path=\"…\"/> を置き、要らなければ dictionary.xml から削ってください。一覧などに控えるだけの項目は、このままで構いません。",
        en:
          "Print it with <field path=\"…\"/>, or remove it from dictionary.xml; what is only kept on lists may stay."
      )
    case .slot:
      Message(
        ja: "名前の綴りを確認し、使わないなら slot を削ってください。",
        en: "Check the spelling of its name; remove it if it is not needed."
      )
    case .paper:
      Message(
        ja: "根拠の条文を basis に書くか、条文の語を <paper name=\"…\"> で囲んでください。",
        en: "Name its provision in basis, or mark the words of the annex with <paper name=\"…\">."
      )
    case .form:
      Message(
        ja: "edition.xml の packet に <document form=\"…\"/> を加えるか、ファイルを削ってください。",
        en: "Add <document form=\"…\"/> to the packet of edition.xml, or remove the file."
      )
    case .annex:
      Message(
        ja: "edition.xml の packet に <document annex=\"…\"/> を加えるか、ファイルを削ってください。",
        en: "Add <document annex=\"…\"/> to the packet of edition.xml, or remove the file."
      )
    case .occasion:
      Message(
        ja: "その時に作成する書類の document に on=\"…\" と書くか、occasion を削ってください。",
        en: "Name it in the on of its documents, or remove it."
      )
    }
  }
}

extension [String] {
  fileprivate var withoutRepeats: [String] {
    var seen = Set<String>()
    return filter { seen.insert($0).inserted }
  }
}

extension Diagnostic {
  fileprivate static func unused(_ kind: UnusedKind, _ name: String, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .unusedName,
      .warning,
      at: location,
      ja: "\(kind.words.ja)「\(name)」は、どこでも使われていません。",
      en: "Nothing uses the \(kind.words.en) “\(name)”.",
      hint: kind.hint
    )
  }

  fileprivate static func unprintedField(_ field: Field) -> Self {
    Diagnostic(
      .unprintedField,
      at: field.declaration.location,
      ja: "必須の項目「\(field.path)」は、どの書類にも印刷されません。",
      en: "Final mode demands “\(field.path)”, but no document prints it.",
      hint: Message(
        ja: "様式に <field path=\"\(field.path)\"/> を置くか、needed-if を削ってください。",
        en: "Print it with <field path=\"\(field.path)\"/>, or remove its needed-if."
      )
    )
  }

  fileprivate static func unknownWord(_ word: String, of slot: Name, _ known: [String]) -> Self {
    let list = known.map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      .unknownWord,
      .warning,
      at: slot.location,
      ja: "版の語句（slot）「\(slot.text)」の語「\(word)」は、どの条件にもありません。",
      en: "No condition knows the word “\(word)” of the slot “\(slot.text)”.",
      hint: didYouMean(word, among: known).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "条件が比べている語は \(list) です。ほかの語も使うなら、slot に values=\"…\" と並べてください。",
          en:
            "Conditions compare it with \(list); if there are other words, list all in the slot's values."
        )
    )
  }

  fileprivate static func repeatedNumber(
    _ number: String,
    of form: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .duplicateName,
      at: location,
      ja: "様式の番号「\(number)」は、様式「\(form)」に付いています。",
      en: "The form “\(form)” has the number “\(number)” already.",
      hint: Message(ja: "number に別の番号を書いてください。", en: "Write another number.")
    )
  }
}
