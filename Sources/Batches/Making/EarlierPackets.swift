import Diagnostics
import Files
import Packets
import Records
import Rosters
import TemplateCompiler

/// The packets that stand in a batch's folder before a batch: by the journal, by `run.json`, and by what lies on the disk.
///
/// No packet is missed because one of the three is lost.
struct EarlierPackets {
  private let run: OutputFolder
  private let journal: Journal
  /// Whether the batch completes an earlier one with rows that had been rejected.
  private let completes: Bool
  private let manifest: BatchManifest?
  private let byPath: [String: BatchManifest.Packet]
  /// Where the packets of the completed run stand that were made of rows which were right.
  private let rightPaths: Set<KeyPrint>
  /// On the disk.
  private let paths: [String]
  /// Folders that cannot be looked into.
  let unreadable: [Diagnostic]

  init(_ run: OutputFolder, _ journal: Journal, completes: Bool) {
    self.run = run
    self.journal = journal
    self.completes = completes
    manifest = BatchVerifier.readManifest(run.path).manifest
    byPath = Dictionary(
      (manifest?.packets ?? []).map { ($0.path, $0) },
      uniquingKeysWith: { $1 }
    )
    let right = completes ? manifest?.packets.filter { $0.isListed && !$0.isMended } : nil
    rightPaths = Set((right ?? []).map { KeyPrint([Array($0.path.utf8)]) })
    (paths, unreadable) = run.packetPaths()
  }

  /// The batch that is completed.
  var completed: BatchManifest? { completes ? manifest : nil }

  /// What stands in the folder's `run.json`.
  var known: [BatchManifest.Packet]? { manifest?.packets }

  /// Whether a packet is of a row that was right before: no corrected row may take its place, for its key is a mistake.
  func isOfRightRow(_ path: String) -> Bool {
    !rightPaths.isEmpty && rightPaths.contains(KeyPrint([Array(path.utf8)]))
  }

  /// How many of the rows that were rejected are not in a list of `count` rows that completes the batch.
  func missingRejects(ofListWith count: Int) -> Int {
    max(0, (completed?.rejectedCount ?? 0) - count)
  }

  /// Why the batch must not begin: nothing says what it would complete.
  var refusal: Diagnostic? {
    completes && manifest == nil
      ? .nothingToComplete(at: run.place(of: BatchFileName.manifest)) : nil
  }

  /// Why the batch must not begin: the folder's packets are of another occasion, and would all count as no longer listed.
  func refusal(of edition: CompiledEdition) -> Diagnostic? {
    guard let manifest, manifest.occasion != edition.occasion?.id else { return nil }
    return .otherOccasion(
      manifest.occasion.flatMap { id in edition.occasions.first { $0.id == id }?.name },
      at: run.place(of: BatchFileName.manifest)
    )
  }

  /// That the journal is damaged, and which packets it does not know any more.
  var remarks: [Diagnostic] {
    guard let line = journal.damagedLines.first else { return [] }
    let known = Set(journal.paths)
    let place = SourceLocation(file: run.journal, line: line)
    return [.journalDamaged(paths.filter { !known.contains($0) }, at: place)]
  }

  /// The packet that stands at a path; nil if there is none.
  func packet(at path: String) -> BatchManifest.Packet? {
    // What cannot be looked at counts: it may be there.
    let kind = Result { () throws(FileSystem.Failure) in
      try FileSystem.kind(of: run.place(of: path))
    }
    if case .success(let kind) = kind, kind != .folder { return nil }
    if let entry = journal[path] { return entry.packet }
    return byPath[path]
      ?? Manifest.read(in: run.place(of: path)).map {
        BatchManifest.Packet(path: path, root: $0.rootDigest, checkNumber: $0.checkNumber)
      }
  }

  /// The packets that the batch did not see.
  ///
  /// Those of an earlier list are on the list still if this run completes that one, and if they are papers of the same kind.
  func packets(
    besides seen: Set<String>,
    _ edition: Edition,
    _ options: PacketOptions
  ) -> [BatchManifest.Packet] {
    Set(paths).union(byPath.keys).union(journal.paths).subtracting(seen).compactMap { path in
      if completes, let known = byPath[path], known.isListed { return known }
      guard let packet = packet(at: path) else { return nil }
      return packet.listed(completes && isListed(packet, edition, options))
    }
  }

  /// Of the completed run, the packets that are lost or were replaced: they stay in `run.json`, so that it goes on saying so.
  func losses(besides seen: Set<String>) -> [Diagnostic] {
    guard completes else { return [] }
    return byPath.values.filter { $0.isListed && !seen.contains($0.path) }.compactMap { packet in
      let place = SourceLocation(file: run.place(of: packet.path))
      guard FileSystem.isFolder(run.place(of: String(packet.path.prefix { $0 != "/" }))),
        FileSystem.isFolder(place.file)
      else { return .packetRemoved(at: place) }
      let made = Manifest.read(in: place.file)
      return made?.rootDigest == packet.root ? nil : .packetChanged(at: place)
    }
  }

  private func isListed(
    _ packet: BatchManifest.Packet,
    _ edition: Edition,
    _ options: PacketOptions
  ) -> Bool {
    if byPath[packet.path] != nil { return false }
    // Made after `run.json` was written, by a batch that was cut off: drafts are never mixed with what is final.
    guard journal[packet.path] != nil, let made = Manifest.read(in: run.place(of: packet.path))
    else { return false }
    return made.editionDigest == edition.digest.hexadecimal
      && made.mode == options.mode.rawValue && made.date == options.isoDate
      && made.occasion == edition.compiled.occasion?.id
  }
}

extension BatchManifest.Packet {
  func listed(_ isListed: Bool) -> Self {
    var packet = self
    packet.isListed = isListed
    return packet
  }
}

extension Diagnostic {
  fileprivate static func nothingToComplete(at file: String) -> Self {
    Diagnostic(
      .manifestDamaged,
      at: SourceLocation(file: file),
      ja: "元の一括作成の run.json がないか、壊れているため、エラー行一覧を読み込めません。",
      en:
        "Without the whole run.json of the batch that they came from, corrected rows cannot be fed back.",
      hint: Message(
        ja: "元の一括作成と同じ出力先か確認してください。同じ場合は、元の一覧で一括作成をもう一度行ってください。",
        en:
          "See that it is the folder they came from. If it is, run the batch on the whole list again."
      )
    )
  }

  /// `occasion`: what the edition calls that of the folder's packets; nil: it knows none such.
  fileprivate static func otherOccasion(_ occasion: String?, at file: String) -> Self {
    Diagnostic(
      .folderOccupied,
      at: SourceLocation(file: file),
      ja: "この出力先には、\(occasion.map { "「\($0)」の" } ?? "作成時期の異なる")書類一式があります。",
      en: "The folder holds packets of another occasion\(occasion.map { ": \($0)." } ?? ".")",
      hint: Message(
        ja: "--packet を元の一括作成と同じにするか、--out に別のフォルダーを指定してください。",
        en: "Give the same --packet as that batch, or name another folder by --out."
      )
    )
  }

  fileprivate static func journalDamaged(_ paths: [String], at location: SourceLocation) -> Self {
    let shown = paths.prefix(20).joined(separator: ", ") + (paths.count > 20 ? ", …" : "")
    return Diagnostic(
      .manifestDamaged,
      .warning,
      at: location,
      ja: "作成の記録が壊れています。記録のない書類一式\(paths.count)件は、フォルダーの中のもので確認します。",
      en:
        "The journal is damaged; the packets that it does not know (\(paths.count)) are read on the disk.",
      hint: paths.isEmpty
        ? nil : Message(ja: "記録のない書類一式：\(shown)", en: "Not in the journal: \(shown)")
    )
  }
}
