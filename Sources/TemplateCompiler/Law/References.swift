import Diagnostics

/// Generates the words of every reference within the annex, and finds what cannot be referred to.
struct References {
  /// The words by the place of the `ref`.
  private(set) var words: [SourceLocation: [ReferencePiece]] = [:]

  private let numbered: NumberedAnnex
  private let conditionalIDs: Set<String>
  private let scope: Scope
  /// What the annexes are called in texts.
  private let annexNames: [AnnexName]
  private let reader: ElementReader
  /// What 同条 takes up in the provision that is read.
  private var named: ProvisionName = []

  static func resolve(
    _ numbered: NumberedAnnex,
    conditionalIDs: Set<String>,
    scope: Scope,
    annexNames: [AnnexName],
    reader: ElementReader
  ) -> References {
    var references = References(
      numbered: numbered,
      conditionalIDs: conditionalIDs,
      scope: scope,
      annexNames: annexNames,
      reader: reader
    )
    for (index, provision) in numbered.provisions.enumerated() {
      references.named = []
      for (order, text) in provision.provision.texts.enumerated() {
        // Before the first sentence stands the caption.
        let opensParagraph = order == 1 && provision.provision.kind == .paragraph
        references.take(TypedText(text), at: index, opensParagraph: opensParagraph)
      }
    }
    return references
  }

  private init(
    numbered: NumberedAnnex,
    conditionalIDs: Set<String>,
    scope: Scope,
    annexNames: [AnnexName],
    reader: ElementReader
  ) {
    self.numbered = numbered
    self.conditionalIDs = conditionalIDs
    self.scope = scope
    self.annexNames = annexNames
    self.reader = reader
  }

  /// References in the order of the text, be they written or typed.
  private mutating func take(_ text: TypedText, at place: Int, opensParagraph: Bool) {
    let scope = self.scope
    var typed = TypedReferenceScanner(text, names: annexNames, slot: { scope.slot($0) })
      .references(opensParagraph: opensParagraph)[...]
    for (index, mark) in text.marks {
      while let next = typed.first, next.range.lowerBound < index {
        take(next, of: text, at: place)
        typed.removeFirst()
      }
      switch mark {
      case .reference(let reference): take(reference, at: place)
      case .words(_, isCite: true): named = []
      case .words(let content, isCite: false):
        take(TypedText(content), at: place, opensParagraph: false)
      case .hole: break
      }
    }
    for reference in typed { take(reference, of: text, at: place) }
  }

  private mutating func take(_ typed: TypedReference, of text: TypedText, at place: Int) {
    // A number that is typed though it is generated refers to nothing.
    if typed.location == numbered.provisions[place].typedNumber?.location { return }
    switch typed.reach {
    case .lawNumber: break
    case .otherLaw: named = []
    case .own: report(typed, worded(typed, at: place), at: place)
    case .byName(let name):
      let whole = typed.with(name, in: text)
      if let worded = worded(whole, at: place) { return report(whole, worded, at: place) }
      if name.annex == numbered.annexNumber(of: place) {
        return report(typed, worded(typed, at: place), at: place)
      }
      let annex = numbered.roots[name.annex]
      let worded = WordedReference(typed.words, in: numbered, annex: annex, withAnnexName: true)
      report(whole, typed.isJoined ? nil : worded, at: place)
    }
  }

  private func worded(_ typed: TypedReference, at place: Int) -> WordedReference? {
    typed.isJoined ? nil : WordedReference(typed.words, in: numbered, from: place, named: named)
  }

  private mutating func report(_ typed: TypedReference, _ worded: WordedReference?, at place: Int) {
    reader.report(
      .typedReference(typed.words, worded?.xml ?? takenUp(typed, at: place), at: typed.location)
    )
    if let worded { named = numbered.naming(worded.target) }
  }

  /// この場合 at the head of a paragraph.
  private func takenUp(_ typed: TypedReference, at place: Int) -> String? {
    guard Self.taking.contains(typed.words),
      let before = numbered.countedTogether(with: place).last(where: { $0 < place }),
      let id = numbered.provisions[before].provision.id?.text
    else { return nil }
    return "<ref to=\"\(id)\">\(typed.words)</ref>"
  }

  private mutating func take(_ reference: Reference, at place: Int) {
    for target in reference.targets {
      for name in target.names {
        let key = name.text + (target.part.map { "#\($0.rawValue)" } ?? "")
        if conditionalIDs.contains(name.text) || conditionalIDs.contains(key) {
          reader.report(.conditionalTarget(name))
        }
      }
    }
    guard let target = numbered.target(of: reference, reader: reader) else { return }
    if let content = reference.words {
      return check(content.plainText, of: reference, target, at: place)
    }
    let names = zip(reference.targets.flatMap(\.names), target.ends)
    for (written, address) in names {
      if numbered.provisions[address.index].cite.isEmpty {
        reader.report(.namelessTarget(written))
      } else if address == Address(index: place, part: nil) {
        reader.report(.referenceToItself(written))
      }
    }
    for span in target.spans {
      guard let last = span.last else { continue }
      if span.first.index...numbered.end(of: last.index) ~= place {
        reader.report(.rangeAroundItself(at: reference.location))
      }
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
      TypedReferenceScanner(TypedText(words), names: [], slot: { _ in nil })
        .references(opensParagraph: false).isEmpty
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
    // Of what is deleted nothing can be referred to.
    let offered = annex.indices.filter { annex.provisions[$0.value].provision.deleted == 0 }
    if let meant = didYouMean(target.text, among: offered.keys.sorted()) {
      return Message(ja: "「\(meant)」ではありませんか。", en: "Did you mean “\(meant)”?")
    }
    if let id = annex.id(numbered: target.text) {
      return Message(
        ja: "番号ではなくidを書きます。\(target.text)のidは「\(id)」です。",
        en: "Write an id, not a number; that of \(target.text) is “\(id)”."
      )
    }
    return Message(
      ja: "条項を削ったのなら、ここからの参照も削るか、別の条項に改めてください。",
      en: "If the provision was removed, remove what refers to it here, or aim it elsewhere."
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
