import Glibc

/// A folder of this process alone, with a random name, for what no other user may read.
///
/// It goes with the process. What one that was killed has left behind goes when the next one starts: its lock is the kernel's and
/// ends with its process, however that ends.
package final class PrivateFolder: Sendable {
  package let path: String
  private let lock: Int32

  private static let lockName = ".lock"

  /// A new folder among the temporary files, called `name-` and six letters.
  package init(_ name: String) throws(FileSystem.Failure) {
    let place = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    let parent = place.isEmpty ? "/tmp" : place
    Self.clear(parent, name)
    var template = Array("\(parent)/\(name)-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw .system(errno: errno, path: parent) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    lock = unsafe open(path + "/" + Self.lockName, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      if lock >= 0 { close(lock) }
      try? FileSystem.remove(path)
      throw .system(errno: number, path: path)
    }
  }

  deinit { close(lock) }

  /// Takes the folder away, with all in it, in about a second: what takes longer goes on when the process has ended.
  package func remove() {
    guard let remover = Self.startRemoving(path) else {
      try? FileSystem.remove(path)
      return
    }
    for _ in 0..<100 {
      if waitpid(remover, nil, WNOHANG) != 0 { return }
      usleep(10_000)
    }
  }

  /// A process that removes a folder, and outlives this one.
  private static func startRemoving(_ path: String) -> pid_t? {
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // Not of our group: a second Ctrl-C is not meant for it.
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in ["rm", "-rf", "--", path] { unsafe arguments.append(strdup(word)) }
    unsafe arguments.append(nil)
    defer { for index in 0..<4 { unsafe free(arguments[index]) } }
    var process: pid_t = 0
    let failure = unsafe posix_spawnp(
      &process,
      "rm",
      nil,
      &attributes,
      arguments,
      environ
    )
    return failure == 0 ? process : nil
  }

  /// Takes away what processes have left behind that are no more.
  private static func clear(_ parent: String, _ name: String) {
    for folder in FileSystem.entries(of: parent) ?? []
    where folder.hasPrefix(name + "-") && folder.utf8.count == name.utf8.count + 7 {
      let path = parent + "/" + folder
      var status = stat()
      guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
        status.st_uid == geteuid()
      else { continue }
      // Where there is no lock yet, a process is just about to start.
      let lock = unsafe open(path + "/" + lockName, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { try? FileSystem.remove(path) }
      close(lock)
    }
  }
}
