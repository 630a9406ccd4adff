import Diagnostics

extension NumberedAnnex {
  /// What a reference points to; nil, and reported, if that is not there or makes no range.
  func target(of reference: Reference, reader: ElementReader) -> ReferredTo? {
    if let mistake = reference.mistake { reader.report(mistake) }
    func address(_ name: Name, _ part: SentencePart?) -> Address? {
      if let address = self.address(of: name.text, part: part) { return address }
      if !name.text.isEmpty { reader.report(.danglingReference(name, part: part, in: self)) }
      return nil
    }
    let spans = reference.targets.map { target -> ReferredTo.Span? in
      let first = address(target.name, target.part)
      guard let name = target.last else { return first.map { ReferredTo.Span($0) } }
      guard let last = address(name, nil), let first else { return nil }
      let isOfOneAnnex = root(of: first.index) == root(of: last.index)
      guard isOfOneAnnex, first.part == nil, first.index < last.index,
        areOfOneKind(first.index, last.index),
        chain(to: first.index).count == chain(to: last.index).count,
        end(of: first.index) < last.index,
        // 第３条第１項から第５条第２項まで及び第４項: of which article?
        reference.targets.count == 1 || isWithinOne(first, last)
      else {
        reader.report(.noRange(target, isOfOneAnnex: isOfOneAnnex))
        return nil
      }
      return ReferredTo.Span(first, through: last)
    }
    guard !spans.contains(where: { $0 == nil }) else { return nil }
    return ReferredTo(spans.compactMap(\.self))
  }
}

extension Reference {
  /// What does not go together in the element.
  fileprivate var mistake: Diagnostic? {
    if hasPart, targets.count > 1 || targets[0].last != nil { return .partOfSeveral(at: location) }
    if (style == .own) != (words != nil) {
      return .wordsMismatch(isOwn: words != nil, at: location)
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func partOfSeveral(at location: SourceLocation) -> Self {
    invalidAttribute(
      "part",
      at: location,
      hint: Message(
        ja: "part は、参照先が一つのときに書きます。いくつもあるときは、to=\"第一のid#proviso 第二のid\" のように、その id に付けます。",
        en:
          "part is for a single target; of several, mark the one that it is of: to=\"first#proviso second\"."
      )
    )
  }

  static func rangeOfSeveral(at location: SourceLocation) -> Self {
    invalidAttribute(
      "to",
      at: location,
      hint: Message(
        ja: "through を書くときは、to には範囲の初めの id を一つだけ書きます。いくつもあるうちの一つを範囲にするときは、to=\"a..c e\" のように書きます。",
        en:
          "With through, to names one provision: the first of the range. A range among several is written as in to=\"a..c e\"."
      )
    )
  }

  fileprivate static func wordsMismatch(isOwn: Bool, at location: SourceLocation) -> Self {
    invalidAttribute(
      "words",
      at: location,
      hint: isOwn
        ? Message(
          ja: "ref の中に語を書くときは、words は要りません（words=\"own\"）。",
          en: "A ref with words in it needs no words attribute (or words=\"own\")."
        )
        : Message(
          ja: "words=\"own\" のときは、ref の中に語を書きます。",
          en: "With words=\"own\" the words stand in the ref."
        )
    )
  }

  fileprivate static func noRange(_ target: Reference.Target, isOfOneAnnex: Bool) -> Self {
    let first = target.name.text
    let last = target.last?.text ?? ""
    return Diagnostic(
      .danglingReference,
      at: target.name.location,
      ja: "「\(first)」から「\(last)」までは、範囲になりません。",
      en: "There is no range from “\(first)” to “\(last)”.",
      hint: !isOfOneAnnex
        ? Message(
          ja: "範囲は一つの特記事項の中で書きます。別々の特記事項の条は、to=\"a b\" と並べてください。",
          en: "A range is of one annex; name provisions of several one by one: to=\"a b\"."
        )
        : Message(
          ja: "to には初めの、through には終わりの規定を、条と条、項と項、号と号のように同じ段で書きます。",
          en:
            "Name the first in to and the last in through, both of one level: articles, paragraphs or items."
        )
    )
  }
}
