package import Diagnostics
package import Files
import Glibc
import Records
import TemplateRuntime

/// Where packets stand in a batch's folder: all of a packet, or nothing.
///
/// The files are written in a folder aside, which then takes the packet's place in one step.
extension OutputFolder {
  /// How long a packet waits for others that are being put into the same folder, in hundredths of a second.
  private static let patience = 1000

  /// Puts one packet into a folder; nil if the same packet lay there already, and nothing was touched.
  ///
  /// The answer has the files of others that were put into the packet's folder meanwhile, and stay there.
  package static func put(_ packet: Packet, as path: String, in out: String) throws(Refusal)
    -> [String]?
  {
    let files = packet.allFiles
    let leftovers = ["staging/packet", "aside"].map { out + "/.tokki/" + $0 }
    if standing(files, at: path, in: out) != nil, !leftovers.contains(where: FileSystem.exists) {
      return nil
    }
    let run = try OutputFolder(out, patience: patience)
    // By a batch that was killed when all but the clearing away was done.
    if standing(files, at: path, in: out) != nil { return nil }
    do {
      try run.checkPlace(of: path)
      let folder = run.staging + "/packet"
      _ = try run.stage(files, in: folder, syncs: true)
      let old = try run.place(folder, as: path)
      try FileSystem.sync(run.place(of: String(path.prefix { $0 != "/" })))
      try FileSystem.sync(out)
      guard let old else { return [] }
      return try run.discard(old, of: path, known: files.map(\.name))
    } catch {
      throw .failed(error)
    }
  }

  /// The states of a packet's files, if it stands at its path with exactly these.
  package static func standing(_ files: [Packet.File], at path: String, in out: String)
    -> [(name: String, state: FileState)]?
  {
    let folder = out + "/" + path
    guard FileSystem.isFolder(folder), FileSystem.isFolder(out + "/" + path.prefix { $0 != "/" }),
      FileSystem.entries(of: folder) == files.map(\.name)
    else { return nil }
    var states: [(name: String, state: FileState)] = []
    for file in files {
      let path = folder + "/" + file.name
      guard let state = FileState(of: path), FileSystem.holds(file.bytes, in: path) else {
        return nil
      }
      states.append((file.name, state))
    }
    return states
  }

  /// Writes a packet aside, into a new folder; answers with the states of its files.
  package func stage(_ files: [Packet.File], in folder: String, syncs: Bool) throws(FileSystem
    .Failure)
    -> [(name: String, state: FileState)]
  {
    try FileSystem.makeFolder(folder, mode: rights.folder)
    var states: [(name: String, state: FileState)] = []
    for file in files {
      let state = try FileSystem.write(
        file.bytes,
        to: folder + "/" + file.name,
        mode: rights.file,
        syncs: syncs
      )
      states.append((file.name, state))
    }
    if syncs { try FileSystem.sync(folder) }
    return states
  }

  /// Gives a staged packet its place; answers with where the one lies that stood there.
  package func place(_ folder: String, as path: String) throws(FileSystem.Failure) -> String? {
    let contract = place(of: String(path.prefix { $0 != "/" }))
    // The contract's folder is there for all vendors but the first.
    if try FileSystem.kind(of: contract) != .folder {
      try FileSystem.makeFolder(contract, mode: rights.folder, orKeep: true)
    }
    let place = place(of: path)
    do throws(FileSystem.Failure) {
      // Never in the place of anything but an empty folder.
      try FileSystem.rename(folder, place)
      return nil
    } catch {
      switch try FileSystem.kind(of: place) {
      case .folder: return try exchange(folder, for: path)
      case .link: throw .link(path: place)
      case .file, .other: throw .system(errno: ENOTDIR, path: place)
      case nil: throw error
      }
    }
  }

  /// Throws unless a packet may be put at the path: there is nothing, or a packet and nothing else, and no link on the way.
  ///
  /// What is not ours is never cleared away, not even from beside a packet.
  package func checkPlace(of path: String) throws(FileSystem.Failure) {
    let contract = place(of: String(path.prefix { $0 != "/" }))
    for folder in [contract, place(of: path)] {
      switch try FileSystem.kind(of: folder) {
      case .folder: try FileSystem.checkChangeable(folder)
      case .link: throw .link(path: folder)
      case .file, .other: throw .system(errno: ENOTDIR, path: folder)
      case nil: return
      }
    }
    let folder = place(of: path)
    guard let names = try FileSystem.names(in: folder), !names.isEmpty else { return }
    let manifest = folder + "/" + PacketFileName.manifest
    switch FileSystem.read(manifest, atMost: Manifest.largest, followsLinks: false) {
    case .success(let bytes):
      guard let own = Manifest(bytes: bytes)?.names else { throw .notOurs(path: manifest) }
      if let foreign = names.first(where: { !own.contains($0) }) {
        throw .notOurs(path: folder + "/" + foreign)
      }
    case .failure(.notFound): throw .notOurs(path: folder + "/" + names[0])
    case .failure(.system(let errno, let path)): throw .system(errno: errno, path: path)
    case .failure: throw .notOurs(path: manifest)
    }
  }
}

extension FileSystem.Failure {
  /// What is said of a packet for which there is no place, where `row` asks for it; `run` is the batch's folder.
  package func diagnosticOfPlace(in run: String, at row: SourceLocation) -> Diagnostic {
    let path = path.map { $0.hasPrefix(run + "/") ? String($0.dropFirst(run.count + 1)) : $0 } ?? ""
    var diagnostic =
      switch self {
      case .notOurs: Diagnostic.folderOccupied(at: row)
      case .notFound, .notRegular, .tooLarge, .link, .changed, .system: diagnosticOfWriting(at: row)
      }
    diagnostic.message = Message(
      ja: diagnostic.message.ja + "（出力先の \(path)）",
      en: diagnostic.message.en + " (\(path) in the batch's folder)"
    )
    return diagnostic
  }
}

extension Diagnostic {
  /// A file that someone put into a packet's folder while the packet was replaced.
  package static func fileKept(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileAdded,
      .warning,
      at: location,
      ja: "書類一式のフォルダーに加えられたファイルを、新しい書類一式のフォルダーに残しました。",
      en: "This file was put into the packet's folder; it has been kept in the new one.",
      hint: Message(ja: "別の場所に移してください。", en: "Move it to another place.")
    )
  }
}
