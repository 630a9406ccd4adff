import Glibc

/// What a file was when it was written: enough to see, without reading it, that nobody has touched it since.
package struct FileState: Hashable, Sendable {
  /// In bytes.
  let size: Int
  /// When its content last changed, in nanoseconds since 1970.
  let modified: Int64

  init(size: Int, modified: Int64) {
    self.size = size
    self.modified = modified
  }

  init(_ status: stat) {
    size = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// The state of a file, not of what a link leads to; nil if it is none.
  init?(of path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }
}
