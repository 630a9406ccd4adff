/// Finds the tags of a document that is known to be well-formed XML, fed piece by piece, and where they stand in it.
///
/// No parser: what the tags mean is known from a parse; this finds the bytes to change.
struct TagScanner {
  private var state = State.text
  /// The tag, or what may become one, as far as it was read.
  private var pending: [UInt8] = []
  private var start = 0
  private var offset = 0

  private enum State: Equatable {
    case text, tag
    case quoted(UInt8)
    /// A comment, a section or an instruction, up to these bytes.
    case skipped(until: StaticEnd)
  }

  private enum StaticEnd: String {
    case comment = "-->"
    case section = "]]>"
    case instruction = "?>"
  }

  mutating func feed(_ piece: some Sequence<UInt8>, _ handle: (Tag) -> Void) {
    for byte in piece {
      defer { offset += 1 }
      switch state {
      case .text:
        guard byte == UInt8(ascii: "<") else { continue }
        state = .tag
        pending = [byte]
        start = offset
      case .tag:
        pending.append(byte)
        switch byte {
        case UInt8(ascii: ">"):
          state = .text
          handle(Tag(pending, at: start))
        case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .quoted(byte)
        case UInt8(ascii: "?") where pending.count == 2: skip(until: .instruction)
        case UInt8(ascii: "-") where pending.elementsEqual("<!--".utf8): skip(until: .comment)
        case UInt8(ascii: "[") where pending.elementsEqual("<![CDATA[".utf8):
          skip(until: .section)
        case _: continue
        }
      case .quoted(let quote):
        pending.append(byte)
        if byte == quote { state = .tag }
      case .skipped(let end):
        pending.append(byte)
        if pending.count > 3 { pending.removeFirst() }
        if pending.suffix(end.rawValue.utf8.count).elementsEqual(end.rawValue.utf8) {
          state = .text
        }
      }
    }
  }

  private mutating func skip(until end: StaticEnd) {
    state = .skipped(until: end)
    pending = []
  }
}

struct Tag {
  let bytes: [UInt8]
  /// In the document.
  let range: Range<Int>

  init(_ bytes: [UInt8], at start: Int) {
    self.bytes = bytes
    range = start..<(start + bytes.count)
  }

  private static let slash = UInt8(ascii: "/")

  var isEnd: Bool { bytes.count > 1 && bytes[1] == Self.slash }
  /// Whether it is its own end tag: `<row/>`.
  var isEmpty: Bool { bytes.count > 2 && bytes[bytes.count - 2] == Self.slash }

  /// With its prefix.
  var name: ArraySlice<UInt8> {
    bytes.dropFirst(isEnd ? 2 : 1).prefix { !$0.isSpaceInTag && $0 != 0x3E && $0 != Self.slash }
  }

  /// The value of an attribute, without its quotes.
  func value(of attribute: String) -> ArraySlice<UInt8>? {
    place(of: attribute).map { bytes[$0.value] }
  }

  /// The tag without an attribute.
  func removing(_ attribute: String) -> [UInt8] {
    guard let place = place(of: attribute) else { return bytes }
    return Array(bytes[..<place.whole.lowerBound] + bytes[place.whole.upperBound...])
  }

  /// Where an attribute stands, with the space before it, and where its value does.
  private func place(of attribute: String) -> (whole: Range<Int>, value: Range<Int>)? {
    var index = name.endIndex
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index].isSpaceInTag { index += 1 }
      let name = bytes[index...].prefix { !$0.isSpaceInTag && $0 != UInt8(ascii: "=") }
      index = name.endIndex
      while index < bytes.count, bytes[index] != UInt8(ascii: "\""),
        bytes[index] != UInt8(ascii: "'")
      {
        index += 1
      }
      guard index < bytes.count else { return nil }
      let value = index + 1
      guard let end = bytes[value...].firstIndex(of: bytes[index]) else { return nil }
      index = end + 1
      if name.elementsEqual(attribute.utf8) { return (start..<index, value..<end) }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isSpaceInTag: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D
  }
}
