/// Writes the words of a provision, with its terms and references.
///
/// What the compiler would word otherwise, and what points to other texts, stands in `cite`, as it is.
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

  private func cite(_ words: Scalars) -> String { "<cite>\(XMLText.escaped(words))</cite>" }

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
    for mark in marks where mark.range.lowerBound >= at {
      result += XMLText.cited(text[at..<mark.range.lowerBound])
      if let reference = mark.reference {
        result += xml(reference, from: index)
      } else {
        result += "<term>\(XMLText.escaped(text[mark.range]))</term>"
      }
      at = mark.range.upperBound
    }
    return result + XMLText.cited(text[min(at, range.upperBound)..<range.upperBound])
  }

  private mutating func xml(_ reference: FoundReference, from index: Int) -> String {
    guard case .provision(let target, nil, let part) = reference.target, let id = ids.ids[target],
      !annex.nodes[target].isDeleted,
      wording.take(target, part, from: index, as: reference.words.string)
    else {
      wording.forget()
      return cite(reference.words)
    }
    return "<ref to=\"\(id)\"" + (part.map { " part=\"\($0.rawValue)\"" } ?? "") + "/>"
  }
}
