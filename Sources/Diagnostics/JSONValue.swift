/// A JSON text in the making.
///
/// Equal values are equal bytes: members keep the order in which they were given.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  /// A string, as well-formed UTF-8.
  case text([UInt8])
  /// A string that is escaped already.
  case escaped([UInt8])
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// UTF-8 on one line, without a line feed at the end.
  package var bytes: [UInt8] {
    var output = JSONOutput(capacity: size)
    write(to: &output, indentation: nil)
    return output.bytes
  }

  /// UTF-8 with a member or an item on each line, ended by a line feed.
  package var indentedBytes: [UInt8] {
    var output = JSONOutput(capacity: 2 * size)
    write(to: &output, indentation: 0)
    output.append("\n")
    return output.bytes
  }

  /// About how many bytes it takes on one line.
  private var size: Int {
    switch self {
    case .null, .bool, .integer: 8
    case .string(let value): value.utf8.count + 2
    // Of a page one byte in 25 is a quote or a line feed.
    case .text(let value): value.count + value.count / 16 + 2
    case .escaped(let value): value.count + 2
    case .array(let values): values.reduce(2) { $0 + $1.size + 1 }
    case .object(let members):
      members.reduce(2) { $0 + $1.name.utf8.count + $1.value.size + 4 }
    }
  }

  private func write(to output: inout JSONOutput, indentation: Int?) {
    switch self {
    case .null: output.append("null")
    case .bool(let value): output.append(value ? "true" : "false")
    case .integer(let value): output.append("\(value)")
    case .string(let value): output.append(escaping: value.utf8.span)
    case .text(let value): output.append(escaping: value.span)
    case .escaped(let value): output.append(escaped: value)
    case .array(let values):
      output.appendList(of: values, in: "[", "]", indentation) { value, output, indentation in
        value.write(to: &output, indentation: indentation)
      }
    case .object(let members):
      output.appendList(of: members, in: "{", "}", indentation) { member, output, indentation in
        output.append(escaping: member.name.utf8.span)
        output.append(indentation == nil ? ":" : ": ")
        member.value.write(to: &output, indentation: indentation)
      }
    }
  }
}

extension JSONOutput {
  fileprivate mutating func appendList<Item>(
    of items: [Item],
    in open: String,
    _ close: String,
    _ indentation: Int?,
    _ write: (Item, inout JSONOutput, Int?) -> Void
  ) {
    append(open)
    for (index, item) in items.enumerated() {
      if index > 0 { append(",") }
      if let indentation { breakLine(indentation + 1) }
      write(item, &self, indentation.map { $0 + 1 })
    }
    if let indentation, !items.isEmpty { breakLine(indentation) }
    append(close)
  }
}

extension JSONValue {
  package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  package static func optional(_ number: Int?) -> JSONValue {
    number.map { .integer(Int64($0)) } ?? .null
  }
}
