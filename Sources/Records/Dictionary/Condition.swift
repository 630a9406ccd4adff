/// Where an instruction or a condition finds a value: a register that holds the first slot of a frame, and a slot in it.
package struct Operand: Hashable, Sendable {
  package var register: UInt8
  package var slot: UInt16

  package init(register: Int, slot: Int) {
    self.register = UInt8(register)
    self.slot = UInt16(slot)
  }
}

/// A question to a record.
///
/// A comparison with an absent value is false, whatever the operator.
package indirect enum Condition: Hashable, Sendable {
  case constant(Bool)
  /// Has a value; of a list: has items.
  case present(Operand)
  case compare(Operand, Comparison, Constant)
  case compareFields(Operand, Comparison, Operand)
  /// The number of items of a list.
  case count(Operand, Comparison, Int)
  /// An amount is not the consumption tax within a total: neither 10/110 of it nor 8/108, fractions dropped.
  case isNotTax(Operand, within: Operand)
  /// The 1-based number of a loop's item.
  case index(register: UInt8, Comparison, Int)
  case not(Condition)
  case all([Condition])
  case any([Condition])

  package enum Comparison: String, CaseIterable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    package func holds<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
      switch self {
      case .equal: a == b
      case .notEqual: a != b
      case .less: a < b
      case .lessOrEqual: a <= b
      case .greater: a > b
      case .greaterOrEqual: a >= b
      }
    }
  }

  /// The right side of a comparison, in the form in which a slot holds a value of the same type.
  package enum Constant: Hashable, Sendable {
    case number(Int64)
    /// An option of a choice, by its number, and its words.
    case option(Int64, [UInt8])
    case text([UInt8])
  }
}

extension Condition {
  /// Without connectives of one part, without constants in them, and without a connective in one of its kind.
  package var simplified: Condition {
    switch self {
    case .constant, .present, .compare, .compareFields, .count, .isNotTax, .index: return self
    case .not(let inner):
      switch inner.simplified {
      case .constant(let value): return .constant(!value)
      case .not(let twice): return twice
      case let inner: return .not(inner)
      }
    case .all(let parts):
      let parts = parts.map(\.simplified).flatMap { part in
        if case .all(let inner) = part { inner } else { part == .constant(true) ? [] : [part] }
      }
      if parts.contains(.constant(false)) { return .constant(false) }
      return parts.count > 1 ? .all(parts) : parts.first ?? .constant(true)
    case .any(let parts):
      let parts = parts.map(\.simplified).flatMap { part in
        if case .any(let inner) = part { inner } else { part == .constant(false) ? [] : [part] }
      }
      if parts.contains(.constant(true)) { return .constant(true) }
      return parts.count > 1 ? .any(parts) : parts.first ?? .constant(false)
    }
  }
}

extension Condition {
  /// Where it finds the values that it compares.
  package var compared: [Operand] {
    switch self {
    case .constant, .present, .count, .index: []
    case .compare(let operand, _, _): [operand]
    case .compareFields(let a, _, let b), .isNotTax(let a, within: let b): [a, b]
    case .not(let inner): inner.compared
    case .all(let parts), .any(let parts): parts.flatMap(\.compared)
    }
  }
}
