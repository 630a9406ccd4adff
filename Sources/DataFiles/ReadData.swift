package import Diagnostics
package import Records

/// What a reader made of a file: its tree, and what is wrong with the file.
///
/// There is no tree if part of the file could not be read, for then values would seem to be missing
/// that are there.
package struct ReadData: Sendable {
  package let root: RawNode?
  package let diagnostics: [Diagnostic]
}

/// What a data file may be at most.
package struct DataLimits: Sendable {
  package var bytes = 8 << 20
  /// Lists and records within one another.
  package var depth = 64
  /// Values, keys, and the begin and the end of lists and records.
  package var events = 2_000_000
  /// Errors that are reported one by one.
  package var mistakes = Findings.most

  package init() {}
}

/// The entries of a mapping under construction; of equal keys it keeps the first and reports every other.
struct EntryList {
  private(set) var entries: [RawNode.Entry] = []
  private var places: [[UInt8]: SourceLocation] = [:]

  /// Keys are equal if their bytes are.
  mutating func add(_ entry: RawNode.Entry) -> Diagnostic? {
    let bytes = Array(entry.key.utf8)
    if let first = places[bytes] {
      return .duplicateKey(entry.key, at: entry.keyLocation, first: first)
    }
    places[bytes] = entry.keyLocation
    entries.append(entry)
    return nil
  }
}

extension Diagnostic {
  fileprivate static func duplicateKey(
    _ key: String,
    at location: SourceLocation,
    first: SourceLocation
  ) -> Diagnostic {
    let name = RawNode.quotable(key: key)
    return Diagnostic(
      .duplicateKey,
      at: location,
      ja: (name.map { "「\($0)」という" } ?? "同じ") + "項目が二度書かれています。",
      en: (name ?? "The same field") + " is given twice.",
      hint: Message(
        ja: "最初は\(first.line)行目にあります。どちらか一方を消してください",
        en: "the first is in line \(first.line); keep one of them"
      )
    )
  }

  static func dataTooDeep(at location: SourceLocation, limit: Int) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep,
      at: location,
      ja: "入れ子が深すぎます（\(limit)段まで）。",
      en: "Nested too deeply: \(limit) levels at most."
    )
  }

  static func dataTooLarge(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .fileTooLarge,
      at: location,
      ja: "項目が多すぎるため、ここから先を読めません。",
      en: "There are too many values; nothing from here on was read."
    )
  }

  static func unwritableCharacter(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .forbiddenCharacter,
      at: location,
      ja: "データに使えない文字（\(name)）が含まれています。",
      en: "The file holds a character that data cannot hold: \(name).",
      hint: Message(
        ja: "Excelなどからの貼り付けで入り込む見えない文字です。その箇所を入力し直してください",
        en: "such characters slip in when pasting; type that part again"
      )
    )
  }
}
