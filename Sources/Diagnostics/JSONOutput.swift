/// The bytes of a JSON text in the making.
struct JSONOutput {
  private(set) var bytes: [UInt8] = []
  /// Where a piece of a string is escaped before it is appended; small enough for the processor's first cache.
  private var piece = [UInt8](repeating: 0, count: 6 * Self.pieceSize + 8)

  /// In bytes of the string, each of which takes six at most.
  private static let pieceSize = 512

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Appends syntax as it is.
  mutating func append(_ syntax: String) { bytes.append(contentsOf: syntax.utf8) }

  /// Appends a string in its quotes, which is escaped already.
  mutating func append(escaped text: [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: text)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func breakLine(_ indentation: Int) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * indentation))
  }

  /// Appends a string in its quotes; `text` is well-formed UTF-8.
  ///
  /// What a terminal or a script could take for a command is escaped, too: DEL, the C1 controls, U+2028 and U+2029.
  mutating func append(escaping text: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    while start < text.count {
      let end = min(start + Self.pieceSize, text.count)
      let count: Int
      do {
        var piece = piece.mutableSpan
        var room = piece.mutableBytes
        (start, count) = room.escape(text, from: start, to: end)
      }
      bytes.append(contentsOf: piece[..<count])
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension MutableRawSpan {
  /// Writes the text from `start` to `end`, escaped; returns where in the text it stopped, and how many bytes it wrote.
  ///
  /// A character that begins before `end` is taken whole.
  fileprivate mutating func escape(_ text: Span<UInt8>, from start: Int, to end: Int)
    -> (end: Int, count: Int)
  {
    let bytes = text.bytes
    var index = start
    var count = 0
    while index < end {
      // Eight bytes are copied at once, and as many of them kept as need no escape.
      if index &+ 8 <= end {
        let word = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        storeBytes(of: word, toByteOffset: count, as: UInt64.self)
        let found = word.escapesInJSON
        // A step of known length: the next one need not wait for what this one finds.
        if found == 0 {
          index &+= 8
          count &+= 8
          continue
        }
        let plain = found.trailingZeroBitCount >> 3
        index &+= plain
        count &+= plain
      }
      let byte = text[index]
      // Nearly all that is escaped; which of them it is, the processor cannot foresee.
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") {
        count = escape(byte == UInt8(ascii: "\n") ? UInt8(ascii: "n") : byte, at: count)
        index &+= 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\t"): count = escape(UInt8(ascii: "t"), at: count)
      case 0x00...0x1F, 0x7F: count = escape(scalar: UInt16(byte), at: count)
      // U+0080 to U+009F
      case 0xC2 where text[index &+ 1] < 0xA0:
        index &+= 1
        count = escape(scalar: UInt16(text[index]), at: count)
      // U+2028 and U+2029
      case 0xE2 where text[index &+ 1] == 0x80 && text[index &+ 2] & 0xFE == 0xA8:
        index &+= 2
        count = escape(scalar: 0x2000 | UInt16(text[index] & 0x3F), at: count)
      default:
        storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
      }
      index &+= 1
    }
    return (index, count)
  }

  /// Returns where the next byte goes.
  @inline(__always)
  private mutating func escape(_ letter: UInt8, at offset: Int) -> Int {
    storeBytes(of: UInt8(ascii: "\\"), toByteOffset: offset, as: UInt8.self)
    storeBytes(of: letter, toByteOffset: offset &+ 1, as: UInt8.self)
    return offset &+ 2
  }

  /// As `\u2028`; returns where the next byte goes.
  private mutating func escape(scalar: UInt16, at offset: Int) -> Int {
    var end = escape(UInt8(ascii: "u"), at: offset)
    for shift in stride(from: 12, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: scalar >> UInt16(shift) & 15)
      let letter = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      storeBytes(of: letter, toByteOffset: end, as: UInt8.self)
      end += 1
    }
    return end
  }
}

extension UInt64 {
  /// The highest bit of each of its eight bytes, the first in memory lowest, that may not stand in a JSON string as it is.
  ///
  /// The lowest is right, but for C2 and E2, with which other characters begin, too; those above it may be too many.
  @inline(__always)
  fileprivate var escapesInJSON: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let word = UInt64(littleEndian: self)
    // Each sets the bit of the bytes that it finds; by a borrow or a carry also that of a byte behind one of them.
    let controlsAndQuotes = ((word ^ (ones &* 0x02)) &- (ones &* 0x21)) & ~word
    let backslashes = ((word ^ (ones &* 0x5C)) &- ones) & ~word
    let deletes = (word &+ ones) & ~word
    let leads = (((word | (ones &* 0x20)) ^ (ones &* 0xE2)) &- ones) & word
    return (controlsAndQuotes | backslashes | deletes | leads) & (ones &* 0x80)
  }
}
