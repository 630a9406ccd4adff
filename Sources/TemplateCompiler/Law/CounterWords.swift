import Records
import TemplateRuntime

/// How the counters of labels write numbers.
extension NumberPattern.Counter {
  private static let kanaOrder = Array("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
  private static let irohaOrder = Array("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス")
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  /// Whether it writes digits, rather than signs that end somewhere.
  var isDigits: Bool { limit == nil }

  /// The greatest number that it can write; nil: any.
  var limit: Int? {
    switch self {
    case .edition, .full, .half, .kanji: nil
    case .circled: 50
    case .parenthesized: 20
    case .kana: Self.kanaOrder.count
    case .iroha: Self.irohaOrder.count
    case .letter, .capital: Self.letters.count
    case .roman: 3999
    case .capitalRoman: 12
    }
  }

  /// From 1 to its limit; beyond it begins anew.
  func words(_ number: Int, digits: DigitStyle) -> String {
    switch self {
    case .edition: Self.number(number, digits)
    case .full: Self.number(number, .full)
    case .half: Self.number(number, .half)
    case .kanji: Self.number(number, .kanji)
    case .circled: Self.circled((number - 1) % 50 + 1)
    case .parenthesized: Self.sign(0x2473, (number - 1) % 20 + 1)
    case .kana: String(Self.kanaOrder[(number - 1) % Self.kanaOrder.count])
    case .iroha: String(Self.irohaOrder[(number - 1) % Self.irohaOrder.count])
    case .letter: String(Self.letters[(number - 1) % Self.letters.count])
    case .capital: String(Self.letters[(number - 1) % Self.letters.count]).uppercased()
    case .roman: Self.roman(number)
    case .capitalRoman: Self.sign(0x215F, (number - 1) % 12 + 1)
    }
  }

  private static func number(_ number: Int, _ digits: DigitStyle) -> String {
    String(writing: { $0.append(number: Int64(number), digits) })
  }

  private static func sign(_ base: UInt32, _ number: Int) -> String {
    Unicode.Scalar(base + UInt32(number)).map(String.init) ?? ""
  }

  private static func circled(_ number: Int) -> String {
    let first: UInt32 =
      switch number {
      case ...20: 0x2460 - 1
      case ...35: 0x3251 - 21
      case _: 0x32B1 - 36
      }
    return Unicode.Scalar(first + UInt32(number)).map(String.init) ?? ""
  }

  private static func roman(_ number: Int) -> String {
    let letters = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
      (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    var rest = number
    return letters.reduce(into: "") { words, letter in
      words += String(repeating: letter.1, count: rest / letter.0)
      rest %= letter.0
    }
  }
}
