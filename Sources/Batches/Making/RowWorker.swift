import Diagnostics
import Files
import Packets
import Records
import Rosters
import TemplateCompiler

/// Makes the packet of one row, up to the files that lie ready to be published.
///
/// It sees the row that it is given and what all rows share; no other row's data is within its reach.
struct RowWorker: Sendable {
  /// Makes a row's data of what was typed.
  let record: @Sendable (RosterRow) -> RosterRecord
  let reader: RecordReader
  let builder: PacketBuilder
  /// The digest of all that a packet is made from but the row's data.
  let settings: Digest
  /// The digest of the data that all rows share, as it was typed.
  let common: Digest
  /// Nil for a dry run.
  var target: Target?

  struct Target: Sendable {
    let run: OutputFolder
    let journal: Journal
    /// Whether the bytes of published packets are read, not only their sizes and times.
    let verifiesBytes: Bool
  }

  /// What became of a row.
  enum Outcome: Sendable {
    /// Its files lie ready.
    case staged(StagedPacket)
    /// It was published by an earlier batch.
    case unchanged(BatchManifest.Packet)
    /// Nothing is wrong with it; a dry run makes no more of it.
    case checked
    /// Nobody new is on it.
    case nothingNew(path: String)
    case rejected(path: String?)
    /// Files could not be written; the batch cannot go on.
    case failed(FileSystem.Failure)
  }

  func outcome(of row: RosterRow) -> (outcome: Outcome, diagnostics: [Diagnostic]) {
    let record = record(row)
    var typed = target == nil ? nil : digest(ofTyped: record)
    if let target, let typed, let known = target.known(typed: typed) {
      return (.unchanged(known.packet), [])
    }
    let (reading, diagnostics) = reader.read(record)
    // Every batch reports the diagnostics of a row.
    if !diagnostics.isEmpty { typed = nil }
    switch reading {
    case .rejected(let path): return (.rejected(path: path), diagnostics)
    case .nothingNew(let path): return (.nothingNew(path: path), diagnostics)
    case .ready(let ready):
      guard let target else { return (.checked, diagnostics) }
      let data = ready.dataDigest
      let source = Digest(ofPieces: [settings.bytes, data.bytes])
      if let known = target.known(ready.path, source: source) {
        guard typed != nil else { return (.unchanged(known.packet), diagnostics) }
        // Typed otherwise than it was; the next batch need not read it.
        return (.staged(StagedPacket(entry: known.typed(typed), folder: nil, size: 0)), [])
      }
      let packet = builder.packet(of: ready.record, dataDigest: data)
      let files = packet.allFiles
      func entry(_ states: [(name: String, state: FileState)]) -> Journal.Entry {
        Journal.Entry(
          path: ready.path,
          source: source,
          typed: typed,
          root: packet.manifest.rootDigest,
          checkNumber: packet.manifest.checkNumber,
          files: states
        )
      }
      if let states = OutputFolder.standing(files, at: ready.path, in: target.run.path) {
        return (.staged(StagedPacket(entry: entry(states), folder: nil, size: 0)), diagnostics)
      }
      // What is wrong with one packet's place is no reason to leave out the others.
      do throws(FileSystem.Failure) {
        try target.run.checkPlace(of: ready.path)
      } catch {
        let refusal = error.diagnosticOfPlace(in: target.run.path, at: ready.location)
        return (.rejected(path: ready.path), diagnostics + [refusal])
      }
      do throws(FileSystem.Failure) {
        let folder = target.run.staging + "/" + String(row.id)
        let states = try target.run.stage(files, in: folder, syncs: false)
        let size = files.reduce(0) { $0 + $1.bytes.count }
        return (
          .staged(StagedPacket(entry: entry(states), folder: folder, size: size)), diagnostics
        )
      } catch {
        return (.failed(error), diagnostics)
      }
    }
  }

  /// Of all that a row's packet and its diagnostics depend on; nil if it has diagnostics already.
  private func digest(ofTyped record: RosterRecord) -> Digest? {
    guard record.diagnostics.isEmpty, let own = record.own else { return nil }
    return Digest(ofPieces: [settings.bytes, common.bytes, own.typedBytes])
  }
}

/// A packet that waits to be published.
struct StagedPacket: Sendable {
  let entry: Journal.Entry
  /// The folder with its files; nil if they stand in their place already, and only the journal does not know.
  let folder: String?
  /// In bytes.
  let size: Int
}

extension RowWorker.Target {
  /// The packet that was published when the same was typed, and lies as it was published.
  ///
  /// Spares the reading of the row.
  fileprivate func known(typed: Digest) -> Journal.Entry? {
    journal.entry(typed: typed).flatMap { isIntact($0) ? $0 : nil }
  }

  /// The packet that was published from the same source, and lies as it was published.
  fileprivate func known(_ path: String, source: Digest) -> Journal.Entry? {
    guard let entry = journal[path], entry.source == source, isIntact(entry) else { return nil }
    return entry
  }

  private func isIntact(_ entry: Journal.Entry) -> Bool {
    let folder = run.place(of: entry.path)
    if verifiesBytes {
      let (manifest, findings) = PacketVerifier.verify(folder)
      return findings.isEmpty && manifest?.root == entry.root.hexadecimal
    }
    return FileState.all(in: folder)?.elementsEqual(entry.files, by: ==) ?? false
  }
}
