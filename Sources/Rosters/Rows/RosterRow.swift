package import Diagnostics
package import Files
package import Tables
package import TemplateRuntime

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
  /// binding it may tell of more.
  package let own: RawNode?
  /// What all rows share, and what the shared data says of the row's vendor.
  package let shared: SharedData?
  package internal(set) var diagnostics: [Diagnostic]
  /// Nil if a part of it is missing.
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

/// The records of a roster, one after another.
package struct RosterRows {
  private var source: Source

  private enum Source {
    case table(RosterTableRows)
    case items(ItemRows)
  }

  init(_ table: RosterTable) throws(ReadFailure) { source = .table(try RosterTableRows(table)) }

  init(_ items: ItemRows) { source = .items(items) }

  package mutating func next() throws(ReadFailure) -> RosterRow? {
    switch source {
    case .table(let rows):
      guard let row = try rows.next() else { return nil }
      return RosterRow(
        number: rows.table.place(ofRow: row.number).line,
        id: row.number,
        body: .table(row)
      )
    case .items(let rows): return try rows.next()
    }
  }
}

/// The rows of a table that are records.
package final class RosterTableRows {
  let table: RosterTable
  private var part = 0
  private var reader: any TableReader
  private var finished: [Diagnostic] = []

  package init(_ table: RosterTable) throws(ReadFailure) {
    self.table = table
    reader = try table.parts[0].source.reader()
  }

  /// What the table has that was passed over; complete at the end.
  var remarks: [Diagnostic] { finished + reader.remarks }

  /// The next record; tells `passing` of the rows before it that are none, but for the empty ones.
  package func next(passing: (Diagnostic) -> Void = { _ in }) throws(ReadFailure) -> TableRow? {
    while true {
      let (header, base) = (table.parts[part].header.row.number, table.parts[part].base)
      while let row = try reader.next() {
        guard row.number > header else { continue }
        if table.parts.count > 1, row.number >= RosterTable.longestPart {
          throw ReadFailure(.workbookTooLarge(at: .cell(file: reader.name, row: row.number)))
        }
        let row = table.asTyped(row)
        let kind = table.kind(of: row)
        if kind == .record { return row.numbered(from: base) }
        let place = SourceLocation.cell(file: reader.name, row: row.number)
        kind.remark(at: place).map(passing)
        if kind == .footnote, table.hasAmounts,
          row.cells.contains(where: \.bytes.namesUnitOfAmounts)
        {
          passing(.unitBesideTable(at: place))
        }
      }
      guard part + 1 < table.parts.count else { return nil }
      finished += reader.remarks
      part += 1
      reader = try table.parts[part].source.reader()
    }
  }
}
