/// How a field's value is computed from those of others, exactly: in fractions of 64-bit integers.
///
/// What is computed from a value that is absent, or from a list without items, is absent: on a paper to be filled in by hand nothing
/// would be true of it.
package indirect enum Formula: Hashable, Sendable {
  case number(Int64)
  /// A field's number, by what a slot holds for one.
  case value(Operand, scale: Int64)
  /// The field at a slot of each item of a list, added up.
  case total(of: Operand, slot: Int, scale: Int64)
  /// How many items a list has.
  case count(Operand)
  case sum([Formula])
  case negative(Formula)
  case product(Formula, Formula)
  case quotient(Formula, Formula)
  case floor(Formula)
  case ceiling(Formula)
  case least([Formula])
  case greatest([Formula])
  /// The first whose test holds; absent if none does, or if a test before it compares a value that is absent.
  case choice([Branch])

  package struct Branch: Hashable, Sendable {
    package let test: Condition
    package let value: Formula

    package init(test: Condition, value: Formula) {
      self.test = test
      self.value = value
    }
  }
}

extension Formula {
  /// Whether it is a whole number, whatever its values.
  package var isWhole: Bool {
    switch self {
    case .number, .count, .floor, .ceiling: true
    case .value(_, let scale), .total(of: _, slot: _, let scale): scale == 1
    case .negative(let inner): inner.isWhole
    case .product(let a, let b): a.isWhole && b.isWhole
    case .quotient: false
    case .sum(let parts), .least(let parts), .greatest(let parts): parts.allSatisfy(\.isWhole)
    case .choice(let branches): branches.allSatisfy(\.value.isWhole)
    }
  }
}
