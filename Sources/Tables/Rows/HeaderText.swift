import Records

/// A column's header as it is compared: without space, full-width ASCII as half-width.
package struct HeaderText: Hashable, Sendable {
  package let text: String

  package init(_ typed: String) {
    var folded = String.UnicodeScalarView()
    for scalar in typed.unicodeScalars {
      switch scalar {
      case " ", "\t", "\n", "\r", "\u{A0}", "\u{3000}", "\u{FEFF}", "\u{200B}": break
      case _: folded.append(scalar.halfWidth)
      }
    }
    text = String(folded)
  }

  package init(_ cell: TableCell) { self.init(String(decoding: cell.bytes, as: UTF8.self)) }

  package var isEmpty: Bool { text.isEmpty }

  /// Its beginning, as a message repeats it.
  package var quoted: String {
    text.unicodeScalars.count > 30 ? String(text.unicodeScalars.prefix(30)) + "…" : text
  }

  /// The parts between dots, and the numbers that end them, in order: workers[2].name, 従事者2.氏名 and 従事者氏名2 have 2.
  package var withoutNumbers: (text: String, numbers: [Int]) {
    var numbers: [Int] = []
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      var scalars = part.unicodeScalars[...]
      let isBracketed = scalars.last == "]"
      if isBracketed { scalars.removeLast() }
      let digits = scalars.reversed().prefix { ("0"..."9").contains($0) }.reversed()
      guard !digits.isEmpty, digits.count <= 4, digits.count < scalars.count,
        let number = Int(String(String.UnicodeScalarView(digits))), number > 0
      else { return String(part) }
      scalars.removeLast(digits.count)
      if isBracketed {
        guard scalars.popLast() == "[", !scalars.isEmpty else { return String(part) }
      }
      numbers.append(number)
      return String(scalars)
    }
    return (parts.joined(separator: "."), numbers)
  }
}

extension TableCell {
  /// Whether it heads a row of sums.
  package var isTotal: Bool {
    guard (3...30).contains(bytes.count) else { return false }
    let text = HeaderText(self).text
    return text == "計" || text.lowercased() == "total"
      || ["合計", "総計", "小計", "累計"].contains(where: text.hasPrefix)
  }
}
