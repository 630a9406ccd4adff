import Glibc

/// A regular file that is read piece by piece, and more than once.
///
/// It stays open, so that every pass reads the same file even if another takes its name.
package final class InputFile: Sendable {
  package let descriptor: Int32
  package let path: String
  package let size: Int
  private let state: FileState

  package convenience init(_ path: String) throws(FileSystem.Failure) {
    // Without O_NONBLOCK, opening a pipe without a writer would wait for ever.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .notFound : .system(errno: errno, path: path)
    }
    try self.init(opened: descriptor, as: path)
  }

  /// Takes over what was opened as a file, if it is one.
  package init(opened descriptor: Int32, as path: String) throws(FileSystem.Failure) {
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
      let failure: FileSystem.Failure = isKnown ? .notRegular : .system(errno: errno, path: path)
      close(descriptor)
      throw failure
    }
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
    state = FileState(status)
  }

  /// False once someone has written into it: then its passes did not read the same.
  package var isUnchanged: Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && FileState(status) == state
  }

  deinit { close(descriptor) }

  /// Appends up to `count` bytes from `offset` on; false at the end of the file.
  package func read(_ count: Int, at offset: Int, into bytes: inout [UInt8]) throws(FileSystem
    .Failure)
    -> Bool
  {
    var failure: Int32 = 0
    var got = 0
    bytes.append(addingCapacity: count) { span in
      unsafe span.withUnsafeMutableBufferPointer { buffer, initialized in
        repeat {
          got = unsafe pread(
            descriptor,
            buffer.baseAddress?.advanced(by: initialized),
            count,
            off_t(offset)
          )
        } while got < 0 && errno == EINTR
        if got < 0 { failure = errno } else { initialized += got }
      }
    }
    guard failure == 0 else { throw .system(errno: failure, path: path) }
    return got > 0
  }

  /// Appends all of it to a new file.
  package func copy(to target: OutputFile) throws(FileSystem.Failure) {
    var offset = 0
    var piece: [UInt8] = []
    while try read(1 << 18, at: offset, into: &piece) {
      try target.write(piece)
      offset += piece.count
      piece.removeAll(keepingCapacity: true)
    }
  }

  /// All of it, of a file that is small enough.
  package func contents(atMost limit: Int) throws(FileSystem.Failure) -> [UInt8] {
    guard size <= limit else { throw .tooLarge(limit: limit) }
    var bytes: [UInt8] = []
    while try read(max(size - bytes.count, 1), at: bytes.count, into: &bytes) {
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
    return bytes
  }
}

/// What is learnt in one pass over a file's bytes.
package struct InputSurvey {
  package private(set) var digest = Digest(of: [])
  /// Where the first bytes stand that are no UTF-8, be it that the file ends within a character.
  package private(set) var firstFault: Int?
  /// Whether kana, kanji or a byte order mark in UTF-8 came before anything else that is not ASCII.
  package private(set) var beginsAsUTF8 = false
  package private(set) var lineFeeds = 0
  /// The first kilobytes.
  package private(set) var head: [UInt8] = []

  package var isUTF8: Bool { firstFault == nil }

  private static let pieceSize = 1 << 18

  package init(_ file: InputFile) throws(FileSystem.Failure) {
    var hash = SHA256()
    var validator = UTF8Validator()
    var offset = 0
    var piece: [UInt8] = []
    while true {
      piece.removeAll(keepingCapacity: true)
      guard try file.read(Self.pieceSize, at: offset, into: &piece) else { break }
      if offset == 0 { head = Array(piece.prefix(1 << 14)) }
      offset += piece.count
      hash.update(piece)
      validator.read(piece)
      lineFeeds += piece.count { $0 == 0x0A }
    }
    firstFault = validator.firstFault
    beginsAsUTF8 = validator.hasWideCharacter
    digest = hash.finalize()
  }
}
