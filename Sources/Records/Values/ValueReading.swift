/// What one piece of text means for a field of a given type.
struct ReadValue {
  enum Content {
    case absent
    /// `option` is the number of a choice's option, -1 for a text of its own.
    case text([UInt8], option: Int64)
    case word([UInt8])
    case number(Int64)
    /// ×10⁴, with its digits.
    case decimal(Int64, digits: [UInt8])
  }

  let content: Content
  /// Why the text could not be read, or what is doubtful about it.
  let remark: ValueFault?

  init(_ content: Content, remark: ValueFault? = nil) {
    self.content = content
    self.remark = remark
  }

  static let absent = ReadValue(.absent)

  static func fault(_ fault: ValueFault) -> ReadValue { ReadValue(.absent, remark: fault) }

  /// A fault in place of a number outside the range.
  func within(_ range: NumberRange?) -> ReadValue {
    guard let range else { return self }
    let isWithin =
      switch content {
      case .number(let number): range.contains(number, scale: 1)
      case .decimal(let number, digits: _): range.contains(number, scale: 10_000)
      case .absent, .text, .word: true
      }
    return isWithin ? self : .fault(.outOfRange(range))
  }
}

extension FieldType {
  /// Reads text as a value of this type.
  ///
  /// Text keeps its bytes: CR and CRLF become LF and the line feed that ends the last line goes, the lines of a text of one line
  /// are joined, nothing else changes. Text of nothing but space is no value, nor is a `StandIn`.
  func read(_ typed: [UInt8], words: [String]) -> ReadValue {
    guard case .identifier = self, let content = Array(typed.trimmed()).unwrappedIdentifier else {
      return readUnwrapped(typed, words: words)
    }
    let value = readUnwrapped(content, words: words)
    return ReadValue(value.content, remark: value.remark ?? .identifier(.wrapped))
  }

  private func readUnwrapped(_ typed: [UInt8], words: [String]) -> ReadValue {
    let bytes = typed.withUnixLineEnds()
    if let fault = bytes.unprintable { return .fault(fault) }
    let trimmed = bytes.trimmed()
    if trimmed.isEmpty { return .absent }
    if let offered = offered(trimmed) { return offered }
    if trimmed.isWord(of: words) { return ReadValue(.word(Array(trimmed))) }
    if let standIn = StandIn(trimmed, for: self) { return .fault(.standIn(standIn)) }
    switch self {
    case .multiline: return ReadValue(.text(bytes, option: 0))
    case .text, .photo: return line(bytes)
    case .identifier: return IdentifierReading.read(trimmed)
    case .choice(let options, let other):
      return other
        ? ownWords(trimmed, beside: options) : .fault(.notOffered(options.map(\.words)))
    case .boolean(let yes, let no): return .fault(.notBoolean(yes: yes, no: no))
    case .integer: return NumberReading.integer(FoldedText(bytes))
    case .money: return NumberReading.money(FoldedText(bytes))
    case .decimal: return NumberReading.decimal(FoldedText(bytes))
    case .percent: return NumberReading.percent(FoldedText(bytes))
    case .date: return DateReading.day(FoldedText(bytes))
    case .datetime: return DateReading.minute(FoldedText(bytes))
    case .postalCode: return CodeReading.postalCode(FoldedText(bytes))
    case .phone: return CodeReading.phone(FoldedText(bytes))
    case .email: return CodeReading.email(trimmed)
    case .corporateNumber: return CodeReading.corporateNumber(FoldedText(bytes))
    }
  }

  /// Whether the text is nothing but what marks that there is no value.
  package func standsForNothing(_ bytes: [UInt8]) -> Bool {
    let trimmed = bytes.trimmed()
    return trimmed.isEmpty || offered(trimmed) == nil && StandIn(trimmed, for: self) == .nothing
  }

  /// Whether the text says that the value is another cell's: 〃, 同上.
  package func isOfOtherCell(_ bytes: [UInt8]) -> Bool {
    let trimmed = bytes.trimmed()
    return offered(trimmed) == nil && StandIn(trimmed, for: self) == .ditto
  }

  private func line(_ bytes: [UInt8]) -> ReadValue {
    bytes.contains(0x0A)
      ? ReadValue(.text(bytes.joinedLines(), option: 0), remark: .joinedLines)
      : ReadValue(.text(bytes, option: 0))
  }

  /// An option or one of the two words, by itself or by a beginning that no other has: 法人 for 法人その他の団体.
  private func offered(_ text: ArraySlice<UInt8>) -> ReadValue? {
    switch self {
    case .choice(let options, let other):
      guard
        let option = text.index(in: options.lazy.map(\.words), canBegin: !other)
          ?? options.firstIndex(where: { text.elementsEqual($0.value.utf8) })
      else { return nil }
      return ReadValue(.text(Array(options[option].words.utf8), option: Int64(option)))
    case .boolean(let yes, let no):
      if let index = text.index(in: [no, yes], canBegin: true) {
        return ReadValue(.number(Int64(index)))
      }
      return text.index(in: ["false", "true", "no", "yes"], canBegin: false).map {
        ReadValue(.number(Int64($0 % 2)))
      }
    case .text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime, .identifier,
      .postalCode, .phone,
      .email, .corporateNumber, .photo:
      return nil
    }
  }

  /// A text of its own, or an option that その他（…） was typed around; その他 alone leaves it blank.
  private func ownWords(_ text: ArraySlice<UInt8>, beside options: [Option]) -> ReadValue {
    if text.contains(0x0A) {
      let joined = ownWords(Array(text).joinedLines()[...], beside: options)
      return ReadValue(joined.content, remark: .joinedLines)
    }
    var inner = text
    if text.starts(with: "その他".utf8) {
      let rest = text.dropFirst("その他".utf8.count)
      for (open, close) in [("（", "）"), ("(", ")")]
      where rest.starts(with: open.utf8) && rest.suffix(close.utf8.count).elementsEqual(close.utf8)
      {
        inner = rest.dropFirst(open.utf8.count).dropLast(close.utf8.count)
      }
      if rest.isEmpty { inner = rest }
    }
    let option = options.firstIndex {
      inner.elementsEqual($0.words.utf8) || inner.elementsEqual($0.value.utf8)
    }
    guard let option else { return ReadValue(.text(Array(inner), option: -1)) }
    return ReadValue(.text(Array(options[option].words.utf8), option: Int64(option)))
  }
}

extension [UInt8] {
  fileprivate func withUnixLineEnds() -> [UInt8] {
    guard contains(0x0D) || last == 0x0A else { return self }
    var result = self
    if contains(0x0D) {
      result = []
      result.reserveCapacity(count)
      for (index, byte) in enumerated() {
        if byte == 0x0D {
          result.append(0x0A)
        } else if byte != 0x0A || index == 0 || self[index - 1] != 0x0D {
          result.append(byte)
        }
      }
    }
    while result.last == 0x0A { result.removeLast() }
    return result
  }

  /// Its lines as one, as Japanese is joined: nothing between them, but a space where both sides are letters or digits of
  /// other scripts.
  fileprivate func joinedLines() -> [UInt8] {
    var result: [UInt8] = []
    for line in split(separator: 0x0A) {
      let line = Array(line).trimmed()
      guard let first = line.first else { continue }
      if let last = result.last, last < 0x80, first < 0x80 { result.append(0x20) }
      result += line
    }
    return result
  }

  /// Without ASCII space and U+3000 at either end.
  package func trimmed() -> ArraySlice<UInt8> {
    var slice = self[...]
    while let first = slice.first {
      if first == 0x20 || first == 0x09 || first == 0x0A {
        slice.removeFirst()
      } else if slice.starts(with: ideographicSpace) {
        slice.removeFirst(3)
      } else {
        break
      }
    }
    while let last = slice.last {
      if last == 0x20 || last == 0x09 || last == 0x0A {
        slice.removeLast()
      } else if slice.suffix(3).elementsEqual(ideographicSpace) {
        slice.removeLast(3)
      } else {
        break
      }
    }
    return slice
  }

  /// What no paper can carry: the C0 controls but TAB and LF, DEL and the C1 controls, U+2028 and
  /// U+2029, which break a line where no line may break, and noncharacters; and what no paper should, U+FFFD.
  ///
  /// XML 1.0 cannot even write most of them. Each once, in order.
  fileprivate var unprintable: ValueFault? {
    guard mayHoldForbiddenCharacters else { return nil }
    var found: Set<Unicode.Scalar> = []
    var isLost = false
    for scalar in String(decoding: self, as: UTF8.self).unicodeScalars {
      if scalar == "\u{FFFD}" { isLost = true }
      if scalar.isForbidden { found.insert(scalar) }
    }
    return !found.isEmpty ? .forbiddenCharacters(found.sorted()) : isLost ? .lostCharacter : nil
  }

  /// False for most text, by its lead bytes and, of what shares them with 、 and （, by the next byte.
  private var mayHoldForbiddenCharacters: Bool {
    let bytes = span
    /// 0 beyond the end, where text that is not UTF-8 may break off.
    func byte(at index: Int) -> UInt8 { index < count ? self[index] : 0 }
    for index in bytes.indices {
      switch bytes[index] {
      case 0x09, 0x0A, 0x20..<0x7F, 0x80..<0xC2, 0xC3..<0xE2, 0xE3..<0xEF: continue
      case 0xC2: if byte(at: index + 1) < 0xA0 { return true }
      case 0xE2: if byte(at: index + 1) == 0x80, byte(at: index + 2) & 0xFE == 0xA8 { return true }
      case 0xEF: if byte(at: index + 1) == 0xB7 || byte(at: index + 1) == 0xBF { return true }
      case _: return true
      }
    }
    return false
  }
}

private let ideographicSpace: [UInt8] = [0xE3, 0x80, 0x80]

/// How else people write some words that stand to choose.
private let otherForms: [(form: String, word: String)] = [
  ("あり", "有"), ("有り", "有"), ("なし", "無"), ("無し", "無"), ("個人事業主", "個人"), ("個人事業者", "個人"),
]

extension ArraySlice<UInt8> {
  /// Which of the words it is or says in another form (なし for 無), or, if that is asked, which it alone begins with two
  /// characters or more.
  fileprivate func index<Words: RandomAccessCollection<String>>(
    in words: Words,
    canBegin: Bool
  ) -> Int? where Words.Index == Int {
    if let index = words.firstIndex(where: { elementsEqual($0.utf8) }) { return index }
    if let form = otherForms.first(where: { elementsEqual($0.form.utf8) }),
      let index = words.firstIndex(of: form.word)
    {
      return index
    }
    guard canBegin, count >= 6, !contains(where: { $0 < 0x80 }) else { return nil }
    let begun = words.indices.filter { words[$0].utf8.starts(with: self) }
    return begun.count == 1 ? begun[0] : nil
  }

  /// One of the words, or one of them with a remark in brackets: 不明（10月７日から11日までの間）.
  fileprivate func isWord(of words: [String]) -> Bool {
    words.contains { word in
      guard starts(with: word.utf8), !contains(0x0A) else { return false }
      let rest = dropFirst(word.utf8.count)
      return rest.isEmpty
        || rest.starts(with: "（".utf8) && rest.suffix(3).elementsEqual("）".utf8)
        || rest.starts(with: "(".utf8) && rest.suffix(1).elementsEqual(")".utf8)
    }
  }
}

extension Unicode.Scalar {
  /// What leaves no trace on a paper (Default_Ignorable_Code_Point of DerivedCoreProperties.txt, and the marks of annotations), but
  /// for selectors of variants, which choose a glyph.
  package var isInvisible: Bool {
    switch value {
    case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
      0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE00FF, 0xE01F0...0xE0FFF:
      true
    case _: false
    }
  }

  package var isForbidden: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFDD0...0xFDEF: true
    default: value & 0xFFFE == 0xFFFE
    }
  }
}
