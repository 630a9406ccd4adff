// What the bytes of a cell look like to those who know what spreadsheets and exports do to values.

extension TableCell.Kind {
  var isNumber: Bool { self == .number || self == .numberSince1904 }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension [UInt8] {
  /// 1.23E+15, 2.0220001E7: what programs make of a number with many digits; 1E5 may be an identifier.
  var hasExponent: Bool {
    guard count >= 4, self[0].isDigit, let mark = firstIndex(where: { $0 | 0x20 == 0x65 }) else {
      return false
    }
    let digits = self[(mark + 1)...].drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    let whole = self[..<mark]
    return whole.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
      && (digits.startIndex > mark + 1 || whole.contains(UInt8(ascii: ".")))
      && !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

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

  /// 2001/2/3, 2月3日: what a spreadsheet makes of 1-2-3 and 2-3.
  var looksLikeDate: Bool {
    let slashes = split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if slashes.count == 3 {
      return slashes[0].count == 4
        && slashes.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(\.isDigit) }
    }
    let rest = drop(while: \.isDigit)
    guard rest.startIndex > 0, rest.starts(with: "月".utf8) else { return false }
    let day = rest.dropFirst(3)
    return day.first?.isDigit == true && day.drop(while: \.isDigit).elementsEqual("日".utf8)
  }

  /// 40,012 and 40012.0: a number on its way through a spreadsheet, which may have lost its zeros.
  var looksLikeAmount: Bool {
    let groups = split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if groups.count > 1 {
      return (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        && groups.allSatisfy { $0.allSatisfy(\.isDigit) }
    }
    guard let point = firstIndex(of: UInt8(ascii: ".")), point > 0, point + 1 < count else {
      return false
    }
    return self[..<point].allSatisfy(\.isDigit) && self[(point + 1)...].allSatisfy { $0 == 0x30 }
  }

  /// Five digits that may be a year of an era with month and day, as 40401 is under the format "R"0"."00"."00.
  var looksLikeYearMonthDay: Bool {
    guard count == 5, allSatisfy(\.isDigit) else { return false }
    let digits = map { Int($0) - 0x30 }
    let (month, day) = (digits[1] * 10 + digits[2], digits[3] * 10 + digits[4])
    return (1...12).contains(month) && (1...31).contains(day)
  }

  /// Whether it has a word for a thousand or more.
  var namesMagnitude: Bool {
    for index in indices where self[index] >= 0xE4 {
      for word in ["千", "万", "億", "兆"] where self[index...].starts(with: word.utf8) {
        return true
      }
    }
    return false
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

  /// What stands in `="0040012"`, as exports write text so that a spreadsheet leaves it alone; nil for anything else.
  var withoutFormula: [UInt8]? {
    let quote = UInt8(ascii: "\"")
    guard count >= 3, first == UInt8(ascii: "="), self[1] == quote, last == quote else {
      return nil
    }
    var content: [UInt8] = []
    var rest = self[2..<(count - 1)]
    while let byte = rest.popFirst() {
      // Within it a quote is written twice.
      if byte == quote, rest.popFirst() != quote { return nil }
      content.append(byte)
    }
    return content
  }

  /// An identifier without `="…"` or a leading apostrophe; nil if it has neither.
  ///
  /// The apostrophe of '22-001 may stand for a century.
  var unwrappedIdentifier: [UInt8]? {
    if let content = withoutFormula { return content }
    guard count > 1, first == UInt8(ascii: "'") else { return nil }
    let content = dropFirst()
    return content.prefix(while: \.isDigit).count == 2 && content.count > 2 ? nil : Array(content)
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
