import DataFiles
import TemplateRuntime

/// Takes JSON apart that the reader has read without a complaint.
///
/// What the values are, the reader has told; here it is only where they begin and end.
struct JSONSource {
  private let bytes: [UInt8]
  private var offset = 0

  static func root(of text: [UInt8], reading root: RawNode) throws(NotEditable) -> SourceNode {
    var source = JSONSource(bytes: text)
    return try source.value(root)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func skipSpace() {
    while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
  }

  private mutating func expect(_ byte: Character) throws(NotEditable) {
    skipSpace()
    guard offset < bytes.count, bytes[offset] == byte.asciiValue else { throw NotEditable() }
    offset += 1
  }

  /// From one quote to the other.
  private mutating func string() throws(NotEditable) -> Range<Int> {
    try expect("\"")
    let start = offset - 1
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 2
      case UInt8(ascii: "\""):
        offset += 1
        return start..<offset
      case _: offset += 1
      }
    }
    throw NotEditable()
  }

  private mutating func value(_ node: RawNode) throws(NotEditable) -> SourceNode {
    skipSpace()
    let start = offset
    switch node.content {
    case .absent, .scalar:
      let isString = offset < bytes.count && bytes[offset] == UInt8(ascii: "\"")
      if isString {
        _ = try string()
      } else {
        while offset < bytes.count, !Self.ends(bytes[offset]) { offset += 1 }
      }
      guard case .scalar(let scalar) = node.content else {
        return SourceNode(.absent, start..<offset)
      }
      return SourceNode(.scalar(scalar.bytes, isString ? .doubleQuoted : .plain), start..<offset)
    case .sequence(let nodes):
      try expect("[")
      var items: [SourceNode] = []
      for (index, node) in nodes.enumerated() {
        if index > 0 { try expect(",") }
        items.append(try value(node))
      }
      try expect("]")
      return SourceNode(.sequence(items), start..<offset, isFlow: true)
    case .mapping(let members):
      try expect("{")
      var entries: [SourceNode.Entry] = []
      for (index, member) in members.enumerated() {
        if index > 0 { try expect(",") }
        skipSpace()
        let keySpan = try string()
        try expect(":")
        let value = try value(member.value)
        entries.append(SourceNode.Entry(key: member.key, keySpan: keySpan, value: value))
      }
      try expect("}")
      return SourceNode(.mapping(entries), start..<offset, isFlow: true)
    }
  }

  /// Whether a number or a word ends before the byte.
  private static func ends(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): true
    case _: false
    }
  }
}
