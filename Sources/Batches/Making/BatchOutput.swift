import Diagnostics
import Files
import Packets
import Records
import Rosters
import TemplateCompiler

/// The batch folder while a batch fills it: packets, group by group, the rejected rows, and at the end the batch's manifest.
final class BatchOutput {
  private let options: BatchOptions
  private let roster: Roster
  private let edition: Edition
  private let run: OutputFolder
  private let journal: Journal
  private let publisher: Publisher
  private let rejects: RejectsWriter
  private let tally: BatchTally
  /// The packets that an earlier batch left, of which this one may see none.
  private let earlier: EarlierPackets

  /// Of every row that has one.
  private var packets: [BatchManifest.Packet] = []
  private var rejectedPaths: Set<String> = []
  /// The rows by where their packets stand.
  private var rowsOfPaths: [KeyPrint: SourceLocation] = [:]
  /// The diagnostics of the batch as a whole.
  private var remarks: [Diagnostic] = []
  private var group = Group()
  private var publishing: Task<(group: Group, kept: [String], failure: FileSystem.Failure?), Never>?

  /// What is published at once, and the events that are reported then.
  private struct Group: Sendable {
    var staged: [StagedPacket] = []
    var rows: [BatchEvent.Row] = []
    var size = 0
    let begin = ContinuousClock.now

    /// One sync costs about the same for one packet as for many; but what waits for it is lost when the batch is cut off.
    var isFull: Bool {
      rows.count >= 1000 || size >= 128 << 20 || ContinuousClock.now - begin > .seconds(1)
    }
  }

  init(
    _ options: BatchOptions,
    _ roster: Roster,
    _ edition: Edition,
    _ tally: BatchTally
  ) throws(OutputFolder.Refusal) {
    self.options = options
    self.roster = roster
    self.edition = edition
    self.tally = tally
    run = try OutputFolder(options.out)
    rejects = RejectsWriter(
      roster,
      in: run,
      basisWords: edition.compiled.basisWords,
      syncs: options.syncs
    )
    do {
      journal = try Journal(of: run)
      earlier = EarlierPackets(
        run,
        journal,
        completes: roster.isCorrection && options.keepsOthers
      )
    } catch {
      throw .failed(error)
    }
    if options.keepsOthers, let refusal = earlier.refusal(of: edition.compiled) {
      throw .refused(refusal)
    }
    if let refusal = try Self.refusal(earlier, run) { throw .refused(refusal) }
    do {
      publisher = Publisher(
        run: run,
        journal: try journal.writer(of: run, syncs: options.syncs),
        syncs: options.syncs
      )
    } catch {
      throw .failed(error)
    }
    remarks += earlier.remarks
  }

  /// Why nothing may be written: what stands in the way is not this run's.
  private static func refusal(_ earlier: EarlierPackets, _ run: OutputFolder)
    throws(OutputFolder.Refusal) -> Diagnostic?
  {
    if let refusal = earlier.refusal { return refusal }
    do {
      for (name, head) in BatchFileName.heads {
        guard try run.mayReplace(name, beginning: head) else {
          return .notOfTheRun(at: SourceLocation(file: run.place(of: name)))
        }
      }
      return nil
    } catch {
      throw .failed(error)
    }
  }

  var target: RowWorker.Target {
    RowWorker.Target(run: run, journal: journal, verifiesBytes: options.verifiesBytes)
  }

  // MARK: Rows

  /// Takes what became of the next row.
  func add(_ handled: RowPipeline.Finished) async throws(FileSystem.Failure) {
    let finished = refusingSharedPath(refusingRightPath(handled))
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
      if let packet = earlier.packet(at: path) { packets.append(packet) }
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

  /// A corrected row fills a gap: it takes the place of no packet whose row was right.
  private func refusingRightPath(_ finished: RowPipeline.Finished) -> RowPipeline.Finished {
    guard case .staged(let staged) = finished.outcome, staged.folder != nil,
      earlier.isOfRightRow(staged.entry.path)
    else { return finished }
    return RowPipeline.Finished(
      position: finished.position,
      row: finished.row,
      outcome: .rejected(path: nil),
      diagnostics: finished.diagnostics + [.keyOfRightRow(at: roster.place(of: finished.row))]
    )
  }

  /// No two packets share a path, whatever their keys were typed as: the second is refused, and the first, which may be in its
  /// place already, is not printed.
  private func refusingSharedPath(_ finished: RowPipeline.Finished) -> RowPipeline.Finished {
    let path: String
    switch finished.outcome {
    case .staged(let staged): path = staged.entry.path
    case .unchanged(let packet): path = packet.path
    case .nothingNew, .checked, .rejected, .failed: return finished
    }
    let print = KeyPrint([Array(path.utf8)])
    let place = roster.place(of: finished.row)
    guard let other = rowsOfPaths.updateValue(place, forKey: print) else { return finished }
    rejectedPaths.insert(path)
    return RowPipeline.Finished(
      position: finished.position,
      row: finished.row,
      outcome: .rejected(path: path),
      diagnostics: finished.diagnostics + [.repeatedKey(other, at: place)]
    )
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
        return (group, group.staged.isEmpty ? [] : try publisher.publish(group.staged), nil)
      } catch {
        return (group, [], error)
      }
    }
  }

  private func awaitPublishing() async throws(FileSystem.Failure) {
    guard let (group, kept, failure) = await publishing?.value else { return }
    publishing = nil
    remarks += kept.map { .fileKept(at: SourceLocation(file: $0)) }
    if let failure { throw failure }
    for row in group.rows { tally.add(row) }
  }

  // MARK: The end

  /// Publishes what waits.
  func publishRest() async throws(FileSystem.Failure) {
    try await publish()
    try await awaitPublishing()
  }

  /// Publishes what waits, writes the files of the whole batch, and finally the rejected rows.
  ///
  /// The list of an earlier batch's rejects, which may be the one that is read, stays until all that was made of it is in the manifest.
  func finish(_ result: inout BatchResult) async throws(FileSystem.Failure) {
    try await publishRest()
    try seal(&result)
    let (path, kept) = try rejects.finish(reading: roster.digest, keepsOthers: missingRejects > 0)
    result.rejects = path
    if let kept { remarks.append(.rejectsKept(at: SourceLocation(file: kept))) }
    result.stale = rejectedPaths.filter { FileSystem.exists(run.place(of: $0)) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    result.diagnostics += remarks
  }

  private var missingRejects: Int { earlier.missingRejects(ofListWith: roster.rowCount) }

  /// Takes away what was joined of earlier packets.
  private func removeJoinedPages() throws(FileSystem.Failure) {
    for order in PrintOrder.allCases {
      if case .success(let page) = FileSystem.read(
        run.place(of: order.fileName),
        atMost: .max,
        followsLinks: false
      ), JoinedPage.isOne(page) {
        try run.remove(order.fileName, syncs: options.syncs)
      }
    }
  }

  /// Writes the files of the whole batch, once every row was seen.
  private func seal(_ result: inout BatchResult) throws(FileSystem.Failure) {
    let seen = Set(packets.map(\.path))
    var others = earlier.packets(besides: seen, edition, options.packet)
    remarks += earlier.unreadable + earlier.losses(besides: seen)
    if missingRejects > 0 {
      remarks.append(
        .rejectsMissing(missingRejects, at: SourceLocation(file: roster.source.name))
      )
    }
    others = others.map { $0.listed($0.isListed && !rejectedPaths.contains($0.path)) }
    if !options.keepsOthers {
      try remove(others.filter { !$0.isListed })
      others = others.filter(\.isListed)
    }
    let packets =
      packets.map { packet in
        var packet = packet.listed(!rejectedPaths.contains(packet.path))
        packet.isMended = earlier.completed != nil && !earlier.isOfRightRow(packet.path)
        return packet
      } + others
    result.packetCount = packets.count
    result.notListed = packets.filter { !$0.isListed }.map(\.path).filter {
      !rejectedPaths.contains($0)
    }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let input = BatchManifest.Input(
      name: roster.source.name,
      digest: roster.digest,
      rows: roster.rowCount,
      rejected: tally.counts.rejected
    )
    let inputs = earlier.completed?.inputs ?? []
    let manifest = BatchManifest(
      editionID: edition.compiled.id,
      editionDigest: edition.digest,
      mode: options.packet.mode.rawValue,
      date: options.packet.isoDate,
      occasion: edition.compiled.occasion?.id,
      formats: options.packet.formats,
      splits: options.packet.splits,
      only: options.selection.documents,
      onlyNew: options.onlyNew,
      inputs: inputs.filter { $0.digest != input.digest } + [input],
      rejectedCount: tally.counts.rejected + missingRejects,
      packets: packets
    )
    if manifest.packets != earlier.known { try removeJoinedPages() }
    try run.write(manifest.bytes, to: BatchFileName.manifest, syncs: options.syncs)
    try run.write(
      VerifyPage.bytes(of: manifest),
      to: BatchFileName.verifyPage,
      syncs: options.syncs
    )
  }

  /// In what this run differs from the one whose rejected rows it is given; nil if it may complete it.
  ///
  /// The papers of a folder are of one kind.
  var differences: [String]? {
    guard let earlier = earlier.completed else { return nil }
    let packet = options.packet
    let pairs: [(name: String, isSame: Bool)] = [
      ("--edition", earlier.editionDigest == edition.digest),
      ("--packet", earlier.occasion == edition.compiled.occasion?.id),
      ("--mode", earlier.mode == packet.mode.rawValue),
      ("--date", earlier.date == packet.isoDate), ("--format", earlier.formats == packet.formats),
      ("--no-split", earlier.splits == packet.splits),
      ("--documents", earlier.only == options.selection.documents),
      ("--only-new", earlier.onlyNew == options.onlyNew),
    ]
    let names = pairs.filter { !$0.isSame }.map(\.name)
    return names.isEmpty ? nil : names
  }

  private func remove(_ packets: [BatchManifest.Packet]) throws(FileSystem.Failure) {
    for packet in packets {
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
