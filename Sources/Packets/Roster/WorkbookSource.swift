import Diagnostics

/// One sheet of a workbook.
struct WorkbookSource: TableSource {
  let workbook: Workbook
  /// Among the sheets with cells.
  let index: Int
  let name: String
  var corrections = RosterCorrections()
  /// How cells that are merged are read; nil: as the file has them.
  private(set) var rule: MergedCellRule?

  init(workbook: Workbook, index: Int, name: String) {
    self.workbook = workbook
    self.index = index
    self.name = name
  }

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
        ),
        isHidden: sheet.isHidden
      )
    }
  }

  func reader() throws(TableFailure) -> any TableReader {
    let reader = try workbook.reader(of: workbook.sheets[index])
    if let rule, case let ranges = try mergedRanges(rule), !ranges.isEmpty {
      // What was typed over a merged cell is that cell's alone.
      let merged = MergedReader(reader, ranges, rule)
      return corrections.isEmpty ? merged : CorrectedReader(merged, corrections)
    }
    return corrections.isEmpty ? reader : CorrectedReader(reader, corrections)
  }

  func mergedRanges(_ rule: MergedCellRule) throws(TableFailure) -> [MergedRange] {
    try workbook.mergedRanges(of: workbook.sheets[index], where: rule.concerns)
  }

  func merging(_ rule: MergedCellRule) -> WorkbookSource {
    var source = self
    source.rule = rule
    return source
  }
}

/// The rows of a sheet with corrections in place.
private struct CorrectedReader<Base: TableReader>: TableReader {
  private var reader: Base
  private let corrections: RosterCorrections

  init(_ reader: Base, _ corrections: RosterCorrections) {
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
