/// The characters that an office can count on to be shown and printed.
package struct Repertoire: Sendable {
  /// A bit for each scalar, 64 to a word.
  private var words = [UInt64](repeating: 0, count: 0x110000 >> 6)

  /// ASCII.
  package init() {
    words[0] = .max
    words[1] = .max
  }

  /// Every character but those of private use, which have no agreed shape.
  package static let unicode: Repertoire = {
    var repertoire = Repertoire()
    for index in repertoire.words.indices where !isPrivate(UInt32(index) << 6) {
      repertoire.words[index] = .max
    }
    return repertoire
  }()

  /// Adds scalars; those of private use are none that anybody can count on.
  package mutating func formUnion(_ scalars: [UInt32]) {
    for scalar in scalars where scalar < 0x110000 && !Self.isPrivate(scalar) {
      words[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63)
    }
  }

  package func contains(_ scalar: UInt32) -> Bool {
    let word = Int(scalar >> 6)
    return word < words.count && words[word] >> UInt64(scalar & 63) & 1 == 1
  }

  private static func isPrivate(_ scalar: UInt32) -> Bool {
    (0xE000...0xF8FF).contains(scalar) || scalar >= 0xF0000
  }

  /// The fault of a text or a word with characters outside the repertoire; nil if it has none.
  func remark(on value: ReadValue.Content) -> ValueFault? {
    switch value {
    case .text(let bytes, option: _), .word(let bytes):
      places(outside: bytes).map(ValueFault.outsideRepertoire)
    case .absent, .number, .decimal: nil
    }
  }

  /// Where the characters of a text, in UTF-8, stand that are not in it; nil if there are none.
  func places(outside text: [UInt8]) -> CharacterPlaces? {
    guard !covers(text) else { return nil }
    var places = CharacterPlaces()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      places.advance(over: scalar, isOutside: !contains(scalar.value))
    }
    return places
  }

  /// Binding reads every value through this: ASCII is passed over, all else is one look at a bit.
  ///
  /// Bytes that are no UTF-8 are not reported, but never lead beyond the text.
  package func covers(_ text: [UInt8]) -> Bool {
    let bytes = text.span
    var index = 0
    while index < bytes.count {
      let lead = UInt32(bytes[index])
      func low(_ offset: Int) -> UInt32 {
        index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
      }
      switch lead {
      case ..<0x80:
        index += 1
      case ..<0xE0:
        guard contains((lead & 0x1F) << 6 | low(1)) else { return false }
        index += 2
      case ..<0xF0:
        guard contains((lead & 0x0F) << 12 | low(1) << 6 | low(2)) else { return false }
        index += 3
      case _:
        let scalar = (lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3)
        guard contains(scalar) else { return false }
        index += 4
      }
    }
    return true
  }
}
