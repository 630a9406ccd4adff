/// A JSON text in the making.
///
/// Equal values are equal bytes: members keep the order in which they were given.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// UTF-8 on one line, without a line feed at the end.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    write(into: &result, indentation: nil)
    return result
  }

  /// UTF-8 with a member or an item on each line, ended by a line feed.
  package var indentedBytes: [UInt8] {
    var result: [UInt8] = []
    write(into: &result, indentation: 0)
    result.append(0x0A)
    return result
  }

  private func write(into result: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: result += "null".utf8
    case .bool(let value): result += (value ? "true" : "false").utf8
    case .integer(let value): result += String(value).utf8
    case .string(let value): result.append(json: value)
    case .array(let values):
      result.appendList(of: values, in: "[", "]", indentation) { value, result, indentation in
        value.write(into: &result, indentation: indentation)
      }
    case .object(let members):
      result.appendList(of: members, in: "{", "}", indentation) { member, result, indentation in
        result.append(json: member.name)
        result += (indentation == nil ? ":" : ": ").utf8
        member.value.write(into: &result, indentation: indentation)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendList<Item>(
    of items: [Item],
    in open: String,
    _ close: String,
    _ indentation: Int?,
    _ write: (Item, inout [UInt8], Int?) -> Void
  ) {
    append(contentsOf: open.utf8)
    for (index, item) in items.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      if let indentation { breakLine(indentation + 1) }
      write(item, &self, indentation.map { $0 + 1 })
    }
    if let indentation, !items.isEmpty { breakLine(indentation) }
    append(contentsOf: close.utf8)
  }

  private mutating func breakLine(_ indentation: Int) {
    append(0x0A)
    for _ in 0..<2 * indentation { append(0x20) }
  }

  /// What a terminal or a script could take for a command is escaped, too: DEL, the C1 controls, U+2028 and U+2029.
  fileprivate mutating func append(json text: String) {
    append(UInt8(ascii: "\""))
    if text.isPlainInJSON {
      append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { append(json: scalar) }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(json scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\":
      append(UInt8(ascii: "\\"))
      append(UInt8(scalar.value))
    case "\n": append(contentsOf: "\\n".utf8)
    case "\t": append(contentsOf: "\\t".utf8)
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
      let hex = String(scalar.value, radix: 16)
      append(contentsOf: "\\u".utf8)
      append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - hex.utf8.count))
      append(contentsOf: hex.utf8)
    default: append(contentsOf: scalar.utf8)
    }
  }
}

extension String {
  /// Whether it is ASCII that stands in a string as it is.
  fileprivate var isPlainInJSON: Bool {
    let bytes = utf8.span
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): return false
      case 0x20..<0x7F: continue
      case _: return false
      }
    }
    return true
  }
}
