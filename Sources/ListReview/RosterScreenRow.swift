import Batches
import Diagnostics
import Records
import Rosters
import Tables

extension RosterScreen {
  /// A record of the list as a screen shows it.
  package struct Row: Hashable, Sendable {
    /// Counted from 0, in the list's order.
    package let position: Int
    /// As a spreadsheet numbers it, or the number of the line or the item.
    package let number: Int
    /// What the row comes to, completed with what all rows share.
    package let contract: String
    package let title: String
    package let vendor: String
    package let vendorName: String
    /// A text for each column, corrections in place.
    package let cells: [String]
    /// The columns whose cells are corrected.
    package let corrected: [Int]
    /// What the file has in these cells.
    package let originals: [String]
    package let findings: [Finding]
    package let state: State
  }
}

extension RosterScreen.Column {
  init(_ header: RosterHeaderRow, _ index: Int, _ dictionary: FieldDictionary) {
    let cell = index < header.row.cells.count ? header.row.cells[index] : TableCell([])
    self.header = String(decoding: cell.bytes, as: UTF8.self)
    letter = String(decoding: CellReference.letters(index + 1), as: UTF8.self)
    path = index < header.columns.count ? header.columns[index].path(in: dictionary) : nil
    unused = HeaderReading.unmarked(self.header)
  }

  init(_ name: String, _ index: Int, _ reading: ItemReading, _ dictionary: FieldDictionary) {
    header = name
    letter = String(decoding: CellReference.letters(index + 1), as: UTF8.self)
    path = reading.column(called: name)?.path(in: dictionary)
    unused = nil
  }
}

extension RosterColumn {
  /// `vendor.workers[2].name`; nil for what is no value of the roster's.
  fileprivate func path(in dictionary: FieldDictionary) -> String? {
    guard case .field(let id, var items) = self else { return nil }
    let parts = dictionary.chain(to: id).map { step in
      guard dictionary.fields[step].itemFrame != nil, !items.isEmpty else {
        return dictionary.fields[step].name
      }
      return "\(dictionary.fields[step].name)[\(items.removeFirst())]"
    }
    return parts.joined(separator: ".")
  }
}

/// What a row of a screen came to, before it is put in words.
struct ScreenReading {
  let number: Int
  /// No other row of the list has it.
  let id: Int
  let cells: [String]
  /// Of a row of a table, the parts that are missing empty.
  let key: RosterKey?
  /// What the row says, completed with what it shares.
  let tree: RawNode?
  /// Whether a reader of the list takes it for no record.
  let isPassedOver: Bool
  var diagnostics: [Diagnostic]
  private let place: SourceLocation
  /// Of values that are no cells, where each stands and in which column.
  private let places: [SourceLocation: Int]

  init(_ reading: ScreenTable.Reading, _ list: PreparedList, _ width: Int) {
    let row: TableRow
    switch reading {
    case .record(let cells, let record):
      row = cells
      place = list.roster.place(ofRow: row.number)
      tree = record.tree
      isPassedOver = false
      diagnostics = list.reader.read(record).diagnostics
    case .passedOver(let cells, let kind):
      row = cells
      tree = nil
      isPassedOver = true
      place = list.roster.place(ofRow: row.number)
      diagnostics = [kind.remark(at: place) ?? .emptiedRow(at: place)]
    }
    id = row.number
    number = place.line
    cells = (0..<width).map { index in
      index < row.cells.count ? String(decoding: row.cells[index].shown, as: UTF8.self) : ""
    }
    key = list.roster.key(of: row)
    places = [:]
  }

  init(
    _ items: ScreenItems,
    _ position: Int,
    _ list: PreparedList,
    _ columns: [RosterScreen.Column]
  ) {
    let row = items.rows[position]
    let record = items.roster.record(of: row)
    (number, id) = (row.number, row.id)
    tree = record.tree
    isPassedOver = false
    diagnostics = list.reader.read(record).diagnostics
    key = record.key
    place = SourceLocation(file: "")
    var cells = Array(repeating: "", count: columns.count)
    var places: [SourceLocation: Int] = [:]
    for value in items.values(at: position) {
      let column = columns.firstIndex { $0.header.utf8.elementsEqual(value.name.utf8) }
      guard let column else { continue }
      cells[column] = String(decoding: value.text, as: UTF8.self)
      places[value.place] = column
    }
    self.cells = cells
    self.places = places
  }

  /// The column of a place that is one of the row's cells.
  func column(at location: SourceLocation) -> Int? {
    if let column = places[location] { return column }
    guard isInRow(location), location.column > 0 else { return nil }
    return location.column <= cells.count ? location.column - 1 : nil
  }

  func isInRow(_ location: SourceLocation) -> Bool {
    location.isCell && location.file == place.file && location.line == place.line
  }

  /// Whether a place lies in a sheet beside the list.
  func isBeside(_ location: SourceLocation) -> Bool { location.isCell && !isInRow(location) }
}

extension SourceLocation {
  /// With the file's name alone.
  var withoutFolder: SourceLocation {
    let name = file.split(separator: "/").last.map { String($0) } ?? ""
    return SourceLocation(file: name, line: line, column: column, isCell: isCell)
  }
}

extension Roster {
  /// How places name the table with the records.
  var tableName: String {
    switch content {
    case .table(let roster): roster.table.main.source.name
    case .items: ""
    }
  }

  /// Where a row of the table with the records stands.
  fileprivate func place(ofRow number: Int) -> SourceLocation {
    switch content {
    case .table(let roster): roster.table.place(ofRow: number)
    case .items: SourceLocation(file: "", line: number)
    }
  }

  fileprivate func key(of row: TableRow) -> RosterKey? {
    switch content {
    case .table(let roster): roster.key(of: row)
    case .items: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func emptiedRow(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .missingValue,
      .warning,
      at: location,
      ja: "除いたか、空にした行なので、書類は作りません。",
      en: "The row was taken off or emptied; no papers are made of it."
    )
  }
}
