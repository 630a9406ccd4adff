import Diagnostics
import Files
import ListReview
import Rosters
import TemplateRuntime

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
      ("lent", .array(lent.map(JSONValue.string))),
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
  /// As it is told on the page; nil for what only the server knows of.
  fileprivate var onPage: String? {
    if file.hasPrefix("/") { return nil }
    return file == CommonData.fileName ? "「書類」の画面の契約データ" : description
  }
}

extension [Diagnostic] {
  /// What is told of a list as a whole; its files lie in `folder`.
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
      ("path", .optional(field)), ("message", .string(message.ja.withoutFieldPaths)),
      ("hint", .optional(isMendable ? hintOfHeader : hintOnPage)),
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

  /// What to do about a header that is mended on the page.
  private var hintOfHeader: String? {
    switch code {
    case .unknownHeader where isOfCommandLine: "見本の一覧の見出しと見比べてください。不要な列なら、下で「使わない」を選べます"
    case .duplicateHeader: "下で、どちらか一方を「使わない」にするか、別の項目の名前にしてください"
    case _: hint?.ja
    }
  }

  /// What to do, for somebody who has the page and no command line.
  var hintOnPage: String? {
    switch code {
    case .titleRows: "見出しが別の行なら、この画面で見出しの行を選び直してください"
    case .headerNotFound where isOfCommandLine: "「契約番号」「受注者番号」などの見出しの行が必要です。見本の一覧と見比べてください"
    case .unknownHeader where isOfCommandLine:
      "見本の一覧の見出しと見比べてください。不要な列は、見出しの初めに「（使わない）」と書いてください"
    case .unknownSheet: "シートの名前は「従事者」などの項目の名前にしてください"
    case .outputNotWritten where isOfCommandLine: nil
    case .folderOccupied: nil
    case _: hint?.ja
    }
  }

  private var isOfCommandLine: Bool {
    hint.map { $0.ja.contains("tokki ") || $0.ja.contains("--") } ?? false
  }
}
