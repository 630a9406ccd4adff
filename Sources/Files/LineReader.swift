import Diagnostics

/// Reads a file line by line.
package struct LineReader {
  private let file: InputFile
  private var buffer: [UInt8] = []
  private var position = 0
  private var offset = 0
  private var isAtEnd = false
  /// The line that was read last, without its end.
  package private(set) var line: [UInt8] = []
  package private(set) var number = 0

  private static let longestLine = 8 << 20

  package init(_ file: InputFile) { self.file = file }

  /// False at the end.
  package mutating func next() throws(ReadFailure) -> Bool {
    var searched = position
    while true {
      var end = searched
      while end < buffer.count, buffer[end] != 0x0A { end += 1 }
      if end < buffer.count || isAtEnd {
        guard end < buffer.count || position < end else { return false }
        let hasReturn = end > position && buffer[end - 1] == 0x0D
        line = Array(buffer[position..<(hasReturn ? end - 1 : end)])
        number += 1
        if number == 1, line.starts(with: TextEncoding.byteOrderMark) { line.removeFirst(3) }
        position = end + 1
        if position > buffer.count { position = buffer.count }
        return true
      }
      buffer.removeFirst(position)
      position = 0
      searched = buffer.count
      guard buffer.count <= Self.longestLine else {
        let failure = FileSystem.Failure.tooLarge(limit: Self.longestLine)
        throw ReadFailure(
          failure.diagnostic(at: SourceLocation(file: file.path, line: number + 1))
        )
      }
      do throws(FileSystem.Failure) {
        isAtEnd = !(try file.read(1 << 17, at: offset, into: &buffer))
      } catch {
        throw ReadFailure(error.diagnostic(at: SourceLocation(file: file.path)))
      }
      offset += buffer.count - searched
    }
  }
}
