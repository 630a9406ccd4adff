import Diagnostics

extension NumberedAnnex {
  /// What a reference points to; nil, and reported, if that is not there or makes no range.
  func target(of reference: Reference, reader: ElementReader) -> ReferredTo? {
    if let mistake = reference.mistake { reader.report(mistake) }
    func address(_ target: Reference.Target) -> Address? {
      if let address = self.address(of: target.name.text, part: target.part) { return address }
      if !target.name.text.isEmpty {
        reader.report(.danglingReference(target.name, part: target.part, in: self))
      }
      return nil
    }
    let targets = reference.targets.map(address)
    let through = reference.through.map(address)
    guard !targets.contains(where: { $0 == nil }), let first = targets.first ?? nil else {
      return nil
    }
    guard let through else { return .each(targets.compactMap(\.self)) }
    guard let last = through else { return nil }
    guard targets.count == 1 else { return nil }
    guard first.part == nil, last.part == nil, first.index < last.index,
      areOfOneKind(first.index, last.index),
      root(of: first.index) == root(of: last.index),
      chain(to: first.index).count == chain(to: last.index).count,
      end(of: first.index) < last.index
    else {
      let isWithinOne = root(of: first.index) == root(of: last.index)
      reader.report(.noRange(reference, isWithinOne: isWithinOne))
      return nil
    }
    return .range(first, last)
  }
}

extension Reference {
  /// What does not go together in the element.
  fileprivate var mistake: Diagnostic? {
    if through != nil, targets.count > 1 { return .rangeOfSeveral(at: location) }
    if hasPart, through != nil || targets.count > 1 { return .partOfSeveral(at: location) }
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

  fileprivate static func rangeOfSeveral(at location: SourceLocation) -> Self {
    invalidAttribute(
      "to",
      at: location,
      hint: Message(
        ja: "through を書くときは、to には範囲の初めの id を一つだけ書きます。",
        en: "With through, to names one provision: the first of the range."
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

  fileprivate static func noRange(_ reference: Reference, isWithinOne: Bool) -> Self {
    let first = reference.targets.map(\.name.text).joined(separator: " ")
    let last = reference.through?.name.text ?? ""
    return Diagnostic(
      .danglingReference,
      at: reference.location,
      ja: "「\(first)」から「\(last)」までは、範囲になりません。",
      en: "There is no range from “\(first)” to “\(last)”.",
      hint: !isWithinOne
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
