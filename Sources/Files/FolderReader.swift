import Glibc

/// A folder that is open: what is read from it lies in it, whatever happens to its name meanwhile, and links lead nowhere.
package final class FolderReader: Sendable {
  private let descriptor: Int32
  private let path: String

  /// The folder itself may be reached through links.
  package init(_ path: String) throws(FileSystem.Failure) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
  }

  private init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// A folder in it; nil if what has the name is none.
  package func folder(_ name: String) throws(FileSystem.Failure) -> FolderReader? {
    let path = path + "/" + name
    let inner = unsafe openat(
      descriptor,
      name,
      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    )
    guard inner >= 0 else {
      if errno == ENOTDIR || errno == ELOOP { return nil }
      throw .system(errno: errno, path: path)
    }
    return FolderReader(inner, path)
  }

  /// An ordinary file in it.
  package func file(_ name: String) throws(FileSystem.Failure) -> InputFile {
    let path = path + "/" + name
    // Without O_NONBLOCK, opening a pipe without a writer would wait for ever.
    let file = unsafe openat(
      descriptor,
      name,
      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    )
    guard file >= 0 else {
      if errno == ELOOP { throw .link(path: path) }
      throw .system(errno: errno, path: path)
    }
    return try InputFile(opened: file, as: path)
  }

  /// The names in it, sorted by bytes.
  package func names() throws(FileSystem.Failure) -> [String] {
    // It reads on where others with the same open file have stopped, so that each needs its own.
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = unsafe fdopendir(copy) else {
      let number = errno
      if copy >= 0 { close(copy) }
      throw .system(errno: number, path: path)
    }
    defer { unsafe closedir(stream) }
    guard let names = unsafe FileSystem.names(in: stream) else {
      throw .system(errno: errno, path: path)
    }
    return names
  }
}
