/// The bytes of one file, with CRLF and CR read as LF, and the arithmetic from byte offset to line and column.
///
/// A class, since every text of a parsed file holds on to it.
package final class SourceText: Sendable {
  package let file: String
  package let bytes: [UInt8]
  /// The first line starts behind a byte order mark, which is no character of the text.
  private let lineStarts: [Int]
  /// How many characters stand before each line.
  private let lineCounts: [Int]
  /// How many stand before every 64th byte, so that a long line costs no more than a short one.
  private let characterCounts: [Int]

  /// CR and CRLF become LF, as XML 1.0 §2.11 demands of a parser, so that every offset counts the same bytes that a parser sees.
  package init(file: String, bytes: [UInt8]) {
    self.file = file
    let text = bytes.contains(0x0D) ? Self.normalizingLineEnds(bytes) : bytes
    let hasByteOrderMark = text.starts(with: [0xEF, 0xBB, 0xBF])
    var starts = [hasByteOrderMark ? 3 : 0]
    var startCounts = [hasByteOrderMark ? 1 : 0]
    var counts: [Int] = []
    counts.reserveCapacity(text.count / Self.stride + 1)
    var count = 0
    let span = text.span
    for start in Swift.stride(from: 0, to: span.count, by: Self.stride) {
      counts.append(count)
      for offset in start..<min(start + Self.stride, span.count) {
        let byte = span[offset]
        if byte & 0xC0 != 0x80 { count += 1 }
        if byte == 0x0A {
          starts.append(offset + 1)
          startCounts.append(count)
        }
      }
    }
    self.bytes = text
    lineStarts = starts
    lineCounts = startCounts
    characterCounts = counts
  }

  private static let stride = 64

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
    let column = characterCount(before: offset) - lineCounts[low]
    return SourceLocation(file: file, line: low + 1, column: column + 1)
  }

  private func characterCount(before offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    let block = (offset - 1) / Self.stride
    var count = characterCounts[block]
    let text = bytes
    let span = text.span
    for index in (block * Self.stride)..<offset {
      let byte = span[index]
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    return count
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
    // The library looks at many bytes at once, but does not return where it stopped.
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
