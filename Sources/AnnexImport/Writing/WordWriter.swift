/// Writes the words of a provision, with its terms and references.
///
/// What the compiler would word otherwise stands within its `ref`; what points to other texts, in `cite`.
struct WordWriter {
  private let annex: FoundAnnex
  private let ids: ProvisionIDs
  private let references: [Int: [FoundReference]]
  private let terms: [Int: [FoundTerm]]
  private var wording: ReferenceWording

  init(_ annex: FoundAnnex, ids: ProvisionIDs, levels: [WrittenLevel]) {
    self.annex = annex
    self.ids = ids
    references = Dictionary(grouping: annex.references, by: \.node)
    terms = Dictionary(grouping: annex.terms, by: \.node)
    let kinds = zip(annex.levels.map(\.kind), levels)
    wording = ReferenceWording(annex, levels: Dictionary(kinds) { first, _ in first })
  }

  /// The sentences, with their parts where references can name them.
  mutating func sentences(of index: Int) -> [String] {
    let text = annex.nodes[index].text
    let sentences = FoundSentence.sentences(of: text)
    wording.forget()
    guard sentences.count > 1, sentences.allSatisfy({ $0.part != nil }) else {
      return text.isEmpty ? [] : [words(index, text.indices)]
    }
    return sentences.map { sentence in
      let part = sentence.part.map { " part=\"\($0.rawValue)\"" } ?? ""
      return "<sentence\(part)>\(words(index, sentence.range))</sentence>"
    }
  }

  mutating func all(of index: Int) -> String {
    wording.forget()
    return words(index, annex.nodes[index].text.indices)
  }

  /// この場合 at the head of a paragraph takes up the one before.
  private func takenUp(_ index: Int) -> String {
    let before = annex.nodes[..<index].indices.last {
      annex.nodes[$0].kind == .paragraph && annex.nodes[$0].parent == annex.nodes[index].parent
    }
    guard let before, let id = ids.ids[before] else { return "<cite>この場合</cite>" }
    return "<ref to=\"\(id)\">この場合</ref>"
  }

  private mutating func words(_ index: Int, _ range: Range<Int>) -> String {
    let text = annex.nodes[index].text
    var marks: [(range: Range<Int>, reference: FoundReference?)] = []
    marks += (terms[index] ?? []).map { ($0.range, nil) }
    marks += (references[index] ?? []).map { ($0.range, $0) }
    marks = marks.filter { range.contains($0.range.lowerBound) }
    marks.sort { $0.range.lowerBound < $1.range.lowerBound }
    var result = ""
    var at = range.lowerBound
    if at == 0, text.has("この場合", at: 0), annex.nodes[index].kind == .paragraph {
      result = takenUp(index)
      at = 4
    }
    for mark in joined(marks, in: text) where mark.range.lowerBound >= at {
      result += XMLText.cited(text[at..<mark.range.lowerBound])
      if mark.references.isEmpty {
        result += "<term>\(XMLText.escaped(text[mark.range]))</term>"
      } else {
        result += xml(mark.references, text[mark.range].string, from: index)
      }
      at = mark.range.upperBound
    }
    return result + XMLText.cited(text[min(at, range.upperBound)..<range.upperBound])
  }

  // MARK: References

  private typealias Mark = (range: Range<Int>, references: [FoundReference])

  private static let joints: Set = [
    "、", "及び", "又は", "並びに", "若しくは", "および", "または", "ならびに", "もしくは", "と", "・", "、及び", "、又は",
  ]

  /// References of which one goes on with the name of another, as 第３項 of 第２条第１項及び第３項, are one.
  private func joined(_ marks: [(range: Range<Int>, reference: FoundReference?)], in text: Scalars)
    -> [Mark]
  {
    var joined: [Mark] = []
    for mark in marks {
      let references = mark.reference.map { [$0] } ?? []
      if let last = joined.last, !last.references.isEmpty, let reference = mark.reference,
        (last.references + [reference]).allSatisfy({ target($0) != nil }),
        last.range.upperBound < mark.range.lowerBound,
        Self.joints.contains(text[last.range.upperBound..<mark.range.lowerBound].string)
      {
        joined[joined.count - 1] = (
          last.range.lowerBound..<mark.range.upperBound, last.references + references
        )
      } else {
        joined.append((mark.range, references))
      }
    }
    return joined
  }

  private typealias Target = (first: Int, last: Int?, part: SentencePart?)

  /// Nil where a `ref` cannot lead there.
  private func target(_ reference: FoundReference) -> Target? {
    guard case .provision(let first, let last, let part) = reference.target,
      [first, last ?? first].allSatisfy({ ids.ids[$0] != nil && !annex.nodes[$0].isDeleted })
    else { return nil }
    return (first, last, part)
  }

  private mutating func xml(_ references: [FoundReference], _ words: String, from index: Int)
    -> String
  {
    let targets = references.compactMap(target)
    guard targets.count == references.count, let first = targets.first,
      targets.allSatisfy({ wording.reads(words, of: $0.first) })
    else {
      wording.forget()
      return "<cite>\(XMLText.escaped(words.unicodeScalars))</cite>"
    }
    if targets.count > 1 {
      return apart(references, from: index) ?? list(targets, words, from: index)
    }
    let isWorded =
      if let last = first.last {
        wording.take(first.first, through: last, from: index, as: words)
      } else {
        wording.take(first.first, first.part, from: index, as: words)
      }
    let to = "to=\"\(ids.ids[first.first] ?? "")\""
    let through = first.last.flatMap { ids.ids[$0] }.map { " through=\"\($0)\"" } ?? ""
    let part = first.part.map { " part=\"\($0.rawValue)\"" } ?? ""
    if !isWorded { wording.name([first.first] + (first.last.map { [$0] } ?? [])) }
    if !isWorded, first.last == nil, wording.isNumber(first.first, first.part, from: index, words) {
      return "<ref \(to)\(part) words=\"number\"/>"
    }
    let own = XMLText.escaped(words.unicodeScalars)
    return isWorded
      ? "<ref \(to)\(through)\(part)/>" : "<ref \(to)\(through)\(part)>\(own)</ref>"
  }

  /// One by one, where the compiler words each of them so.
  private mutating func apart(_ references: [FoundReference], from index: Int) -> String? {
    let before = wording
    var result = ""
    var end = references.first?.range.lowerBound ?? 0
    for reference in references {
      result += XMLText.cited(annex.nodes[index].text[end..<reference.range.lowerBound])
      let written = xml([reference], reference.words.string, from: index)
      guard written.hasSuffix("/>") else {
        wording = before
        return nil
      }
      result += written
      end = reference.range.upperBound
    }
    return result
  }

  private static let ownJoints = ["及び", "又は", "並びに", "若しくは", "および", "または", "ならびに", "もしくは", "と"]

  /// Of several, with the words that they share said once.
  private mutating func list(_ targets: [Target], _ words: String, from index: Int) -> String {
    // Two neighbours are no range.
    let spans = targets.flatMap { target -> [ReferenceWording.Span] in
      guard let last = target.last else { return [(target.first, nil, target.part)] }
      let all = annex.siblings(from: target.first, through: last)
      return all.count == 2 ? all.map { ($0, nil, nil) } : [(target.first, last, nil)]
    }
    let names = spans.map { span in
      (ids.ids[span.first] ?? "") + (span.part.map { "#\($0.rawValue)" } ?? "")
        + (span.last.flatMap { ids.ids[$0] }.map { "..\($0)" } ?? "")
    }
    let to = "to=\"\(names.joined(separator: " "))\""
    let joint = Self.ownJoints.first {
      wording.list(spans, joint: $0, from: index) == words
    }
    wording.name(spans.flatMap { [$0.first] + ($0.last.map { [$0] } ?? []) })
    guard let joint else { return "<ref \(to)>\(XMLText.escaped(words.unicodeScalars))</ref>" }
    return joint == "及び" ? "<ref \(to)/>" : "<ref \(to) join=\"\(joint)\"/>"
  }
}

extension FoundAnnex {
  /// Of the same kind, one behind the other.
  fileprivate func siblings(from first: Int, through last: Int) -> [Int] {
    guard first <= last else { return [] }
    return (first...last).filter {
      nodes[$0].kind == nodes[first].kind
        && (nodes[$0].kind == .article || nodes[$0].parent == nodes[first].parent)
    }
  }
}
