import Files
import Packets

/// Puts staged packets in place, group by group.
///
/// Everything of a group is synced before anything of it is renamed, and a packet is noted in the journal only when its name is on
/// the disk. So a batch that is cut off, wherever that is, leaves whole packets only; the next batch finishes what the journal lacks.
struct Publisher: Sendable {
  let run: OutputFolder
  let journal: JournalWriter
  let syncs: Bool

  /// Answers with the files of others that were put into packets' folders meanwhile, which stay there.
  func publish(_ group: [StagedPacket]) throws(FileSystem.Failure) -> [String] {
    if syncs { try run.syncEverything() }
    var replaced: [(folder: String, entry: Journal.Entry)] = []
    for staged in group {
      guard let folder = staged.folder else { continue }
      if let old = try run.place(folder, as: staged.entry.path) {
        replaced.append((old, staged.entry))
      }
    }
    if syncs { try syncParents(of: group) }
    try journal.append(group.map(\.entry))
    var kept: [String] = []
    for (folder, entry) in replaced {
      kept += try run.discard(folder, of: entry.path, known: entry.files.map(\.name))
    }
    return kept
  }

  /// A packet's name is on the disk when the folder that holds it is synced.
  private func syncParents(of group: [StagedPacket]) throws(FileSystem.Failure) {
    let contracts = Set(group.map(\.contract)).sorted()
    // Many folders are cheaper all at once.
    guard contracts.count <= 8 else { return try run.syncEverything() }
    for contract in contracts { try FileSystem.sync(run.place(of: contract)) }
    try FileSystem.sync(run.path)
  }
}

extension StagedPacket {
  /// The folder of the contract, which holds the packet.
  fileprivate var contract: String { String(entry.path.prefix { $0 != "/" }) }
}
