package import Diagnostics
package import TemplateRuntime

/// Writes エラー行一覧（修正・再取込用）: the rows that no packet was made of, as they were in the input, with the reasons.
///
/// In the input's own columns, encoding and file type, so that a clerk mends the list and feeds it back as it is. The list of an
/// earlier run goes when there is nothing to list.
package final class RejectsWriter {
  private let roster: Roster
  private let folder: String
  private let reasons: RejectReasons
  private var file: OutputFile?

  package init(_ roster: Roster, folder: String, basisWords: [Field.ID: String])
    throws(FileSystem.Failure)
  {
    self.roster = roster
    self.folder = folder
    reasons = RejectReasons(roster.dictionary, basisWords)
  }

  /// Rows come in the order of the list.
  package func add(_ row: RosterRow, _ diagnostics: [Diagnostic]) throws(FileSystem.Failure) {
    switch row.body {
    case .table(let cells):
      let source = roster.table.source
      if file == nil { file = try begin(with: source) }
      try file?.write(source.line(columns(of: cells) + reasons.cells(diagnostics)))
    }
  }

  /// The path of the list, or nil if no row was rejected.
  package func finish() throws(FileSystem.Failure) -> String? {
    let name = roster.table.source.isTabbed ? "rejects.tsv" : "rejects.csv"
    for other in ["rejects.csv", "rejects.tsv"] where file == nil || other != name {
      try FileSystem.remove(folder + "/" + other)
    }
    guard let file else { return nil }
    try file.finish()
    self.file = nil
    return folder + "/" + name
  }

  private func begin(with source: CSVSource) throws(FileSystem.Failure) -> OutputFile {
    let name = source.isTabbed ? "rejects.tsv" : "rejects.csv"
    let file = try OutputFile(folder + "/" + name)
    if source.encoding == .utf8WithMark { try file.write(TextEncoding.mark) }
    let headers = HeaderReading.reportHeaders.map { Array($0.utf8) }
    try file.write(source.line(columns(of: roster.table.header.row) + headers))
    return file
  }

  /// The cells of the input's own columns.
  private func columns(of row: TableRow) -> [[UInt8]] {
    let columns = roster.table.header.columns
    return (0..<max(columns.count, row.cells.count)).compactMap { index in
      if index < columns.count, columns[index] == .report { return nil }
      return index < row.cells.count ? row.cells[index].bytes : []
    }
  }
}

/// The three cells in which a reject says why it is one.
struct RejectReasons {
  private let dictionary: FieldDictionary
  private let basisWords: [Field.ID: String]

  init(_ dictionary: FieldDictionary, _ basisWords: [Field.ID: String]) {
    self.dictionary = dictionary
    self.basisWords = basisWords
  }

  /// Sentences, the labels of the fields, and the provisions that these come from; each said once.
  func cells(_ diagnostics: [Diagnostic]) -> [[UInt8]] {
    var sentences: [String] = []
    var labels: [String] = []
    var provisions: [String] = []
    for diagnostic in diagnostics.inReportOrder() where diagnostic.severity == .error {
      let hint = diagnostic.hint.map { "（\($0.ja)）" } ?? ""
      sentences.addOnce(diagnostic.message.ja + hint)
      guard let id = diagnostic.field.flatMap(dictionary.field) else { continue }
      labels.addOnce(dictionary.fields[id].label)
      if let words = basisWords[id] { provisions.addOnce(words) }
    }
    return [sentences.joined(), labels.joined(separator: "、"), provisions.joined(separator: "、")]
      .map { Array($0.utf8) }
  }
}

extension [String] {
  fileprivate mutating func addOnce(_ text: String) {
    if !contains(text) { append(text) }
  }
}

extension CSVSource {
  var isTabbed: Bool { delimiter == UInt8(ascii: "\t") }

  /// A row as the file writes its own.
  func line(_ cells: [[UInt8]]) -> [UInt8] {
    var line: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append(delimiter) }
      line.append(quoting: FormulaGuard.guarded(cell), delimiter: delimiter)
    }
    line += lineEnd
    return encoding == .cp932 ? CP932.encode(line) : line
  }
}

extension [UInt8] {
  fileprivate mutating func append(quoting cell: [UInt8], delimiter: UInt8) {
    let quote = UInt8(ascii: "\"")
    guard cell.contains(where: { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D })
    else { return append(contentsOf: cell) }
    append(quote)
    for byte in cell {
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
  }
}
