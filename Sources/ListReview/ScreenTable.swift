import Diagnostics
import Files
import Records
import Rosters
import Tables

/// The rows of a table of records as a screen shows them, with the corrections that a clerk typed over their cells.
///
/// The diagnostics of a row are those that it would have if the list had been written with the corrections.
struct ScreenTable: Sendable {
  private let roster: TableRoster
  /// With no corrections.
  private let original: RosterTable
  private(set) var corrections: CellCorrections
  /// As the file has them.
  private var rows = RowStore()
  /// Of all rows, also those that are not held.
  private var keys = RosterKeyIndex([])
  /// Of each sheet, how many rows its rows belong to, by the first of each group in its index.
  private var owners: [[UInt32]]
  /// By position; nil for a row whose key is not known.
  private var heldKeys: [RosterKey?] = []
  private var agreement: ContractAgreement
  /// How many rows are of another contract than the common data's.
  private(set) var otherContracts = 0
  private(set) var rowCount = 0
  /// Cells of the widest row.
  private(set) var width: Int

  /// Reads all rows; holds the first of them.
  init(_ roster: TableRoster, limits: ScreenLimits) throws(ReadFailure) {
    self.roster = roster
    agreement = roster.agreement
    corrections = roster.table.corrections
    corrections.table = roster.table.main.source.name
    original = roster.table.corrected(by: CellCorrections())
    owners = roster.sheets.map { Array(repeating: 0, count: $0.index.count) }
    width = roster.table.header.columns.count
    var entries: [RepeatedKeys.Entry] = []
    let reader = try RosterTableRows(original)
    while let row = try reader.next() {
      rowCount += 1
      let key = key(of: corrected(row))
      if let key {
        entries.append(.init(print: key.print, row: UInt32(clamping: row.number)))
        note(key, 1)
      }
      guard rows.count < limits.rows, rows.size < limits.bytes, rows.count == rowCount - 1 else {
        continue
      }
      rows.append(row)
      heldKeys.append(key)
      width = max(width, row.cells.count)
    }
    keys = RosterKeyIndex(entries)
  }

  var count: Int { rows.count }

  // MARK: Reading

  /// What a position of the screen came to.
  enum Reading {
    case record(TableRow, RosterRecord)
    /// It has been emptied, or looks like a row of totals: a reader of the list passes it over.
    case passedOver(TableRow, RosterTable.RowKind)
  }

  func reading(at position: Int) -> Reading {
    let row = row(at: position)
    let kind = roster.table.kind(of: row)
    guard kind == .record else { return .passedOver(row, kind) }
    let record = roster.record(of: row, agreement) {
      heldKeys[position].flatMap { keys.other(than: row.number, print: $0.print) }
    } isAmbiguous: { sheet, place in
      owners[sheet][place] > 1
    }
    return .record(row, record)
  }

  /// The row at a position, with its corrections.
  func row(at position: Int) -> TableRow { corrected(rows[position]) }

  /// A cell of the row at a position, or its correction.
  func cell(_ column: Int, at position: Int) -> TableCell {
    guard corrections.cells(inRow: rows.number(ofRow: position)) != nil else {
      return rows.cell(column, ofRow: position)
    }
    let cells = row(at: position).cells
    return column < cells.count ? cells[column] : TableCell([])
  }

  private func corrected(_ row: TableRow) -> TableRow {
    guard let cells = corrections.cells(inRow: row.number) else { return row }
    // Where it is not sure which text is in which cell, the corrected record is read again.
    guard row.fault == nil else { return readAnew(row.number) }
    return row.replacing(cells)
  }

  private func readAnew(_ number: Int) -> TableRow {
    let table = original.corrected(by: corrections)
    let part = table.parts[table.part(ofRow: number)]
    if var reader = try? part.source.reader() {
      while let row = try? reader.next(), row.number <= number - part.base {
        if row.number == number - part.base { return table.asTyped(row).numbered(from: part.base) }
      }
    }
    return TableRow(number: number, cells: [])
  }

  /// Nil if a part of it is missing, or the row is no record.
  private func key(of row: TableRow) -> RosterKey? {
    guard roster.table.kind(of: row) == .record else { return nil }
    let key = roster.key(of: row)
    let isOfNone =
      key.contractNumber.isEmpty || key.isOfSharedContract && roster.hasOtherContracts
    return isOfNone || key.vendorID.isEmpty ? nil : key
  }

  /// Where the row at a position stands.
  func place(at position: Int) -> SourceLocation { original.place(ofRow: rows[position].number) }

  // MARK: Correcting

  /// Why a text cannot stand in a cell of the list's file.
  func refusal(of text: [UInt8], at position: Int, column: Int) -> Diagnostic? {
    let number = rows[position].number
    guard let csv = original.parts[original.part(ofRow: number)].source as? CSVSource,
      csv.field(text) == nil
    else { return nil }
    let place = original.place(ofRow: number, column: column + 1)
    return .notInEncoding(text, at: place, isRefused: true)
  }

  /// What the file has in the corrected cells of a position, from the left.
  func originals(at position: Int) -> [[UInt8]] {
    let row = rows[position]
    return (corrections.cells(inRow: row.number) ?? []).map { column, _ in
      column < row.cells.count ? row.cells[column].shown : []
    }
  }

  /// Puts a text in the place of a cell, or with nil the file's own back; answers with the other positions of which something else
  /// is to be reported from now on.
  mutating func correct(_ position: Int, column: Int, _ text: [UInt8]?) -> [Int] {
    let row = rows[position]
    let before = key(of: corrected(row))
    let cell = column < row.cells.count ? row.cells[column] : TableCell([])
    corrections[row.number, column] = text.flatMap { cell == TableCell($0) ? nil : $0 }
    let after = key(of: corrected(row))
    heldKeys[position] = after
    let disagreeing =
      before != after || roster.table.isOfContract(column)
      ? compareAnew(Set([before, after].compactMap { $0?.contractNumber })) : []
    guard before != after else { return disagreeing.subtracting([position]).sorted() }
    var concerned = Set([before?.print, after?.print])
    concerned.remove(nil)
    if before?.print != after?.print {
      if let before { keys.remove(before.print, row: row.number) }
      if let after { keys.insert(after.print, row: row.number) }
    }
    let sharing = note(before, -1) + note(after, 1)
    return heldKeys.indices.filter { other in
      guard other != position else { return false }
      if concerned.contains(heldKeys[other]?.print) || disagreeing.contains(other) { return true }
      return !sharing.isEmpty && isAmong(sharing, self.row(at: other))
    }
  }

  /// Compares the rows of some contracts again; answers with the positions of those that differ now or differed before.
  private mutating func compareAnew(_ numbers: Set<[UInt8]>) -> Set<Int> {
    var concerned: Set<Int> = []
    for number in numbers {
      let before = agreement.differs(number)
      let positions = heldKeys.indices.filter { heldKeys[$0]?.contractNumber == number }
      agreement.forget(number)
      for position in positions {
        let row = row(at: position)
        agreement.compare(number, row: row.number, roster.table.readTerms(of: row))
      }
      if before || agreement.differs(number) { concerned.formUnion(positions) }
    }
    return concerned
  }

  /// Counts a row's key for the sheets; answers with the groups of which it matters to their rows.
  @discardableResult
  private mutating func note(_ key: RosterKey?, _ change: Int) -> [(sheet: Int, place: Int)] {
    guard let key else { return [] }
    if roster.isOfOtherContract(key) { otherContracts += change }
    var changed: [(sheet: Int, place: Int)] = []
    for (index, sheet) in roster.sheets.enumerated() {
      let group = sheet.group(of: key)
      guard !group.isEmpty else { continue }
      let count = Int(owners[index][group.lowerBound])
      owners[index][group.lowerBound] = UInt32(count + change)
      if sheet.join == .vendor, count > 1 || count + change > 1 {
        changed.append((index, group.lowerBound))
      }
    }
    return changed
  }

  private func isAmong(_ groups: [(sheet: Int, place: Int)], _ row: TableRow) -> Bool {
    guard let key = key(of: row) else { return false }
    return groups.contains { sheet, place in
      let group = roster.sheets[sheet].group(of: key)
      return !group.isEmpty && group.lowerBound == place
    }
  }

  /// The rows of sheets that belong to no row of the list.
  var unmatchedRows: [Diagnostic] {
    zip(roster.sheets, owners).flatMap { sheet, owners in
      sheet.unmatchedRows(atMost: RosterScan.longestReport) { owners[$0] > 0 }
    }
  }
}
