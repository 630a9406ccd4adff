import Files
import Glibc

/// What is known of the files of a zip until it stands at its end: the last of it in memory, the rest in a file without a name.
struct ZipDirectory {
  private let folder: String
  private var file: InputFile?
  private var buffer: [UInt8] = []
  private var stored = 0
  private var read = 0
  private(set) var count: UInt64 = 0

  private static let longestBuffer = 1 << 18

  init(_ folder: String) { self.folder = folder }

  /// In bytes.
  var size: UInt64 { UInt64(stored + buffer.count) }

  mutating func add(_ record: ZipRecord) throws(FileSystem.Failure) {
    count += 1
    buffer += record.directoryEntry
    guard buffer.count >= Self.longestBuffer else { return }
    if file == nil { file = try InputFile(withoutNameIn: folder) }
    let failure = file.map { FileSystem.write(buffer, to: $0.descriptor) } ?? EIO
    if failure != 0 { throw .system(errno: failure, path: folder) }
    stored += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// The next piece of it, once nothing is to be added; nil at the end.
  mutating func next() throws(FileSystem.Failure) -> [UInt8]? {
    var piece: [UInt8] = []
    if let file, read < stored {
      guard try file.read(min(Self.longestBuffer, stored - read), at: read, into: &piece) else {
        throw .system(errno: EIO, path: folder)
      }
      read += piece.count
      return piece
    }
    guard read < stored + buffer.count else { return nil }
    read += buffer.count
    return buffer
  }
}
