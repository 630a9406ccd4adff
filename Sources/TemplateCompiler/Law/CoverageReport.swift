import Diagnostics

extension Diagnostic {
  static func unanswered(
    _ lack: Coverage.Lack,
    _ requirement: Coverage.Place
  ) -> Self {
    let (field, form) = (requirement.field, requirement.form)
    func diagnostic(_ code: DiagnosticCode, ja: String, en: String, hint: Message) -> Self {
      Diagnostic(
        code,
        at: requirement.location,
        ja: "条文の「\(requirement.phrase)」に対応する項目「\(field)」\(ja)",
        en: "The text demands 「\(requirement.phrase)」, but \(en).",
        hint: hint,
        context: requirement.provision
      )
    }
    /// Of all that the form should answer: said once.
    func undelivered(_ code: DiagnosticCode, ja: String, en: String, hint: Message) -> Self {
      Diagnostic(
        code,
        at: requirement.location,
        ja: "条文が求める事項を記載する様式「\(form)」\(ja)",
        en: "The form “\(form)” answers what the text demands, but \(en).",
        hint: hint,
        context: requirement.provision
      )
    }
    let print = Message(
      ja: "様式に <field path=\"\(field)\"/> を、条件なしに、発注者記入欄の外に置いてください。",
      en:
        "Put <field path=\"\(field)\"/> on the form, under no condition and outside the office's box."
    )
    let deliver = Message(
      ja:
        "edition.xml の packet に <document form=\"\(form)\" recipient=\"vendor\"/> を、契約データによる条件なしに加えてください。",
      en:
        "Have <document form=\"\(form)\" recipient=\"vendor\"/> in the packet of edition.xml, under no condition of the data."
    )
    switch lack {
    case .notPrinted:
      return diagnostic(
        .unansweredRequirement,
        ja: "が、様式「\(form)」にありません。",
        en: "the form “\(form)” does not print “\(field)”",
        hint: print
      )
    case .underCondition:
      return diagnostic(
        .conditionalAnswer,
        ja: "が、様式「\(form)」では条件付きでしか印刷されません。",
        en: "the form “\(form)” prints “\(field)” only under a condition",
        hint: print
      )
    case .inOfficeBox:
      return diagnostic(
        .officeAnswer,
        ja: "が、様式「\(form)」では発注者記入欄にしかありません。",
        en: "the form “\(form)” has “\(field)” only in the office's own box",
        hint: print
      )
    case .notInPacket:
      return undelivered(
        .unansweredRequirement,
        ja: "が、書類一式に入っていません。",
        en: "no document of the packet prints it",
        hint: deliver
      )
    case .ruledOut:
      return undelivered(
        .unansweredRequirement,
        ja: "が、書類の条件（if）と版の語句（slot）により、書類一式に入りません。",
        en: "its document's if and the edition's slots keep it out of the packet",
        hint: Message(
          ja: "edition.xml の document の if と、そこで比べている slot の値を確認してください。",
          en: "Check the if of its document in edition.xml, and the slots that it asks."
        )
      )
    case .ofOffice:
      return undelivered(
        .officeAnswer,
        ja: "が、発注者の手元に残る書類（recipient=\"office\"）になっています。",
        en: "its document has recipient=\"office\" and never leaves the office",
        hint: deliver
      )
    case .documentUnderCondition:
      return undelivered(
        .conditionalAnswer,
        ja: "が、契約データの条件に合うときしか書類一式に入りません。",
        en: "the packet has it only under a condition of the data",
        hint: Message(
          ja:
            "記入前に渡せるように、document の if を packet.mode != 'final' or … の形にし、for には min=\"1\" を付けてください。",
          en:
            "So that it is handed out blank, write the document's if as packet.mode != 'final' or …, and give a for its min=\"1\"."
        )
      )
    case .optional:
      return diagnostic(
        .optionalAnswer,
        ja: "は必須ではないため、空欄のまま提出用の書類が作成されます。",
        en: "“\(field)” may stay empty on the final papers",
        hint: Message(
          ja:
            "dictionary.xml の項目（一覧の中の項目では一覧にも）に needed-if=\"true\" か必要となる条件を、手書きの項目なら hand=\"true\" を書いてください。",
          en:
            "In dictionary.xml give the field, and a list that it stands in, needed-if=\"true\" or the condition; if it is filled in by hand, hand=\"true\"."
        )
      )
    }
  }

  static func openListWithoutField(_ provision: String, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .openListWithoutField,
      at: location,
      ja: "列挙の末尾の「等」に答える自由記入欄がありません。",
      en: "The list ends with 等, which needs a field of free text to answer it.",
      hint: Message(
        ja: "<requires form=\"…\" field=\"…\">等</requires> で、型が text か multiline の項目に結び付けてください。",
        en:
          "Bind it with <requires form=\"…\" field=\"…\">等</requires> to a field of type text or multiline."
      ),
      context: provision
    )
  }

  static func unknownForm(_ form: Name, offered: [String]) -> Self {
    let list = offered.joined(separator: ", ")
    return Diagnostic(
      .unknownForm,
      at: form.location,
      ja: "様式「\(form.text)」がありません。",
      en: "There is no form “\(form.text)”.",
      hint: didYouMean(form.text, among: offered).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      } ?? Message(ja: "forms にある様式：\(list)", en: "The folder forms has: \(list)")
    )
  }
}
