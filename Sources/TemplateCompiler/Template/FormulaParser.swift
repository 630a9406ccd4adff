import Diagnostics
import Records

/// Reads `floor(contract.amount * rate / 100)`: a number that a dictionary computes from others.
struct FormulaParser {
  private enum Token: Equatable {
    case number(Int64), word(String), symbol(UInt8)
  }

  /// What a formula is, and the fields and slots that it is computed from.
  typealias Derivation = (formula: Formula, inputs: [Field.ID], slots: [Name])

  private let scope: Scope
  private let reader: ElementReader
  private let location: SourceLocation
  private var tokens: [Token] = []
  private var next = 0
  private var depth = 0
  private var inputs: [Field.ID] = []
  private var slots: [Name] = []
  /// Whether it can be read, but a name in it cannot be computed with; which is reported.
  private var isRefused = false

  /// Nil if one of its formulas is none of a whole number, or a test is none; the reader has the diagnostics.
  static func parse(_ calculation: Calculation, _ scope: Scope, _ reader: ElementReader)
    -> Derivation?
  {
    let resolver = ConditionResolver(scope: scope, reader: reader)
    var inputs: [Field.ID] = []
    var slots: [Name] = []
    let branches = calculation.branches.compactMap { branch -> Formula.Branch? in
      let value = branch.value.text.isEmpty ? nil : parse(branch.value, scope, reader)
      let test = branch.test.map(resolver.resolve) ?? .constant(true)
      inputs += branch.test?.paths.flatMap(scope.fields) ?? []
      inputs += value?.inputs ?? []
      slots += value?.slots ?? []
      guard let value, let test else { return nil }
      return Formula.Branch(test: test.simplified, value: value.formula)
    }
    guard branches.count == calculation.branches.count else { return nil }
    return (Formula.choice(of: branches), inputs, slots)
  }

  private static func parse(_ source: Name, _ scope: Scope, _ reader: ElementReader) -> Derivation?
  {
    var parser = FormulaParser(scope: scope, reader: reader, location: source.location)
    guard parser.tokenize(source.text), let formula = parser.sum(),
      parser.next == parser.tokens.count
    else {
      if !parser.isRefused { reader.report(.invalidFormula(at: source.location)) }
      return nil
    }
    if parser.isRefused { return nil }
    guard formula.isWhole else {
      reader.report(.unroundedFormula(at: source.location))
      return nil
    }
    return (formula, parser.inputs, parser.slots)
  }

  private init(scope: Scope, reader: ElementReader, location: SourceLocation) {
    self.scope = scope
    self.reader = reader
    self.location = location
  }

  private mutating func tokenize(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let start = index
      let byte = bytes[index]
      func isPart(_ byte: UInt8) -> Bool {
        byte.isSmallLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      }
      if byte.isTemplateSpace {
        index += 1
      } else if isPart(byte) {
        while index < bytes.count, isPart(bytes[index]) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        if byte.isDigit {
          guard let number = Int64(word) else { return false }
          tokens.append(.number(number))
        } else {
          tokens.append(.word(word))
        }
      } else if "+-*/(),".utf8.contains(byte) {
        tokens.append(.symbol(byte))
        index += 1
      } else {
        return false
      }
    }
    return true
  }

  private mutating func accept(_ symbol: Unicode.Scalar) -> Bool {
    guard next < tokens.count, tokens[next] == .symbol(UInt8(ascii: symbol)) else { return false }
    next += 1
    return true
  }

  private mutating func sum() -> Formula? {
    guard let first = product() else { return nil }
    var terms = [first]
    while true {
      if accept("+") {
        guard let term = product() else { return nil }
        terms.append(term)
      } else if accept("-") {
        guard let term = product() else { return nil }
        terms.append(.negative(term))
      } else {
        return terms.count == 1 ? first : .sum(terms)
      }
    }
  }

  private mutating func product() -> Formula? {
    guard var product = factor() else { return nil }
    while true {
      if accept("*") {
        guard let factor = factor() else { return nil }
        product = .product(product, factor)
      } else if accept("/") {
        guard let factor = factor() else { return nil }
        product = .quotient(product, factor)
      } else {
        return product
      }
    }
  }

  private mutating func factor() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 32, next < tokens.count else { return nil }
    if accept("(") {
      guard let inner = sum(), accept(")") else { return nil }
      return inner
    }
    switch tokens[next] {
    case .symbol: return nil
    case .number(let number):
      next += 1
      return .number(number)
    case .word(let word):
      next += 1
      return accept("(") ? call(word) : value(word)
    }
  }

  private mutating func call(_ function: String) -> Formula? {
    switch function {
    case "sum", "count":
      guard next < tokens.count, case .word(let path) = tokens[next] else { return nil }
      next += 1
      guard accept(")") else { return nil }
      return function == "sum" ? sum(of: path) : count(of: path)
    case "floor", "ceil":
      guard let inner = sum(), accept(")") else { return nil }
      return function == "floor" ? .floor(inner) : .ceiling(inner)
    case "min", "max":
      var parts: [Formula] = []
      repeat {
        guard let part = sum() else { return nil }
        parts.append(part)
      } while accept(",")
      guard parts.count > 1, accept(")") else { return nil }
      return function == "min" ? .least(parts) : .greatest(parts)
    case _: return nil
    }
  }

  // MARK: Names

  private mutating func value(_ path: String) -> Formula {
    let name = place(path)
    switch scope.resolve(name) {
    case nil: return refuse(.unknownField(name, scope))
    case .slot(let words):
      reader.noteSlot(name, scope)
      // Of what an edition does not say nothing is computed.
      if words.isEmpty { return .choice([]) }
      slots.append(name)
      guard let number = Formula(slot: words) else {
        return refuse(.typeMismatch(name, .calculation))
      }
      return number
    case .field(let id, let operand):
      guard case .value(let type) = scope.dictionary.fields[id].declaration.shape,
        let scale = type.scale
      else { return refuse(.typeMismatch(name, .calculation)) }
      inputs.append(id)
      return .value(operand, scale: scale)
    case .item, .index, .count: return refuse(.typeMismatch(name, .calculation))
    }
  }

  private mutating func count(of path: String) -> Formula {
    let name = place(path)
    guard let (id, operand) = list(path) else {
      return refuse(
        scope.resolve(name) == nil
          ? .unknownField(name, scope) : .typeMismatch(name, .calculation)
      )
    }
    inputs.append(id)
    return .count(operand)
  }

  private func list(_ path: String) -> (id: Field.ID, operand: Operand)? {
    guard case .field(let id, let operand)? = scope.resolve(place(path)),
      scope.dictionary.fields[id].itemFrame != nil
    else { return nil }
    return (id, operand)
  }

  /// Of a field of a list's items, or of a list of numbers.
  private mutating func sum(of path: String) -> Formula {
    let name = place(path)
    let components = path.pathComponents
    for count in components.indices.map({ $0 + 1 }) {
      guard let (id, operand) = list(components.prefix(count).joined(separator: ".")) else {
        continue
      }
      var field = id
      for component in components.dropFirst(count) {
        guard let child = scope.dictionary.child(component, of: field) else {
          return refuse(.unknownField(place(path), scope))
        }
        field = child
      }
      let isItem =
        field == id || scope.dictionary.fields[field].frame == scope.dictionary.fields[id].itemFrame
      guard isItem, let scale = scope.dictionary.fields[field].type?.scale,
        field == id || scope.dictionary.fields[field].itemFrame == nil
      else { return refuse(.typeMismatch(name, .calculation)) }
      inputs += [id, field]
      return .total(
        of: operand,
        slot: field == id ? 0 : scope.dictionary.fields[field].slot,
        scale: scale
      )
    }
    return refuse(
      scope.resolve(name) == nil && scope.dictionary.field(at: path) == nil
        ? .unknownField(name, scope) : .typeMismatch(name, .calculation)
    )
  }

  private func place(_ path: String) -> Name { Name(text: path, location: location) }

  private mutating func refuse(_ diagnostic: Diagnostic) -> Formula {
    isRefused = true
    reader.report(diagnostic)
    return .number(0)
  }
}

extension Scope {
  /// The fields that a test asks: of a record, those in it.
  fileprivate func fields(_ path: Name) -> [Field.ID] {
    switch resolve(path) {
    case .field(let id, _), .count(let id, _): values(id)
    case .slot, .item, .index, nil: []
    }
  }

  private func values(_ id: Field.ID) -> [Field.ID] {
    switch dictionary.fields[id].declaration.shape {
    case .record: dictionary.fields[id].children.flatMap(values)
    case .value, .list: [id]
    }
  }
}

extension Formula {
  /// Without branches that never hold, and without those behind one that always does.
  fileprivate static func choice(of branches: [Branch]) -> Formula {
    var possible: [Branch] = []
    for branch in branches where branch.test != .constant(false) {
      possible.append(branch)
      if branch.test == .constant(true) { break }
    }
    if let first = possible.first, first.test == .constant(true) { return first.value }
    return .choice(possible)
  }
}

extension FieldType {
  /// By what a slot holds for one; nil for what cannot be computed with.
  fileprivate var scale: Int64? {
    switch self {
    case .integer, .money: 1
    case .decimal, .percent: 10_000
    case .text, .multiline, .date, .datetime, .boolean, .choice, .identifier, .postalCode, .phone,
      .email, .corporateNumber, .photo:
      nil
    }
  }
}

extension Diagnostic {
  fileprivate static func invalidFormula(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidFormula,
      at: location,
      ja: "計算式の書き方が正しくありません。",
      en: "This formula cannot be read.",
      hint: Message(
        ja: "例：max(0, floor(contract.amount / 10) - sum(vendor.payments.amount))",
        en: "For example: max(0, floor(contract.amount / 10) - sum(vendor.payments.amount))"
      )
    )
  }

  fileprivate static func unroundedFormula(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidFormula,
      at: location,
      ja: "計算の結果が整数になるとは限りません。",
      en: "What this formula computes may not be a whole number.",
      hint: Message(
        ja: "端数を切り捨てるなら floor(…)、切り上げるなら ceil(…) で囲みます。",
        en: "Round it down with floor(…), or up with ceil(…)."
      )
    )
  }

  static func circularFormula(_ path: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .circularFormula,
      at: location,
      ja: "項目「\(path)」の計算式が、その項目自身の値を必要とします。",
      en: "The formula of “\(path)” needs that field's own value.",
      hint: Message(
        ja: "計算式をたどって戻らないように、値を入力する項目から計算してください。",
        en: "Compute it from fields that data gives, so that no formula leads back to itself."
      )
    )
  }
}
