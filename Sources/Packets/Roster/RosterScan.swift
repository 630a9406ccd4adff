import Diagnostics

/// The first look at all rows of a roster: how many there are, whose they are, and which columns they fill.
struct RosterScan {
  private let table: RosterTable
  private let common: CommonData
  private(set) var rowCount = 0
  private(set) var keys: [RepeatedKeys.Entry] = []
  private(set) var filledColumns: [Bool]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ table: RosterTable, _ common: CommonData, lines: Int) {
    self.table = table
    self.common = common
    filledColumns = Array(repeating: false, count: table.header.columns.count)
    keys.reserveCapacity(min(lines + 1, 1 << 24))
  }

  /// From the row behind the header on.
  mutating func read(_ reader: inout some TableReader) throws(TableFailure) {
    while let read = try reader.next() {
      let row = table.asTyped(read)
      switch table.kind(of: row) {
      case .empty: continue
      case .total:
        diagnostics.append(.totalRow(at: .cell(file: reader.name, row: row.number)))
        continue
      case .record: break
      }
      rowCount += 1
      for (index, cell) in row.cells.prefix(filledColumns.count).enumerated()
      where !cell.bytes.isEmpty {
        filledColumns[index] = true
      }
      let key = table.key(of: row, common)
      if !key.contractNumber.isEmpty, !key.vendorID.isEmpty {
        keys.append(.init(print: key.print, row: UInt32(clamping: row.number)))
      }
    }
    diagnostics += reader.remarks
  }
}

extension Diagnostic {
  fileprivate static func totalRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .totalRow,
      .warning,
      at: location,
      ja: "合計の行とみなし、読みません。",
      en: "This is taken for a row of totals and not read."
    )
  }
}
