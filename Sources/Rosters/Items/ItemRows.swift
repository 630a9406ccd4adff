import DataFiles
import Diagnostics
package import Files
import TemplateRuntime

/// The items of a list in NDJSON, JSON or YAML, one after another.
package final class ItemRows {
  private var lines: LineReader?
  private let items: DataList.Items?
  private var number = 0

  init() { items = nil }

  init(lines file: InputFile) {
    lines = LineReader(file)
    items = nil
  }

  init(_ list: DataList) { items = list.items() }

  /// What was wrong with the list so far, beside its items.
  var diagnostics: [Diagnostic] { items?.diagnostics ?? [] }

  package func next() throws(ReadFailure) -> RosterRow? {
    while try lines?.next() == true {
      guard let lines, !lines.line.allSatisfy({ $0 <= 0x20 }) else { continue }
      return RosterRow(number: lines.number, body: .line(lines.line))
    }
    guard let item = items?.next() else { return nil }
    number += 1
    return RosterRow(number: number, body: .item(item))
  }
}

/// Reads a file line by line.
struct LineReader {
  private let file: InputFile
  private var buffer: [UInt8] = []
  private var position = 0
  private var offset = 0
  private var isAtEnd = false
  /// The line that was read last, without its end.
  private(set) var line: [UInt8] = []
  private(set) var number = 0

  private static let longestLine = 8 << 20

  init(_ file: InputFile) { self.file = file }

  /// False at the end.
  mutating func next() throws(ReadFailure) -> Bool {
    var searched = position
    while true {
      var end = searched
      while end < buffer.count, buffer[end] != 0x0A { end += 1 }
      if end < buffer.count || isAtEnd {
        guard end < buffer.count || position < end else { return false }
        let hasReturn = end > position && buffer[end - 1] == 0x0D
        line = Array(buffer[position..<(hasReturn ? end - 1 : end)])
        number += 1
        if number == 1, line.starts(with: TextEncoding.mark) { line.removeFirst(3) }
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
