import Glibc

/// A file that grows piece by piece under another name and gets its own when it is complete.
final class OutputFile {
  private let descriptor: Int32
  private let path: String
  private let temporary: String
  private var buffer: [UInt8] = []
  private var isFinished = false

  init(_ path: String) throws(FileSystem.Failure) {
    self.path = path
    temporary = path + ".tmp"
    try FileSystem.remove(temporary)
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system(errno: errno, path: temporary) }
  }

  /// One that was not finished leaves nothing behind.
  deinit {
    close(descriptor)
    if !isFinished { unsafe _ = unlink(temporary) }
  }

  func write(_ bytes: [UInt8]) throws(FileSystem.Failure) {
    buffer += bytes
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Puts the file in its place, durably.
  func finish() throws(FileSystem.Failure) {
    try flush()
    // A failed fsync is never retried: the kernel may have dropped the bytes.
    guard fsync(descriptor) == 0 else { throw .system(errno: errno, path: temporary) }
    try FileSystem.rename(temporary, path)
    isFinished = true
    if let end = path.lastIndex(of: "/") { try FileSystem.sync(String(path[..<end])) }
  }

  private func flush() throws(FileSystem.Failure) {
    var written = 0
    while written < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          descriptor,
          bytes.baseAddress?.advanced(by: written),
          bytes.count - written
        )
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .system(errno: errno, path: temporary)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
