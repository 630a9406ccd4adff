import Diagnostics
import TemplateRuntime

/// A condition as it was written.
indirect enum Expression: Sendable {
  case path(Name)
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
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "'" {
        guard let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
        tokens.append(.text(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else if let symbol = ["==", "!=", "<=", ">=", "<", ">", "(", ")"].first(
        where: rest.hasPrefix
      ) {
        tokens.append(.symbol(symbol))
        rest = rest.dropFirst(symbol.count)
      } else {
        let word = rest.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
        guard !word.isEmpty else { return nil }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      }
    }
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

  private mutating func operand() -> Expression.Operand? {
    guard next < tokens.count else { return nil }
    defer { next += 1 }
    switch tokens[next] {
    case .text(let text): return .text(text)
    case .symbol: return nil
    case .word("true"): return .boolean(true)
    case .word("false"): return .boolean(false)
    case .word(let word):
      if let number = Int64(word) { return .number(number) }
      if let day = CivilDate(iso: word) { return .day(day.dayNumber) }
      return word.first?.isNumber == true ? nil : .path(Name(text: word, location: location))
    }
  }
}
