import Fixtures
import Records
import TemplateRuntime
import Testing

/// What is written by blocks of sixteen bytes and without bounds is what is written byte by byte.
struct ByteWriterTests {
  /// Texts of every length around the size of blocks, in the middle and at the ends of a pool, plain and with special characters.
  @Test(arguments: 0..<100)
  func textsAreEscapedAndCopied(_ length: Int) {
    var generator = SeededGenerator(seed: UInt64(length))
    for room in [0, 1, 15, 16, 40] {
      for alphabet in ["a", "a&<>\"", "契約&", "&"] {
        let characters = Array(alphabet)
        let text = (0..<length).map { _ in characters.randomElement(using: &generator) ?? "a" }
        let bytes = Array(String(text).utf8)
        let pool = Array(repeating: UInt8(ascii: "<"), count: room) + bytes
        let ends = [pool, pool + Array(repeating: UInt8(ascii: "&"), count: room)]
        for pool in ends {
          let escaped = [UInt8](writing: { $0.append(escaping: pool.span, room, bytes.count) })
          #expect(escaped == Self.escaped(bytes))
          let copied = [UInt8](
            capacity: pool.count,
            writing: { $0.append(pool.span, room, bytes.count) }
          )
          #expect(copied == bytes)
        }
      }
    }
  }

  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte in
      switch Unicode.Scalar(byte) {
      case "&": Array("&amp;".utf8)
      case "<": Array("&lt;".utf8)
      case ">": Array("&gt;".utf8)
      case "\"": Array("&quot;".utf8)
      case _: [byte]
      }
    }
  }

  /// Whatever room there was at first, all of it is written in the end.
  @Test(arguments: 0..<80)
  func littleRoomIsEnough(_ capacity: Int) {
    func write(_ output: inout ByteWriter) {
      let text = Array("川崎市 & <甲>".utf8)
      for number in 0..<12 as Range<Int64> {
        output.append(escaping: text.span, 0, text.count)
        output.append(number: number, .digits(.full))
        output.append("\n" as StaticString)
      }
    }
    #expect([UInt8](capacity: capacity, writing: write) == [UInt8](capacity: 4096, writing: write))
  }

  private static let numbers: [Int64] = {
    var generator = SeededGenerator(seed: 1_874)
    let powers = (0..<19).flatMap { power -> [Int64] in
      let ten = (0..<power).reduce(1 as Int64) { product, _ in product * 10 }
      return [ten - 1, ten, ten + 1, -ten]
    }
    return powers + [.min, .max]
      + (0..<1000).map { _ in .random(in: .min ... .max, using: &generator) >> 20 }
  }()

  @Test func numbersAreWritten() {
    for number in Self.numbers {
      let plain = String(writing: { $0.append(number: number, .plain) })
      #expect(plain == String(number))
      let full = String(writing: { $0.append(number: number, .digits(.full)) })
      #expect(Self.halfwidth(full) == String(number))
      let grouped = String(writing: { $0.append(number: number, .grouped) })
      #expect(Self.ungrouped(grouped) == String(number))
      let groups = grouped.split(separator: ",").map(\.utf8.count)
      #expect(groups.dropFirst().allSatisfy { $0 == 3 })
      let money = String(writing: { $0.append(money: number) })
      #expect(money == "金\(grouped)円")
    }
  }

  private static func halfwidth(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          ("０"..."９").contains(scalar)
            ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFF10 + 0x30)) : scalar
        }
      )
    )
  }

  private static func ungrouped(_ text: String) -> String {
    (text.first == "△" ? "-" : "") + text.filter { $0 != "," && $0 != "△" }
  }

  /// Read back by the rules of 漢数字.
  @Test func numeralsAreReadBack() {
    for number in Self.numbers {
      let kanji = String(writing: { $0.append(number: number, .digits(.kanji)) })
      let daiji = String(writing: { $0.append(daiji: number) })
      #expect(Self.value(of: kanji, one: false) == Int128(number), "\(number)")
      #expect(Self.value(of: String(daiji.dropFirst().dropLast()), one: true) == Int128(number))
      #expect(daiji.first == "金" && daiji.last == "円")
    }
    #expect(String(writing: { $0.append(daiji: 1_110) }) == "金壱千壱百壱拾円")
    #expect(String(writing: { $0.append(number: 1_110, .digits(.kanji)) }) == "千百十")
  }

  /// Nil where a unit that is to have 壱 has none, or the other way round.
  private static func value(of text: String, one: Bool) -> Int128? {
    var (sum, group, digit): (Int128, Int128, Int128?) = (0, 0, nil)
    for character in text.drop(while: { $0 == "△" }) {
      if let value = ["〇零", "一壱", "二弐", "三参", "四", "五", "六", "七", "八", "九"]
        .firstIndex(where: { $0.contains(character) })
      {
        digit = Int128(value)
      } else if let power = ["十拾", "百", "千"].firstIndex(where: { $0.contains(character) }) {
        if digit == nil && one || digit == 1 && !one { return nil }
        group += (digit ?? 1) * [10, 100, 1000][power]
        digit = nil
      } else if let power = ["万", "億", "兆", "京"].firstIndex(of: String(character)) {
        let myriad = (0...power).reduce(1 as Int128) { product, _ in product * 10_000 }
        sum += (group + (digit ?? 0)) * myriad
        (group, digit) = (0, nil)
      } else {
        return nil
      }
    }
    sum += group + (digit ?? 0)
    return text.first == "△" ? -sum : sum
  }
}
