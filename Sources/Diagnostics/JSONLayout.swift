extension JSONValue {
  /// UTF-8 for people, ended by a line feed: what fits on a line of `width` characters stays on it.
  package func bytes(fitting width: Int) -> [UInt8] {
    Array((text(level: 0, before: 0, width: width) + "\n").utf8)
  }

  /// `before` characters stand on the line already, beside the indentation.
  private func text(level: Int, before: Int, width: Int) -> String {
    let line = line
    if 2 * level + before + line.unicodeScalars.count <= width { return line }
    let indentation = "\n" + String(repeating: "  ", count: level)
    func list(_ items: [String], _ open: String, _ close: String) -> String {
      open + items.map { indentation + "  " + $0 }.joined(separator: ",") + indentation + close
    }
    switch self {
    case .null, .bool, .integer, .string, .text, .escaped: return line
    case .array(let values):
      return list(values.map { $0.text(level: level + 1, before: 0, width: width) }, "[", "]")
    case .object(let members):
      let items = members.map { member in
        let name = JSONValue.string(member.name).line + ": "
        let before = name.unicodeScalars.count
        return name + member.value.text(level: level + 1, before: before, width: width)
      }
      return list(items, "{", "}")
    }
  }

  private var line: String {
    switch self {
    case .null, .bool, .integer, .string, .text, .escaped:
      return String(decoding: bytes, as: UTF8.self)
    case .array(let values):
      return "[" + values.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      let items = members.map { JSONValue.string($0.name).line + ": " + $0.value.line }
      return "{" + items.joined(separator: ", ") + "}"
    }
  }
}
