package import Diagnostics
import Files
import Packets
import Records
package import Rosters
import TemplateRuntime

/// Reads one record: from a row's data to values that can be printed, and where its packet belongs.
///
/// It sees the row that it is given and what all rows share; no other row's data is within its reach.
package struct RecordReader: Sendable {
  let binder: Binder
  let mode: PacketMode
  let date: Int64?
  let onlyNew: Bool
  /// The id of the occasion, unless it is the usual one.
  let occasion: String?
  /// The diagnostics of the data that all rows share, which were reported already.
  let reported: Set<Diagnostic>

  package enum Reading {
    case ready(Ready)
    /// Nobody new is on it.
    case nothingNew(path: String)
    /// The diagnostics say why; with the packet's path, as far as it is known.
    case rejected(path: String?)
  }

  package struct Ready {
    let record: Record
    /// Of the record's canonical bytes.
    let dataDigest: Digest
    /// `<contract folder>/<vendor folder>`.
    let path: String
    let location: SourceLocation
  }

  package func read(_ record: RosterRecord) -> (reading: Reading, diagnostics: [Diagnostic]) {
    guard let own = record.own else { return (.rejected(path: nil), record.diagnostics) }
    let binding = binding(of: record, own)
    let path = PacketPath.path(
      of: binding.everything,
      binder.dictionary,
      occasion: occasion
    )
    // A cell that could not be read is reported already; it is not missing.
    let unread = Set(record.diagnostics.filter { $0.severity == .error }.compactMap(\.field))
    var diagnostics =
      record.diagnostics
      + binding.diagnostics.filter {
        $0.code != .missingValue || !($0.field.map(unread.contains) ?? false)
      }
    if mode == .final { diagnostics = diagnostics.refusingDaysOutsideEdition() }
    diagnostics += PacketPath.missingKeys(
      of: binding,
      binder.dictionary,
      mode: mode,
      at: own.location,
      beside: diagnostics
    )
    if path == nil { diagnostics.append(.folderName(at: own.location)) }
    if !diagnostics.isEmpty {
      diagnostics =
        diagnostics.filter { !reported.contains($0) }.map { $0.placed(inRowAt: own.location) }
        .inReportOrder()
    }
    guard let path, !diagnostics.hasErrors else { return (.rejected(path: path), diagnostics) }
    if onlyNew, !binding.hasNew { return (.nothingNew(path: path), diagnostics) }
    let ready = Ready(
      record: binding.record,
      dataDigest: Digest(of: binding.record.canonicalBytes(binder.dictionary)),
      path: path,
      location: own.location
    )
    return (.ready(ready), diagnostics)
  }
}

extension RecordReader {
  private func binding(of record: RosterRecord, _ own: RawNode) -> Binding {
    if let shared = record.shared?.reading,
      let binding = binder.bind(own, over: shared, mode: mode, date: date, onlyNew: onlyNew)
    {
      return binding
    }
    return binder.bind(
      own.completed(with: record.shared?.tree),
      mode: mode,
      date: date,
      onlyNew: onlyNew
    )
  }
}

extension [Diagnostic] {
  /// With an error for each bare number that was read as a day on which the edition is not in force.
  fileprivate func refusingDaysOutsideEdition() -> [Diagnostic] {
    let outside = Set(filter { $0.code == .outsideEditionWindow }.map(\.location))
    guard !outside.isEmpty else { return self }
    return map { $0.code == .dayNumber && outside.contains($0.location) ? $0.asError() : $0 }
  }
}

extension Diagnostic {
  /// What a row gets wrong with a value of the shared data is the row's mistake; one in a sheet beside the roster stays there.
  fileprivate func placed(inRowAt row: SourceLocation) -> Diagnostic {
    if location.file == row.file || location.isCell { return self }
    var placed = moved(to: row)
    if code == .ruleViolated, hint == nil {
      placed.hint = Message(
        ja: "一覧のこの行にないので、共通の契約データにあるもので調べました",
        en: "the row does not give it, so that of the shared data was checked"
      )
    }
    return placed
  }
}
