import DataFiles
import Diagnostics
import Records

/// How a value is written in YAML, so that this reader and every other take it for the text that it is.
enum YAMLText {
  /// A value, as `FileStyle.text`.
  static func written(
    _ bytes: [UInt8],
    of type: FieldType?,
    before: RawScalar?,
    quotes: ScalarStyle,
    isFlow: Bool
  ) -> ScalarText {
    let isQuoted = before.map { !$0.style.isBlock && $0.style != .plain } ?? false
    if !isFlow, !isQuoted, canBeLiteral(bytes) { return literal(bytes) }
    if !isQuoted, canBePlain(bytes, isFlow: isFlow),
      isText(bytes, of: type, before: before?.style == .plain ? before?.bytes : nil)
    {
      return ScalarText(inline: bytes)
    }
    let style = isQuoted ? before?.style ?? quotes : quotes
    return ScalarText(inline: style == .singleQuoted ? singleQuoted(bytes) : doubleQuoted(bytes))
  }

  /// A key, which is a name or a label.
  static func key(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    let isPlain = canBePlain(bytes, isFlow: true) && YAMLLook(bytes) == .text
    return isPlain ? bytes : doubleQuoted(bytes)
  }

  // MARK: Quotes

  static func doubleQuoted(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8(ascii: "\"")]
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\"", "\\": result += [UInt8(ascii: "\\"), UInt8(scalar.value)]
      case "\n": result += "\\n".utf8
      case "\r": result += "\\r".utf8
      case "\t": result += "\\t".utf8
      case _ where scalar.isForbidden || scalar == "\u{FEFF}":
        let isWide = scalar.value > 0xFFFF
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result += (isWide ? "\\U" : "\\u").utf8
        result += repeatElement(UInt8(ascii: "0"), count: (isWide ? 8 : 4) - hex.utf8.count)
        result += hex.utf8
      case _: result += UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter
      }
    }
    return result + [UInt8(ascii: "\"")]
  }

  /// In double quotes after all if the text has what only these can hold.
  private static func singleQuoted(_ bytes: [UInt8]) -> [UInt8] {
    guard isPrintable(bytes), !bytes.contains(0x0A), !bytes.contains(0x09) else {
      return doubleQuoted(bytes)
    }
    var result = [UInt8(ascii: "'")]
    for byte in bytes {
      if byte == UInt8(ascii: "'") { result.append(byte) }
      result.append(byte)
    }
    return result + [UInt8(ascii: "'")]
  }

  // MARK: Blocks

  private static func canBeLiteral(_ bytes: [UInt8]) -> Bool {
    guard bytes.contains(0x0A), isPrintable(bytes), let first = bytes.first,
      first != 0x20, first != 0x09, first != 0x0A
    else { return false }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // One line end belongs to the block; more would take in the empty lines that follow it.
    guard !lines.suffix(2).allSatisfy(\.isEmpty) else { return false }
    return lines.allSatisfy { line in line.isEmpty || !line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
  }

  private static func literal(_ bytes: [UInt8]) -> ScalarText {
    let isEnded = bytes.last == 0x0A
    let lines = isEnded ? Array(bytes.dropLast()).lines : bytes.lines
    return ScalarText(inline: Array((isEnded ? "|" : "|-").utf8), block: lines)
  }

  // MARK: Plain text

  private static func isPrintable(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy {
      !$0.isForbidden && $0 != "\u{FEFF}"
    }
  }

  private static func canBePlain(_ bytes: [UInt8], isFlow: Bool) -> Bool {
    guard let first = bytes.first, let last = bytes.last, isPrintable(bytes),
      !bytes.contains(0x0A), !bytes.contains(0x09), first != 0x20, last != 0x20,
      last != UInt8(ascii: ":")
    else { return false }
    let isSigned = first == UInt8(ascii: "-") && YAMLLook(bytes) == .integer
    guard isSigned || !"-?:,[]{}#&*!|>'\"%@`=".utf8.contains(first) else { return false }
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      if byte == UInt8(ascii: ":"), next == 0x20 { return false }
      if byte == 0x20, next == UInt8(ascii: "#") { return false }
    }
    return !isFlow || !bytes.contains { ",[]{}?:".utf8.contains($0) }
  }

  /// Whether plain text is text for other readers of YAML, too, or is of the kind that its field has.
  private static func isText(_ bytes: [UInt8], of type: FieldType?, before: [UInt8]?) -> Bool {
    let look = YAMLLook(bytes)
    switch look {
    case .text: return true
    case .word, .number: return false
    case .integer, .truth: return look == YAMLLook(of: type) || look == before.map(YAMLLook.init)
    case .date: return look == before.map(YAMLLook.init)
    }
  }
}

/// What readers of YAML may take plain text for.
enum YAMLLook {
  case text
  /// A whole number without a zero before it.
  case integer
  /// Digits of any other kind: 0040012, 1e3, 044-000-0001.
  case number
  case date
  /// true, false.
  case truth
  /// null, yes, NO, ~: nothing, or a truth of YAML 1.1.
  case word

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if text == "true" || text == "false" {
      self = .truth
    } else if bytes.isInteger {
      self = .integer
    } else if Self.words.contains(text.lowercased()) {
      self = .word
    } else if bytes.allSatisfy({ $0 < 0x80 }), bytes.beginsLikeNumber {
      let isDate = bytes.prefix(4).allSatisfy(\.isDigit) && bytes.dropFirst(4).first == 0x2D
      self = isDate && bytes.dropFirst(5).first?.isDigit == true ? .date : .number
    } else {
      self = .text
    }
  }

  /// What a type's values are for others.
  init(of type: FieldType?) {
    switch type {
    case .integer, .decimal, .percent, .money: self = .integer
    case .boolean: self = .truth
    case .text, .multiline, .date, .datetime, .choice, .identifier, .postalCode, .phone, .email,
      .corporateNumber, .photo, nil:
      self = .text
    }
  }

  private static let words: Set<String> = [
    "", "~", "null", "y", "n", "yes", "no", "on", "off", "true", "false", "<<", "=", ".inf", ".nan",
    "-.inf", "+.inf",
  ]
}

extension [UInt8] {
  /// At most fifteen digits, as every reader can hold them.
  var isInteger: Bool {
    let digits = first == UInt8(ascii: "-") ? dropFirst() : self[...]
    guard let first = digits.first, digits.count <= 15, digits.allSatisfy(\.isDigit) else {
      return false
    }
    return first != UInt8(ascii: "0") || count == 1
  }

  fileprivate var beginsLikeNumber: Bool {
    guard let first else { return false }
    if first.isDigit { return true }
    let isSign = "+-.".utf8.contains(first)
    return isSign && dropFirst().first.map { $0.isDigit || "+-._".utf8.contains($0) } ?? false
  }
}
