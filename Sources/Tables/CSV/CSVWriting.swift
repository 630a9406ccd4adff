import Files

extension CSVSource {
  /// A row as the file writes its own.
  package func line(_ cells: [[UInt8]]) -> [UInt8] {
    var line: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append(delimiter) }
      line.append(quoting: FormulaGuard.guarded(cell), delimiter: delimiter)
    }
    line += lineEnd
    return encoding == .cp932 ? CP932.encode(line) : line
  }

  /// A corrected cell as the file writes its own; nil if the file's encoding lacks a character.
  package func field(_ text: [UInt8]) -> [UInt8]? {
    var field: [UInt8] = []
    field.append(quoting: isGuarded ? FormulaGuard.guarded(text) : text, delimiter: delimiter)
    return encoding.encode(field)
  }
}

extension [UInt8] {
  fileprivate mutating func append(quoting cell: [UInt8], delimiter: UInt8) {
    let quote = UInt8(ascii: "\"")
    let isPlain = cell.allSatisfy { $0 != delimiter && $0 != quote && $0 != 0x0A && $0 != 0x0D }
    guard !isPlain else { return append(contentsOf: cell) }
    append(quote)
    for byte in cell {
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
  }
}
