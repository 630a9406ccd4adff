/// The bytes of one file, with CRLF and CR read as LF, and the arithmetic from byte offset to line and column.
package struct SourceText: Sendable {
  package let file: String
  package let bytes: [UInt8]
  /// The first line starts behind a byte order mark, which is no character of the text.
  private let lineStarts: [Int]
  /// How many characters stand before every 128th byte, so that a long line costs no more than a short one.
  private let characterCounts: [Int]

  /// CR and CRLF become LF, as XML 1.0 §2.11 demands of a parser, so that every offset counts the same bytes that a parser sees.
  package init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes.contains(0x0D) ? Self.normalizingLineEnds(bytes) : bytes
    var starts = [self.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    var counts: [Int] = []
    var count = 0
    for (offset, byte) in self.bytes.enumerated() {
      if offset % Self.stride == 0 { counts.append(count) }
      if byte & 0xC0 != 0x80 { count += 1 }
      if byte == 0x0A { starts.append(offset + 1) }
    }
    lineStarts = starts
    characterCounts = counts
  }

  private static let stride = 128

  private static func normalizingLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D {
        result.append(0x0A)
      } else if !(byte == 0x0A && previous == 0x0D) {
        result.append(byte)
      }
      previous = byte
    }
    return result
  }

  /// The place of a byte offset; an offset past the end is the end.
  package func location(at offset: Int) -> SourceLocation {
    let offset = min(max(offset, lineStarts[0]), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = characterCount(before: offset) - characterCount(before: lineStarts[low])
    return SourceLocation(file: file, line: low + 1, column: column + 1)
  }

  private func characterCount(before offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    let block = (offset - 1) / Self.stride
    return characterCounts[block]
      + bytes[(block * Self.stride)..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// The text of a line (1-based) without its line feed, or nil if there is no such line.
  package func line(_ number: Int) -> String? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The offset of the first byte that is not part of well-formed UTF-8, or nil.
  package var firstInvalidUTF8: Int? {
    // The library looks at many bytes at once, but does not tell where it stopped.
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}
