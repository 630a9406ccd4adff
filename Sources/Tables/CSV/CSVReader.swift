package import Diagnostics
package import Files
import Glibc

/// Reads CSV and TSV (RFC 4180) piece by piece.
///
/// A row is a record: line breaks within quotes stay in their cell, and lines without text count. Quotes within a cell that
/// does not begin with one are text.
package struct CSVReader: TableReader {
  package let name: String
  package let remarks: [Diagnostic] = []
  private let source: CSVSource
  private let hasCorrections: Bool
  private var buffer: [UInt8] = []
  private var position = 0
  /// Where in the file the bytes behind the buffer stand.
  private var offset: Int
  private var isAtEnd = false
  private var row = 0

  private static let pieceSize = 1 << 17
  /// No row of a roster is longer; a quote that is never closed would swallow the file.
  private static let longestRow = 8 << 20

  package init(_ source: CSVSource) {
    self.source = source
    name = source.name
    hasCorrections = !source.corrections.isEmpty
    offset = source.encoding == .utf8WithBOM ? TextEncoding.byteOrderMark.count : 0
  }

  package mutating func next() throws(ReadFailure) -> TableRow? {
    while let parse = try record() {
      if parse.isEmpty { continue }
      return TableRow(
        number: row,
        cells: try decode(parse),
        fault: parse.strayQuote.map { .strayQuote(at: .cell(file: name, row: row, column: $0)) }
      )
    }
    return nil
  }

  /// The bytes of the next record as the file has them, its line end among them, with the corrections in place; nil at the end.
  package mutating func nextRecord() throws(ReadFailure) -> ArraySlice<UInt8>? {
    guard let parse = try record() else { return nil }
    return parse.buffer[parse.start..<parse.position]
  }

  /// Reads the next record, be it empty or not.
  private mutating func record() throws(ReadFailure) -> RowParse? {
    while position < buffer.count || !isAtEnd {
      var parse = RowParse(buffer: buffer, position: position, delimiter: source.delimiter)
      guard parse.read(isAtEnd: isAtEnd) else {
        try fill()
        continue
      }
      row += 1
      if parse.isOpen {
        throw ReadFailure(
          .unclosedQuote(at: .cell(file: name, row: row, column: parse.cells.count))
        )
      }
      position = parse.position
      if hasCorrections, let cells = source.corrections.cells(inRow: row) {
        return try corrected(parse.start..<parse.position, cells)
      }
      return parse
    }
    return nil
  }

  /// The record with other texts in some of its cells.
  private func corrected(_ record: Range<Int>, _ cells: [(column: Int, text: [UInt8])])
    throws(ReadFailure) -> RowParse
  {
    var places = RowParse(
      buffer: Array(buffer[record]),
      position: 0,
      delimiter: source.delimiter,
      keepsRanges: true
    )
    _ = places.read(isAtEnd: true)
    var result: [UInt8] = []
    var copied = 0
    var count = places.ranges.count
    for (column, text) in cells {
      guard let field = source.field(text) else {
        let place = SourceLocation.cell(file: name, row: row, column: column + 1)
        throw ReadFailure(.notInEncoding(text, at: place))
      }
      if column < places.ranges.count {
        result += places.buffer[copied..<places.ranges[column].lowerBound]
        copied = places.ranges[column].upperBound
      } else if field.isEmpty {
        continue
      } else {
        let end = places.ranges.last?.upperBound ?? 0
        result += places.buffer[copied..<max(end, copied)]
        copied = max(end, copied)
        result += repeatElement(source.delimiter, count: column + 1 - count)
        count = column + 1
      }
      result += field
    }
    result += places.buffer[copied...]
    var parse = RowParse(buffer: result, position: 0, delimiter: source.delimiter)
    _ = parse.read(isAtEnd: true)
    return parse
  }

  private mutating func fill() throws(ReadFailure) {
    buffer.removeFirst(position)
    position = 0
    guard buffer.count <= Self.longestRow else {
      throw ReadFailure(.unclosedQuote(at: .cell(file: name, row: row + 1)))
    }
    let before = buffer.count
    do {
      isAtEnd = !(try source.file.read(max(Self.pieceSize, before), at: offset, into: &buffer))
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: name)))
    }
    offset += buffer.count - before
  }

  private func decode(_ parse: RowParse) throws(ReadFailure) -> [TableCell] {
    let cells = parse.cells
    switch source.encoding {
    case .utf8, .utf8WithBOM:
      if !source.survey.isUTF8,
        let column = cells.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil })
      {
        throw foreignText(parse, column)
      }
      return cells.map { TableCell($0) }
    case .cp932:
      if let column = Self.firstCell(ofUTF8: cells) { throw foreignText(parse, column) }
      var decoded: [TableCell] = []
      decoded.reserveCapacity(cells.count)
      for cell in cells {
        guard let text = CP932.shared?.decode(cell[...]) else {
          throw foreignText(parse, decoded.count)
        }
        decoded.append(TableCell(text))
      }
      return decoded
    }
  }

  /// The first cell beyond ASCII of a record that is Japanese in UTF-8; nil for all others.
  private static func firstCell(ofUTF8 cells: [[UInt8]]) -> Int? {
    var validator = UTF8Validator()
    for cell in cells {
      validator.read(cell)
      // Most text in CP932 ends it with its first character.
      guard validator.fault == nil else { return nil }
    }
    guard validator.isComplete, validator.hasWideCharacter else { return nil }
    return cells.firstIndex { $0.contains { $0 >= 0x80 } }
  }

  /// The file is not what it says in a cell of the record.
  private func foreignText(_ parse: RowParse, _ column: Int) -> ReadFailure {
    var rest: [UInt8] = []
    let start = offset - buffer.count + parse.start
    _ = try? source.file.read(ForeignText.enough, at: start, into: &rest)
    return ReadFailure(
      .foreignText(
        ForeignText(rest, in: source.encoding),
        in: source.encoding,
        isJoined: true,
        at: .cell(file: name, row: row, column: column + 1)
      )
    )
  }
}

/// The reading of one row from bytes that may end before the row does.
private struct RowParse {
  let buffer: [UInt8]
  let start: Int
  var position: Int
  let delimiter: UInt8
  /// Whether it is noted where each cell stands, its quotes included.
  let keepsRanges: Bool
  var ranges: [Range<Int>] = []
  /// Up to the last that is not empty.
  var cells: [[UInt8]] = []
  /// The number of the cell with text behind its closing quote.
  var strayQuote: Int?
  /// Whether the last cell's quote is never closed.
  var isOpen = false
  var isEmpty: Bool { cells.isEmpty }

  init(buffer: [UInt8], position: Int, delimiter: UInt8, keepsRanges: Bool = false) {
    self.buffer = buffer
    start = position
    self.position = position
    self.delimiter = delimiter
    self.keepsRanges = keepsRanges
  }

  private static let quote = UInt8(ascii: "\"")

  /// False if more bytes are needed.
  mutating func read(isAtEnd: Bool) -> Bool {
    guard position < buffer.count else { return false }
    cells.reserveCapacity(48)
    while true {
      let start = position
      guard let cell = cell(isAtEnd: isAtEnd) else { return false }
      cells.append(cell)
      if keepsRanges { ranges.append(start..<position) }
      if isOpen { return true }
      guard position < buffer.count else {
        if !isAtEnd { return false }
        break
      }
      let byte = buffer[position]
      position += 1
      if byte == delimiter { continue }
      if byte == 0x0D {
        if position == buffer.count, !isAtEnd { return false }
        if position < buffer.count, buffer[position] == 0x0A { position += 1 }
      }
      break
    }
    // DOS ends a file with Ctrl-Z, and copies of memory with NULs.
    if isAtEnd, position == buffer.count, let last = cells.indices.last {
      while cells[last].last == 0x1A || cells[last].last == 0 { cells[last].removeLast() }
    }
    while cells.last?.isEmpty == true { cells.removeLast() }
    return true
  }

  /// The text of a cell; nil if more bytes are needed.
  private mutating func cell(isAtEnd: Bool) -> [UInt8]? {
    guard position < buffer.count, buffer[position] == Self.quote else { return plain() }
    var text: [UInt8] = []
    position += 1
    while true {
      let start = position
      while position < buffer.count, buffer[position] != Self.quote { position += 1 }
      text += buffer[start..<position]
      guard position < buffer.count else {
        isOpen = isAtEnd
        return isAtEnd ? text : nil
      }
      position += 1
      guard position < buffer.count else { return isAtEnd ? text : nil }
      guard buffer[position] == Self.quote else { break }
      text.append(Self.quote)
      position += 1
    }
    let rest = plain()
    if !rest.isEmpty { strayQuote = strayQuote ?? cells.count + 1 }
    return text + rest
  }

  private mutating func plain() -> [UInt8] {
    let start = position
    while position < buffer.count {
      let byte = buffer[position]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      position += 1
    }
    // Columns of fixed width are filled up with NULs.
    var end = position
    while end > start, buffer[end - 1] == 0 { end -= 1 }
    return end == start ? [] : Array(buffer[start..<end])
  }
}

extension Diagnostic {
  fileprivate static func unclosedQuote(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .malformedRow,
      at: location,
      ja: "「\"」が閉じられていないため、ここから先を読めません。",
      en: "A quote is never closed; nothing from here on can be read.",
      hint: Message(
        ja: "値の中の「\"」は「\"\"」と二つ重ねて書きます",
        en: "a quote within a value is written twice"
      )
    )
  }

  fileprivate static func strayQuote(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .malformedRow,
      at: location,
      ja: "閉じた「\"」の後に文字があり、値の区切りが分かりません。",
      en: "There is text behind a closing quote.",
      hint: Message(
        ja: "値の中の「\"」は「\"\"」と二つ重ねて書きます",
        en: "a quote within a value is written twice"
      )
    )
  }
}
