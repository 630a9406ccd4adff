import Diagnostics

/// Finds the places of offsets that mostly grow, in time linear in the file even if it is one long line.
struct SourceCursor {
  private let text: SourceText
  private var offset = 0
  private var line = 1
  private var column = 1

  init(_ text: SourceText) {
    self.text = text
  }

  func byte(at offset: Int) -> UInt8? {
    text.bytes.indices.contains(offset) ? text.bytes[offset] : nil
  }

  mutating func location(at target: Int) -> SourceLocation {
    if target < offset { (offset, line, column) = (0, 1, 1) }
    while offset < min(target, text.bytes.count) {
      let byte = text.bytes[offset]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
    return SourceLocation(file: text.file, line: line, column: column)
  }
}
