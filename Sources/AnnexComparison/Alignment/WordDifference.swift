package import AnnexImport

/// Two wordings as stretches that are the same in both and stretches that are not.
package struct WordDifference: Sendable {
  package private(set) var stretches: [Stretch] = []

  package struct Stretch: Sendable, Equatable {
    package var old: Scalars
    package var new: Scalars
    /// The two may differ in white space all the same.
    package let isSame: Bool
  }

  package init(_ old: Scalars, _ new: Scalars) {
    let (a, b) = (Word.words(of: old), Word.words(of: new))
    let common = commonSubsequence(
      a,
      b,
      weight: { $0.weight },
      isSame: { $0.characters == $1.characters }
    )
    var (i, j) = (0, 0)
    for (nextI, nextJ) in common + [(a.count, b.count)] {
      append(a[i..<nextI], b[j..<nextJ], isSame: false)
      (i, j) = (nextI + 1, nextJ + 1)
      if nextI < a.count { append(a[nextI...nextI], b[nextJ...nextJ], isSame: true) }
    }
    joinIslands()
    stretches = stretches.flatMap(\.narrowed)
    // Of what has hardly a word left, nothing is the same.
    let kept = stretches.filter(\.isSame).reduce(0) { $0 + $1.old.compact.count }
    if kept * 5 < max(old.compact.count, new.compact.count) {
      stretches = old.isEmpty && new.isEmpty ? [] : [Stretch(old: old, new: new, isSame: false)]
    }
  }

  private mutating func append(_ a: ArraySlice<Word>, _ b: ArraySlice<Word>, isSame: Bool) {
    append(Stretch(old: a.flatMap(\.text), new: b.flatMap(\.text), isSame: isSame))
  }

  private mutating func append(_ stretch: Stretch) {
    if stretch.old.isEmpty, stretch.new.isEmpty { return }
    if let last = stretches.last, last.isSame == stretch.isSame {
      stretches[stretches.count - 1].old += stretch.old
      stretches[stretches.count - 1].new += stretch.new
    } else {
      stretches.append(stretch)
    }
  }

  /// One character between two replacements is no word that has stayed.
  private mutating func joinIslands() {
    let all = stretches
    stretches = []
    for (index, stretch) in all.enumerated() {
      let isIsland =
        stretch.isSame && stretch.old.compact.count == 1 && index > 0 && index + 1 < all.count
        && all[index - 1].isReplacement && all[index + 1].isReplacement
      append(isIsland ? Stretch(old: stretch.old, new: stretch.new, isSame: false) : stretch)
    }
  }
}

extension WordDifference.Stretch {
  fileprivate var isReplacement: Bool { !isSame && !old.isEmpty && !new.isEmpty }

  /// Without what a compound of kanji has kept at its ends: 個人情報｜等｜保護条例.
  fileprivate var narrowed: [WordDifference.Stretch] {
    guard isReplacement else { return [self] }
    let alike = zip(old, new).prefix { $0 == $1 }.map(\.0)
    let before = alike.count > 1 && alike.allSatisfy(\.isKanji) ? alike.count : 0
    let rest = zip(old.dropFirst(before).reversed(), new.dropFirst(before).reversed())
    let behind = rest.prefix { $0 == $1 }.map(\.0)
    let after = behind.count > 1 && behind.allSatisfy(\.isKanji) ? behind.count : 0
    return [
      WordDifference.Stretch(
        old: Array(old.prefix(before)),
        new: Array(new.prefix(before)),
        isSame: true
      ),
      WordDifference.Stretch(
        old: Array(old[before..<(old.count - after)]),
        new: Array(new[before..<(new.count - after)]),
        isSame: false
      ),
      WordDifference.Stretch(
        old: Array(old.suffix(after)),
        new: Array(new.suffix(after)),
        isSame: true
      ),
    ].filter { !$0.old.isEmpty || !$0.new.isEmpty }
  }
}

/// A run of one script, with the white space behind it; punctuation stands alone.
private struct Word {
  private(set) var text: Scalars
  private(set) var characters: Scalars

  /// Kanji mean more than the kana around them.
  var weight: Int { characters.reduce(0) { $0 + ($1.isKanji ? 3 : 1) } }

  private enum Script { case kanji, hiragana, katakana, digits, letters, sign }

  static func words(of text: Scalars) -> [Word] {
    var words: [Word] = []
    var last: Script?
    for scalar in text {
      if scalar.isSpace {
        if words.isEmpty { words.append(Word(text: [], characters: [])) }
        words[words.count - 1].text.append(scalar)
        continue
      }
      let script = script(of: scalar)
      if script != last || script == .sign || words.isEmpty {
        words.append(Word(text: [], characters: []))
      }
      words[words.count - 1].text.append(scalar)
      words[words.count - 1].characters.append(scalar)
      last = script
    }
    return words
  }

  private static func script(of scalar: Unicode.Scalar) -> Script {
    if scalar.isKanji { return .kanji }
    if scalar.isHiragana { return .hiragana }
    if scalar.isKatakana || scalar == "ー" { return .katakana }
    if scalar.isDigit { return .digits }
    switch scalar.narrowed {
    case "a"..."z", "A"..."Z": return .letters
    case _: return .sign
    }
  }
}
