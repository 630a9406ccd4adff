import Diagnostics

/// Generates the words of every reference within the annex, and finds what cannot be referred to.
struct References {
  /// The words by the place of the `ref`.
  private(set) var words: [SourceLocation: [ReferencePiece]] = [:]

  private let numbered: NumberedAnnex
  private let conditionalIDs: Set<String>
  private let reader: ElementReader
  /// What 同条 takes up in the provision that is read.
  private var named: ProvisionName = []

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
    for (index, provision) in numbered.provisions.enumerated() {
      references.named = []
      for text in provision.provision.texts { references.take(text, at: index) }
    }
    return references
  }

  private init(numbered: NumberedAnnex, conditionalIDs: Set<String>, reader: ElementReader) {
    self.numbered = numbered
    self.conditionalIDs = conditionalIDs
    self.reader = reader
  }

  private mutating func take(_ content: [Inline], at place: Int) {
    for inline in content {
      switch inline {
      case .reference(let reference):
        take(reference, at: place)
      case .cite:
        named = []
      case .text, .hole, .paper, .requirement, .term, .emphasis, .lineBreak, .conditional:
        if let inner = inline.content { take(inner, at: place) }
      }
    }
  }

  private mutating func take(_ reference: Reference, at place: Int) {
    for target in reference.targets + (reference.through.map { [$0] } ?? []) {
      let id = target.name.text
      let key = id + (target.part.map { "#\($0.rawValue)" } ?? "")
      if conditionalIDs.contains(id) || conditionalIDs.contains(key) {
        reader.report(.conditionalTarget(target.name))
      }
    }
    guard let target = numbered.target(of: reference, reader: reader) else { return }
    if let content = reference.words {
      return check(content.plainText, of: reference, target, at: place)
    }
    let names = zip(reference.targets, target.ends)
    for (written, address) in names {
      if numbered.provisions[address.index].cite.isEmpty {
        reader.report(.namelessTarget(written.name))
      } else if address == Address(index: place, part: nil) {
        reader.report(.referenceToItself(written.name))
      }
    }
    if case .range(let first, let last) = target,
      first.index...numbered.end(of: last.index) ~= place
    {
      reader.report(.rangeAroundItself(at: reference.location))
    }
    var wording = ReferenceWording(numbered, from: place)
    wording.named = named
    wording.isByNumber = reference.style == .number
    words[reference.location] = wording.pieces(target, joint: reference.joint)
    named = numbered.naming(target)
  }

  /// Words that take up the paragraph before.
  private static let taking: Set = ["この場合", "その場合", "この限り"]

  /// Words in the element are what the targets can be called from there.
  private mutating func check(
    _ words: String,
    of reference: Reference,
    _ target: ReferredTo,
    at place: Int
  ) {
    if let read = ReferenceReader(numbered, from: place, named: named).read(words) {
      if numbered.areSame(read, target) { return named = numbered.naming(target) }
    } else if Self.taking.contains(words) {
      if target.ends.allSatisfy({ numbered.isParagraphBefore(place, $0.index) }) { return }
      return reference.targets.forEach { reader.report(.referenceMoved($0.name)) }
    } else if target.ends.contains(where: { numbered.provisions[$0.index].cite.isEmpty }),
      TypedText(words).references(opensParagraph: false).isEmpty
    {
      return
    }
    var wording = ReferenceWording(numbered, from: place)
    wording.named = named
    let isNamed = target.ends.allSatisfy { !numbered.provisions[$0.index].cite.isEmpty }
    let right = isNamed ? wording.pieces(target, joint: reference.joint).map(\.words).joined() : nil
    reader.report(.falseReference(words, right, at: reference.location))
  }
}

extension NumberedAnnex {
  /// What a reference points to; nil, and reported, if that is not there or makes no range.
  func target(of reference: Reference, reader: ElementReader) -> ReferredTo? {
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
      chain(to: first.index).count == chain(to: last.index).count,
      end(of: first.index) < last.index
    else {
      reader.report(.noRange(at: reference.location))
      return nil
    }
    return .range(first, last)
  }
}

extension NumberedAnnex {
  /// Whether a provision is, or stands in, the paragraph directly before that of a place.
  fileprivate func isParagraphBefore(_ place: Int, _ index: Int) -> Bool {
    guard let own = enclosing(.paragraph, of: place), let other = enclosing(.paragraph, of: index)
    else { return false }
    return provisions[own].parent == provisions[other].parent
      && provisions[own].position == provisions[other].position + 1
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
    if let part, annex.indices[target.text] != nil {
      return Message(
        ja: "参照先の項に <sentence part=\"\(part.rawValue)\"> があるか確かめてください。",
        en: "Does that paragraph have a <sentence part=\"\(part.rawValue)\">?"
      )
    }
    if let meant = didYouMean(target.text, among: annex.indices.keys.sorted()) {
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

  fileprivate static func rangeAroundItself(at location: SourceLocation) -> Self {
    Diagnostic(
      .danglingReference,
      at: location,
      ja: "参照する範囲に、この ref のある規定が含まれています。",
      en: "The range takes in the provision that the ref stands in.",
      hint: Message(
        ja: "to と through を、この規定より前か後だけの範囲に改めてください。",
        en: "Let the range end before this provision, or begin behind it."
      )
    )
  }

  fileprivate static func noRange(at location: SourceLocation) -> Self {
    Diagnostic(
      .danglingReference,
      at: location,
      ja: "to から through までが、範囲になりません。",
      en: "There is no range from to through through.",
      hint: Message(
        ja: "to には初めの、through には終わりの規定を、条と条、項と項、号と号のように同じ段で書きます。",
        en:
          "Name the first in to and the last in through, both of one level: articles, paragraphs or items."
      )
    )
  }

  fileprivate static func namelessTarget(_ target: Name) -> Self {
    Diagnostic(
      .danglingReference,
      at: target.location,
      ja: "参照先「\(target.text)」には番号がないので、参照の語を作れません。",
      en: "“\(target.text)” has no number to be named by.",
      hint: Message(
        ja: "<ref to=\"\(target.text)\">次の事項</ref> のように、ref の中に語を書いてください。",
        en: "Write the words into the ref: <ref to=\"\(target.text)\">次の事項</ref>."
      )
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

  static func falseReference(_ words: String, _ right: String?, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .falseReference,
      at: location,
      ja: "ref の中の「\(words)」は、ここから見た参照先の呼び方ではありません。",
      en: "“\(words)” is not what the target is called from here.",
      hint: right.map {
        Message(
          ja: "「\($0)」と書くか、空の ref にして語を書かせてください。",
          en: "Write “\($0)”, or leave the ref empty: it then writes the words itself."
        )
      }
        ?? Message(
          ja: "番号のない規定です。「次の事項」のように、番号によらない語で書いてください。",
          en: "It has no number: use words that need none, as 次の事項."
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
