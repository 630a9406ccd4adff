/// A place in a file that a person wrote.
package struct SourceLocation: Hashable, Sendable {
  /// The file's name as the person knows it: relative to the edition, or as given on the command line.
  package var file: String
  /// 1-based; 0 means the file as a whole.
  package var line: Int
  /// 1-based, in Unicode scalars; 0 means the line as a whole.
  package var column: Int

  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    if a.file != b.file { return a.file.utf8.lexicographicallyPrecedes(b.file.utf8) }
    return (a.line, a.column) < (b.line, b.column)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, without the parts that are unknown.
  package var description: String {
    switch (line, column) {
    case (0, _): file
    case (_, 0): "\(file):\(line)"
    case (_, _): "\(file):\(line):\(column)"
    }
  }
}
