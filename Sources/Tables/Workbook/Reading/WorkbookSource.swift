import Diagnostics
package import Files

package struct WorkbookSource: TableSource {
  let workbook: Workbook
  /// Among the sheets with cells.
  package let index: Int
  package let name: String
  package var corrections = CellCorrections()
  /// How cells that are merged are read; nil: as the file has them.
  package private(set) var rule: MergedCellRule?

  /// The sheets of a workbook, in their order.
  package static func tables(_ file: InputFile) throws(ReadFailure) -> [NamedTable] {
    let workbook = try Workbook(file)
    return workbook.sheets.enumerated().map { index, sheet in
      NamedTable(
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

  package func reader() throws(ReadFailure) -> any TableReader {
    let reader = try workbook.reader(of: workbook.sheets[index])
    if let rule, case let ranges = try mergedRanges(rule), !ranges.isEmpty {
      // What was typed over a merged cell is that cell's alone.
      let merged = MergedReader(reader, ranges, rule)
      return corrections.isEmpty ? merged : CorrectedReader(merged, corrections)
    }
    return corrections.isEmpty ? reader : CorrectedReader(reader, corrections)
  }

  package func mergedRanges(_ rule: MergedCellRule) throws(ReadFailure) -> [MergedRange] {
    try workbook.mergedRanges(of: workbook.sheets[index], where: rule.concerns)
  }

  package func merging(_ rule: MergedCellRule) -> WorkbookSource {
    var source = self
    source.rule = rule
    return source
  }
}

/// The rows of a sheet with corrections in place.
private struct CorrectedReader<Base: TableReader>: TableReader {
  private var reader: Base
  private let corrections: CellCorrections

  init(_ reader: Base, _ corrections: CellCorrections) {
    self.reader = reader
    self.corrections = corrections
  }

  var name: String { reader.name }
  var remarks: [Diagnostic] { reader.remarks }

  mutating func next() throws(ReadFailure) -> TableRow? {
    while let row = try reader.next() {
      guard let cells = corrections.cells(inRow: row.number) else { return row }
      let corrected = row.replacing(cells)
      if !corrected.cells.isEmpty { return corrected }
    }
    return nil
  }
}
