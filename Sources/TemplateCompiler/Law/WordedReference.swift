import Diagnostics

/// The `ref` to write in place of typed words, where they can be read.
struct WordedReference {
  let xml: String
  let target: ReferredTo

  /// Of words that stand in a provision.
  init?(_ words: String, in numbered: NumberedAnnex, from place: Int, named: ProvisionName) {
    guard let target = ReferenceReader(numbered, from: place, named: named).read(words),
      let attributes = numbered.attributes(of: target)
    else { return nil }
    self.target = target
    var wording = ReferenceWording(numbered, from: place)
    wording.named = named
    func says(_ joint: Reference.Joint?) -> Bool {
      wording.pieces(target, joint: joint).map(\.words).joined() == words
    }
    let joint = Reference.Joint.allCases.first { words.contains($0.rawValue) }
    let join = joint.map { $0 == .and ? "" : " join=\"\($0.rawValue)\"" } ?? ""
    if says(joint) {
      xml = "<ref \(attributes)\(join)/>"
      return
    }
    wording.isByNumber = true
    xml =
      says(joint)
      ? "<ref \(attributes)\(join) words=\"number\"/>" : "<ref \(attributes)>\(words)</ref>"
  }

  /// Of words in a form about an annex; `withAnnexName`: with its name, which the ref writes, too.
  init?(_ words: String, in numbered: NumberedAnnex, annex: Int, withAnnexName: Bool) {
    guard let target = ReferenceReader(numbered, from: nil, annex: annex).read(words),
      let attributes = numbered.attributes(of: target)
    else { return nil }
    self.target = target
    xml = "<ref \(attributes)\(withAnnexName ? "" : " words=\"number\"")/>"
  }
}

extension NumberedAnnex {
  /// `to="a" through="b"`, with … for one that has no id yet; nil where there is nothing to name.
  fileprivate func attributes(of target: ReferredTo) -> String? {
    func id(_ address: Address) -> String { provisions[address.index].provision.id?.text ?? "…" }
    guard let first = target.spans.first else { return nil }
    if target.spans.count == 1 {
      if let last = first.last { return "to=\"\(id(first.first))\" through=\"\(id(last))\"" }
      let part = first.first.part.map { " part=\"\($0.rawValue)\"" } ?? ""
      return "to=\"\(id(first.first))\"\(part)"
    }
    let names = target.spans.map { span in
      id(span.first) + (span.first.part.map { "#\($0.rawValue)" } ?? "")
        + (span.last.map { ".." + id($0) } ?? "")
    }
    return "to=\"\(names.joined(separator: " "))\""
  }
}

extension Diagnostic {
  /// `reference`: what to write instead; nil where the words cannot be read.
  static func typedReference(
    _ word: String,
    _ reference: String?,
    inForm: Bool = false,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .typedReference,
      at: location,
      ja: "参照の語「\(word)」が文字で書かれています。条項がずれても直りません。",
      en: "The reference “\(word)” is typed as text and would not follow a renumbering.",
      hint: reference.map {
        $0.contains("…")
          ? Message(
            ja: "参照先に id を付け、代わりに \($0) と、その id を入れて書いてください。",
            en: "Give what it refers to an id, and write \($0) instead, with that id in it."
          ) : Message(ja: "代わりに \($0) と書いてください。", en: "Write \($0) instead.")
      }
        ?? (inForm
          ? Message(
            ja: "特記事項の条項は <ref to=\"…\"/> で書いてください。他の法令の条項には、その法令の名を前に書きます。",
            en:
              "Write <ref to=\"…\"/> for the annex; before a pinpoint into another law write that law's name."
          )
          : Message(
            ja: "<ref to=\"…\"/> で書いてください。他の法令の条項は <cite> で囲みます。",
            en: "Write <ref to=\"…\"/>; put a pinpoint into another law into <cite>."
          ))
    )
  }

  /// In words that take no `ref`: of slots, of the dictionary.
  static func typedReference(
    _ word: String,
    inWordsOf name: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .typedReference,
      at: location,
      ja: "「\(name)」の語に、参照の語「\(word)」が文字で書かれています。条項がずれても直りません。",
      en:
        "The words of “\(name)” have the reference “\(word)” typed as text, which would not follow a renumbering.",
      hint: Message(
        ja: "条項は、項目なら basis に、書類なら文の中の <ref> に書き、ここからは消してください。",
        en: "Name the provision in basis, or by a <ref> in the form's text, and take it out here."
      )
    )
  }
}
