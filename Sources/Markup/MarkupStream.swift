/// Reads XML that comes in pieces and may be larger than memory, such as a sheet of a workbook.
///
/// What is refused is what `MarkupParser` refuses. The first error ends it.
package final class MarkupStream {
  private let events: MarkupEvents
  private var preflight: StreamPreflight

  package init(limits: MarkupParser.Limits, handler: any MarkupHandler) {
    events = MarkupEvents(limits: limits, handler: handler)
    preflight = StreamPreflight(limit: limits.attributes + limits.namespaces)
  }

  /// Reads on; false at the first error.
  ///
  /// The first piece holds the XML declaration.
  package func feed(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe preflight.accepts(piece) && events.feed(piece, isLast: false)
  }

  /// Whether all that was fed is a whole document.
  package func finish() -> Bool {
    unsafe preflight.isAtEnd && events.feed(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
  }
}

/// What `Preflight` asks of a whole document, asked piece by piece.
struct StreamPreflight {
  /// Attributes of one tag, declarations of namespaces included.
  private let limit: Int
  private var isFirst = true
  /// How many bytes of a character are still to come, and between which bounds the next of them lies.
  private var pending = 0
  private var bounds: ClosedRange<UInt8> = 0x80...0xBF
  private var state = State.text
  private var attributes = 0

  private enum State: Equatable {
    case text, open, tag
    case quoted(UInt8)
  }

  init(limit: Int) { self.limit = limit }

  /// Whether no character is left unfinished.
  var isAtEnd: Bool { pending == 0 }

  mutating func accepts(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    defer { isFirst = false }
    if isFirst, unsafe !declaresUTF8(piece) { return false }
    return unsafe isUTF8(piece) && hasNoCrowdedTag(piece)
  }

  private func declaresUTF8(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = unsafe Array(piece.prefix(1024))
    if head.starts(with: [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF]) { return false }
    return Declaration(head).isAccepted
  }

  /// Whether the piece goes on as well-formed UTF-8 without a NUL, which libxml2 takes for an end.
  private mutating func isUTF8(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(piece)
    var index = 0
    while index < piece.count {
      if pending == 0 {
        // Eight characters of ASCII at a time: none has its high bit set, none is zero.
        while index + 8 <= piece.count {
          let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          guard ((word &- 0x0101_0101_0101_0101) | word) & 0x8080_8080_8080_8080 == 0 else { break }
          index += 8
        }
        guard index < piece.count else { return true }
      }
      let byte = unsafe piece[index]
      index += 1
      if pending > 0 {
        guard bounds.contains(byte) else { return false }
        pending -= 1
        bounds = 0x80...0xBF
        continue
      }
      // Unicode 15, table 3-7.
      switch byte {
      case 0x01...0x7F: continue
      case 0xC2...0xDF: pending = 1
      case 0xE0: (pending, bounds) = (2, 0xA0...0xBF)
      case 0xED: (pending, bounds) = (2, 0x80...0x9F)
      case 0xE1...0xEF: pending = 2
      case 0xF0: (pending, bounds) = (3, 0x90...0xBF)
      case 0xF1...0xF3: pending = 3
      case 0xF4: (pending, bounds) = (3, 0x80...0x8F)
      case _: return false
      }
    }
    return true
  }

  private mutating func hasNoCrowdedTag(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    var state = state
    defer { self.state = state }
    for index in piece.indices {
      let byte = unsafe piece[index]
      // Even within quotes a "<" is not allowed in a tag.
      if byte == UInt8(ascii: "<") {
        state = .open
        continue
      }
      switch state {
      case .text: continue
      case .open:
        // Comments, sections, instructions and end tags have no attributes.
        let isTag =
          byte != UInt8(ascii: "!") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "/")
        state = isTag && byte != UInt8(ascii: ">") ? .tag : .text
        attributes = 0
      case .tag:
        switch byte {
        case UInt8(ascii: ">"): state = .text
        case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .quoted(byte)
        case UInt8(ascii: "="):
          attributes += 1
          if attributes > limit { return false }
        case _: continue
        }
      case .quoted(let quote): if byte == quote { state = .tag }
      }
    }
    return true
  }
}
