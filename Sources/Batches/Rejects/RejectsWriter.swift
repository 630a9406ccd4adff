import DataFiles
package import Diagnostics
package import Files
package import Packets
package import Records
package import Rosters
import Tables

/// Writes エラー行一覧（修正・再取込用）: the rows that no packet was made of, as they were in the input, with the reasons.
///
/// In the input's own columns, encoding and file type, so that a clerk corrects the list and feeds it back as it is. The list of an
/// earlier batch goes when there is nothing to list.
package final class RejectsWriter {
  private let roster: Roster
  private let run: OutputFolder
  private let syncs: Bool
  private let reasons: RejectReasons
  private var file: (any RejectsFile)?

  private static let names =
    ["csv", "tsv", "csvs", "xlsx", "ndjson", "json", "yaml"].map { "rejects.\($0)" }

  package init(_ roster: Roster, in run: OutputFolder, basisWords: [Field.ID: String], syncs: Bool)
  {
    self.roster = roster
    self.run = run
    self.syncs = syncs
    reasons = RejectReasons(roster.dictionary, basisWords)
  }

  /// Rows come in the order of the list.
  package func add(_ row: RosterRow, _ diagnostics: [Diagnostic]) throws(FileSystem.Failure) {
    if file == nil { file = try begin() }
    try file?.add(row, reasons.cells(diagnostics))
  }

  /// The path of the list, or nil if no row was rejected; and where another one is kept that stood there.
  ///
  /// What a person has made of an earlier list is hers. `input`, the list that was read, is done with: it makes room under another
  /// name, as one does that stands where the new list goes. `keepsOthers`: an earlier list has rows that are still to be corrected.
  package func finish(reading input: Digest, keepsOthers: Bool = false) throws(FileSystem.Failure)
    -> (
      path: String?, kept: String?
    )
  {
    try file?.finish()
    var kept: String?
    for other in Self.names where file == nil || other != name {
      guard let isOwn = try? run.mayReplaceRejects(other) else { continue }
      if isOwn {
        if !keepsOthers { try run.remove(other, syncs: syncs) }
      } else if (try? Digest(ofList: run.place(of: other))) == input {
        kept = try run.keepRejects(other)
      }
    }
    guard file != nil else { return (nil, kept) }
    file = nil
    try run.noteRejects(run.staging + "/" + name)
    let isWanted = keepsOthers && FileSystem.exists(run.place(of: name))
    let mayReplace = isWanted ? false : try run.mayReplaceRejects(name)
    if !mayReplace { kept = try run.keepRejects(name) }
    try run.publish(name, syncs: syncs)
    return (run.place(of: name), kept)
  }

  private var name: String {
    switch roster.input.form {
    case .csv(let source): source.isTabbed ? "rejects.tsv" : "rejects.csv"
    case .folder: "rejects.csvs"
    case .workbook: "rejects.xlsx"
    case .lines: "rejects.ndjson"
    case .items(let format, _): "rejects.\(format.rawValue)"
    }
  }

  private func begin() throws(FileSystem.Failure) -> any RejectsFile {
    let path = run.staging + "/" + name
    switch (roster.input.form, roster.content) {
    case (.csv, .table(let table)), (.folder, .table(let table)), (.workbook, .table(let table)):
      return try RejectedTables(table, roster.input, path)
    case (.lines, _): return try RejectedItems(path, form: .lines)
    case (.items(.json, _), _): return try RejectedItems(path, form: .json)
    case (.items(.yaml, _), _), (.csv, .items), (.folder, .items), (.workbook, .items):
      return try RejectedItems(path, form: .yaml)
    }
  }
}

/// A list of rejects in the making; nothing stands in its place before it is finished.
protocol RejectsFile: AnyObject {
  /// Adds a row with the three cells that say why it was rejected.
  func add(_ row: RosterRow, _ reasons: [[UInt8]]) throws(FileSystem.Failure)
  func finish() throws(FileSystem.Failure)
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
      let hint = diagnostic.remedyOnCommandLine.map { "（\($0.ja)）" } ?? ""
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
