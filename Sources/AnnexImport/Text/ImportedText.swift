/// What a file says, line by line, in the order of reading.
package struct ImportedText: Sendable {
  package let file: String
  package let format: Format
  package var lines: [Line]

  package enum Format: String, Sendable {
    case plain, html, word
  }

  /// A line of a plain text, or a whole paragraph of a page or a document.
  package struct Line: Sendable {
    /// The line of the file; in a document of Word the number of the paragraph.
    package let number: Int
    package var text: Scalars
    package var role: Role = .text
    /// Whether a page ends before it.
    package var startsPage = false

    package init(_ number: Int, _ text: Scalars, role: Role = .text, startsPage: Bool = false) {
      self.number = number
      self.text = text
      self.role = role
      self.startsPage = startsPage
    }
  }

  /// What the format says that a line is.
  package enum Role: Equatable, Sendable {
    case text
    case title
    /// A row of a table.
    case cells([Scalars])
  }

  /// Whether the line says anything.
  package static func isBlank(_ line: Line) -> Bool {
    switch line.role {
    case .text, .title: line.text.allSatisfy(\.isSpace)
    case .cells: false
    }
  }

  package init(file: String, format: Format, lines: [Line]) {
    self.file = file
    self.format = format
    self.lines = lines
  }
}
