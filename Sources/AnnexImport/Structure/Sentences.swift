/// A sentence of a provision, and what it is called.
package struct FoundSentence: Hashable, Sendable {
  package let range: Range<Int>
  package let part: SentencePart?

  /// The sentences of a text.
  ///
  /// One alone has no name; of two without ただし they are 前段 and 後段.
  package static func sentences(of text: Scalars) -> [FoundSentence] {
    var ranges: [Range<Int>] = []
    var start = 0
    var depth = 0
    for index in text.indices {
      if text[index].opens { depth += 1 }
      if text[index].closes { depth = max(0, depth - 1) }
      if text[index] == "。", depth == 0 {
        ranges.append(start..<(index + 1))
        start = index + 1
      }
    }
    if start < text.count {
      if text[start...].compact.isEmpty, let last = ranges.popLast() {
        ranges.append(last.lowerBound..<text.count)
      } else {
        ranges.append(start..<text.count)
      }
    }
    guard ranges.count > 1 else { return ranges.map { FoundSentence(range: $0, part: nil) } }
    let provisos = ranges.filter { isProviso(text, $0) }
    let others = ranges.count - provisos.count
    var rank = 0
    return ranges.map { range in
      if isProviso(text, range) {
        return FoundSentence(range: range, part: provisos.count == 1 ? .proviso : nil)
      }
      rank += 1
      let part: SentencePart? =
        switch others {
        case 1: .main
        case 2: rank == 1 ? .former : .latter
        case _: nil
        }
      return FoundSentence(range: range, part: part)
    }
  }

  private static func isProviso(_ text: Scalars, _ range: Range<Int>) -> Bool {
    guard let start = range.first(where: { !text[$0].isSpace }) else { return false }
    return text.has(oneOf: ["ただし", "但し"], at: start)
  }
}

extension FoundTerm {
  /// The terms that 以下「…」という, 以下単に「…」という and 以下「…」と総称する define.
  static func terms(in text: Scalars, node: Int) -> [FoundTerm] {
    text.indices.compactMap { index in
      guard text[index] == "「", let end = text.closing(of: index), end > index + 1,
        text.has(oneOf: ["という", "と総称", "といい"], at: end + 1),
        text[max(0, index - 16)..<index].string.contains("以下")
          || index > 0 && text[index - 1].folded == "("
      else { return nil }
      return FoundTerm(node: node, range: (index + 1)..<end, words: Array(text[(index + 1)..<end]))
    }
  }
}

extension FoundProposal {
  private static let acts = ["申請", "承諾", "届け出", "届出", "報告", "提出", "通知", "協議", "承認", "請求"]

  /// 書面により申請, 届け出なければ, 報告書を提出; and 「…を記載しなければならない」.
  static func proposals(in text: Scalars, node: Int) -> [FoundProposal] {
    let words = text.string
    guard ["書面", "届", "報告", "申請", "記載", "提出"].contains(where: { words.contains($0) }) else {
      return []
    }
    var proposals: [FoundProposal] = []
    for index in text.indices {
      for lead in ["書面により", "書面をもって", "文書により", "書面で", "書面を"] where text.has(lead, at: index) {
        let behind = index + lead.unicodeScalars.count
        let limit = min(text.count, behind + 24)
        guard
          let act = (behind..<limit).lazy.compactMap({ at in
            acts.first { text.has($0, at: at) }.map { at + $0.unicodeScalars.count }
          }).first, !text[behind..<act].contains("。")
        else { continue }
        proposals.append(make(.paper, node, index..<act, text))
      }
      for act in ["届け出なければ", "報告しなければ", "提出しなければ", "申請しなければ", "届け出るものと", "報告するものと", "提出するものと"]
      where text.has(act, at: index) && proposals.last.map({ $0.range.upperBound <= index }) ?? true
      {
        let verb = act.hasPrefix("届け出") ? 3 : 2
        proposals.append(make(.paper, node, index..<(index + verb), text))
      }
      if text.has("を記載", at: index) || text.has("を記入", at: index) {
        let start =
          text[..<index].lastIndex { "、。".unicodeScalars.contains($0) }.map { $0 + 1 } ?? 0
        if start < index { proposals.append(make(.requires, node, start..<index, text)) }
      }
    }
    return proposals
  }

  private static func make(_ kind: Kind, _ node: Int, _ range: Range<Int>, _ text: Scalars)
    -> FoundProposal
  {
    FoundProposal(kind: kind, node: node, range: range, words: Array(text[range]))
  }
}
