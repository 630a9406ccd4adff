package import Diagnostics
import Records

/// Reads JSON (RFC 8259) strictly, with the places of its values.
///
/// Numbers keep their text, so that 0040012 in quotes and 12345678 without are read alike; true and false become those words. Of
/// a repeated name, which the RFC leaves to the reader, every repetition is reported.
package struct JSONReader {
  private let bytes: [UInt8]
  private let limits: DataLimits
  private var cursor: SourceCursor
  private var offset = 0
  private var depth = 0
  private var values = 0
  private var place = ListPlace.before
  private var findings: Findings

  /// `text` is well-formed UTF-8 without a byte order mark.
  package static func read(_ text: SourceText, limits: DataLimits = DataLimits()) -> ReadData {
    var reader = JSONReader(text, limits)
    do throws(Stop) {
      let root = try reader.value()
      try reader.end()
      return ReadData(root: root, diagnostics: reader.diagnostics)
    } catch {
      return ReadData(root: nil, diagnostics: reader.diagnostics + [error.diagnostic])
    }
  }

  init(_ text: SourceText, _ limits: DataLimits) {
    bytes = text.bytes
    findings = Findings(most: limits.mistakes)
    cursor = SourceCursor(text)
    self.limits = limits
  }

  /// What was wrong so far.
  var diagnostics: [Diagnostic] { findings.all }

  /// The next item of a list; nil at its end, or where it cannot be read further.
  mutating func nextItem() -> RawNode? {
    do throws(Stop) {
      switch place {
      case .ended: return nil
      case .before:
        skipSpace()
        let start = here
        guard next == UInt8(ascii: "[") else {
          _ = try value()
          try end()
          if findings.isEmpty { findings.append(.notAList(at: start)) }
          return nil
        }
        try open()
        place = .inside
        if accept(UInt8(ascii: "]")) { return try end() }
      case .inside:
        skipSpace()
        if accept(UInt8(ascii: "]")) { return try end() }
        guard accept(UInt8(ascii: ",")) else { throw syntax(.noComma) }
      }
      return try value()
    } catch {
      place = .ended
      findings.append(error.diagnostic)
      return nil
    }
  }

  @discardableResult
  private mutating func end() throws(Stop) -> RawNode? {
    place = .ended
    skipSpace()
    if offset < bytes.count { throw syntax(.textAfterEnd) }
    return nil
  }

  /// What nothing after it can be read for.
  private struct Stop: Error {
    let diagnostic: Diagnostic
  }

  private var here: SourceLocation { mutating get { cursor.location(at: offset) } }
  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func syntax(_ fault: Fault) -> Stop {
    Stop(diagnostic: .syntax(fault, at: here))
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      offset += 1
    }
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  // MARK: Values

  private mutating func value() throws(Stop) -> RawNode {
    skipSpace()
    let start = offset
    let location = here
    let isFirst = values == 0 && place == .before
    values += 1
    guard values <= limits.events else { throw Stop(diagnostic: .dataTooLarge(at: location)) }
    guard let byte = next else { throw syntax(isFirst ? .emptyFile : .endOfFile) }
    let content = try content(byte)
    let isFlow = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
    return RawNode(content, at: location, span: start..<offset, isFlow: isFlow)
  }

  /// What begins with `byte`, which is the next.
  private mutating func content(_ byte: UInt8) throws(Stop) -> RawNode.Content {
    switch byte {
    case UInt8(ascii: "{"): return .mapping(try object())
    case UInt8(ascii: "["): return .sequence(try array())
    case UInt8(ascii: "\""):
      return .scalar(RawScalar(bytes: try string(), style: .doubleQuoted))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .scalar(RawScalar(bytes: try number(), style: .plain))
    default:
      for word in ["true", "false", "null"] where bytes[offset...].starts(with: word.utf8) {
        offset += word.utf8.count
        return word == "null"
          ? .absent : .scalar(RawScalar(bytes: Array(word.utf8), style: .plain))
      }
      throw syntax(.noValue)
    }
  }

  private mutating func open() throws(Stop) {
    guard depth < limits.depth else {
      throw Stop(diagnostic: .dataTooDeep(at: here, limit: limits.depth))
    }
    depth += 1
    offset += 1
    skipSpace()
  }

  private mutating func object() throws(Stop) -> [RawNode.Entry] {
    try open()
    defer { depth -= 1 }
    var entries = EntryList()
    if accept(UInt8(ascii: "}")) { return [] }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw syntax(.noName) }
      let keyLocation = here
      let start = offset
      let key = String(decoding: try string(), as: UTF8.self)
      let keySpan = start..<offset
      skipSpace()
      guard accept(UInt8(ascii: ":")) else { throw syntax(.noColon) }
      let entry = RawNode.Entry(
        key: key,
        keyLocation: keyLocation,
        keySpan: keySpan,
        value: try value()
      )
      if let diagnostic = entries.add(entry) { findings.append(diagnostic) }
      skipSpace()
      if accept(UInt8(ascii: "}")) { return entries.entries }
      guard accept(UInt8(ascii: ",")) else { throw syntax(.noComma) }
    }
  }

  private mutating func array() throws(Stop) -> [RawNode] {
    try open()
    defer { depth -= 1 }
    var items: [RawNode] = []
    if accept(UInt8(ascii: "]")) { return [] }
    while true {
      items.append(try value())
      skipSpace()
      if accept(UInt8(ascii: "]")) { return items }
      guard accept(UInt8(ascii: ",")) else { throw syntax(.noComma) }
    }
  }

  /// The text of a number: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
  private mutating func number() throws(Stop) -> [UInt8] {
    let start = offset
    _ = accept(UInt8(ascii: "-"))
    if accept(UInt8(ascii: "0")) {
      if next?.isDigit == true { throw syntax(.leadingZero) }
    } else {
      try digits()
    }
    if accept(UInt8(ascii: ".")) { try digits() }
    if accept(UInt8(ascii: "e")) || accept(UInt8(ascii: "E")) {
      if !accept(UInt8(ascii: "+")) { _ = accept(UInt8(ascii: "-")) }
      try digits()
    }
    return Array(bytes[start..<offset])
  }

  private mutating func digits() throws(Stop) {
    guard next?.isDigit == true else { throw syntax(.noDigit) }
    while next?.isDigit == true { offset += 1 }
  }

  // MARK: Strings

  private mutating func string() throws(Stop) -> [UInt8] {
    let start = offset
    offset += 1
    var result: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return result
      case UInt8(ascii: "\\"):
        try escape(into: &result)
      case 0x00...0x1F:
        throw syntax(.controlCharacter)
      default:
        result.append(byte)
        offset += 1
      }
    }
    offset = start
    throw syntax(.openString)
  }

  private mutating func escape(into result: inout [UInt8]) throws(Stop) {
    let location = here
    offset += 1
    guard let byte = next else { throw syntax(.endOfFile) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      offset += 1
      if let scalar = try codePoint(at: location) { result += String(scalar).utf8 }
      return
    default: throw syntax(.unknownEscape)
    }
    offset += 1
  }

  /// After \u.
  ///
  /// Nil for a surrogate without its partner, which is reported.
  private mutating func codePoint(at location: SourceLocation) throws(Stop) -> Unicode.Scalar? {
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, bytes[offset...].starts(with: "\\u".utf8) {
      let back = offset
      offset += 2
      let second = try fourHexDigits()
      if (0xDC00...0xDFFF).contains(second) {
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      }
      offset = back
    }
    findings.append(
      .unwritableCharacter("U+" + String(first, radix: 16, uppercase: true), at: location)
    )
    return nil
  }

  private mutating func fourHexDigits() throws(Stop) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next?.hexDigit else { throw syntax(.noHexDigit) }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }
}

extension UInt8 {

  fileprivate var hexDigit: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}

private enum Fault {
  case emptyFile, endOfFile, textAfterEnd, noValue, noName, noColon, noComma, noDigit, noHexDigit
  case leadingZero, controlCharacter, openString, unknownEscape
}

extension Diagnostic {
  fileprivate static func syntax(_ fault: Fault, at location: SourceLocation) -> Diagnostic {
    let (ja, en): (String, String) =
      switch fault {
      case .emptyFile: ("ファイルが空です。", "The file is empty.")
      case .endOfFile:
        ("JSONが途中で終わっています。", "The JSON text ends before its value does.")
      case .textAfterEnd:
        ("JSONの終わりの後に余分な文字があります。", "There is text behind the JSON value.")
      case .noValue:
        ("ここに値がありません。文字は \" で囲んでください。", "There is no value here; text stands in double quotes.")
      case .noName:
        ("ここに \" で囲んだ項目名がありません。", "There is no field name in double quotes here.")
      case .noColon: ("項目名の後に「:」がありません。", "There is no colon behind the field name.")
      case .noComma: ("「,」か閉じかっこがありません。", "There is neither a comma nor a closing bracket.")
      case .noDigit: ("数字がありません。", "A digit is missing.")
      case .noHexDigit: ("\\u の後は16進数4桁です。", "\\u takes four hexadecimal digits.")
      case .leadingZero:
        (
          "0で始まる番号は \" で囲んでください。",
          "A number that begins with 0 stands in double quotes."
        )
      case .controlCharacter:
        (
          "\" の中に改行などの制御文字があります。改行は \\n と書いてください。",
          "There is a control character in a string; write a line break as \\n."
        )
      case .openString: ("\" が閉じられていません。", "This string is never closed.")
      case .unknownEscape: ("「\\」の後に書けない文字です。", "This cannot stand behind a backslash.")
      }
    return Diagnostic(.dataSyntax, at: location, ja: ja, en: en)
  }
}
