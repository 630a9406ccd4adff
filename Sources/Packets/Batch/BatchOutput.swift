import Diagnostics
import TemplateCompiler
import TemplateRuntime

/// The run folder while a run fills it: packets, group by group, the rejected rows, and at the end the run's manifest.
final class BatchOutput {
  private let options: BatchOptions
  private let roster: Roster
  private let prepared: PreparedRun
  private let run: RunFolder
  private let journal: Journal
  private let publisher: Publisher
  private let rejects: RejectsWriter
  private let tally: BatchTally
  /// What the run says that this one completes with rows that had been rejected.
  private let earlier: RunManifest?

  /// Of every row that has one.
  private var packets: [RunManifest.Packet] = []
  private var rejectedPaths: Set<String> = []
  private var group = Group()
  private var publishing: Task<(Group, FileSystem.Failure?), Never>?

  /// What is published at once, and what is told when it is.
  private struct Group: Sendable {
    var staged: [StagedPacket] = []
    var rows: [BatchEvent.Row] = []
    var size = 0
    let begin = ContinuousClock.now

    /// One sync costs about the same for one packet as for many; but what waits for it is lost when the run is cut off.
    var isFull: Bool {
      rows.count >= 1000 || size >= 128 << 20 || ContinuousClock.now - begin > .seconds(1)
    }
  }

  init(
    _ options: BatchOptions,
    _ roster: Roster,
    _ prepared: PreparedRun,
    _ tally: BatchTally
  ) throws(RunFolder.Refusal) {
    self.options = options
    self.roster = roster
    self.prepared = prepared
    self.tally = tally
    run = try RunFolder(options.out)
    rejects = RejectsWriter(
      roster,
      in: run,
      basisWords: prepared.edition.basisWords,
      syncs: options.syncs
    )
    earlier = Self.earlierManifest(roster, run)
    do {
      journal = try Journal(of: run)
      publisher = Publisher(
        run: run,
        journal: try journal.writer(of: run, syncs: options.syncs),
        syncs: options.syncs
      )
    } catch {
      throw .failed(error)
    }
  }

  var target: RowWorker.Target {
    RowWorker.Target(run: run, journal: journal, verifiesBytes: options.verifiesBytes)
  }

  // MARK: Rows

  /// Takes what became of the next row.
  func add(_ finished: RowPipeline.Finished) async throws(FileSystem.Failure) {
    func row(_ outcome: BatchEvent.Row.Outcome, _ path: String?) -> BatchEvent.Row {
      BatchEvent.Row(
        number: finished.row.number,
        outcome: outcome,
        path: path,
        diagnostics: finished.diagnostics
      )
    }
    switch finished.outcome {
    case .staged(let staged):
      packets.append(staged.entry.packet)
      group.staged.append(staged)
      group.size += staged.folder == nil ? 0 : staged.size
      group.rows.append(row(staged.folder == nil ? .unchanged : .made, staged.entry.path))
    case .unchanged(let packet):
      packets.append(packet)
      group.rows.append(row(.unchanged, packet.path))
    case .nothingNew(let path):
      group.rows.append(row(.nothingNew, path))
      if let entry = journal[path], FileSystem.isFolder(run.place(of: path)) {
        packets.append(entry.packet)
      }
    case .checked: break
    case .rejected(let path):
      if let path { rejectedPaths.insert(path) }
      try rejects.add(finished.row, finished.diagnostics)
      group.rows.append(row(.rejected, path))
    case .failed(let failure):
      throw failure
    }
    if group.isFull { try await publish() }
  }

  /// Hands the group to the publisher, which works on it while the next one is staged.
  private func publish() async throws(FileSystem.Failure) {
    try await awaitPublishing()
    // What was learnt of the list as a whole may no longer be so.
    if let path = roster.input.changedFile { throw .changed(path: path) }
    let group = group
    let publisher = publisher
    self.group = Group()
    publishing = Task {
      do throws(FileSystem.Failure) {
        if !group.staged.isEmpty { try publisher.publish(group.staged) }
        return (group, nil)
      } catch {
        return (group, error)
      }
    }
  }

  private func awaitPublishing() async throws(FileSystem.Failure) {
    guard let (group, failure) = await publishing?.value else { return }
    publishing = nil
    if let failure { throw failure }
    for row in group.rows { tally.add(row) }
  }

  // MARK: The end

  /// Publishes what waits.
  func publishRest() async throws(FileSystem.Failure) {
    try await publish()
    try await awaitPublishing()
  }

  /// Publishes what waits, and writes down the rejected rows.
  func finish(_ result: inout BatchResult) async throws(FileSystem.Failure) {
    try await publishRest()
    result.rejects = try rejects.finish()
    result.stale = rejectedPaths.filter { FileSystem.exists(run.place(of: $0)) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    // What was joined of earlier packets.
    if tally.counts.made > 0 {
      for order in PrintOrder.allCases { try run.remove(order.fileName, syncs: options.syncs) }
    }
  }

  /// Writes what tells of the whole run, once every row was seen.
  func seal(_ result: inout BatchResult) throws(FileSystem.Failure) {
    if !options.keepsOthers { try removeOthers() }
    let packets = packets + others(earlier)
    result.packetCount = packets.count
    result.notListed = packets.filter { !$0.isListed }.map(\.path).filter {
      !rejectedPaths.contains($0)
    }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let input = RunManifest.Input(
      name: options.rosterName,
      digest: roster.digest,
      rows: roster.rowCount,
      rejected: tally.counts.rejected
    )
    let manifest = RunManifest(
      editionID: prepared.edition.id,
      editionDigest: prepared.editionDigest,
      mode: options.packet.mode.rawValue,
      date: options.packet.isoDate,
      formats: options.packet.formats,
      splits: options.packet.splits,
      only: options.only,
      inputs: (earlier?.inputs ?? []).filter { $0.digest != input.digest } + [input],
      rejectedCount: tally.counts.rejected,
      packets: packets
    )
    try run.write(manifest.bytes, to: RunFileName.manifest, syncs: options.syncs)
    try run.write(VerifyPage.bytes(of: manifest), to: RunFileName.verifyPage, syncs: options.syncs)
  }

  private static func earlierManifest(_ roster: Roster, _ run: RunFolder) -> RunManifest? {
    guard roster.isCorrection,
      case .success(let bytes) = FileSystem.read(run.place(of: RunFileName.manifest), atMost: .max)
    else { return nil }
    return RunManifest(bytes: bytes)
  }

  /// In what this run differs from the one whose rejected rows it is given; nil if it may complete it.
  ///
  /// The papers of a folder are of one kind.
  var differences: [String]? {
    guard let earlier else { return nil }
    let packet = options.packet
    let pairs: [(name: String, isSame: Bool)] = [
      ("--edition", earlier.editionDigest == prepared.editionDigest),
      ("--mode", earlier.mode == packet.mode.rawValue),
      ("--date", earlier.date == packet.isoDate), ("--format", earlier.formats == packet.formats),
      ("--no-split", earlier.splits == packet.splits), ("--only", earlier.only == options.only),
    ]
    let names = pairs.filter { !$0.isSame }.map(\.name)
    return names.isEmpty ? nil : names
  }

  /// The packets in the folder that this run did not see.
  ///
  /// Those of an earlier list are on the list still if this one is a correction of it. What stands there of a row that is
  /// rejected now is out of date.
  private func others(_ earlier: RunManifest?) -> [RunManifest.Packet] {
    let seen = Set(packets.map(\.path))
    let dropped = Set((earlier?.packets ?? []).filter { !$0.isListed }.map(\.path))
    return journal.paths.compactMap { path in
      guard !seen.contains(path), let entry = journal[path],
        FileSystem.isFolder(run.place(of: path))
      else { return nil }
      return RunManifest.Packet(
        path: path,
        root: entry.root,
        checkNumber: entry.checkNumber,
        isListed: roster.isCorrection && !dropped.contains(path) && !rejectedPaths.contains(path)
      )
    }
  }

  /// Takes the packets away that are not on the list, and those of rows that are rejected now.
  private func removeOthers() throws(FileSystem.Failure) {
    for packet in others(earlier) where !packet.isListed {
      try FileSystem.remove(run.place(of: packet.path))
      let contract = run.place(of: String(packet.path.prefix { $0 != "/" }))
      if try FileSystem.names(in: contract)?.isEmpty == true { try FileSystem.remove(contract) }
    }
  }

  /// Leaves nothing unpublished behind; what is published stays.
  func abandon() async {
    _ = await publishing?.value
    try? FileSystem.remove(run.staging)
  }
}
