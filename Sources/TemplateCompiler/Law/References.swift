import Diagnostics

/// Generates the words of every reference within the annex, as drafting practice has them.
///
/// Within the article: 前項, 次項, else 第１項. To another: 前条, 次条, 同条 for the article named last in the same paragraph unless
/// another law was cited since, else 第６条; then 第１項 unless the article has but one paragraph; then 第１号, ただし書.
struct References {
  /// The words by the place of the `ref`.
  private(set) var words: [SourceLocation: String] = [:]

  private let numbered: NumberedAnnex
  private let conditionalIDs: Set<String>
  private let reader: ElementReader
  /// The article that a reference of this paragraph named last.
  private var namedArticle: Int?
  /// The paragraph that a reference of this paragraph named last.
  private var namedParagraph: Address?

  static func resolve(
    _ numbered: NumberedAnnex,
    conditionalIDs: Set<String>,
    reader: ElementReader
  ) -> References {
    var references = References(
      numbered: numbered,
      conditionalIDs: conditionalIDs,
      reader: reader
    )
    for (index, article) in numbered.annex.articles.enumerated() {
      for (offset, paragraph) in article.paragraphs.enumerated() {
        references.namedArticle = nil
        references.namedParagraph = nil
        let place = Address(article: index, paragraph: offset + 1)
        for sentence in paragraph.sentences { references.take(sentence.content, at: place) }
        for item in paragraph.items { references.take(item, at: place) }
      }
    }
    return references
  }

  private init(numbered: NumberedAnnex, conditionalIDs: Set<String>, reader: ElementReader) {
    self.numbered = numbered
    self.conditionalIDs = conditionalIDs
    self.reader = reader
  }

  private mutating func take(_ item: Item, at place: Address) {
    take(item.content, at: place)
    for subitem in item.subitems { take(subitem, at: place) }
  }

  private mutating func take(_ content: [Inline], at place: Address) {
    for inline in content {
      switch inline {
      case .reference(let reference):
        take(reference, at: place)
      case .cite:
        namedArticle = nil
        namedParagraph = nil
      case .text, .hole, .paper, .requirement, .term, .emphasis, .lineBreak, .conditional:
        if let inner = inline.content { take(inner, at: place) }
      }
    }
  }

  private mutating func take(_ reference: Reference, at place: Address) {
    let target = reference.target
    let key = target.text + (reference.part.map { "#\($0.rawValue)" } ?? "")
    guard let address = numbered.address(of: target.text, part: reference.part) else {
      if !target.text.isEmpty {
        reader.report(.danglingReference(target, part: reference.part, in: numbered))
      }
      return
    }
    if conditionalIDs.contains(target.text) || conditionalIDs.contains(key) {
      reader.report(.conditionalTarget(target))
    }
    if reference.words != nil {
      if address.article != place.article || address.paragraph.map({ $0 + 1 }) != place.paragraph {
        reader.report(.referenceMoved(target))
      }
      return
    }
    if address == place {
      reader.report(.referenceToItself(target))
    }
    words[target.location] = words(to: address, from: place)
    if address.article != place.article { namedArticle = address.article }
    namedParagraph = address.paragraph.map { Address(article: address.article, paragraph: $0) }
  }

  private func words(to target: Address, from place: Address) -> String {
    let below = numbered.wordsBelowParagraph(target)
    if target.article == place.article {
      guard let paragraph = target.paragraph, let own = place.paragraph else { return "この条" }
      if paragraph == own { return below }
      if namedParagraph == Address(article: target.article, paragraph: paragraph), !below.isEmpty {
        return "同項" + below
      }
      let number =
        switch paragraph - own {
        case -1: "前項"
        case 1: "次項"
        case _: "第\(numbered.number(paragraph))項"
        }
      return number + below
    }
    let article =
      switch target.article - place.article {
      case _ where target.article == namedArticle: "同条"
      case -1: "前条"
      case 1: "次条"
      case _: numbered.articleLabels[target.article]
      }
    if article == "同条", !below.isEmpty, target.paragraph != nil,
      namedParagraph == Address(article: target.article, paragraph: target.paragraph)
    {
      return "同項" + below
    }
    return article + numbered.words(within: target)
  }
}

extension Diagnostic {
  static func danglingReference(_ target: Name, part: SentencePart?, in annex: NumberedAnnex)
    -> Self
  {
    let partJa = part.map { "の\($0.words)" } ?? ""
    let partEn = part.map { " with a part “\($0.rawValue)”" } ?? ""
    return Diagnostic(
      .danglingReference,
      at: target.location,
      ja: "参照先「\(target.text)」\(partJa)は特記事項にありません。",
      en: "The annex has no provision “\(target.text)”\(partEn) to refer to.",
      hint: hint(target, part: part, in: annex)
    )
  }

  private static func hint(_ target: Name, part: SentencePart?, in annex: NumberedAnnex) -> Message
  {
    if let part, annex.addresses[target.text] != nil {
      return Message(
        ja: "参照先の項に <sentence part=\"\(part.rawValue)\"> があるか確かめてください。",
        en: "Does that paragraph have a <sentence part=\"\(part.rawValue)\">?"
      )
    }
    if let meant = didYouMean(target.text, among: annex.addresses.keys.sorted()) {
      return Message(ja: "「\(meant)」ではありませんか。", en: "Did you mean “\(meant)”?")
    }
    return Message(
      ja: "参照先を改めるか、参照する文言を改めてください。",
      en: "Aim the reference elsewhere, or change the sentence."
    )
  }

  fileprivate static func referenceToItself(_ target: Name) -> Self {
    Diagnostic(
      .danglingReference,
      at: target.location,
      ja: "「\(target.text)」が、その規定自身を参照しています。",
      en: "“\(target.text)” refers to itself.",
      hint: Message(ja: "参照先を改めてください。", en: "Aim the reference elsewhere.")
    )
  }

  fileprivate static func conditionalTarget(_ target: Name) -> Self {
    Diagnostic(
      .conditionalTarget,
      at: target.location,
      ja: "参照先「\(target.text)」は条件付きの規定なので参照できません。",
      en: "“\(target.text)” stands under a condition, so nothing may refer to it.",
      hint: Message(
        ja: "参照先の if を外すか、参照する文も同じ条文の中に移してください。",
        en: "Take the if off the provision, or the reference out of the sentence."
      )
    )
  }

  fileprivate static func referenceMoved(_ target: Name) -> Self {
    Diagnostic(
      .referenceMoved,
      at: target.location,
      ja: "この語が受ける「\(target.text)」が直前の項ではなくなりました。",
      en:
        "“\(target.text)”, which these words take up, is no longer the paragraph directly before.",
      hint: Message(
        ja: "項を並べ直すか、<ref to=\"\(target.text)\"/> のように空の ref で項番号を書かせてください。",
        en:
          "Restore the order, or write an empty <ref to=\"\(target.text)\"/>, which prints the number."
      )
    )
  }
}
