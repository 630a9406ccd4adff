import Diagnostics
import Records
import Tables

/// Turns the cells of one row, and of the rows that belong to it in the sheets, into a tree, by the plan.
struct RowReading {
  private let place: SourceLocation
  private let sheets: [SheetTable]
  /// In place of cells, the values that flat keys have in an item of a list.
  private var values: (nodes: [RawNode], binder: Binder)?
  /// The current row of the roster and of each sheet.
  private var current: [TableRow?]
  /// Where the rows of each sheet that belong to the roster's row stand in its index.
  private var groups: [Range<Int>] = []
  /// How many rows of each sheet found their place.
  private var used: [Int]
  /// The numbers of the items around the current value, outermost first.
  private var items: [Int] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ row: TableRow, at place: SourceLocation, _ key: RosterKey, _ sheets: [SheetTable]) {
    self.place = place
    self.sheets = sheets
    current = [row]
    used = []
    guard !sheets.isEmpty else { return }
    current += repeatElement(nil, count: sheets.count)
    used = Array(repeating: 0, count: sheets.count)
    groups = sheets.map { $0.group(of: key) }
  }

  init(_ values: [RawNode], at place: SourceLocation, _ binder: Binder) {
    self.place = place
    self.values = (values, binder)
    sheets = []
    current = []
    used = []
  }

  /// The row's own data.
  mutating func tree(_ plan: RowPlan) -> RawNode {
    for sheet in plan.recordSheets where !groups[sheet].isEmpty {
      take(groups[sheet].lowerBound, of: sheet)
    }
    let tree = node(plan.root) ?? RawNode(.mapping([]), at: place)
    for (sheet, group) in groups.enumerated() where used[sheet] < group.count {
      tellOfUnused(sheet, isRecord: plan.recordSheets.contains(sheet))
    }
    return tree
  }

  private mutating func take(_ index: Int, of sheet: Int) {
    let row = sheets[sheet].row(at: index)
    current[sheet + 1] = row
    used[sheet] += 1
    if let fault = row.fault { diagnostics.append(fault) }
  }

  /// Nil if the row gives nothing of it.
  private mutating func node(_ plan: RowPlan.Node) -> RawNode? {
    switch plan {
    case .value(let table, let column, let reading): return value(table, column, reading)
    case .record(let entries):
      var given: [RawNode.Entry] = []
      given.reserveCapacity(entries.count)
      for entry in entries {
        if let value = node(entry.node) {
          given.append(RawNode.Entry(key: entry.key, keyLocation: value.location, value: value))
        }
      }
      guard var first = given.first?.keyLocation else { return nil }
      if first.isCell { first.column = 0 }
      return RawNode(.mapping(given), at: first)
    case .items(let items):
      let given = items.compactMap { node($0) }
      return given.isEmpty ? nil : RawNode(.sequence(given), at: place)
    case .rows(let table, let item):
      let given = rows(of: table - 1, item)
      return given.isEmpty ? nil : RawNode(.sequence(given), at: given[0].location)
    }
  }

  private mutating func value(_ table: Int, _ column: Int, _ reading: CellReading) -> RawNode? {
    if let values { return value(values.nodes[column], values.binder, reading) }
    guard let row = current[table], column < row.cells.count else { return nil }
    let cell = row.cells[column]
    if cell.bytes.isEmpty, cell.kind == .text { return nil }
    var place = place
    if table > 0 { place = .cell(file: sheets[table - 1].name, row: row.number) }
    place.column = column + 1
    return reading.text(of: cell, at: place, &diagnostics).map {
      RawNode(.scalar(RawScalar(bytes: $0, isQuoted: true)), at: place)
    }
  }

  private mutating func value(_ node: RawNode, _ binder: Binder, _ reading: CellReading) -> RawNode?
  {
    switch node.content {
    case .absent: return nil
    case .mapping, .sequence: return binder.named(node, under: reading.field)
    case .scalar(let scalar):
      return reading.text(of: TableCell(scalar.bytes), at: node.location, &diagnostics).map {
        RawNode(.scalar(RawScalar(bytes: $0, isQuoted: true)), at: node.location)
      }
    }
  }

  /// The items for which a sheet has a row.
  private mutating func rows(of sheet: Int, _ item: RowPlan.Node) -> [RawNode] {
    var nodes: [RawNode] = []
    let before = current[sheet + 1]
    var number = 0
    for index in groups[sheet] {
      if !items.isEmpty, sheets[sheet].outerItems(of: sheets[sheet].row(at: index)) != items {
        continue
      }
      take(index, of: sheet)
      number += 1
      items.append(number)
      let row = current[sheet + 1]?.number ?? 0
      // An item without a value keeps its place: rows of other sheets name items by number.
      nodes.append(
        node(item) ?? RawNode(.absent, at: .cell(file: sheets[sheet].name, row: row))
      )
      items.removeLast()
    }
    current[sheet + 1] = before
    return nodes
  }

  // MARK: Faults

  private mutating func tellOfUnused(_ sheet: Int, isRecord: Bool) {
    if isRecord {
      let row = sheets[sheet].row(at: groups[sheet].lowerBound + 1)
      diagnostics.append(.secondRecord(at: .cell(file: sheets[sheet].name, row: row.number)))
    } else {
      diagnostics.append(
        .rowOfNoItem(count: groups[sheet].count - used[sheet], in: sheets[sheet].name)
      )
    }
  }
}

extension Diagnostic {
  fileprivate static func secondRecord(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateRow,
      at: location,
      ja: "同じ契約と受注者の行が、このシートに二つ以上あります。",
      en: "The sheet has more than one row for this contract and vendor.",
      hint: Message(ja: "一行にまとめてください", en: "keep one of them")
    )
  }

  fileprivate static func rowOfNoItem(count: Int, in sheet: String) -> Diagnostic {
    Diagnostic(
      .unmatchedRow,
      at: .cell(file: sheet, row: 0),
      ja: "この契約の行のうち\(count)行は、属する項目の番号が合わず、どこにも入りません。",
      en: "Of this contract's rows in the sheet, \(count) name an item that is not there.",
      hint: Message(
        ja: "親の一覧の何件目かを、1からの番号で書いてください",
        en: "give the number of the item in the outer list, from 1 on"
      )
    )
  }
}
