import Diagnostics

/// Generates the words of every reference within the annex, as drafting practice has them.
///
/// Of the target's name (第６条, 第２項, 第１号) what it shares with the place of the reference is left out. What follows is 同条 if
/// a reference before in the same provision named it, unless another law was cited since; 前条 or 次条 if it stands beside the
/// place; else its number. この条 is what the place itself is part of.
struct References {
  /// The words by the place of the `ref`.
  private(set) var words: [SourceLocation: String] = [:]

  private let numbered: NumberedAnnex
  private let conditionalIDs: Set<String>
  private let reader: ElementReader
  /// The provisions that references of this one named last, by rank.
  private var named: [Int: Int] = [:]

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
      references.named = [:]
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
        named = [:]
      case .text, .hole, .paper, .requirement, .term, .emphasis, .lineBreak, .conditional:
        if let inner = inline.content { take(inner, at: place) }
      }
    }
  }

  private mutating func take(_ reference: Reference, at place: Int) {
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
    let isNameless = numbered.provisions[address.index].cite.isEmpty
    if reference.words != nil {
      if !isNameless, !numbered.isParagraphBefore(place, address.index) {
        reader.report(.referenceMoved(target))
      }
      return
    }
    if isNameless {
      reader.report(.namelessTarget(target))
    } else if address == Address(index: place, part: nil) {
      reader.report(.referenceToItself(target))
    }
    words[target.location] = words(to: address, from: place)
  }

  private mutating func words(to target: Address, from place: Int) -> String {
    let isChapter = numbered.isChapter(target.index)
    let chain = numbered.chain(to: target.index)
    let own = numbered.chain(to: place, throughChapters: isChapter)
    let common = zip(chain, own).prefix { $0 == $1 }.count
    let part = target.part?.words ?? ""
    defer {
      if let last = chain.last { named = named.filter { $0.key <= rank(last) } }
      for index in chain[common...] { named[rank(index)] = index }
    }
    guard common < chain.count else { return part.isEmpty ? around(chain.last) : part }
    if let words = namedWords(chain, from: common, part) { return words }
    let rest = numbered.cites(chain[(common + 1)...]) + part
    let neighbour = common < own.count ? own[common] : nil
    if let word = neighbourWord(chain[common], seenFrom: neighbour) { return word + rest }
    if numbered.provisions[chain[common]].provision.kind == .table, common == chain.count - 1 {
      return target.index > place ? "次の表" : "前の表"
    }
    // 附則 calls its own articles 附則第２条.
    let isOfSupplement =
      common > 0 && numbered.provisions[chain[common - 1]].provision.kind == .supplement
    return numbered.cites(chain[(isOfSupplement ? common - 1 : common)...]) + part
  }

  /// この条, of what the place is part of.
  private func around(_ index: Int?) -> String {
    guard let index else { return "" }
    let provision = numbered.provisions[index]
    let unit = provision.level?.unit ?? ""
    return unit.isEmpty ? provision.cite : "この" + unit
  }

  /// 同条第２項, 同項第１号: the deepest provision that was named last, and what follows; nil if none was.
  private func namedWords(_ chain: [Int], from common: Int, _ part: String) -> String? {
    for depth in (common..<chain.count).reversed() {
      let provision = numbered.provisions[chain[depth]]
      let rest = numbered.cites(chain[(depth + 1)...]) + part
      guard let unit = provision.level?.unit, !unit.isEmpty,
        named[rank(chain[depth])] == chain[depth],
        !rest.isEmpty || provision.provision.kind == .article
      else { continue }
      return "同" + unit + rest
    }
    return nil
  }

  /// 前項, 次項.
  private func neighbourWord(_ index: Int, seenFrom place: Int?) -> String? {
    guard let place, let unit = numbered.provisions[index].level?.unit, !unit.isEmpty,
      rank(index) == rank(place)
    else { return nil }
    return switch numbered.provisions[index].position - numbered.provisions[place].position {
    case -1: "前" + unit
    case 1: "次" + unit
    case _: nil
    }
  }

  /// The level of a provision: lower is further out.
  private func rank(_ index: Int) -> Int {
    switch numbered.provisions[index].provision.kind {
    case .chapter: 0
    case .section: 1
    case .supplement: 2
    case .appendix, .preamble: 3
    case .article: 4
    case .paragraph: 5
    case .item: 6
    case .subitem: 7 + numbered.provisions[index].depth
    case .text, .note, .table: 1000
    }
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
