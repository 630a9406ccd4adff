/// Conditions as records are asked: simplified and flat, one array of small values and the bytes that they compare with.
///
/// To ask one touches no box and counts no reference.
package struct ConditionTable: Hashable, Sendable {
  /// A condition without parts, or the range of its parts.
  struct Test: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
      case constant, present, absent, compareNumber, compareOption, compareText, compareFields
      case count, isNotTax, index, not, all, any
    }

    let kind: Kind
    var comparison = Condition.Comparison.equal
    var operand = Operand(register: 0, slot: 0)
    var other = Operand(register: 0, slot: 0)
    /// Of a text its range in `texts`, of a connective that of its parts in `tests`.
    var start: UInt32 = 0
    var count: UInt32 = 0
    var number: Int64 = 0
  }

  /// A condition's parts stand before it.
  private(set) var tests: [Test] = []
  private(set) var texts: [UInt8] = []

  package init() {}

  package init(_ condition: Condition) { _ = add(condition) }

  /// The number of the condition, for `holds`.
  package mutating func add(_ condition: Condition) -> Int {
    tests.append(test(condition.simplified))
    return tests.count - 1
  }

  /// Asks the condition that was added last.
  package func holds(in record: Record, _ registers: Registers) -> Bool {
    holds(tests.count - 1, in: record, registers)
  }

  /// Asks the condition that was added last.
  func holds(
    in slots: borrowing Span<Slot>,
    _ arena: borrowing Span<UInt8>,
    _ registers: borrowing Registers
  ) -> Bool {
    holds(tests.count - 1, in: slots, arena, registers)
  }

  /// Asks the condition with a number.
  func holds(_ number: Int, in record: Record, _ registers: Registers) -> Bool {
    holds(number, in: record.slots.span, record.arena.span, registers)
  }

  private mutating func test(_ condition: Condition) -> Test {
    switch condition {
    case .constant(let value):
      return Test(kind: .constant, number: value ? 1 : 0)
    case .present(let operand):
      return Test(kind: .present, operand: operand)
    case .compare(let operand, let comparison, .number(let number)):
      return Test(
        kind: .compareNumber,
        comparison: comparison,
        operand: operand,
        number: number
      )
    case .compare(let operand, let comparison, .option(let option, _)):
      return Test(
        kind: .compareOption,
        comparison: comparison,
        operand: operand,
        number: option
      )
    case .compare(let operand, let comparison, .text(let text)):
      texts += text
      return Test(
        kind: .compareText,
        comparison: comparison,
        operand: operand,
        start: UInt32(texts.count - text.count),
        count: UInt32(text.count)
      )
    case .compareFields(let operand, let comparison, let other):
      return Test(kind: .compareFields, comparison: comparison, operand: operand, other: other)
    case .count(let operand, let comparison, let number):
      return Test(
        kind: .count,
        comparison: comparison,
        operand: operand,
        number: Int64(number)
      )
    case .isNotTax(let tax, let total):
      return Test(kind: .isNotTax, operand: tax, other: total)
    case .index(let register, let comparison, let number):
      return Test(
        kind: .index,
        comparison: comparison,
        operand: Operand(register: Int(register), slot: 0),
        number: Int64(number)
      )
    case .not(.present(let operand)):
      return Test(kind: .absent, operand: operand)
    case .not(let inner): return connective(.not, of: [inner])
    case .all(let parts): return connective(.all, of: parts)
    case .any(let parts): return connective(.any, of: parts)
    }
  }

  private mutating func connective(_ kind: Test.Kind, of parts: [Condition]) -> Test {
    let parts = parts.map { test($0) }
    tests += parts
    return Test(
      kind: kind,
      start: UInt32(tests.count - parts.count),
      count: UInt32(parts.count)
    )
  }
}

extension ConditionTable {
  /// Asks the condition with a number; a comparison with an absent value is false, whatever the operator.
  package func holds(
    _ number: Int,
    in slots: borrowing Span<Slot>,
    _ arena: borrowing Span<UInt8>,
    _ registers: borrowing Registers
  ) -> Bool {
    let test = tests[number]
    switch test.kind {
    case .constant:
      return test.number == 1
    case .present:
      return slots.slot(test.operand, registers).isPresent
    case .absent:
      return !slots.slot(test.operand, registers).isPresent
    case .compareNumber:
      let slot = slots.slot(test.operand, registers)
      return slot.kind == .number && test.comparison.holds(slot.number, test.number)
    case .compareOption:
      let slot = slots.slot(test.operand, registers)
      guard slot.kind == .text || slot.kind == .word else { return false }
      let isEqual = slot.kind == .text && slot.number == test.number
      return isEqual == (test.comparison == .equal)
    case .compareText:
      let slot = slots.slot(test.operand, registers)
      guard slot.kind == .text || slot.kind == .word else { return false }
      let isEqual = arena.isEqual(slot, to: texts.span, Int(test.start), Int(test.count))
      return isEqual == (test.comparison == .equal)
    case .compareFields:
      let slot = slots.slot(test.operand, registers)
      let other = slots.slot(test.other, registers)
      guard slot.kind == other.kind else { return false }
      switch slot.kind {
      case .number: return test.comparison.holds(slot.number, other.number)
      case .text:
        let isEqual = arena.isEqual(slot, to: arena, Int(other.start), Int(other.count))
        return isEqual == (test.comparison == .equal)
      case .absent, .word, .list: return false
      }
    case .count:
      let slot = slots.slot(test.operand, registers)
      return test.comparison.holds(Int64(slot.itemCount), test.number)
    case .isNotTax:
      let tax = slots.slot(test.operand, registers)
      let total = slots.slot(test.other, registers)
      guard tax.kind == .number, total.kind == .number else { return false }
      return tax.number != total.number / 110 * 10 + total.number % 110 * 10 / 110
        && tax.number != total.number / 108 * 8 + total.number % 108 * 8 / 108
    case .index:
      let index = registers.indices[Int(test.operand.register)] + 1
      return test.comparison.holds(Int64(index), test.number)
    case .not:
      return !holds(Int(test.start), in: slots, arena, registers)
    case .all:
      for part in test.start..<test.start + test.count
      where !holds(Int(part), in: slots, arena, registers) {
        return false
      }
      return true
    case .any:
      for part in test.start..<test.start + test.count
      where holds(Int(part), in: slots, arena, registers) {
        return true
      }
      return false
    }
  }
}

extension Slot {
  /// Has a value, or, of a list, items.
  @inline(__always)
  package var isPresent: Bool { kind != .absent && (kind != .list || count > 0) }

  /// How many items a list has; 0 of anything else.
  @inline(__always)
  package var itemCount: Int { kind == .list ? Int(count) : 0 }
}

extension Span<Slot> {
  @inline(__always)
  package func slot(_ operand: Operand, _ registers: borrowing Registers) -> Slot {
    self[registers.frames[Int(operand.register)] + Int(operand.slot)]
  }
}

extension Span<UInt8> {
  fileprivate func isEqual(
    _ slot: Slot,
    to other: borrowing Span<UInt8>,
    _ start: Int,
    _ length: Int
  ) -> Bool {
    guard slot.count == length else { return false }
    for offset in 0..<length where self[Int(slot.start) + offset] != other[start + offset] {
      return false
    }
    return true
  }
}
