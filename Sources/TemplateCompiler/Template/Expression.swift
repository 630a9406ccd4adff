import Diagnostics
import Records

/// A condition as it was written.
indirect enum Expression: Sendable {
  case path(Name)
  /// `has('subcontracting-ban')`: whether the annex has a provision.
  case has(Name)
  case compare(Operand, Condition.Comparison, Operand)
  case not(Expression)
  case all([Expression])
  case any([Expression])

  enum Operand: Sendable {
    case path(Name)
    case text(String)
    case number(Int64)
    /// Days since 1970-01-01.
    case day(Int64)
    case boolean(Bool)
  }
}

/// Reads `contract.period_to < contract.period_from and not vendor.individual`.
struct ExpressionParser {
  private enum Token: Equatable {
    case word(String), text(String), symbol(String)
  }

  private var tokens: [Token] = []
  private var next = 0
  private var depth = 0
  private let location: SourceLocation

  /// Nil if the text is not a condition.
  static func parse(_ text: String, at location: SourceLocation) -> Expression? {
    guard var parser = ExpressionParser(text, location) else { return nil }
    guard let expression = parser.any(), parser.next == parser.tokens.count else { return nil }
    return expression
  }

  private init?(_ text: String, _ location: SourceLocation) {
    self.location = location
    // By bytes: whole characters are looked at only where they are not ASCII.
    let bytes = text.utf8
    var index = text.startIndex
    while index < text.endIndex {
      let start = index
      switch bytes[start] {
      case 0x20, 0x09...0x0D:
        index = bytes.index(after: start)
      case UInt8(ascii: "'"):
        let inner = bytes.index(after: start)
        guard let end = bytes[inner...].firstIndex(of: UInt8(ascii: "'")) else { return nil }
        tokens.append(.text(String(text[inner..<end])))
        index = bytes.index(after: end)
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        index = bytes.index(after: start)
        tokens.append(.symbol(String(text[start..<index])))
      case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        index = bytes.index(after: start)
        if index < text.endIndex, bytes[index] == UInt8(ascii: "=") {
          index = bytes.index(after: index)
        }
        tokens.append(.symbol(String(text[start..<index])))
      case 0x80... where text[start].isWhitespace:
        index = text.index(after: start)
      case _:
        index = Self.endOfWord(in: text, from: start)
        guard index > start else { return nil }
        tokens.append(.word(String(text[start..<index])))
      }
    }
  }

  /// Behind the letters, digits, dots, low lines and hyphens that begin at `start`.
  private static func endOfWord(in text: String, from start: String.Index) -> String.Index {
    var index = start
    while index < text.endIndex {
      let byte = text.utf8[index]
      if byte < 0x80 {
        guard byte.isLetter || byte.isDigit || [0x2E, 0x5F, 0x2D].contains(byte) else { break }
        index = text.utf8.index(after: index)
      } else {
        guard text[index].isLetter || text[index].isNumber else { break }
        index = text.index(after: index)
      }
    }
    return index
  }

  private mutating func accept(_ token: Token) -> Bool {
    guard next < tokens.count, tokens[next] == token else { return false }
    next += 1
    return true
  }

  private mutating func any() -> Expression? {
    guard let first = all() else { return nil }
    var parts = [first]
    while accept(.word("or")) {
      guard let part = all() else { return nil }
      parts.append(part)
    }
    return parts.count == 1 ? first : .any(parts)
  }

  private mutating func all() -> Expression? {
    guard let first = unary() else { return nil }
    var parts = [first]
    while accept(.word("and")) {
      guard let part = unary() else { return nil }
      parts.append(part)
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private mutating func unary() -> Expression? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 32 else { return nil }
    if accept(.word("not")) { return unary().map { .not($0) } }
    if accept(.symbol("(")) {
      guard let inner = any(), accept(.symbol(")")) else { return nil }
      return inner
    }
    if let provision = hasCall() { return .has(provision) }
    guard let left = operand() else { return nil }
    guard next < tokens.count, case .symbol(let symbol) = tokens[next],
      let comparison = Condition.Comparison(rawValue: symbol)
    else {
      switch left {
      case .path(let path): return .path(path)
      case .boolean(true): return .all([])
      case .boolean(false): return .any([])
      case .text, .number, .day: return nil
      }
    }
    next += 1
    guard let right = operand() else { return nil }
    return .compare(left, comparison, right)
  }

  /// What stands in `has('…')`; nil if something else follows.
  private mutating func hasCall() -> Name? {
    guard next + 3 < tokens.count, tokens[next] == .word("has"), tokens[next + 1] == .symbol("("),
      case .text(let id) = tokens[next + 2], tokens[next + 3] == .symbol(")")
    else { return nil }
    next += 4
    return Name(text: id, location: location)
  }

  private mutating func operand() -> Expression.Operand? {
    guard next < tokens.count else { return nil }
    defer { next += 1 }
    switch tokens[next] {
    case .text(let text): return .text(text)
    case .symbol: return nil
    case .word("true"): return .boolean(true)
    case .word("false"): return .boolean(false)
    case .word(let word):
      // Most are paths, and no number begins with a letter.
      if word.utf8.first?.isLetter == true { return .path(Name(text: word, location: location)) }
      if let number = Int64(word) { return .number(number) }
      if let day = CivilDate(iso: word) { return .day(day.dayNumber) }
      return word.first?.isNumber == true ? nil : .path(Name(text: word, location: location))
    }
  }
}
