import Glibc

/// A new file that grows piece by piece.
package final class OutputFile {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var size = 0

  /// Readable by its owner alone, until it is published.
  package init(_ path: String) throws(FileSystem.Failure) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  package func write(_ bytes: [UInt8]) throws(FileSystem.Failure) {
    buffer += bytes
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Writes what is left; nothing may follow.
  ///
  /// Nothing is synced.
  package func finish() throws(FileSystem.Failure) {
    try flush()
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno: errno, path: path) }
    // What was taken for written and is not there must never be published.
    guard status.st_size == size else { throw .system(errno: EIO, path: path) }
  }

  private func flush() throws(FileSystem.Failure) {
    let failure = FileSystem.write(buffer, to: descriptor)
    guard failure == 0 else { throw .system(errno: failure, path: path) }
    size += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
