package import Diagnostics
package import TemplateRuntime

/// One record of a roster on its way to being read.
package struct RosterRow: Sendable {
  /// As a spreadsheet shows it, or the number of the line or the item.
  package let number: Int
  let body: Body

  enum Body: Sendable {
    case table(TableRow)
  }
}

/// What a row of a roster came to.
package struct RosterRecord: Sendable {
  /// The row's data completed with what all rows share, with one vendor in it; ready to be bound.
  ///
  /// Nil if it is not known whose data it is. With errors among the diagnostics the record counts as rejected, but
  /// binding it may tell of more.
  package let tree: RawNode?
  package let diagnostics: [Diagnostic]
  /// Nil if a part of it is missing.
  package let key: RosterKey?
}

/// The records of a roster, one after another.
package struct RosterRows {
  private let table: RosterTable
  private var reader: any TableReader

  init(_ table: RosterTable) throws(TableFailure) {
    self.table = table
    reader = table.source.reader()
    while let row = try reader.next(), row.number < table.header.row.number {}
  }

  package mutating func next() throws(TableFailure) -> RosterRow? {
    while let row = try reader.next() {
      guard table.kind(of: row) == .record else { continue }
      return RosterRow(number: row.number, body: .table(table.asTyped(row)))
    }
    return nil
  }
}
