/// A typed value on its way to being read: without the space around it and invisible characters, and with the full-width
/// forms that a Japanese keyboard gives folded to ASCII.
///
/// Only values that are not text are read through it; text keeps its bytes.
struct FoldedText {
  private var rest: ArraySlice<Unicode.Scalar>

  init(_ bytes: some Collection<UInt8>) {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.compactMap {
      $0.isInvisible ? nil : Self.fold($0)
    }
    let start = scalars.firstIndex { !Self.isSpace($0) } ?? scalars.endIndex
    let end = scalars.lastIndex { !Self.isSpace($0) }.map { $0 + 1 } ?? start
    rest = scalars[start..<end]
  }

  var isAtEnd: Bool { rest.isEmpty }
  var next: Unicode.Scalar? { rest.first }
  var count: Int { rest.count }
  var scalars: ArraySlice<Unicode.Scalar> { rest }

  mutating func skipSpaces() {
    while let scalar = rest.first, Self.isSpace(scalar) { rest.removeFirst() }
  }

  mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  mutating func accept(_ word: String) -> Bool {
    guard rest.starts(with: word.unicodeScalars) else { return false }
    rest.removeFirst(word.unicodeScalars.count)
    return true
  }

  mutating func acceptAtEnd(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    guard rest.suffix(scalars.count).elementsEqual(scalars) else { return false }
    rest.removeLast(scalars.count)
    return true
  }

  mutating func skipSpacesAtEnd() {
    while let scalar = rest.last, Self.isSpace(scalar) { rest.removeLast() }
  }

  mutating func takeFirst() -> Unicode.Scalar? { rest.popFirst() }

  /// A run of at most eighteen digits 0-9.
  mutating func digits() -> (value: Int, count: Int)? {
    var value = 0
    var count = 0
    while let digit = rest.first.flatMap(Self.digit) {
      guard count < 18 else { return nil }
      value = value * 10 + digit
      count += 1
      rest.removeFirst()
    }
    return count > 0 ? (value, count) : nil
  }

  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    ("0"..."9").contains(scalar) ? Int(scalar.value - 0x30) : nil
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n": true
    default: false
    }
  }

  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{3000}", "\u{A0}", "\r": " "
    case _ where scalar.isLikeHyphen: "-"
    case "\u{FFE5}", "\\", "\u{FF3C}": "\u{A5}"
    default: scalar.halfWidth
    }
  }
}

extension Unicode.Scalar {
  /// What people type for a hyphen between digits: dashes, the minus sign, ー and its half-width form, a table's line.
  package var isLikeHyphen: Bool {
    switch value {
    case 0x02D7, 0x2010...0x2015, 0x2043, 0x2212, 0x2500, 0x2501, 0x30FC, 0xFE58, 0xFE63, 0xFF0D,
      0xFF70:
      true
    default: false
    }
  }

  /// Full-width ASCII as half-width.
  package var halfWidth: Unicode.Scalar {
    ("\u{FF01}"..."\u{FF5E}").contains(self) ? Unicode.Scalar(value - 0xFEE0) ?? self : self
  }
}
