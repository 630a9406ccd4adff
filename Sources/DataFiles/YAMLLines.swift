import Records

/// The lines over which one value in YAML goes, read as Japanese is joined: nothing between two of them, but a space where both sides
/// are letters or digits of other scripts.
///
/// YAML itself puts a space between them.
struct YAMLLines {
  private let lines: [ArraySlice<UInt8>]
  private let style: ScalarStyle

  /// `source` is the value as it stands in the file; nil if it has no lines that YAML would join.
  init?(_ source: ArraySlice<UInt8>, _ style: ScalarStyle) {
    guard style != .literal, source.contains(0x0A) else { return nil }
    lines = source.split(separator: 0x0A, omittingEmptySubsequences: false)
    self.style = style
  }

  /// Where the first line stands that goes on a plain value and seems to be a field of its own.
  var fieldWithin: Int? {
    guard style == .plain else { return nil }
    return lines.dropFirst().lazy.map(\.withoutSpace).first { $0.looksLikeField }?.startIndex
  }

  /// The same value written so that YAML has nothing to join; nil if no line goes on in the next.
  func joined() -> [UInt8]? {
    var result: [[UInt8]] = []
    var hasJoined = false
    /// What goes on in the next line if that is none of the empty ones.
    var isOpen = false
    func add(_ line: [UInt8], joins: Bool) {
      guard joins, let last = result.last?.last, let first = line.first else {
        return result.append(line)
      }
      hasJoined = true
      if last < 0x80, first < 0x80 { result[result.count - 1].append(0x20) }
      result[result.count - 1] += line
    }
    if style == .folded {
      // Digits in the head give the indentation in terms of what is around it.
      guard !lines[0].contains(where: { (0x30...0x39).contains($0) }) else { return nil }
      let body = lines.dropFirst()
      let indentation = body.first { !$0.isBlank }?.prefix { $0 == 0x20 }.count ?? 0
      result.append(Array(lines[0].withoutReturn))
      for line in body {
        let content = line.isBlank ? [] : line.dropFirst(indentation).withoutReturn
        let isEven = content.first.map { $0 != 0x20 && $0 != 0x09 } ?? false
        let isJoined = isOpen && isEven
        add((isJoined || content.isEmpty ? [] : [0x20]) + content, joins: isJoined)
        isOpen = isEven
      }
    } else {
      for line in lines {
        let content = Array(line.withoutSpace)
        // A backslash before the end of a line joins it, too.
        let isEscaped =
          style == .doubleQuoted
          && result.last.map { $0.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1 }
            ?? false
        add(content, joins: isOpen && !isEscaped)
        isOpen = !content.isEmpty
      }
      // At the margin a line could end the value.
      for index in result.indices.dropFirst() { result[index].insert(0x20, at: 0) }
    }
    return hasJoined ? Array(result.joined(separator: [0x0A])) : nil
  }
}

extension Collection<UInt8> where SubSequence == ArraySlice<UInt8> {
  /// 契約金額：100, tax:100: a colon that YAML does not take for one; not 10:00, nor the one of a web address.
  var looksLikeField: Bool {
    let bytes = Array(self)
    for (index, byte) in bytes.enumerated() {
      if byte == 0xEF, bytes[index...].starts(with: "：".utf8) { return true }
      guard byte == UInt8(ascii: ":") else { continue }
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
      let isTime =
        index > 0 && (0x30...0x39).contains(bytes[index - 1]) && (0x30...0x39).contains(next)
      if !isTime, next != UInt8(ascii: "/") { return true }
    }
    return false
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

  fileprivate var withoutReturn: ArraySlice { last == 0x0D ? dropLast() : self }

  /// Without what YAML takes off the ends of a line.
  fileprivate var withoutSpace: ArraySlice {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var slice = drop(while: isSpace)
    while let last = slice.last, isSpace(last) { slice.removeLast() }
    return slice
  }
}
