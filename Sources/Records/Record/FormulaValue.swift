/// A number does not fit into 64 bits, or something is divided by 0.
package struct FormulaOverflow: Error {}

extension Formula {
  /// Nil if it is absent.
  func value(
    in slots: borrowing Span<Slot>,
    _ arena: borrowing Span<UInt8>,
    _ registers: borrowing Registers
  ) throws(FormulaOverflow) -> Fraction? {
    switch self {
    case .number(let number): return Fraction(number)
    case .value(let operand, let scale):
      return try slots.slot(operand, registers).fraction(scale)
    case .total(of: let operand, let slot, let scale):
      let list = slots.slot(operand, registers)
      guard list.itemCount > 0 else { return nil }
      var sum = Fraction(0)
      for index in 0..<list.itemCount {
        let item = slots[Int(list.start) + index * Int(list.number) + slot]
        // A sum without one of its terms is not the sum.
        guard let term = try item.fraction(scale) else { return nil }
        sum = try sum.adding(term)
      }
      return sum
    case .count(let operand):
      let count = slots.slot(operand, registers).itemCount
      return count > 0 ? Fraction(Int64(count)) : nil
    case .sum(let terms):
      var sum = Fraction(0)
      for term in terms {
        guard let value = try term.value(in: slots, arena, registers) else { return nil }
        sum = try sum.adding(value)
      }
      return sum
    case .negative(let inner):
      return try inner.value(in: slots, arena, registers)?.multiplied(by: Fraction(-1))
    case .product(let a, let b):
      guard let a = try a.value(in: slots, arena, registers),
        let b = try b.value(in: slots, arena, registers)
      else { return nil }
      return try a.multiplied(by: b)
    case .quotient(let a, let b):
      guard let a = try a.value(in: slots, arena, registers),
        let b = try b.value(in: slots, arena, registers)
      else { return nil }
      return try a.multiplied(by: b.inverse())
    case .floor(let inner):
      return try inner.value(in: slots, arena, registers).map { Fraction($0.floor) }
    case .ceiling(let inner):
      guard let value = try inner.value(in: slots, arena, registers) else { return nil }
      return Fraction(value.floor + (value.denominator > 1 ? 1 : 0))
    case .least(let parts): return try extreme(of: parts, slots, arena, registers) { $0 < $1 }
    case .greatest(let parts): return try extreme(of: parts, slots, arena, registers) { $0 > $1 }
    case .choice(let branches):
      for branch in branches {
        for operand in branch.test.compared where !slots.slot(operand, registers).isKnown {
          return nil
        }
        let test = ConditionTable(branch.test)
        if test.holds(in: slots, arena, registers) {
          return try branch.value.value(in: slots, arena, registers)
        }
      }
      return nil
    }
  }

  private func extreme(
    of parts: [Formula],
    _ slots: borrowing Span<Slot>,
    _ arena: borrowing Span<UInt8>,
    _ registers: borrowing Registers,
    _ isBetter: (Int64, Int64) -> Bool
  ) throws(FormulaOverflow) -> Fraction? {
    var best: Fraction?
    for part in parts {
      guard let value = try part.value(in: slots, arena, registers) else { return nil }
      guard let old = best else {
        best = value
        continue
      }
      let difference = try value.adding(old.multiplied(by: Fraction(-1)))
      if isBetter(difference.numerator, 0) { best = value }
    }
    return best
  }

  /// Where its values are found.
  var operands: [Operand] {
    switch self {
    case .number: []
    case .value(let operand, scale: _), .total(of: let operand, slot: _, scale: _),
      .count(let operand):
      [operand]
    case .negative(let inner), .floor(let inner), .ceiling(let inner): inner.operands
    case .product(let a, let b), .quotient(let a, let b): a.operands + b.operands
    case .sum(let parts), .least(let parts), .greatest(let parts): parts.flatMap(\.operands)
    case .choice(let branches): branches.flatMap { $0.test.compared + $0.value.operands }
    }
  }
}

extension Slot {
  fileprivate func fraction(_ scale: Int64) throws(FormulaOverflow) -> Fraction? {
    kind == .number ? try Fraction(number, scale) : nil
  }

  /// Has a value, and no words in place of one.
  fileprivate var isKnown: Bool { kind == .number || kind == .text }
}

/// A number in lowest terms; its denominator is positive.
struct Fraction: Hashable, Sendable {
  let numerator, denominator: Int64

  init(_ number: Int64) {
    numerator = number
    denominator = 1
  }

  init(_ numerator: Int64, _ denominator: Int64) throws(FormulaOverflow) {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    guard denominator != 0, let divisor = Int64(exactly: a), numerator != .min, denominator != .min
    else { throw FormulaOverflow() }
    let sign: Int64 = denominator < 0 ? -1 : 1
    self.numerator = numerator / divisor * sign
    self.denominator = denominator / divisor * sign
  }

  /// The greatest whole number that is not greater.
  var floor: Int64 {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return rest < 0 ? quotient - 1 : quotient
  }

  func adding(_ other: Fraction) throws(FormulaOverflow) -> Fraction {
    let (sum, overflow) = try Self.product(numerator, other.denominator)
      .addingReportingOverflow(Self.product(other.numerator, denominator))
    if overflow { throw FormulaOverflow() }
    return try Fraction(sum, Self.product(denominator, other.denominator))
  }

  func multiplied(by other: Fraction) throws(FormulaOverflow) -> Fraction {
    // Reduced crosswise, so that the product is no larger than necessary.
    let a = try Fraction(numerator, other.denominator)
    let b = try Fraction(other.numerator, denominator)
    return try Fraction(
      Self.product(a.numerator, b.numerator),
      Self.product(a.denominator, b.denominator)
    )
  }

  func inverse() throws(FormulaOverflow) -> Fraction { try Fraction(denominator, numerator) }

  private static func product(_ a: Int64, _ b: Int64) throws(FormulaOverflow) -> Int64 {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow { throw FormulaOverflow() }
    return product
  }
}
