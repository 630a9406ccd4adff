package import Glibc

/// What a file was when it was written: enough to see, without reading it, that it has not changed since.
package struct FileState: Hashable, Sendable {
  /// In bytes.
  package let size: Int
  /// When its content last changed, in nanoseconds since 1970.
  package let modified: Int64

  package init(size: Int, modified: Int64) {
    self.size = size
    self.modified = modified
  }

  package init(_ status: stat) {
    size = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// The state of a file, not of what a link leads to; nil if it is none.
  package init?(of path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }

  /// The names and states of all that is in a folder, sorted by bytes; nil if anything but a file is, or it cannot be read.
  ///
  /// Looked up from the open folder, so that its path is walked once and not for each of its files.
  package static func all(in folder: String) -> [(name: String, state: FileState)]? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var states: [(name: String, state: FileState)] = []
    guard let names = unsafe FileSystem.names(in: stream) else { return nil }
    for name in names {
      var status = stat()
      guard unsafe fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { return nil }
      states.append((name, FileState(status)))
    }
    return states
  }
}
