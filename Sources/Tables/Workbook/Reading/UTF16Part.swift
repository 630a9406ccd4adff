import Files

/// Makes UTF-8 of a part of a workbook that is UTF-16, piece by piece.
struct UTF16Part {
  private let isBigEndian: Bool
  /// What is not yet a whole character.
  private var pending: [UInt8] = []

  /// Nil if the first piece does not begin with the byte order mark of UTF-16.
  init?(_ first: ArraySlice<UInt8>) {
    if first.starts(with: [0xFF, 0xFE]) {
      isBigEndian = false
    } else if first.starts(with: [0xFE, 0xFF]) {
      isBigEndian = true
    } else {
      return nil
    }
  }

  /// The next piece in UTF-8, without mark and, in the first one, without the encoding that the XML declaration names.
  ///
  /// An empty piece ends the part.
  mutating func text(_ piece: ArraySlice<UInt8>, isFirst: Bool) throws(WorkbookFault) -> [UInt8] {
    guard !piece.isEmpty else {
      guard pending.isEmpty else { throw .damaged }
      return []
    }
    let bytes = pending + (isFirst ? piece.dropFirst(2) : piece)
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? a << 8 | b : b << 8 | a)
    }
    if let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
    pending = Array(bytes[(2 * units.count)...])
    guard let text = String(validating: units, as: UTF16.self) else { throw .damaged }
    let result = Array(text.utf8)
    return isFirst ? result.withoutEncoding : result
  }
}

extension [UInt8] {
  /// Spaces in place of `encoding="UTF-16"` in an XML declaration.
  fileprivate var withoutEncoding: [UInt8] {
    guard starts(with: "<?xml".utf8), let end = firstIndex(of: UInt8(ascii: ">")),
      let name = self[..<end].firstPlace(of: Array("encoding".utf8)),
      let open = self[name.upperBound..<end].firstIndex(where: {
        $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
      }), let close = self[(open + 1)..<end].firstIndex(of: self[open])
    else { return self }
    var result = self
    for index in name.lowerBound...close { result[index] = 0x20 }
    return result
  }
}
