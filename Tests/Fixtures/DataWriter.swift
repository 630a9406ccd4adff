package import Records

/// Writes raw trees as YAML and as JSON, for tests that read both.
package enum DataWriter {
  package static func json(_ node: RawNode) -> String {
    switch node.content {
    case .absent: "null"
    case .scalar(let scalar): quoted(String(decoding: scalar.bytes, as: UTF8.self))
    case .sequence(let items): "[" + items.map(json).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { quoted($0.key) + ": " + json($0.value) }.joined(separator: ",\n") + "}"
    }
  }

  /// In block style, with quotes only where `isQuoted` says so.
  package static func yaml(_ node: RawNode, indentation: Int = 0) -> String {
    let indent = String(repeating: "  ", count: indentation)
    switch node.content {
    case .absent: return " ~\n"
    case .scalar(let scalar):
      let text = String(decoding: scalar.bytes, as: UTF8.self)
      return " " + (scalar.isQuoted ? quoted(text) : text) + "\n"
    case .sequence(let items):
      if items.isEmpty { return " []\n" }
      return "\n"
        + items.map { indent + "-" + yaml($0, indentation: indentation + 1) }.joined()
    case .mapping(let entries):
      if entries.isEmpty { return " {}\n" }
      return "\n"
        + entries.map { indent + $0.key + ":" + yaml($0.value, indentation: indentation + 1) }
        .joined()
    }
  }

  /// A string of JSON, which YAML reads alike between double quotes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.isForbidden && scalar.value < 0x10000 || scalar == "\u{FEFF}":
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
