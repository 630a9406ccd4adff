/// A file's bytes, piece by piece.
package struct FileStream: Sendable {
  private let file: InputFile
  private var offset = 0

  /// What is read is this very file, even if its name goes.
  package init(_ path: String) throws(FileSystem.Failure) { file = try InputFile(path) }

  /// Nil at the end.
  package mutating func next() throws(FileSystem.Failure) -> [UInt8]? {
    var piece: [UInt8] = []
    guard try file.read(1 << 18, at: offset, into: &piece) else {
      if !file.isUnchanged { throw .changed(path: file.path) }
      return nil
    }
    offset += piece.count
    return piece
  }
}
