package import Diagnostics

/// What a clerk's file says before anyone asks what it means: text in lists and under keys, each at its place.
///
/// YAML, JSON and a roster's row all become this; nothing in it has a type yet, so that 0040012 and no are what was typed.
package struct RawNode: Hashable, Sendable {
  package let content: Content
  package let location: SourceLocation
  /// Whether it is a collection in brackets, as all of JSON's are, or a single key with its value in brackets of YAML.
  package let isFlow: Bool
  /// The bytes that say it, of the text without a byte order mark and with LF at the end of each line.
  ///
  /// Quotes and brackets are part of it. In block style a collection goes from its first key or dash to somewhere behind its last
  /// value, and a value's block to the next content. Empty where nothing was written, and for what was read from no text.
  package let span: Range<Int>

  package enum Content: Hashable, Sendable {
    /// Nothing was given: null, ~, an empty cell.
    case absent
    case scalar(RawScalar)
    case sequence([RawNode])
    /// In the order of the file; no key twice, by bytes.
    case mapping([Entry])
  }

  package struct Entry: Hashable, Sendable {
    package let key: String
    package let keyLocation: SourceLocation
    /// As a node's span.
    package let keySpan: Range<Int>
    package let value: RawNode

    package init(
      key: String,
      keyLocation: SourceLocation,
      keySpan: Range<Int> = 0..<0,
      value: RawNode
    ) {
      self.key = key
      self.keyLocation = keyLocation
      self.keySpan = keySpan
      self.value = value
    }
  }

  package init(
    _ content: Content,
    at location: SourceLocation,
    span: Range<Int> = 0..<0,
    isFlow: Bool = false
  ) {
    self.content = content
    self.location = location
    self.isFlow = isFlow
    self.span = span
  }
}

extension RawNode {
  /// All that was typed, without where: two trees have the same bytes if they differ in places only.
  package var typedBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    func count(_ count: Int, _ kind: UInt8) {
      bytes.append(kind)
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: count >> shift))
      }
    }
    switch content {
    case .absent: bytes.append(0)
    case .scalar(let scalar):
      count(scalar.bytes.count, scalar.isQuoted ? 1 : 2)
      bytes += scalar.bytes
    case .sequence(let items):
      count(items.count, 3)
      for item in items { item.write(to: &bytes) }
    case .mapping(let entries):
      count(entries.count, 4)
      for entry in entries {
        count(entry.key.utf8.count, 5)
        bytes += entry.key.utf8
        entry.value.write(to: &bytes)
      }
    }
  }
}

/// One piece of text as it was typed.
package struct RawScalar: Hashable, Sendable {
  /// Well-formed UTF-8; never normalised.
  package let bytes: [UInt8]
  package let style: ScalarStyle

  package init(bytes: [UInt8], style: ScalarStyle) {
    self.bytes = bytes
    self.style = style
  }

  package init(bytes: [UInt8], isQuoted: Bool) {
    self.init(bytes: bytes, style: isQuoted ? .doubleQuoted : .plain)
  }

  /// Whether it stood in quotes, or in a block of its own.
  package var isQuoted: Bool { style != .plain }
}

/// How a value's text is written.
package enum ScalarStyle: Hashable, Sendable {
  case plain, singleQuoted, doubleQuoted
  /// In a block of its own, line by line or folded.
  case literal, folded

  package var isBlock: Bool { self == .literal || self == .folded }
}

extension RawNode {
  /// A key as a message may repeat it: in 「」 if it is written like a field's name, else not at all, for a slip of the
  /// hand can make a key of a person's name.
  package static func quotable(key: String) -> String? {
    let isName = key.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return isName && !key.isEmpty && key.utf8.count <= 60 ? key : nil
  }
}
