import Diagnostics

/// One sheet of a workbook.
struct WorkbookSource: TableSource {
  let workbook: Workbook
  /// Among the sheets with cells.
  let index: Int
  let name: String
  var corrections = RosterCorrections()

  /// The sheets of a workbook, in their order.
  static func tables(_ file: InputFile) throws(TableFailure) -> [RosterInput.NamedTable] {
    let workbook = try Workbook(file)
    return workbook.sheets.enumerated().map { index, sheet in
      RosterInput.NamedTable(
        name: sheet.name,
        source: WorkbookSource(
          workbook: workbook,
          index: index,
          name: "\(file.path)/\(sheet.name)"
        )
      )
    }
  }

  func reader() throws(TableFailure) -> any TableReader {
    let reader = try workbook.reader(of: workbook.sheets[index])
    return corrections.isEmpty ? reader : CorrectedReader(reader, corrections)
  }
}

/// The rows of a sheet with corrections in place.
private struct CorrectedReader: TableReader {
  private var reader: WorkbookReader
  private let corrections: RosterCorrections

  init(_ reader: WorkbookReader, _ corrections: RosterCorrections) {
    self.reader = reader
    self.corrections = corrections
  }

  var name: String { reader.name }
  var remarks: [Diagnostic] { reader.remarks }

  mutating func next() throws(TableFailure) -> TableRow? {
    while let row = try reader.next() {
      guard let cells = corrections.cells(inRow: row.number) else { return row }
      let corrected = row.replacing(cells)
      if !corrected.cells.isEmpty { return corrected }
    }
    return nil
  }
}

/// A workbook of rejects.
final class WorkbookRejects: TableOutput {
  private let writer: WorkbookWriter

  init(_ path: String) { writer = WorkbookWriter(path) }

  func begin(_ name: String, _ header: [[UInt8]], like source: any TableSource)
    throws(FileSystem.Failure) -> Int
  {
    let reasons = Array(HeaderReading.reportHeaders[0].utf8)
    return try writer.addSheet(
      name,
      header: header,
      prose: header.indices.filter { header[$0] == reasons }
    )
  }

  func append(_ cells: [[UInt8]], to table: Int) throws(FileSystem.Failure) {
    try writer.append(cells, to: table)
  }

  func finish() throws(FileSystem.Failure) { try writer.close() }
}
