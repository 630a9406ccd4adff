/// Reads what has a form of its own: postal codes, telephone numbers, addresses of mail, 法人番号.
enum CodeReading {
  /// 210-0000, 〒210-0000, 210 0000, 2100000; printed 210-0000.
  static func postalCode(_ text: FoldedText) -> ReadValue {
    var text = text
    _ = text.accept("〒")
    text.skipSpaces()
    let all = text.scalars.compactMap(FoldedText.digit).map { UInt8($0) + 0x30 }
    guard let first = text.digits() else { return .fault(.malformed(.postalCode)) }
    if first.count == 7, text.isAtEnd {
      return ReadValue(.text(all[..<3] + [UInt8(ascii: "-")] + all[3...], option: 0))
    }
    if first.count == 6, text.isAtEnd { return .fault(.leadingZeroLost) }
    guard first.count == 3, text.accept("-") || text.accept(" "), let second = text.digits(),
      second.count == 4,
      text.isAtEnd
    else { return .fault(.malformed(.postalCode)) }
    return ReadValue(.text(all[..<3] + [UInt8(ascii: "-")] + all[3...], option: 0))
  }

  /// 044-000-0001, 044(000)0001, 0440000001, +81-44-000-0001, TEL:044-000-0001, with （内線123） or （代表） behind it; printed
  /// from the 0 on, with hyphens where it had any.
  static func phone(_ text: FoldedText) -> ReadValue {
    var groups: [[UInt8]] = [[]]
    var text = text
    skipLabel(&text)
    if skipCountry(&text) { groups = [[UInt8(ascii: "0")]] }
    let bracketed = text.accept("(")
    while let scalar = text.next, !isSuffix(scalar) {
      if let digit = FoldedText.digit(scalar) {
        groups[groups.count - 1].append(UInt8(digit) + 0x30)
      } else if scalar == "-" || scalar == ")" || scalar == " " {
        if groups.last?.isEmpty == false { groups.append([]) }
      } else if scalar == "(" {
        if groups.last?.isEmpty == false { groups.append([]) }
        var ahead = text
        _ = ahead.accept("(")
        if ahead.next.map(isSuffix) == true {
          _ = text.takeFirst()
          break
        }
      } else {
        return .fault(.malformed(.phone))
      }
      _ = text.takeFirst()
    }
    if groups.last?.isEmpty == true { groups.removeLast() }
    guard let suffix = suffix(&text) else { return .fault(.malformed(.phone)) }
    let digits = groups.reduce(0) { $0 + $1.count }
    guard let first = groups.first?.first else { return .fault(.malformed(.phone)) }
    if first != UInt8(ascii: "0"), digits == 9 || digits == 10 { return .fault(.leadingZeroLost) }
    guard first == UInt8(ascii: "0"), digits == 10 || digits == 11,
      groups.count == 1 && !bracketed
        || groups.count == 3 && groups[0].count <= 5 && groups[1].count <= 4
          && (3...4).contains(groups[2].count)
    else { return .fault(.malformed(.phone)) }
    return ReadValue(.text(Array(groups.joined(separator: "-".utf8)) + suffix, option: 0))
  }

  /// TEL:, 電話番号：, ☎.
  private static func skipLabel(_ text: inout FoldedText) {
    let labels = ["TEL", "Tel", "tel", "電話番号", "電話", "\u{2121}", "\u{260E}", "\u{260F}"]
    guard labels.contains(where: { text.accept($0) }) else { return }
    while text.accept(".") || text.accept(":") || text.accept(" ") {}
  }

  /// +81, +81(0): true if a 0 belongs in its place.
  private static func skipCountry(_ text: inout FoldedText) -> Bool {
    guard text.accept("+81") || text.accept("(+81)") else { return false }
    while text.accept("-") || text.accept(" ") {}
    if text.accept("(0)") {
      _ = text.accept("-")
      return true
    }
    return text.next != "0"
  }

  private static func isSuffix(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "内" || scalar == "代" || scalar == "直"
  }

  /// （内線123）, （代表）, （直通）, or nothing; nil for anything else.
  private static func suffix(_ text: inout FoldedText) -> [UInt8]? {
    if text.isAtEnd { return [] }
    for (word, printed) in [("代表", "（代表）"), ("代", "（代表）"), ("直通", "（直通）")] where text.accept(word) {
      _ = text.accept(")")
      return text.isAtEnd ? Array(printed.utf8) : nil
    }
    guard text.accept("内線") || text.accept("内") else { return nil }
    text.skipSpaces()
    let digits = text.scalars.prefix { FoldedText.digit($0) != nil }
    guard !digits.isEmpty, digits.count <= 8, text.digits() != nil else { return nil }
    _ = text.accept(")")
    guard text.isAtEnd else { return nil }
    return Array("（内線".utf8) + digits.map { UInt8($0.value) } + Array("）".utf8)
  }

  /// The dot-atom form of RFC 5322 §3.4.1 at a name with a dot in it; nothing is folded, for an address is copied as it is.
  static func email(_ text: ArraySlice<UInt8>) -> ReadValue {
    let parts = text.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, text.count <= 254, parts[0].count <= 64,
      parts[0].isDotted(
        minimum: 1,
        of: { $0.isLetterOrDigit || "!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }
      ),
      parts[1].isDotted(minimum: 2, of: { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") })
    else { return .fault(.malformed(.email)) }
    return ReadValue(.text(Array(text), option: 0))
  }

  /// Thirteen digits, with hyphens or spaces between them or the T of an invoice's number before them, the first of which checks the others: 9 minus the remainder by nine of their sum, every second one from
  /// the right counted twice (平成26年財務省令第70号第２条).
  static func corporateNumber(_ text: FoldedText) -> ReadValue {
    var text = text
    _ = text.accept("T") || text.accept("t")
    let scalars = text.scalars.filter { $0 != "-" && $0 != " " }
    let digits = scalars.compactMap(FoldedText.digit)
    guard scalars.count == 13, digits.count == 13 else {
      return .fault(.malformed(.corporateNumber))
    }
    var sum = 0
    for (index, digit) in digits.dropFirst().reversed().enumerated() {
      sum += index % 2 == 0 ? digit : 2 * digit
    }
    guard digits[0] == 9 - sum % 9 else { return .fault(.wrongCheckDigit) }
    return ReadValue(.text(digits.map { UInt8($0) + 0x30 }, option: 0))
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  /// At least `minimum` parts with dots between them, none empty, each byte one of those allowed.
  fileprivate func isDotted(minimum: Int, of isAllowed: (UInt8) -> Bool) -> Bool {
    let parts = split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count >= minimum && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
  }
}
