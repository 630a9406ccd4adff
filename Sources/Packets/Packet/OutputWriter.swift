import Glibc
import TemplateRuntime

/// Puts a packet's folder in place: all of it, or nothing.
///
/// The files are written and synced in a folder beside, which then takes the target's place in one rename.
package enum OutputWriter {
  package enum Outcome: Sendable {
    case made
    /// The same packet lay there already; nothing was touched.
    case unchanged
  }

  /// Writes `packet` to `folder`, whose parents are made where missing.
  package static func write(_ packet: Packet, to folder: String) -> Result<
    Outcome, FileSystem.Failure
  > {
    let files = packet.allFiles
    let exists = FileSystem.exists(folder)
    if exists, holds(files, folder) { return .success(.unchanged) }
    do throws(FileSystem.Failure) {
      if exists, try !isOurs(folder) { throw .notOurs(path: folder) }
      let (parent, name) = split(folder)
      try FileSystem.makeFolders(parent)
      let staging = parent + "/.\(name).new"
      try FileSystem.remove(staging)
      try FileSystem.makeFolders(staging)
      do throws(FileSystem.Failure) {
        for file in files { try FileSystem.write(file.bytes, to: staging + "/" + file.name) }
        try FileSystem.sync(staging)
        if exists {
          try FileSystem.exchange(staging, folder)
        } else {
          try FileSystem.rename(staging, folder)
        }
        try FileSystem.sync(parent)
      } catch {
        try? FileSystem.remove(staging)
        throw error
      }
      // What stood there before.
      try FileSystem.remove(staging)
      return .success(.made)
    } catch {
      return .failure(error)
    }
  }

  /// Whether a folder is empty, or holds a packet and nothing else.
  ///
  /// What is not ours is never cleared away, not even from beside a packet.
  static func isOurs(_ folder: String) throws(FileSystem.Failure) -> Bool {
    guard let names = try FileSystem.names(in: folder) else { return false }
    if names.isEmpty { return true }
    switch FileSystem.read(folder + "/" + PacketFileName.manifest, atMost: 16 << 20) {
    case .success(let bytes):
      guard let manifest = Manifest(bytes: bytes) else { return false }
      let own = manifest.files.map(\.name) + [PacketFileName.manifest]
      return names.allSatisfy(own.contains)
    case .failure(.notFound), .failure(.notRegular), .failure(.tooLarge), .failure(.notOurs),
      .failure(.changed):
      return false
    case .failure(let failure): throw failure
    }
  }

  /// Whether a folder holds exactly these files.
  static func holds(_ files: [Packet.File], _ folder: String) -> Bool {
    guard FileSystem.entries(of: folder) == files.map(\.name).sorted(by: byBytes) else {
      return false
    }
    return files.allSatisfy { FileSystem.holds($0.bytes, in: folder + "/" + $0.name) }
  }

  private static func byBytes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  private static func split(_ path: String) -> (parent: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let parent = path[..<slash]
    return (parent.isEmpty ? "/" : String(parent), String(path[path.index(after: slash)...]))
  }
}
