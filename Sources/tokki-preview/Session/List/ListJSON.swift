import Diagnostics
import Files
import ListReview
import Records
import Rosters

extension RosterScreen {
  /// What of `List` does not depend on how it was asked for.
  func members(_ diagnostics: [Diagnostic], in folder: String) -> [(name: String, value: JSONValue)]
  {
    [
      ("name", .string(name)),
      ("columns", .array(columns.map(\.json))),
      ("rowCount", .integer(Int64(count))),
      ("encoding", .optional(encoding?.rawValue)),
      ("header", .optional(headerRow)),
      ("sheets", .array(sheets.map(JSONValue.string))),
      ("correctable", .bool(isCorrectable)),
      ("summary", summary.json),
      ("diagnostics", diagnostics.ofList(in: folder)),
    ]
  }
}

extension RosterScreen.Column {
  fileprivate var json: JSONValue {
    .object([
      ("header", .string(header)), ("letter", .string(letter)), ("path", .optional(path)),
      ("unused", .optional(unused)),
    ])
  }
}

extension RosterScreen.Summary {
  var json: JSONValue {
    .object([
      ("good", .integer(Int64(good))), ("errors", .integer(Int64(errors))),
      ("warnings", .integer(Int64(warnings))), ("excluded", .integer(Int64(excluded))),
      ("corrected", .integer(Int64(corrected))),
    ])
  }
}

extension RosterScreen.Row {
  var json: JSONValue {
    .object([
      ("position", .integer(Int64(position))), ("row", .integer(Int64(number))),
      ("contract", .string(contract)), ("title", .string(title)), ("vendor", .string(vendor)),
      ("vendorName", .string(vendorName)), ("cells", .array(cells.map(JSONValue.string))),
      ("corrected", .array(corrected.map { .integer(Int64($0)) })),
      ("was", .array(originals.map(JSONValue.string))),
      ("diagnostics", .array(findings.map(\.json))), ("state", .string(state.rawValue)),
    ])
  }
}

extension RosterScreen.Finding {
  fileprivate var json: JSONValue {
    .object([
      ("column", column.map { .integer(Int64($0)) } ?? .null),
      ("code", .string(code.rawValue)), ("severity", .string(severity.rawValue)),
      ("message", .string(message)), ("hint", .optional(hint)), ("path", .optional(path)),
      ("label", .optional(label)), ("basis", .optional(basis)),
      ("place", .optional(place)),
    ])
  }
}

extension RosterHead {
  var json: JSONValue {
    .array(
      rows.map { row in
        .object([
          ("row", .integer(Int64(row.number))),
          ("cells", .array(row.cells.map(JSONValue.string))),
        ])
      }
    )
  }
}

extension SourceLocation {
  /// The place as the page shows it; nil for what only the server knows of.
  fileprivate var onPage: String? {
    if file.hasPrefix("/") { return nil }
    return file == CommonData.fileName ? "「書類」の画面の契約データ" : description
  }
}

extension [Diagnostic] {
  /// The diagnostics of a list as a whole as the page reads them; its files lie in `folder`.
  func ofList(in folder: String) -> JSONValue { .array(map { $0.ofList(in: folder) }) }
}

extension Diagnostic {
  /// `Diagnostic` as the page reads it, with its place in the list's files, which lie in `folder`, and what `head` has there.
  func ofList(in folder: String, _ head: RosterHead? = nil) -> JSONValue {
    var place = location
    if place.file.hasPrefix(folder + "/") {
      place.file = String(place.file.dropFirst(folder.count + 1))
    }
    let cell = head?.text(at: location)
    let isMendable = cell != nil && isOfHeader
    return .object([
      ("code", .string(code.rawValue)), ("severity", .string(severity.rawValue)),
      ("path", .optional(field)), ("message", .string(message.ja)),
      ("hint", .optional(remedyOnPage(isCorrectable: isMendable))),
      ("place", .optional(place.onPage)),
      ("cell", .optional(cell)), ("excerpt", .null),
      (
        "header",
        isMendable
          ? .object([
            ("row", .integer(Int64(location.line))),
            ("column", .integer(Int64(location.column - 1))),
          ]) : .null
      ),
    ])
  }

  /// Whether it finds fault with a single header.
  private var isOfHeader: Bool {
    switch code {
    case .unknownHeader, .ambiguousHeader, .duplicateHeader: true
    case _: false
    }
  }
}
