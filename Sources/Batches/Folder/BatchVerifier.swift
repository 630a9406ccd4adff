package import Diagnostics
import Files
import Glibc
import Packets
import Records
import TemplateRuntime

/// Holds a batch's folder against `run.json`: every file of every packet, and that no packet was added, removed or replaced.
package enum BatchVerifier {
  /// The largest `run.json` that is read back: some ten million packets.
  private static let largest = 2 << 30

  package static func isRun(_ folder: String) -> Bool {
    FileSystem.exists(folder + "/" + BatchFileName.manifest)
  }

  /// The findings; none: the batch is as it was made.
  package static func verify(_ folder: String) async -> (
    manifest: BatchManifest?, diagnostics: [Diagnostic]
  ) {
    let (manifest, findings) = readManifest(folder)
    guard let manifest else { return (nil, findings) }
    async let packets = verify(manifest.packets, in: folder)
    let others =
      verifyPage(of: manifest, in: folder) + unmatched(in: folder, besides: manifest.packets)
    return (manifest, await (others + packets).inReportOrder())
  }

  /// `run.json`, if it is whole.
  static func readManifest(_ folder: String) -> (
    manifest: BatchManifest?, diagnostics: [Diagnostic]
  ) {
    let place = SourceLocation(file: folder + "/" + BatchFileName.manifest)
    switch FileSystem.read(place.file, atMost: largest) {
    case .failure(.notFound) where FileSystem.exists(folder + "/.tokki/journal"):
      return (nil, [.runUnfinished(at: folder)])
    case .failure(let failure): return (nil, [failure.diagnostic(at: place)])
    case .success(let bytes):
      guard FileSystem.isFile(place.file), let manifest = BatchManifest(bytes: bytes) else {
        return (nil, [.runManifestDamaged(at: place)])
      }
      return (manifest, [])
    }
  }

  // MARK: Packets

  /// By as many tasks as there are processors, each of which has one file in memory at a time.
  private static func verify(_ packets: [BatchManifest.Packet], in folder: String) async
    -> [Diagnostic]
  {
    let workers = max(1, min(packets.count, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    return await withTaskGroup(of: [Diagnostic].self) { group in
      for worker in 0..<workers {
        group.addTask {
          stride(from: worker, to: packets.count, by: workers).flatMap {
            verify(packets[$0], in: folder).diagnostics
          }
        }
      }
      return await group.reduce([], +)
    }
  }

  /// One packet of a batch; its manifest if that is the one of which the batch knows.
  static func verify(_ packet: BatchManifest.Packet, in folder: String) -> (
    manifest: Manifest?, diagnostics: [Diagnostic]
  ) {
    let path = folder + "/" + packet.path
    let parent = folder + "/" + packet.path.prefix { $0 != "/" }
    guard FileSystem.isFolder(parent), FileSystem.isFolder(path) else {
      return (nil, [.packetRemoved(at: SourceLocation(file: path))])
    }
    let (manifest, findings) = PacketVerifier.verify(path)
    guard let manifest else { return (nil, findings) }
    guard Digest(hexadecimal: manifest.root) == packet.root,
      manifest.checkNumber == packet.checkNumber
    else { return (nil, findings + [.packetChanged(at: SourceLocation(file: path))]) }
    return (manifest, findings)
  }

  // MARK: What else lies there

  private static func verifyPage(of run: BatchManifest, in folder: String) -> [Diagnostic] {
    let place = SourceLocation(file: folder + "/" + BatchFileName.verifyPage)
    guard FileSystem.exists(place.file) else { return [.pageRemoved(at: place)] }
    let isSame =
      FileSystem.isFile(place.file) && FileSystem.holds(VerifyPage.bytes(of: run), in: place.file)
    return isSame ? [] : [.pageChanged(at: place)]
  }

  /// What is neither a packet of the batch nor one of its own files.
  private static func unmatched(in folder: String, besides packets: [BatchManifest.Packet])
    -> [Diagnostic]
  {
    var known: [String: Set<String>] = [:]
    for packet in packets {
      let names = packet.path.split(separator: "/").map(String.init)
      known[names[0], default: []].insert(names[1])
    }
    var findings: [Diagnostic] = []
    func names(in folder: String) -> [String] {
      do throws(FileSystem.Failure) {
        return try FileSystem.names(in: folder) ?? []
      } catch {
        findings.append(error.diagnostic(at: SourceLocation(file: folder)))
        return []
      }
    }
    let own = [BatchFileName.manifest, BatchFileName.verifyPage]
    for name in names(in: folder) where !own.contains(name) && !BatchFileName.isUnsealed(name) {
      let path = folder + "/" + name
      let inside = FileSystem.isFolder(path) ? names(in: path) : []
      if let vendors = known[name] {
        findings += inside.filter { !vendors.contains($0) }.map { unmatched(path + "/" + $0) }
      } else if inside.isEmpty || isPacket(path) {
        findings.append(unmatched(path))
      } else {
        findings += inside.map { unmatched(path + "/" + $0) }
      }
    }
    return findings
  }

  private static func isPacket(_ folder: String) -> Bool {
    FileSystem.exists(folder + "/" + PacketFileName.manifest)
  }

  private static func unmatched(_ path: String) -> Diagnostic {
    let place = SourceLocation(file: path)
    return isPacket(path) ? .packetAdded(at: place) : .unmatchedFile(at: place)
  }
}

extension Diagnostic {
  fileprivate static func runManifestDamaged(at location: SourceLocation) -> Self {
    Diagnostic(
      .manifestDamaged,
      at: location,
      ja: "run.json が作成した時のものではありません。",
      en: "This is not the batch's manifest as it was made.",
      hint: .makeAnew
    )
  }

  fileprivate static func pageRemoved(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileRemoved,
      at: location,
      ja: "書類一式を確かめる頁がありません。",
      en: "The page that verifies packets is missing.",
      hint: .makeAnew
    )
  }

  fileprivate static func pageChanged(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileChanged,
      at: location,
      ja: "書類一式を確かめる頁が、作成した時の内容と一致しません。",
      en: "The page that verifies packets is not as it was made.",
      hint: .makeAnew
    )
  }

  static func packetRemoved(at location: SourceLocation) -> Self {
    Diagnostic(
      .packetRemoved,
      at: location,
      ja: "一括作成した書類一式のフォルダーがありません。",
      en: "The folder of this packet of the batch is missing."
    )
  }

  static func packetChanged(at location: SourceLocation) -> Self {
    Diagnostic(
      .packetChanged,
      at: location,
      ja: "この一括作成で作った書類一式ではありません。",
      en: "This is not the packet that the batch made.",
      hint: Message(
        ja: "別の時に作ったものか、別の受注者のものが置かれています。",
        en: "It was made at another time, or is another vendor's."
      )
    )
  }

  fileprivate static func packetAdded(at location: SourceLocation) -> Self {
    Diagnostic(
      .packetAdded,
      at: location,
      ja: "この一括作成にない書類一式が加えられています。",
      en: "The batch made no such packet."
    )
  }

  fileprivate static func unmatchedFile(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileAdded,
      at: location,
      ja: "この一括作成にないファイルが加えられています。",
      en: "This does not belong to the batch."
    )
  }
}

extension Message {
  fileprivate static var makeAnew: Message {
    Message(
      ja: "同じ一覧で一括作成をもう一度行うと、作り直されます。",
      en: "Run the batch on the same list again to have it made again."
    )
  }
}
