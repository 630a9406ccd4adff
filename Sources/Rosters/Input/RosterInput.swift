package import DataFiles
import Diagnostics
package import Files
import Records
package import Tables

/// The files that a roster consists of, before anyone asks what they mean.
package struct RosterInput: Sendable {
  let digest: Digest
  package let form: Form
  /// What is read again for the rows.
  package let files: [InputFile]
  /// Of a folder, what else may hold a list, and is not read: the names of files and folders.
  private let others: [(name: String, isFolder: Bool)]

  package enum Form: Sendable {
    case csv(CSVSource)
    /// A folder of CSV files.
    case folder([NamedTable])
    case workbook([NamedTable])
    /// NDJSON.
    case lines(InputFile)
    case items(DataFile.Format, [UInt8])
  }
}

extension RosterInput {
  /// Opens a file or a folder; its kind is known by the name, and where that says nothing by the content.
  package init(_ path: String) throws(ReadFailure) {
    if FileSystem.isFolder(path) {
      self = try Self.folder(path)
      return
    }
    let (file, survey) = try Self.file(path)
    digest = survey.digest
    files = [file]
    others = []
    let content = survey.head.drop { $0 <= 0x20 }
    let isWorkbook = survey.head.starts(with: [0x50, 0x4B, 0x03, 0x04])
    switch isWorkbook ? "xlsx" : path.suffix {
    case "xlsx", "xlsm": form = .workbook(try WorkbookSource.tables(file))
    case "ndjson", "jsonl": form = .lines(try Self.lines(of: file, survey))
    case "json": form = .items(.json, try Self.contents(of: file))
    case "yaml", "yml": form = .items(.yaml, try Self.contents(of: file))
    case "csv", "tsv", "tab", "txt": form = .csv(try Self.table(file, survey))
    case _ where content.first == UInt8(ascii: "{"): form = .lines(try Self.lines(of: file, survey))
    case _ where content.first == UInt8(ascii: "["):
      form = .items(.json, try Self.contents(of: file))
    case _: form = .csv(try Self.table(file, survey))
    }
  }

  private static func table(_ file: InputFile, _ survey: InputSurvey) throws(ReadFailure)
    -> CSVSource
  {
    let source = CSVSource(file, survey)
    try source.verify()
    return source
  }

  /// The file, if it is UTF-8 to its end.
  private static func lines(of file: InputFile, _ survey: InputSurvey) throws(ReadFailure)
    -> InputFile
  {
    guard let fault = survey.firstFault else { return file }
    var rest: [UInt8] = []
    _ = try? file.read(ForeignText.enough, at: fault, into: &rest)
    let foreign = ForeignText(rest, in: .utf8)
    var reader = LineReader(file)
    while try reader.next() {
      let line = SourceText(file: file.path, bytes: reader.line)
      guard let offset = line.firstInvalidUTF8 else { continue }
      var place = line.location(at: offset)
      place.line = reader.number
      throw ReadFailure(
        .foreignText(foreign, in: .utf8, isJoined: survey.beginsAsUTF8, at: place)
      )
    }
    return file
  }

  /// The other files of a folder; a workbook of which a sheet was exported beside it says nothing new.
  func remarks(_ path: String, _ mode: PacketMode) -> [Diagnostic] {
    guard case .folder(let tables) = form else { return [] }
    let read = Set(tables.map(\.name))
    return others.map { name, isFolder in
      let isDoubtful = !isFolder && !read.contains(String(name.dropLast(name.suffix.count + 1)))
      return .fileNotRead(
        mode == .final && isDoubtful ? .error : .warning,
        at: SourceLocation(file: path + "/" + name)
      )
    }
  }

  /// The path of a file that someone has written into since it was opened.
  package var changedFile: String? { files.first { !$0.isUnchanged }?.path }

  private static func folder(_ path: String) throws(ReadFailure) -> RosterInput {
    var tables: [NamedTable] = []
    var pieces: [[UInt8]] = []
    var files: [InputFile] = []
    let names: [String]
    do throws(FileSystem.Failure) {
      names = try FileSystem.names(in: path) ?? []
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: path)))
    }
    for name in names where ["csv", "tsv"].contains(name.suffix) {
      let (file, survey) = try file(path + "/" + name)
      files.append(file)
      pieces += [Array(name.utf8), Array(survey.digest.hexadecimal.utf8)]
      tables.append(
        NamedTable(name: String(name.dropLast(4)), source: try table(file, survey))
      )
    }
    guard !tables.isEmpty else {
      throw ReadFailure(.emptyFolder(at: SourceLocation(file: path)))
    }
    let kinds = ["xlsx", "xlsm", "xlsb", "xls", "ods", "txt", "tab", "ndjson", "jsonl"]
    let others = names.compactMap { name -> (String, Bool)? in
      if name.hasPrefix(".") || name.hasPrefix("~$") || HeaderReading.isUnused(name) { return nil }
      let isFolder = FileSystem.isFolder(path + "/" + name)
      return isFolder || kinds.contains(name.suffix) ? (name, isFolder) : nil
    }
    return RosterInput(
      digest: Digest(ofPieces: pieces),
      form: .folder(tables),
      files: files,
      others: others
    )
  }

  private static func file(_ path: String) throws(ReadFailure) -> (InputFile, InputSurvey) {
    let file: InputFile
    let survey: InputSurvey
    do throws(FileSystem.Failure) {
      file = try InputFile(path)
      survey = try InputSurvey(file)
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: path)))
    }
    let isText = ["json", "yaml", "yml", "ndjson", "jsonl"].contains(path.suffix)
    if let foreign = ForeignFile(survey.head, file), !isText || foreign != .semicolons {
      throw ReadFailure(foreign.diagnostic(at: SourceLocation(file: path)))
    }
    return (file, survey)
  }

  /// A list that is read whole.
  private static func contents(of file: InputFile) throws(ReadFailure) -> [UInt8] {
    do throws(FileSystem.Failure) {
      return try file.contents(atMost: DataList.longest)
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: file.path)))
    }
  }
}

extension String {
  /// What stands behind the last dot of the last name.
  fileprivate var suffix: String {
    let name = split(separator: "/").last ?? ""
    return name.split(separator: ".").dropFirst().last?.lowercased() ?? ""
  }
}

extension Diagnostic {
  fileprivate static func fileNotRead(_ severity: Severity, at location: SourceLocation) -> Self {
    Diagnostic(
      .unknownSheet,
      severity,
      at: location,
      ja: "フォルダーから読み込むのはCSVとTSVのファイルだけなので、これは読み込みません。",
      en: "Of a folder only CSV and TSV files are read; this is not.",
      hint: Message(
        ja: "使うファイルならCSVで保存し、使わないファイルは、別の場所に移すか、名前の初めに「（使わない）」と書いてください",
        en: "save it as CSV if it is meant; else move it, or begin its name with （使わない）"
      )
    )
  }

  fileprivate static func emptyFolder(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unsupportedFile,
      at: location,
      ja: "フォルダーにCSVファイルがありません。",
      en: "There is no CSV file in the folder."
    )
  }
}
