/// The name of a list's file that came from elsewhere: one plain name, of a kind of file that a list can be.
package struct ListFileName: Sendable {
  package let text: String

  package enum Refusal: Error {
    /// It is no plain name, or too long.
    case notAName
    /// No list has such a suffix.
    case unknownKind
  }

  private static let longest = 200
  private static let tables = ["csv", "tsv"]
  /// A workbook of the old format is not among them: its reader reports what to do.
  private static let others = [
    "tab", "txt", "xlsx", "xlsm", "xls", "ndjson", "jsonl", "json", "yaml", "yml",
  ]

  package init(_ text: String) throws(Refusal) {
    guard Self.isPlain(text) else { throw .notAName }
    self.text = text
    guard (Self.tables + Self.others).contains(suffix) else { throw .unknownKind }
  }

  /// Whether it can be one of several tables in a folder.
  package var isTable: Bool { Self.tables.contains(suffix) }

  private var suffix: String {
    text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased()
      ?? ""
  }

  /// Whether a text can be the name of a file or a folder everywhere, and looks like what it is.
  package static func isPlain(_ text: String) -> Bool {
    guard (1...longest).contains(text.utf8.count), !text.hasPrefix(".") else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "/", "\\", ":", "*", "?", "\"", "<", ">", "|": false
      // Controls, and what turns the direction of writing around.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}"..."\u{200F}",
        "\u{2028}"..."\u{202E}",
        "\u{2066}"..."\u{2069}", "\u{FEFF}":
        false
      case _: true
      }
    }
  }
}
