/// A place in a file that a person wrote.
package struct SourceLocation: Hashable, Sendable {
  /// The file's name as the person knows it: relative to the edition, or as given on the command line.
  package var file: String
  /// 1-based; 0 means the file as a whole.
  package var line: Int
  /// 1-based, in Unicode scalars; 0 means the line as a whole.
  package var column: Int
  /// Whether the file is a table: `line` is its row as a spreadsheet numbers it, `column` the column.
  package var isCell: Bool
  /// Through which use of a piece of text it is read, where the file is one that others use; 0: as it stands.
  package var expansion: Int32 = 0

  package init(file: String, line: Int = 0, column: Int = 0, isCell: Bool = false) {
    self.file = file
    self.line = line
    self.column = column
    self.isCell = isCell
  }

  /// A cell of a table, or with column 0 a row.
  package static func cell(file: String, row: Int, column: Int = 0) -> SourceLocation {
    SourceLocation(file: file, line: row, column: column, isCell: true)
  }
}

extension SourceLocation: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    if a.file != b.file { return a.file.utf8.lexicographicallyPrecedes(b.file.utf8) }
    return (a.line, a.column, a.expansion) < (b.line, b.column, b.expansion)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, or `file!C5` for a cell, without the parts that are unknown.
  package var description: String {
    switch (line, column) {
    case (0, _): file
    case (_, 0): isCell ? "\(file)!\(line)" : "\(file):\(line)"
    case (_, _): isCell ? "\(file)!\(columnLetters)\(line)" : "\(file):\(line):\(column)"
    }
  }

  /// A for 1, Z for 26, AA for 27: how a spreadsheet names its columns.
  private var columnLetters: String {
    var letters = ""
    var rest = column
    while rest > 0 {
      let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      letters = String(Character(letter)) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
