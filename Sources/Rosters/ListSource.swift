import Diagnostics
package import Files
package import Tables

/// A list to be read: where it lies, or as it was opened before, with what was typed over its cells.
package struct ListSource: Sendable {
  package let path: String
  /// The number of the header's row, if it is not to be looked for.
  package let headerRow: Int?
  /// In the place of cells of the table with the records.
  package let corrections: CellCorrections
  /// Its files, if they are open already.
  private let opened: RosterInput?
  /// Of the list as it is with its corrections; nil: of its files.
  let correctedDigest: Digest?

  package init(
    _ path: String,
    headerRow: Int? = nil,
    corrections: CellCorrections = CellCorrections()
  ) {
    self.path = path
    self.headerRow = headerRow
    self.corrections = corrections
    opened = nil
    correctedDigest = nil
  }

  /// The very files of a roster, with other corrections; `digest` is that of the list as it is with these.
  package init(_ roster: Roster, corrections: CellCorrections, digest: Digest?) {
    path = roster.source.path
    headerRow = roster.source.headerRow
    self.corrections = corrections
    opened = roster.input
    correctedDigest = digest
  }

  /// The file's or the folder's name, without what it lies in.
  package var name: String { path.split(separator: "/").last.map { String($0) } ?? path }

  func input() throws(ReadFailure) -> RosterInput {
    if let opened { return opened }
    return try RosterInput(path)
  }
}
