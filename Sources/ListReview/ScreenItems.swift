import Diagnostics
import Files
import Records
import Rosters

/// The items of a list in NDJSON, JSON or YAML as a screen shows them: a column for each place in which some item has a value.
struct ScreenItems: Sendable {
  let roster: ItemRoster
  private(set) var rows: [RosterRow] = []
  /// The keys down to a value, as they are spelled, with the numbers of items: `vendor.workers[2].name`.
  private(set) var columns: [String] = []
  private(set) var rowCount = 0

  /// Reads all items; holds the first of them.
  init(_ roster: ItemRoster, limits: ScreenLimits) throws(ReadFailure) {
    self.roster = roster
    var size = 0
    var known: Set<[UInt8]> = []
    let items = roster.rows
    while let row = try items.next() {
      rowCount += 1
      guard rows.count < limits.rows, size < limits.bytes, rows.count == rowCount - 1 else {
        continue
      }
      rows.append(row)
      let values = Self.values(of: roster.node(of: row))
      size += values.reduce(0) { $0 + $1.text.count + $1.name.utf8.count }
      for value in values
      where columns.count < limits.columns && known.insert(Array(value.name.utf8)).inserted {
        columns.append(value.name)
      }
    }
  }

  /// The values of an item, each with its column's name.
  func values(at position: Int) -> [(name: String, text: [UInt8], place: SourceLocation)] {
    Self.values(of: roster.node(of: rows[position]))
  }

  private static func values(of node: RawNode?) -> [(
    name: String, text: [UInt8], place: SourceLocation
  )] {
    var values: [(name: String, text: [UInt8], place: SourceLocation)] = []
    func add(_ node: RawNode, _ name: String) {
      switch node.content {
      case .absent: break
      case .scalar(let scalar): values.append((name, scalar.bytes, node.location))
      case .sequence(let items):
        for (index, item) in items.enumerated() { add(item, "\(name)[\(index + 1)]") }
      case .mapping(let entries):
        for entry in entries { add(entry.value, name.isEmpty ? entry.key : "\(name).\(entry.key)") }
      }
    }
    if let node { add(node, "") }
    return values
  }
}
