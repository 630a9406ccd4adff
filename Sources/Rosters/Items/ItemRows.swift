import DataFiles
import Diagnostics
package import Files
import Records

/// The items of a list in NDJSON, JSON or YAML, one after another.
package final class ItemRows {
  private var lines: LineReader?
  private let items: DataList.Items?
  private var number = 0

  init() { items = nil }

  init(lines file: InputFile) {
    lines = LineReader(file)
    items = nil
  }

  init(_ list: DataList) { items = list.items() }

  /// What was wrong with the list so far, beside its items.
  var diagnostics: [Diagnostic] { items?.diagnostics ?? [] }

  package func next() throws(ReadFailure) -> RosterRow? {
    while try lines?.next() == true {
      guard let lines, !lines.line.allSatisfy({ $0 <= 0x20 }) else { continue }
      return RosterRow(number: lines.number, body: .line(lines.line))
    }
    guard let item = items?.next() else { return nil }
    number += 1
    return RosterRow(number: number, body: .item(item))
  }
}
