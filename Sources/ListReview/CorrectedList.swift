import Batches
import Diagnostics
package import Files
package import Rosters
import Tables

extension RosterScreen {
  /// Writes the list with its corrections to a path where nothing is yet, in its own file type, encoding and columns.
  ///
  /// All that is not corrected stays byte for byte as it is. What was written is read again, so that it never means anything else
  /// than what the screen shows.
  package func write(to path: String) throws(ReadFailure) {
    let parts = try correctedParts()
    switch list.roster.input.form {
    case .csv(let source): try write(source, parts, to: path)
    case .folder(let tables):
      try filed(path) { () throws(FileSystem.Failure) in try FileSystem.makeFolder(path) }
      for case let source as CSVSource in tables.map(\.source) {
        try write(source, parts, to: path + "/" + source.fileName)
      }
    case .workbook(let sheets):
      let corrected = parts.compactMap { part in
        sheets.firstIndex { $0.source.name == part.source.name }.map {
          (sheet: $0, part.source.corrections, unmerged: part.unmerged)
        }
      }
      if let file = list.roster.input.files.first, !corrected.isEmpty {
        try CorrectedWorkbook(file).write(to: path, corrected)
      } else {
        try copy(to: path)
      }
    case .lines, .items: try copy(to: path)
    }
    if let changed = list.roster.input.changedFile {
      let failure = FileSystem.Failure.changed(path: changed)
      throw ReadFailure(failure.diagnostic(at: SourceLocation(file: name)))
    }
    if !corrections.isEmpty { try compare(parts.map(\.source), with: path) }
  }

  /// The list with its corrections, read from the very files that were checked; `folder` is where a file may be written meanwhile.
  package func corrected(in folder: String) throws(ReadFailure) -> ListSource {
    let digest = corrections.isEmpty ? nil : try digest(correctedParts(), in: folder)
    return ListSource(list.roster, corrections: corrections, digest: digest)
  }

  /// The digest of the list as `write(to:)` writes it.
  private func digest(_ parts: [CorrectedPart], in folder: String) throws(ReadFailure) -> Digest? {
    switch list.roster.input.form {
    case .csv(let source): return try digest(of: source, parts)
    case .folder(let tables):
      var pieces: [[UInt8]] = []
      for case let source as CSVSource in tables.map(\.source) {
        let digest = try digest(of: source, parts)
        pieces += [Array(source.fileName.utf8), Array(digest.hexadecimal.utf8)]
      }
      return Digest(ofPieces: pieces)
    case .workbook:
      // How its parts are packed shows only in the file itself.
      let path = folder + "/corrected.xlsx"
      defer { try? FileSystem.remove(path) }
      try write(to: path)
      var digest: Digest?
      try filed(path) { () throws(FileSystem.Failure) in digest = try Digest(ofList: path) }
      return digest
    case .lines, .items: return nil
    }
  }

  private func digest(of source: CSVSource, _ parts: [CorrectedPart]) throws(ReadFailure) -> Digest
  {
    var hash = SHA256()
    if let corrected = parts.corrected(source) {
      try forEachPiece(of: corrected) { hash.update($0) }
      return hash.finalize()
    }
    do throws(FileSystem.Failure) { return try Digest(of: source.file) } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: name)))
    }
  }

  private func filed(_ path: String, _ body: () throws(FileSystem.Failure) -> Void)
    throws(ReadFailure)
  {
    do throws(FileSystem.Failure) { try body() } catch {
      throw ReadFailure(error.diagnosticOfWriting(at: SourceLocation(file: path)))
    }
  }

  private func copy(to path: String) throws(ReadFailure) {
    guard let file = list.roster.input.files.first else { return }
    try filed(path) { () throws(FileSystem.Failure) in
      let copy = try OutputFile(path)
      try file.copy(to: copy)
      try copy.finish()
    }
  }

  private func write(_ source: CSVSource, _ parts: [CorrectedPart], to path: String)
    throws(ReadFailure)
  {
    guard let corrected = parts.corrected(source) else {
      return try filed(path) { () throws(FileSystem.Failure) in
        let copy = try OutputFile(path)
        try source.file.copy(to: copy)
        try copy.finish()
      }
    }
    var file: OutputFile?
    try filed(path) { () throws(FileSystem.Failure) in file = try OutputFile(path) }
    try forEachPiece(of: corrected) { piece throws(ReadFailure) in
      try filed(path) { () throws(FileSystem.Failure) in try file?.write(piece) }
    }
    try filed(path) { () throws(FileSystem.Failure) in try file?.finish() }
  }

  /// The bytes of a file with its corrections in place.
  private func forEachPiece(of table: CSVSource, _ body: ([UInt8]) throws(ReadFailure) -> Void)
    throws(ReadFailure)
  {
    if table.encoding == .utf8WithBOM { try body(TextEncoding.byteOrderMark) }
    var reader = CSVReader(table)
    while let record = try reader.nextRecord() { try body(Array(record)) }
  }

  /// A table with the records, with the corrections in place, and the merged ranges that these break.
  fileprivate typealias CorrectedPart = (source: any TableSource, unmerged: Set<MergedRange>)

  /// The tables of which cells are corrected.
  private func correctedParts() throws(ReadFailure) -> [CorrectedPart] {
    guard case .table(let roster) = list.roster.content else { return [] }
    var parts: [CorrectedPart] = []
    for part in roster.table.corrected(by: corrections).parts
    where !part.source.corrections.isEmpty {
      if let sheet = part.source as? WorkbookSource {
        let (source, unmerged) = try sheet.unmerged()
        parts.append((source, unmerged))
      } else {
        parts.append((part.source, []))
      }
    }
    return parts
  }

  /// Reads what was written beside what was to be written.
  private func compare(_ parts: [any TableSource], with path: String) throws(ReadFailure) {
    let form = try RosterInput(path).form
    for expected in parts { try compare(expected, with: form) }
  }

  private func compare(_ expected: any TableSource, with form: RosterInput.Form)
    throws(ReadFailure)
  {
    let written: (any TableSource)? =
      switch form {
      case .csv(let source): source
      case .folder(let tables):
        tables.map(\.source).first { source in
          (source as? CSVSource)?.fileName == (expected as? CSVSource)?.fileName
        }
      case .workbook(let sheets):
        (expected as? WorkbookSource).flatMap { source in
          sheets.indices.contains(source.index) ? sheets[source.index].source : nil
        }
      case .lines, .items: nil
      }
    guard let written else { throw ReadFailure(.notReadAlike(at: SourceLocation(file: name))) }
    let alike = (expected as? WorkbookSource)?.rule.map { written.merging($0) } ?? written
    var (rows, others) = (try expected.reader(), try alike.reader())
    while true {
      let (row, other) = (try rows.next(), try others.next())
      guard row?.number == other?.number, row?.certainCells == other?.certainCells,
        (row?.fault == nil) == (other?.fault == nil), row?.isHidden == other?.isHidden
      else { throw ReadFailure(.notReadAlike(at: SourceLocation(file: name))) }
      if row == nil { return }
    }
  }
}

extension [RosterScreen.CorrectedPart] {
  /// The file with its corrections; nil if it has none.
  fileprivate func corrected(_ source: CSVSource) -> CSVSource? {
    first { $0.source.name == source.name }?.source as? CSVSource
  }
}

extension WorkbookSource {
  /// The sheet without the merged ranges that a correction breaks: what was seen over the other cells of such a range is typed into
  /// these.
  fileprivate func unmerged() throws(ReadFailure) -> (WorkbookSource, Set<MergedRange>) {
    let ranges = try rule.map(mergedRanges)?.filter { range in
      range.rows.contains { row in
        corrections.cells(inRow: row)?.contains { range.columns.contains($0.column) } ?? false
      }
    }
    guard let ranges, !ranges.isEmpty else { return (self, []) }
    var (original, result) = (self, self)
    original.corrections = CellCorrections()
    var reader = try original.reader()
    while let row = try reader.next() {
      for range in ranges where range.rows.dropFirst().contains(row.number) {
        let column = range.columns.lowerBound
        guard column < row.cells.count, let text = row.cells[column].text else { continue }
        result.corrections[row.number, column] = corrections[row.number, column] ?? text
      }
    }
    return (result, Set(ranges))
  }
}

extension TableCell {
  /// What can be typed so that it is read alike; nil if there is nothing, or nothing such.
  fileprivate var text: [UInt8]? {
    switch kind {
    case .text, .number, .shown, .scaled, .date, .boolean, .error: bytes.isEmpty ? nil : shown
    case .numberSince1904, .uncalculated, .covered: nil
    }
  }
}

extension TableRow {
  /// The cells whose value is certain; a range that is merged no more leaves the others empty.
  fileprivate var certainCells: ArraySlice<TableCell> {
    let certain = cells.map { $0.kind == .covered ? TableCell([]) : $0 }
    return certain[..<(certain.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0)]
  }
}

extension CSVSource {
  fileprivate var fileName: String { file.path.split(separator: "/").last.map { String($0) } ?? "" }
}

extension Diagnostic {
  fileprivate static func notReadAlike(at location: SourceLocation) -> Self {
    Diagnostic(
      .outputNotWritten,
      at: location,
      ja: "直した値をこの形式のまま書くと、別の値として読まれるため、書き出しません。",
      en: "Written in this format the list would be read as something else, so it is not written.",
      hint: Message(
        ja: "一覧を「CSV UTF-8（コンマ区切り）」かxlsxで保存し直して読み込んでください",
        en: "save the list again as CSV UTF-8 or xlsx"
      )
    )
  }
}
