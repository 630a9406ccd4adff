/// Text as Unicode scalars: `String` holds two shapes of a character for equal, and the official text must come back as it was.
package typealias Scalars = [Unicode.Scalar]

extension Unicode.Scalar {
  /// Half-width for full-width digits, letters, brackets and signs of ASCII; others as they are.
  var folded: Unicode.Scalar {
    switch value {
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
    case 0x3014, 0xFF3B: "["
    case 0x3015, 0xFF3D: "]"
    case _: self
    }
  }

  package var isSpace: Bool {
    switch value {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF: true
    case _: false
    }
  }

  /// Whether it is as wide as a kanji.
  var isWide: Bool {
    switch value {
    case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60,
      0x2160...0x217F, 0x2460...0x24FF, 0x25A0...0x25FF, 0x2018...0x201D, 0x20000...0x3FFFF:
      true
    case _: false
    }
  }

  package var isDigit: Bool { ("0"..."9").contains(folded) }

  package var isHiragana: Bool { (0x3041...0x309F).contains(value) }
  package var isKatakana: Bool { (0x30A1...0x30FA).contains(value) }
  package var isKanji: Bool {
    (0x3400...0x9FFF).contains(value) || (0xF900...0xFAFF).contains(value)
      || (0x20000...0x3FFFF).contains(value) || value == 0x3005
  }

  var opens: Bool { folded == "(" || folded == "[" || "「『〔【｛".unicodeScalars.contains(self) }
  var closes: Bool { folded == ")" || folded == "]" || "」』〕】｝".unicodeScalars.contains(self) }
}

extension Collection<Unicode.Scalar> {
  package var string: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: self)
    return String(view)
  }

  /// Without any white space.
  package var compact: Scalars { filter { !$0.isSpace } }

  /// In full-width characters: half as many for those of half width.
  var width: Double { reduce(0) { $0 + ($1.isWide ? 1 : 0.5) } }
}

extension BidirectionalCollection<Unicode.Scalar> {
  /// Whether it ends with one of the words, whatever the width of digits and brackets.
  func ends(with word: String) -> Bool {
    var rest = self[...]
    for scalar in word.unicodeScalars.reversed() {
      guard rest.popLast()?.folded == scalar.folded else { return false }
    }
    return true
  }

  func ends(withOneOf words: [String]) -> Bool { words.contains { ends(with: $0) } }
}

extension Scalars {
  init(_ string: String) { self = Array(string.unicodeScalars) }

  /// Whether a word stands at the index, whatever the width of digits and brackets.
  func has(_ word: String, at index: Int) -> Bool {
    var index = index
    for scalar in word.unicodeScalars {
      guard index >= 0, index < count, self[index].folded == scalar.folded else { return false }
      index += 1
    }
    return true
  }

  func has(oneOf words: [String], at index: Int) -> Bool { words.contains { has($0, at: index) } }

  func firstIndex(of word: String, from start: Int = 0) -> Int? {
    (start..<Swift.max(start, count)).first { has(word, at: $0) }
  }

  /// Without white space at the end: an indent counts as width.
  var trimmedEnd: Scalars { Array(self[..<(lastIndex { !$0.isSpace }.map { $0 + 1 } ?? 0)]) }

  /// Without white space at both ends.
  package var trimmed: Scalars {
    guard let first = firstIndex(where: { !$0.isSpace }),
      let last = lastIndex(where: { !$0.isSpace })
    else { return [] }
    return Array(self[first...last])
  }

  /// How many brackets are open at the end; those that were closed without being open do not count.
  var openBrackets: Int {
    reduce(0) { $1.opens ? $0 + 1 : $1.closes ? Swift.max(0, $0 - 1) : $0 }
  }

  /// Where the bracket that begins at `index` ends; nil if it does not.
  func closing(of index: Int) -> Int? {
    var depth = 0
    for end in index..<count {
      if self[end].opens { depth += 1 }
      if self[end].closes { depth -= 1 }
      if depth == 0 { return end }
    }
    return nil
  }

  /// Whether it begins with a bracket in which a caption may stand.
  var opensCaption: Bool { first.map { $0.folded == "(" || $0 == "【" || $0 == "〔" } ?? false }

  /// Whether it is one bracket from end to end: 「（見出し）」.
  var isBracketed: Bool { opensCaption && closing(of: 0) == count - 1 }

  /// Without the white space that is none: that of line ends and of a PDF's letter spacing.
  ///
  /// U+3000 stays, and so does a run of several spaces: they were typed. `keepsFirst`: the first space behind a few characters
  /// parts a defined term from its meaning.
  func withoutStraySpaces(keepsFirst: Bool = false) -> Scalars {
    var result: Scalars = []
    var keeps = keepsFirst
    for (index, scalar) in enumerated() {
      guard scalar.isSpace, scalar.value != 0x3000 else {
        if "、。".unicodeScalars.contains(scalar) { keeps = false }
        result.append(scalar)
        continue
      }
      let before = index > 0 ? self[index - 1] : " "
      let after = index + 1 < count ? self[index + 1] : " "
      let isRun = before.isSpace || after.isSpace
      if !isRun, keeps, (2...20).contains(result.count), before.isWide, after.isWide {
        keeps = false
        result.append(scalar)
      } else if isRun || !(before.isWide || after.isWide) {
        result.append(scalar)
      }
    }
    return result
  }
}
