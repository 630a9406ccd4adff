/// The signs that a label counts with.
package enum Numeral: String, CaseIterable, Sendable {
  case digits = "1"
  case kanji = "一"
  case circled = "①"
  /// ⑴, one character.
  case parenthesized = "⑴"
  case katakana = "ア"
  /// イ, ロ, ハ: the order of the old song.
  case iroha = "イ"
  case latin = "a"
  case capital = "A"
  case roman = "i"
  case capitalRoman = "Ⅰ"

  private static let aiueo = Scalars(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
  )
  private static let song = Scalars("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス")
  private static let kanjiDigits = Scalars("〇一二三四五六七八九")

  private static let romans = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
  ]

  /// How a number is written; nil beyond what lists count to.
  func sign(_ number: Int) -> String? {
    switch self {
    case .digits: return "\(number)"
    case .kanji:
      guard (1...99).contains(number) else { return nil }
      let tens = number / 10 > 1 ? String(Self.kanjiDigits[number / 10]) : ""
      let ones = number % 10 > 0 ? String(Self.kanjiDigits[number % 10]) : ""
      return tens + (number >= 10 ? "十" : "") + ones
    case .circled: return Self.scalar(0x245F, number)
    case .parenthesized: return Self.scalar(0x2473, number)
    case .katakana: return Self.element(Self.aiueo, number)
    case .iroha: return Self.element(Self.song, number)
    case .latin: return number <= 26 ? Self.scalar(0x60, number) : nil
    case .capital: return number <= 26 ? Self.scalar(0x40, number) : nil
    case .roman: return Self.romans.indices.contains(number - 1) ? Self.romans[number - 1] : nil
    case .capitalRoman: return number <= 12 ? Self.scalar(0x215F, number) : nil
    }
  }

  private static func scalar(_ base: UInt32, _ number: Int) -> String? {
    guard (1...26).contains(number), base != 0x245F && base != 0x2473 || number <= 20 else {
      return nil
    }
    return Unicode.Scalar(base + UInt32(number)).map { String($0) }
  }

  private static func element(_ signs: Scalars, _ number: Int) -> String? {
    signs.indices.contains(number - 1) ? String(signs[number - 1]) : nil
  }

  /// A number and how many scalars it takes.
  struct Reading: Equatable {
    let numeral: Numeral
    let value: Int
    let count: Int
  }

  /// Everything that the text from `index` on can be as a number: イ is the second of アイウ and the first of イロハ.
  static func readings(_ text: Scalars, at index: Int) -> [Reading] {
    guard index < text.count else { return [] }
    let scalar = text[index]
    if scalar.isDigit { return number(text, at: index).map { [$0] } ?? [] }
    if let kanji = number(text, at: index) { return [kanji] }
    switch scalar.value {
    case 0x2460...0x2473:
      return [Reading(numeral: .circled, value: Int(scalar.value) - 0x245F, count: 1)]
    case 0x3251...0x325F:
      return [Reading(numeral: .circled, value: Int(scalar.value) - 0x3230, count: 1)]
    case 0x2474...0x2487:
      return [Reading(numeral: .parenthesized, value: Int(scalar.value) - 0x2473, count: 1)]
    case 0x2160...0x216B:
      return [Reading(numeral: .capitalRoman, value: Int(scalar.value) - 0x215F, count: 1)]
    case 0x2170...0x217B:
      return [Reading(numeral: .roman, value: Int(scalar.value) - 0x216F, count: 1)]
    case _: break
    }
    var readings: [Reading] = []
    if let place = aiueo.firstIndex(of: scalar) {
      readings.append(Reading(numeral: .katakana, value: place + 1, count: 1))
    }
    if let place = song.firstIndex(of: scalar) {
      readings.append(Reading(numeral: .iroha, value: place + 1, count: 1))
    }
    return readings + letters(text, at: index)
  }

  /// An Arabic or kanji number.
  static func number(_ text: Scalars, at index: Int) -> Reading? {
    var end = index
    var value = 0
    while end < text.count, text[end].isDigit, end - index < 6 {
      value = value * 10 + Int(text[end].folded.value - 0x30)
      end += 1
    }
    if end > index { return Reading(numeral: .digits, value: value, count: end - index) }
    var total = 0
    var digit: Int?
    while end < text.count, end - index < 8 {
      if let place = kanjiDigits.firstIndex(of: text[end]) {
        digit = (digit ?? 0) * 10 + place
      } else if let power = ["十": 10, "百": 100, "千": 1000][text[end]] {
        total += (digit ?? 1) * power
        digit = nil
      } else {
        break
      }
      end += 1
    }
    guard end > index else { return nil }
    return Reading(numeral: .kanji, value: total + (digit ?? 0), count: end - index)
  }

  private static func letters(_ text: Scalars, at index: Int) -> [Reading] {
    var end = index
    while end < text.count, isLetter(text[end]), end - index < 5 { end += 1 }
    let word = text[index..<end].map(\.folded).string
    guard let first = text[index..<end].first?.folded else { return [] }
    let isCapital = ("A"..."Z").contains(first)
    var readings: [Reading] = []
    if word.unicodeScalars.count == 1 {
      readings.append(
        Reading(
          numeral: isCapital ? .capital : .latin,
          value: Int(first.value) - (isCapital ? 0x40 : 0x60),
          count: 1
        )
      )
    }
    if let place = Self.romans.firstIndex(of: word) {
      readings.append(Reading(numeral: .roman, value: place + 1, count: end - index))
    } else if let place = Self.romans.firstIndex(where: { $0.uppercased() == word }) {
      readings.append(Reading(numeral: .capitalRoman, value: place + 1, count: end - index))
    }
    return readings
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar.folded) || ("A"..."Z").contains(scalar.folded)
  }
}
