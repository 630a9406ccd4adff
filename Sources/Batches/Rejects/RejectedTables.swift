import Diagnostics
import Files
import Rosters
import Tables

/// Rejected rows of a table, and with each the rows that belong to it in the sheets.
final class RejectedTables: RejectsFile {
  private let roster: TableRoster
  private let output: any TableOutput
  /// The numbers of the roster's own tables in the output.
  private var parts: [Int] = []
  /// How the columns of the roster are read.
  private let readings: [CellReading?]
  /// Of each sheet, its number in the output, how its columns are read, and which of its rows are written.
  private var sheets: [(number: Int, readings: [CellReading?], isWritten: [Bool])] = []

  init(_ roster: TableRoster, _ input: RosterInput, _ path: String) throws(FileSystem.Failure) {
    self.roster = roster
    readings = roster.table.header.columns.map { $0.reading(roster.dictionary, within: nil) }
    output =
      switch input.form {
      case .workbook: WorkbookRejects(path)
      case .csv(let source): try CSVRejects(file: path, like: source)
      case .folder, .lines, .items: try CSVRejects(folder: path)
      }
    for part in roster.table.parts {
      let header = Self.columns(of: part.header.row, part.header.columns, [])
      parts.append(
        try output.begin(
          part.tableName,
          header + HeaderReading.reportHeaders.map { Array($0.utf8) },
          like: part.source
        )
      )
    }
    for sheet in roster.sheets {
      let number = try output.begin(
        sheet.tableName,
        sheet.header.row.cells.map(\.bytes),
        like: sheet.source
      )
      let readings = sheet.header.columns.map {
        $0.reading(roster.dictionary, within: sheet.subject)
      }
      sheets.append((number, readings, Array(repeating: false, count: sheet.index.count)))
    }
  }

  func add(_ row: RosterRow, _ reasons: [[UInt8]]) throws(FileSystem.Failure) {
    guard case .table(let cells) = row.body else { return }
    let own = Self.columns(of: cells, roster.table.header.columns, readings)
    try output.append(own + reasons, to: parts[roster.table.part(ofRow: cells.number)])
    let key = roster.key(of: cells)
    for (index, sheet) in roster.sheets.enumerated() {
      // Several rows may share those of a sheet, which may stand there once only.
      for place in sheet.group(of: key) where !sheets[index].isWritten[place] {
        sheets[index].isWritten[place] = true
        let cells = sheet.row(at: place).cells.enumerated().map {
          $1.typed(sheets[index].readings, $0)
        }
        try output.append(cells, to: sheets[index].number)
      }
    }
  }

  func finish() throws(FileSystem.Failure) { try output.finish() }

  /// The cells of the input's own columns, as many as it has.
  private static func columns(
    of row: TableRow,
    _ columns: [RosterColumn],
    _ readings: [CellReading?]
  ) -> [[UInt8]] {
    (0..<max(columns.count, row.cells.count)).compactMap { index in
      if index < columns.count, columns[index] == .report { return nil }
      return index < row.cells.count ? row.cells[index].typed(readings, index) : []
    }
  }
}

extension TableCell {
  /// What is read again as the cell is, in the column at `index`; what is seen where nothing is read.
  fileprivate func typed(_ readings: [CellReading?], _ index: Int) -> [UInt8] {
    (index < readings.count ? readings[index] : nil)?.typed(self) ?? shown
  }
}

/// Where the tables of rejects go.
protocol TableOutput: AnyObject {
  /// A table, with its first row; the number to append to it with.
  func begin(_ name: String, _ header: [[UInt8]], like source: any TableSource)
    throws(FileSystem.Failure) -> Int
  func append(_ cells: [[UInt8]], to table: Int) throws(FileSystem.Failure)
  func finish() throws(FileSystem.Failure)
}

/// One CSV file, or a folder of them.
final class CSVRejects: TableOutput {
  private let path: String
  private let isFolder: Bool
  private var files: [(file: OutputFile, style: CSVSource)] = []

  init(file path: String, like source: CSVSource) throws(FileSystem.Failure) {
    self.path = path
    isFolder = false
  }

  init(folder path: String) throws(FileSystem.Failure) {
    self.path = path
    isFolder = true
    try FileSystem.makeFolder(path)
  }

  func begin(_ name: String, _ header: [[UInt8]], like source: any TableSource)
    throws(FileSystem.Failure) -> Int
  {
    guard let source = source as? CSVSource else { return 0 }
    let file = try OutputFile(
      isFolder ? path + "/" + name + (source.isTabbed ? ".tsv" : ".csv") : path
    )
    if source.encoding == .utf8WithBOM { try file.write(TextEncoding.byteOrderMark) }
    files.append((file, source))
    try append(header, to: files.count - 1)
    return files.count - 1
  }

  func append(_ cells: [[UInt8]], to table: Int) throws(FileSystem.Failure) {
    try files[table].file.write(files[table].style.line(cells))
  }

  func finish() throws(FileSystem.Failure) {
    for (file, _) in files { try file.finish() }
  }
}
