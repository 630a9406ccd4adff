import Diagnostics

extension RosterScreen {
  /// Writes the list with its corrections to a path where nothing is yet, in its own file type, encoding and columns.
  ///
  /// All that is not corrected stays byte for byte as it is. What was written is read again, so that it never means anything else
  /// than what the screen shows.
  package func write(to path: String) throws(TableFailure) {
    switch list.roster.input.form {
    case .csv(let source): try write(source, to: path)
    case .folder(let tables):
      try filed(path) { () throws(FileSystem.Failure) in try FileSystem.makeFolder(path) }
      for case let source as CSVSource in tables.map(\.source) {
        try write(source, to: path + "/" + source.fileName)
      }
    case .workbook(let sheets):
      let corrected = correctedParts.compactMap { source in
        sheets.firstIndex { $0.source.name == source.name }.map { ($0, source.corrections) }
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
      throw TableFailure(failure.diagnostic(at: SourceLocation(file: name)))
    }
    if !corrections.isEmpty { try compare(with: path) }
  }

  private func filed(_ path: String, _ body: () throws(FileSystem.Failure) -> Void)
    throws(TableFailure)
  {
    do throws(FileSystem.Failure) { try body() } catch {
      throw TableFailure(error.diagnosticOfWriting(at: SourceLocation(file: path)))
    }
  }

  private func copy(to path: String) throws(TableFailure) {
    guard let file = list.roster.input.files.first else { return }
    try filed(path) { () throws(FileSystem.Failure) in
      let copy = try OutputFile(path)
      try file.copy(to: copy)
      try copy.finish()
    }
  }

  private func write(_ source: CSVSource, to path: String) throws(TableFailure) {
    let part = correctedParts.first { $0.name == source.name }
    guard let table = part as? CSVSource else {
      return try filed(path) { () throws(FileSystem.Failure) in
        let copy = try OutputFile(path)
        try source.file.copy(to: copy)
        try copy.finish()
      }
    }
    var file: OutputFile?
    try filed(path) { () throws(FileSystem.Failure) in
      file = try OutputFile(path)
      if table.encoding == .utf8WithMark { try file?.write(TextEncoding.mark) }
    }
    var reader = CSVReader(table)
    while let record = try reader.nextRecord() {
      try filed(path) { () throws(FileSystem.Failure) in try file?.write(Array(record)) }
    }
    try filed(path) { () throws(FileSystem.Failure) in try file?.finish() }
  }

  /// The tables with the records of which cells are corrected, with the corrections in place.
  private var correctedParts: [any TableSource] {
    guard case .table(let roster) = list.roster.content else { return [] }
    return roster.table.corrected(by: corrections).parts.map(\.source).filter {
      !$0.corrections.isEmpty
    }
  }

  /// Reads what was written beside what was to be written.
  private func compare(with path: String) throws(TableFailure) {
    let form = try RosterInput(path).form
    for expected in correctedParts { try compare(expected, with: form) }
  }

  private func compare(_ expected: any TableSource, with form: RosterInput.Form)
    throws(TableFailure)
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
    guard let written else { throw TableFailure(.notReadAlike(at: SourceLocation(file: name))) }
    var (rows, others) = (try expected.reader(), try written.reader())
    while true {
      let (row, other) = (try rows.next(), try others.next())
      guard row?.number == other?.number, row?.cells == other?.cells,
        (row?.fault == nil) == (other?.fault == nil), row?.isHidden == other?.isHidden
      else { throw TableFailure(.notReadAlike(at: SourceLocation(file: name))) }
      if row == nil { return }
    }
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
        en: "save the list anew as CSV UTF-8 or xlsx"
      )
    )
  }
}
