package import Diagnostics
package import Files

/// One row of a table (a CSV file, a sheet of a workbook) before anyone asks what its columns mean.
package struct TableRow: Hashable, Sendable {
  /// 1-based, as a spreadsheet shows it.
  package let number: Int
  /// From column A on; what follows the last filled cell may be left out.
  package let cells: [TableCell]
  /// Hidden in the workbook, by hand or by a filter.
  package let isHidden: Bool
  /// Why it is not sure which text is in which cell.
  package let fault: Diagnostic?

  package init(
    number: Int,
    cells: [TableCell],
    isHidden: Bool = false,
    fault: Diagnostic? = nil
  ) {
    self.number = number
    self.cells = cells
    self.isHidden = isHidden
    self.fault = fault
  }
}

package struct TableCell: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// Text as it was typed; all that CSV knows.
    case text
    /// A number cell; the bytes are its shortest decimal digits: 44652, 0.1, 1.23E+15.
    case number
    /// The same in a workbook that counts its days from 1904.
    case numberSince1904
    /// A number cell whose format shows more than its digits; the bytes are what is seen: 0040012, 060-0001, 第3庁舎, 1,200円.
    case shown
    /// A number cell that shows thousands or millions; the bytes are what is seen, with the unit.
    case scaled
    /// A number cell that is formatted as a date; the bytes are 2022-04-01 or 2022-04-01T09:20.
    case date
    /// TRUE or FALSE; the bytes are true or false.
    case boolean
    /// #N/A and its like.
    case error
    /// A formula whose value was never stored.
    case uncalculated
    /// A cell that is merged with others so that it is not known whether their value is its own; the bytes are empty.
    case covered
  }

  /// Well-formed UTF-8, never normalised; CR and CRLF may stand in it.
  ///
  /// Empty: an empty cell.
  package let bytes: [UInt8]
  package let kind: Kind

  package init(_ bytes: [UInt8], kind: Kind = .text) {
    self.bytes = bytes
    self.kind = kind
  }

  /// As a spreadsheet shows it.
  package var shown: [UInt8] {
    switch kind {
    case .text, .number, .numberSince1904, .shown, .scaled, .date, .error, .uncalculated, .covered:
      bytes
    case .boolean: bytes.map { $0 & 0xDF }
    }
  }
}

/// Reads a table row by row, in memory that does not grow with it.
///
/// Empty rows count for the number of the rows behind them, but need not be handed out.
package protocol TableReader {
  /// How places name the table: `list.csv`, `list.xlsx/従事者`.
  var name: String { get }
  /// The next row, or nil at the end.
  mutating func next() throws(ReadFailure) -> TableRow?
  /// What the table has that reading passed over, such as merged cells; complete at the end.
  var remarks: [Diagnostic] { get }
}

/// A table that can be read from its beginning more than once.
package protocol TableSource: Sendable {
  /// As its readers name it.
  var name: String { get }
  /// What its readers put in place of the cells of the file.
  var corrections: CellCorrections { get set }
  func reader() throws(ReadFailure) -> any TableReader
  /// The merged ranges that the rule concerns.
  func mergedRanges(_ rule: MergedCellRule) throws(ReadFailure) -> [MergedRange]
  /// The same table, read with the merged cells by the rule.
  func merging(_ rule: MergedCellRule) -> Self
}

extension TableSource {
  package func mergedRanges(_ rule: MergedCellRule) throws(ReadFailure) -> [MergedRange] { [] }
  package func merging(_ rule: MergedCellRule) -> Self { self }
}

/// One of several tables: a sheet of a workbook, or a file of a folder.
package struct NamedTable: Sendable {
  /// The sheet's, or the file's without its suffix.
  package let name: String
  package var source: any TableSource
  /// A sheet that a reader of the workbook does not see.
  package let isHidden: Bool

  package init(name: String, source: any TableSource, isHidden: Bool = false) {
    self.name = name
    self.source = source
    self.isHidden = isHidden
  }
}
