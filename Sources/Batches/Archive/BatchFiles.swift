package import Files
import Glibc
package import Packets

/// The files of a batch's folder as they go into a zip: the packets, the rejects, the batch's manifest and its page.
///
/// Without the tool's own folder and what was joined for the printer. Nothing but ordinary files is read, and no link is followed,
/// so that nothing from elsewhere gets in. Everything comes in the order of the names.
package struct BatchFiles: ZipEntries {
  private var open: [OpenFolder] = []

  private struct OpenFolder {
    let folder: FolderReader
    /// With a slash at the end; empty for the batch's own.
    let prefix: String
    var names: ArraySlice<String>
  }

  /// Names are `prefix` and the path below the folder.
  package init(_ path: String, prefix: String = "") throws(FileSystem.Failure) {
    let folder = try FolderReader(path)
    let names = try folder.names().filter { name in
      name != OutputFolder.workFolder && !PrintOrder.allCases.map(\.fileName).contains(name)
    }
    open.append(OpenFolder(folder: folder, prefix: prefix, names: names[...]))
  }

  package mutating func next() throws(FileSystem.Failure) -> ZipEntry? {
    while let last = open.indices.last {
      guard let name = open[last].names.popFirst() else {
        open.removeLast()
        continue
      }
      let path = open[last].prefix + name
      guard let folder = try open[last].folder.folder(name) else {
        return ZipEntry(path, try open[last].folder.file(name))
      }
      guard open.count < 8 else { throw .notOurs(path: path) }
      let names = try folder.names()
      open.append(OpenFolder(folder: folder, prefix: path + "/", names: names[...]))
    }
    return nil
  }
}

/// The files of one folder, of which none is a folder itself.
package struct FolderFiles: ZipEntries {
  private let folder: FolderReader
  private let prefix: String
  private var names: ArraySlice<String>

  /// Names are `prefix` and the file's.
  package init(_ path: String, prefix: String) throws(FileSystem.Failure) {
    folder = try FolderReader(path)
    self.prefix = prefix
    names = try folder.names()[...]
  }

  package mutating func next() throws(FileSystem.Failure) -> ZipEntry? {
    guard let name = names.popFirst() else { return nil }
    return ZipEntry(prefix + name, try folder.file(name))
  }
}

/// The files of a packet that stands nowhere but in memory.
package struct PacketFiles: ZipEntries {
  private let prefix: String
  private var files: ArraySlice<Packet.File>

  /// Names are `prefix` and the file's.
  package init(_ packet: Packet, prefix: String) {
    self.prefix = prefix
    files = packet.allFiles[...]
  }

  package mutating func next() throws(FileSystem.Failure) -> ZipEntry? {
    files.popFirst().map { ZipEntry(prefix + $0.name, $0.bytes) }
  }
}
