import Diagnostics
import Files
import ListReview
import Records
import Rosters

extension RosterScreen {
  /// What of `List` does not depend on how it was asked for.
  var members: [(name: String, value: JSONValue)] {
    [
      ("name", .string(name)),
      ("columns", .array(columns.map(\.json))),
      ("rowCount", .integer(Int64(count))),
      ("encoding", .optional(encoding?.rawValue)),
      ("header", .optional(headerRow)),
      ("sheets", .array(sheets.map(JSONValue.string))),
      ("correctable", .bool(isCorrectable)), ("rejects", .bool(isRejects)),
    ] + memberFindings
  }

  /// What of `List` a correction may change.
  var memberFindings: [(name: String, value: JSONValue)] {
    [
      ("summary", summary.json), ("sheetErrors", .bool(summary.hasSheetErrors)),
      ("diagnostics", .array(findings.map(\.json))),
      ("widespread", .array(widespreadFindings.map(\.json))),
      ("cautions", .array(cautions.map(\.json))),
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

extension Finding {
  /// `Finding` as the page reads it; of a place within the row itself the column says where.
  var json: JSONValue {
    let place: String? =
      switch scope {
      case .list, .sheet: diagnostic.location.onPage
      case .row, .cell: nil
      }
    return .object(
      diagnostic.members(path: diagnostic.field, place: place) + [
        ("column", .optional(column)), ("count", .optional(count)),
        ("advice", .optional(advice?.onPage)), ("label", .optional(fields.first?.label)),
        ("basis", .optional(fields.first?.basis)),
      ]
    )
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
    if file.isEmpty || file.hasPrefix("/") { return nil }
    return file == CommonData.fileName ? "「書類」の画面の契約データ" : description
  }
}

extension Diagnostic {
  /// `Diagnostic` of a list that could not be opened, as the page reads it, with its place in the list's files, which lie in
  /// `folder`, and what `head` has there.
  func ofList(in folder: String, _ head: RosterHead?) -> JSONValue {
    var place = location
    if place.file.hasPrefix(folder + "/") {
      place.file = String(place.file.dropFirst(folder.count + 1))
    }
    let cell = head?.text(at: location)
    let isMendable = cell != nil && isOfHeader
    let header = JSONValue.object([
      ("row", .integer(Int64(location.line))), ("column", .integer(Int64(location.column - 1))),
    ])
    return .object(
      members(path: field, place: place.onPage, isCorrectable: isMendable) + [
        ("cell", .optional(cell)), ("header", isMendable ? header : .null),
      ]
    )
  }

  /// Whether it finds fault with a single header.
  private var isOfHeader: Bool {
    switch code {
    case .unknownHeader, .ambiguousHeader, .duplicateHeader: true
    case _: false
    }
  }
}
