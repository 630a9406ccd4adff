import Records

/// How a number format of a spreadsheet shows numbers, where that is more than their digits: 0000000, 000-0000, "第"0"庁舎",
/// #,##0"円", #,##0;;, [<=999]000;000-0000 (ECMA-376, 18.8.31).
struct NumberFormat: Hashable, Sendable {
  private var sections: [Section] = []
  /// How text is shown, by its own section or by one with an @; nil if that is as it is.
  private var text: Section?

  fileprivate struct Section: Hashable {
    var condition: Condition?
    var pieces: [Piece] = []
    /// By how many thousands what is shown is smaller than the number.
    var thousands = 0
    var isPercent = false
    var isGrouped = false
    var decimals = 0
    /// Whether it has an @.
    var isOfText = false
  }

  fileprivate struct Condition: Hashable {
    let comparison: Comparison
    let value: Double

    enum Comparison: String {
      case less = "<", most = "<=", equal = "=", unequal = "<>", least = ">=", more = ">"
    }

    func holds(_ number: Double) -> Bool {
      switch comparison {
      case .less: number < value
      case .most: number <= value
      case .equal: number == value
      case .unequal: number != value
      case .least: number >= value
      case .more: number > value
      }
    }
  }

  fileprivate enum Piece: Hashable {
    case literal([UInt8])
    /// A place for a digit of the whole part; one that must be filled shows 0.
    case digit(isFilled: Bool)
    /// All digits after the point.
    case fraction
    /// All digits as they are.
    case general
  }

  /// Nil for a format that shows a number's digits, with a sign, with commas or with the mark of the yen at most, such as [Red], and
  /// for one that is not understood, such as 0.00E+00 and # ?/?.
  init?(code: String) {
    var scanner = FormatScanner(code)
    var section = Section()
    var isInFraction = false
    var places = 0
    var commas = 0
    func add(_ text: [UInt8]) {
      guard !text.isEmpty else { return }
      if case .literal(let before)? = section.pieces.last {
        section.pieces[section.pieces.count - 1] = .literal(before + text)
      } else {
        section.pieces.append(.literal(text))
      }
    }
    func end() {
      section.thousands = commas
      sections.append(section)
      section = Section()
      (isInFraction, places, commas) = (false, 0, 0)
    }
    while let token = scanner.next() {
      switch token {
      case .literal(let text): add(text)
      case .condition(let sign, let value):
        section.condition = Condition.Comparison(rawValue: sign).map {
          Condition(comparison: $0, value: value)
        }
      case .digit(let isFilled):
        if commas > 0 { (section.isGrouped, commas) = (true, 0) }
        if isInFraction {
          section.decimals += 1
        } else {
          section.pieces.append(.digit(isFilled: isFilled))
        }
        places += 1
      case .point:
        isInFraction = true
        section.pieces.append(.fraction)
      case .comma: if places > 0 { commas += 1 } else { add([UInt8(ascii: ",")]) }
      case .percent:
        section.isPercent = true
        add([UInt8(ascii: "%")])
      case .general:
        section.pieces.append(.general)
        places += 1
      case .text:
        section.pieces.append(.general)
        section.isOfText = true
        places += 1
      case .end: end()
      case .notUnderstood: return nil
      }
    }
    end()
    // A code of colours and locales alone hides nothing; only sections do.
    if sections.count == 1, sections[0].pieces.isEmpty { return nil }
    text = sections.count > 3 ? sections[3] : sections.last(where: \.isOfText)
    if text?.pieces == [.general] { text = nil }
    sections = Array(sections.prefix(3))
    if text == nil, sections.allSatisfy({ $0.isPlain && !$0.hidesZero }) { return nil }
  }

  /// What a cell with text holds for a clerk who sees it; nil if that is the text itself.
  func cell(ofText bytes: [UInt8]) -> TableCell? {
    guard let text else { return nil }
    var shown: [UInt8] = []
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): shown += literal
      case .general: shown += bytes
      case .digit, .fraction: return nil
      }
    }
    return shown == bytes ? nil : TableCell(shown, kind: shown.isEmpty ? .text : .shown)
  }

  /// What a cell with a number holds for a clerk who sees it; nil if that is the number itself.
  ///
  /// A number that is not shown is an empty cell. One of which the format hides decimals is the number itself, for the digits that
  /// are seen are not its own, but for a percentage; so is one with more than fifteen digits.
  func cell(of value: Double) -> TableCell? {
    let (section, showsSign) = section(for: value)
    if section.isEmpty || value == 0 && section.hidesZero { return TableCell([]) }
    guard !section.isPlain else { return nil }
    var decimal = DecimalDigits(value.magnitude)
    decimal.round(to: 15)
    if section.isPercent || section.thousands > 0 {
      decimal.shift(by: section.isPercent ? 2 : -3 * section.thousands)
      decimal.round(toDecimals: section.decimals)
    }
    guard let (whole, fraction) = decimal.parts, fraction.count <= section.decimals else {
      return nil
    }
    var text = showsSign && value < 0 ? [UInt8(ascii: "-")] : []
    text += section.text(whole, fraction)
    guard section.thousands > 0 else { return TableCell(text, kind: .shown) }
    // A reader of the text alone must not take it for the amount.
    if !text.namesMagnitude { text += "（\(String(repeating: "千", count: section.thousands))）".utf8 }
    return TableCell(text, kind: .scaled)
  }

  /// The section that shows a number, and whether it shows the sign of a negative one.
  private func section(for value: Double) -> (Section, showsSign: Bool) {
    if sections.contains(where: { $0.condition != nil }) {
      let index = sections.firstIndex { section in
        section.condition.map { $0.holds(value) } ?? false
      }
      let rest = sections.lastIndex { $0.condition == nil } ?? sections.count - 1
      return (sections[index ?? rest], true)
    }
    switch sections.count {
    case 1: return (sections[0], true)
    case 2: return value < 0 ? (sections[1], false) : (sections[0], false)
    case _:
      return value == 0
        ? (sections[2], false) : value < 0 ? (sections[1], false) : (sections[0], false)
    }
  }
}

extension NumberFormat.Section {
  /// Whether nothing is seen of a number.
  fileprivate var isEmpty: Bool {
    pieces.allSatisfy { piece in
      if case .literal(let text) = piece { text.trimmed().isEmpty } else { false }
    }
  }

  /// Whether it shows nothing of 0: #,###.
  fileprivate var hidesZero: Bool {
    decimals == 0
      && pieces.allSatisfy { if case .digit(let isFilled) = $0 { !isFilled } else { false } }
  }

  /// Whether it shows the digits of a number, or a dash for none, and nothing that changes what they mean.
  fileprivate var isPlain: Bool {
    guard !isEmpty, thousands == 0, !isPercent else { return false }
    var isOpen = false
    var filled = 0
    var pending = false
    for piece in pieces {
      switch piece {
      case .literal(let text):
        if !text.isPlainBesideNumbers { return false }
        pending = isOpen && !text.isEmpty
      case .digit(let isFilled):
        // A literal among the digits: 000-0000.
        if pending { return false }
        isOpen = true
        if isFilled { filled += 1 }
      case .fraction, .general: isOpen = true
      }
    }
    return filled <= 1
  }

  /// The digits in their places; those for which there is no place stand in the first.
  fileprivate func text(_ whole: [UInt8], _ fraction: [UInt8]) -> [UInt8] {
    var places = pieces.count { if case .digit = $0 { true } else { false } }
    var rest = whole[...]
    var isOpen = false
    var text: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .literal(let literal): text += literal
      // Decimals have no place in it: such a number is its digits.
      case .general: text += whole.isEmpty ? [0x30] : whole
      case .fraction:
        let zeros = [UInt8](repeating: 0x30, count: max(decimals - fraction.count, 0))
        if decimals > 0 || !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction + zeros }
      case .digit(let isFilled):
        places -= 1
        var digits = rest.prefix(max(rest.count - places, 0))
        rest = rest.dropFirst(digits.count)
        isOpen = isOpen || isFilled || !digits.isEmpty
        if digits.isEmpty, isOpen { digits = [0x30] }
        for (index, digit) in digits.enumerated() {
          text.append(digit)
          let behind = digits.count - index - 1 + places
          if isGrouped, behind > 0, behind % 3 == 0 { text.append(UInt8(ascii: ",")) }
        }
      }
    }
    return text
  }
}

/// What the characters of a number format stand for.
private struct FormatScanner {
  enum Token {
    case literal([UInt8])
    case condition(String, Double)
    case digit(isFilled: Bool)
    case point, comma, percent, general, text
    /// Of a section.
    case end
    case notUnderstood
  }

  private var rest: ArraySlice<Unicode.Scalar>

  init(_ code: String) { rest = Array(code.unicodeScalars)[...] }

  mutating func next() -> Token? {
    while let scalar = rest.popFirst() {
      switch scalar {
      case ";": return .end
      case "\"":
        let text = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(text.count + 1)
        return .literal(Self.bytes(text))
      case "\\", "!":
        guard let next = rest.popFirst() else { return nil }
        return .literal(Self.bytes([next]))
      // As wide as the next character, and filled with it.
      case "_", "*": rest = rest.dropFirst()
      case "[":
        let content = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(content.count + 1)
        if let token = Self.bracketed(content) { return token }
      case "0": return .digit(isFilled: true)
      case "#", "?": return .digit(isFilled: false)
      case ".": return .point
      case ",": return .comma
      case "%": return .percent
      case "@": return .text
      case "/": return .notUnderstood
      case "E", "e":
        if rest.first == "+" || rest.first == "-" { return .notUnderstood }
        return .literal(Self.bytes([scalar]))
      case "G", "g":
        let word = String(String.UnicodeScalarView(rest.prefix(6))).lowercased()
        guard word == "eneral" else { return .literal(Self.bytes([scalar])) }
        rest = rest.dropFirst(6)
        return .general
      case _: return .literal(Self.bytes([scalar]))
      }
    }
    return nil
  }

  /// [>=1000], [$¥-411]; nil for [Red] and [DBNum3], which change no digit.
  private static func bracketed(_ content: ArraySlice<Unicode.Scalar>) -> Token? {
    if content.first == "$" {
      return .literal(bytes(content.dropFirst().prefix { $0 != "-" }))
    }
    let sign = content.prefix { $0 == "<" || $0 == ">" || $0 == "=" }
    guard !sign.isEmpty else { return nil }
    let number = String(String.UnicodeScalarView(content.dropFirst(sign.count)))
    return Double(number).map { .condition(String(String.UnicodeScalarView(sign)), $0) }
      ?? .notUnderstood
  }

  private static func bytes(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text).utf8)
  }
}

extension [UInt8] {
  /// Signs, brackets, spaces and the mark of the yen.
  fileprivate var isPlainBesideNumbers: Bool {
    String(decoding: self, as: UTF8.self).unicodeScalars.allSatisfy {
      " \u{3000}()+-－△▲¥￥\\".unicodeScalars.contains($0)
    }
  }
}

extension [UInt8] {
  /// Whether it has a word for a thousand or more.
  package var namesMagnitude: Bool {
    for index in indices where self[index] >= 0xE4 {
      for word in ["千", "万", "億", "兆"] where self[index...].starts(with: word.utf8) {
        return true
      }
    }
    return false
  }
}
