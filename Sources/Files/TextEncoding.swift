/// How the text of a table is encoded.
package enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf8WithBOM = "UTF-8 (BOM)"
  /// Shift_JIS as Windows writes it.
  case cp932 = "CP932"

  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The bytes of a text in UTF-8 that are read as that very text; nil if it has a character that the encoding lacks.
  package func encode(_ text: [UInt8]) -> [UInt8]? {
    switch self {
    case .utf8, .utf8WithBOM: text
    case .cp932: CP932.encodeExactly(text)
    }
  }
}

/// CP932, strictly: a byte sequence that Windows does not define is no character.
///
/// The C library's table, read once. It agrees with Python's cp932 but for the single bytes 80, A0 and FD to FF, which
/// Python takes for controls and private characters, and which are refused here.
package struct CP932: Sendable {
  /// By lead byte from 0x81 on and trail byte; 0 is none.
  private let pairs: [UInt16]

  package static let shared = CP932()

  private init?() {
    guard let conversion = TextConversion(from: "CP932", to: "UTF-16LE") else { return nil }
    var codes: [UInt8] = []
    for lead in UInt8(0x81)...0xFC where !(0xA0...0xDF).contains(lead) {
      for trail in UInt8(0x40)...0xFC where trail != 0x7F {
        codes.append(lead)
        codes.append(trail)
      }
    }
    let units = conversion.convertPairs(codes)
    var pairs = [UInt16](repeating: 0, count: 0x7F << 8)
    for index in stride(from: 0, to: codes.count, by: 2) {
      pairs[Int(codes[index] - 0x81) << 8 | Int(codes[index + 1])] =
        UInt16(units[index]) | UInt16(units[index + 1]) << 8
    }
    self.pairs = pairs
  }

  /// Every scalar that two bytes stand for, those of the user-defined area among them.
  package var scalars: [UInt32] { pairs.filter { $0 != 0 }.map(UInt32.init) }

  /// The text in UTF-8; nil if there is a sequence that is no character.
  package func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2 + 1)
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case 0x00...0x7F: text.append(byte)
      case 0xA1...0xDF: text.append(scalar: 0xFF61 + UInt16(byte - 0xA1))
      case 0x81...0x9F, 0xE0...0xFC:
        guard let trail = rest.popFirst() else { return nil }
        let scalar = pairs[Int(byte - 0x81) << 8 | Int(trail)]
        guard scalar != 0 else { return nil }
        text.append(scalar: scalar)
      case _: return nil
      }
    }
    return text
  }

  /// The bytes of a text that are read as that very text; nil if there are none.
  ///
  /// The C library's table takes several characters for one: U+301C 〜 becomes what is read as U+FF5E ～.
  package static func encodeExactly(_ text: [UInt8]) -> [UInt8]? {
    guard let bytes = TextConversion(from: "UTF-8", to: "CP932")?.convert(text),
      shared?.decode(bytes[...]) == text
    else { return nil }
    return bytes
  }

  /// The bytes of a text, with 〓 for what CP932 does not have.
  package static func encode(_ text: [UInt8]) -> [UInt8] {
    guard let conversion = TextConversion(from: "UTF-8", to: "CP932") else { return text }
    if let whole = conversion.convert(text) { return whole }
    return String(decoding: text, as: UTF8.self).unicodeScalars.flatMap { scalar in
      conversion.convert(Array(String(scalar).utf8)) ?? [0x81, 0xAC]
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(scalar: UInt16) {
    if scalar < 0x80 {
      append(UInt8(scalar))
    } else if scalar < 0x800 {
      append(0xC0 | UInt8(scalar >> 6))
      append(0x80 | UInt8(scalar & 0x3F))
    } else {
      append(0xE0 | UInt8(scalar >> 12))
      append(0x80 | UInt8(scalar >> 6 & 0x3F))
      append(0x80 | UInt8(scalar & 0x3F))
    }
  }
}
