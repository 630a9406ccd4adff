package import Diagnostics
import Files
package import Records
package import Tables

/// One record of a roster on its way to being read.
package struct RosterRow: Sendable {
  /// As a spreadsheet shows it, or the number of the line or the item.
  package let number: Int
  /// No other row of the roster has it.
  package let id: Int
  package let body: Body

  init(number: Int, id: Int? = nil, body: Body) {
    self.number = number
    self.id = id ?? number
    self.body = body
  }

  package static func line(_ bytes: [UInt8], number: Int) -> RosterRow {
    RosterRow(number: number, body: .line(bytes))
  }

  package enum Body: Sendable {
    case table(TableRow)
    /// A line of NDJSON.
    case line([UInt8])
    case item(RawNode)
  }
}

/// What a row of a roster came to.
package struct RosterRecord: Sendable {
  /// What the row itself says, and the rows that belong to it in the sheets.
  ///
  /// Nil if it is not known whose data it is. With errors among the diagnostics the record counts as rejected, but
  /// binding it may add more.
  package let own: RawNode?
  /// What the shared data says of all rows, of the row's contract and of its vendor.
  package let shared: SharedData?
  package let diagnostics: [Diagnostic]
  /// Nil for a table's row, and if a part of it is missing.
  package let key: RosterKey?

  init(
    _ own: RawNode?,
    shared: SharedData? = nil,
    diagnostics: [Diagnostic],
    key: RosterKey? = nil
  ) {
    self.own = own
    self.shared = shared
    self.diagnostics = diagnostics
    self.key = key
  }

  /// The row's data completed with what it shares, with one vendor in it; ready to be bound.
  package var tree: RawNode? { own?.completed(with: shared?.tree) }
}
