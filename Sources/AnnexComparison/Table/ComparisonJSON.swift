package import Diagnostics

extension ComparisonTable {
  package var json: JSONValue {
    .object([
      ("title", .string(title)),
      ("changes", .array(groups.enumerated().map { number, group in json(group, number) })),
    ])
  }

  private func json(_ group: Group, _ number: Int) -> JSONValue {
    .object([
      ("kind", .string(group.kind.rawValue)),
      ("anchor", .string(group.anchor(number))),
      ("new", .array(group.pairs.compactMap(\.new).map(Self.json))),
      ("old", .array(group.pairs.compactMap(\.old).map(Self.json))),
      (
        "lines",
        .array(
          group.lines.map { line in
            .object([("new", Self.json(line.new)), ("old", Self.json(line.old))])
          }
        )
      ),
    ])
  }

  private static func json(_ unit: TextUnit) -> JSONValue {
    .object([
      ("id", .optional(unit.id)), ("name", .string(unit.name)),
      ("file", .string(unit.location.file)), ("line", .integer(Int64(unit.location.line))),
    ])
  }

  private static func json(_ line: Line?) -> JSONValue {
    guard let line else { return .null }
    return .object([
      ("indent", .integer(Int64(line.indent))),
      (
        "pieces",
        .array(
          line.pieces.map {
            .object([("text", .string($0.text)), ("changed", .bool($0.isMarked))])
          }
        )
      ),
      ("note", .optional(line.note.isEmpty ? nil : line.note)),
    ])
  }
}
