import Files
import Glibc

/// Files under the SHA-256 of their content: `ab/cdef…`.
struct ContentStore {
  let folder: String
  let syncs: Bool

  /// Any number of processes, on any number of machines, may add the same content at the same time; it appears whole or not at
  /// all, and none waits for another.
  func add(_ bytes: [UInt8], digest: String) throws(FileSystem.Failure) {
    let parent = folder + "/" + digest.prefix(2)
    let path = parent + "/" + digest.dropFirst(2)
    if FileState(of: path)?.size != bytes.count {
      do throws(FileSystem.Failure) {
        try write(bytes, to: path)
      } catch .system(errno: ENOENT, path: _) {
        // The first file of a folder makes it.
        try FileSystem.makeFolders(folder)
        let mode = FileSystem.rights(in: folder).folder
        try FileSystem.makeFolder(staging, mode: mode, orKeep: true)
        try FileSystem.makeFolder(parent, mode: mode, orKeep: true)
        try write(bytes, to: path)
      }
    }
    guard syncs else { return }
    // Also for what was there: its writer may not have come so far.
    try FileSystem.sync(parent)
    try FileSystem.sync(folder)
  }

  private var staging: String { folder + "/staging" }

  private func write(_ bytes: [UInt8], to path: String) throws(FileSystem.Failure) {
    // Processes of two machines, or of two containers, may have the same number.
    let aside = staging + "/" + String(UInt64.random(in: .min ... .max), radix: 16)
    do throws(FileSystem.Failure) {
      try FileSystem.write(bytes, to: aside, mode: FileSystem.rights(in: folder).file, syncs: syncs)
      try FileSystem.rename(aside, path)
    } catch {
      try? FileSystem.remove(aside)
      throw error
    }
  }
}
