import Diagnostics
import Tables

// What the bytes of a cell look like to those who know what spreadsheets and exports do to values.

extension TableCell.Kind {
  var isNumber: Bool { self == .number || self == .numberSince1904 }
}

extension [UInt8] {
  /// 15000000 for 1.5E+7; nil if that is no whole number.
  var withoutExponent: [UInt8]? {
    guard let mark = firstIndex(of: UInt8(ascii: "E")),
      let exponent = Int(String(decoding: self[(mark + 1)...], as: UTF8.self)),
      (0...17).contains(exponent)
    else { return nil }
    let parts = self[..<mark].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? Array(parts[1]) : []
    guard parts.count <= 2, decimals.count <= exponent else { return nil }
    return parts[0] + decimals + repeatElement(0x30, count: exponent - decimals.count)
  }

  /// Five digits that may be a year of an era with month and day, as 40401 is under the format "R"0"."00"."00.
  var looksLikeYearMonthDay: Bool {
    guard count == 5, allSatisfy(\.isDigit) else { return false }
    let digits = map { Int($0) - 0x30 }
    let (month, day) = (digits[1] * 10 + digits[2], digits[3] * 10 + digits[4])
    return (1...12).contains(month) && (1...31).contains(day)
  }

  /// Whether it says that amounts are in thousands or millions: （単位：千円）, 金額は百万円単位, 千円.
  var namesUnitOfAmounts: Bool {
    guard count >= 6, namesMagnitude else { return false }
    let text = HeaderText(String(decoding: self, as: UTF8.self)).text
    let units = ["千円", "万円", "百万円"]
    return units.contains(text.filter { !"()[]".contains($0) })
      || text.contains("単位") && units.contains(where: text.contains)
  }

  /// Whether it is UTF-8 that a program has read as CP932: 縺ゅ＞縺, of kanji that stand in no text so often.
  var isMojibake: Bool {
    var found = 0
    for index in indices.dropLast(2) where self[index] == 0xE7 {
      let rest = (self[index + 1], self[index + 2])
      if rest == (0xB8, 0xBA) || rest == (0xB9, 0xA7) || rest == (0xB9, 0x9D) { found += 1 }
    }
    return found > 1
  }

  /// 〓, and a ? beside a kanji, stand where a character was lost on the way.
  var hasLostCharacter: Bool {
    for (index, byte) in enumerated() {
      switch byte {
      case UInt8(ascii: "?"):
        if index >= 3 && self[index - 3].beginsKanji { return true }
        if index + 1 < count && self[index + 1].beginsKanji { return true }
      case 0x93 where index >= 2 && self[index - 1] == 0x80 && self[index - 2] == 0xE3: return true
      case _: break
      }
    }
    return false
  }
}

extension UInt8 {
  /// The first byte of U+4000 to U+9FFF.
  fileprivate var beginsKanji: Bool { (0xE4...0xE9).contains(self) }
}
