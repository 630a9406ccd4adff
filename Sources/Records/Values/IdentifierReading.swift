import Diagnostics

/// Reads identifiers: numbers of contracts, ids.
enum IdentifierReading {
  /// Invisible characters and no-break spaces must not make two identifiers of one.
  ///
  /// What is like a hyphen is one between ASCII letters and digits: 2022ー001.
  static func read(_ text: ArraySlice<UInt8>) -> ReadValue {
    if text.contains(0x0A) { return .fault(.lineBreak) }
    let bytes = Array(text)
    let fault = IdentifierFault(bytes)
    let remark = fault.map(ValueFault.identifier)
    if fault?.hasLostValue == true { return ReadValue(.absent, remark: remark) }
    if bytes.allSatisfy({ $0 < 0x80 }) { return ReadValue(.text(bytes, option: 0), remark: remark) }
    var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    let invisible = Set(scalars.filter { $0 == "\u{A0}" || $0.isInvisible })
    guard invisible.isEmpty else { return .fault(.forbiddenCharacters(invisible.sorted())) }
    for index in scalars.indices.dropFirst().dropLast()
    where scalars[index].isLikeHyphen && scalars[index - 1].isASCIILetterOrDigit
      && scalars[index + 1].isASCIILetterOrDigit
    {
      scalars[index] = "-"
    }
    let read = Array(String(String.UnicodeScalarView(scalars)).utf8)
    return ReadValue(.text(read, option: 0), remark: remark)
  }
}

/// What a spreadsheet or an export did to an identifier.
enum IdentifierFault {
  case exponent, likeAmount, likeDate
  /// It was read without them.
  case wrapped

  /// Nil for what may be as it was typed.
  init?(_ bytes: [UInt8]) {
    if bytes.hasExponent {
      self = .exponent
    } else if bytes.looksLikeAmount {
      self = .likeAmount
    } else if bytes.looksLikeDate {
      self = .likeDate
    } else {
      return nil
    }
  }

  var severity: Diagnostic.Severity { hasLostValue ? .error : .warning }

  /// Whether the value itself is lost.
  fileprivate var hasLostValue: Bool {
    switch self {
    case .exponent, .likeAmount: true
    case .likeDate, .wrapped: false
    }
  }

  /// What follows the field's name.
  var sentence: Message {
    switch self {
    case .exponent:
      Message(ja: "が、指数の形の数になっています。", en: "has become a number with an exponent.")
    case .likeAmount:
      Message(ja: "が、桁区切りのコンマ又は小数点のある数になっています。", en: "has become a number with commas or decimals.")
    case .likeDate: Message(ja: "が日付のように見えます。", en: "looks like a date.")
    case .wrapped:
      Message(ja: "の値を囲む記号（=\"\" や '）を除いて読みました。", en: "was read without the =\"\" or ' around it.")
    }
  }

  var hint: Message? {
    switch self {
    case .exponent, .likeAmount:
      Message(
        ja: "元の番号を確認し、入力し直してください。Excelではセルの表示形式を「文字列」にし、YAMLとJSONでは \" で囲みます",
        en: "type it again: in a cell formatted as text, in quotes in YAML and JSON"
      )
    case .likeDate:
      Message(
        ja: "元の番号がこのとおりでなければ、Excelではセルの表示形式を「文字列」にして、入力し直してください",
        en: "if it is another, type it again, in a cell formatted as text"
      )
    case .wrapped: nil
    }
  }
}

// What identifiers look like to those who know what spreadsheets and exports do to them.

extension [UInt8] {
  /// 1.23E+15, 4.0012e4: what is left of a number with more than fifteen digits; 22E10 may be a number of a contract.
  package var hasExponent: Bool {
    guard count >= 4, self[0].isDigit,
      let mark = firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") })
    else { return false }
    let digits = self[(mark + 1)...].drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return self[..<mark].allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
      && (digits.startIndex > mark + 1 || self[..<mark].contains(UInt8(ascii: ".")))
      && !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

  /// 2001/2/3, 2月3日: what a spreadsheet makes of 1-2-3 and 2-3; and 2001-02-03, as other programs write such a day.
  var looksLikeDate: Bool {
    guard first?.isDigit == true else { return false }
    if count == 10, self[4] == UInt8(ascii: "-"), self[7] == UInt8(ascii: "-") {
      return count(where: \.isDigit) == 8
    }
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
  package var looksLikeAmount: Bool {
    guard first?.isDigit == true else { return false }
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

  /// What stands in `="0040012"`, as exports write text so that a spreadsheet leaves it alone; nil for anything else.
  package var withoutFormula: [UInt8]? {
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
  package var unwrappedIdentifier: [UInt8]? {
    if let content = withoutFormula { return content }
    guard count > 1, first == UInt8(ascii: "'") else { return nil }
    let content = dropFirst()
    return content.prefix(while: \.isDigit).count == 2 && content.count > 2 ? nil : Array(content)
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetterOrDigit: Bool {
    switch self {
    case "0"..."9", "A"..."Z", "a"..."z": true
    default: false
    }
  }
}
