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
    case text([UInt8])
  }
}

/// Which frames of a record are at hand.
///
/// Register 0 is the record's own, each loop takes one more.
package struct Registers {
  package static let count = 8

  /// The first slot of each register's frame.
  package var frames = [8 of Int](repeating: 0)
  /// The 0-based number of the item that each register stands at.
  package var indices = [8 of Int](repeating: 0)

  package init() {}

  /// Stands at an item (0-based) of a list, or at the absent frame behind its last.
  mutating func stand(at index: Int, of list: Slot, in record: Record, register: UInt8) {
    indices[Int(register)] = index
    frames[Int(register)] =
      list.kind == .list && index < Int(list.count)
      ? Int(list.start) + index * Int(list.number) : record.absentFrame
  }
}

extension Condition {
  package func holds(in record: Record, _ registers: borrowing Registers) -> Bool {
    switch self {
    case .constant(let value):
      return value
    case .present(let operand):
      let slot = record.slot(operand, registers)
      switch slot.kind {
      case .absent: return false
      case .text, .word, .number: return true
      case .list: return slot.count > 0
      }
    case .compare(let operand, let comparison, .number(let number)):
      let slot = record.slot(operand, registers)
      return slot.kind == .number && comparison.holds(slot.number, number)
    case .compare(let operand, let comparison, .text(let text)):
      let slot = record.slot(operand, registers)
      guard slot.kind == .text || slot.kind == .word else { return false }
      return record.bytes(of: slot).elementsEqual(text) == (comparison == .equal)
    case .compareFields(let left, let comparison, let right):
      let a = record.slot(left, registers)
      let b = record.slot(right, registers)
      guard a.kind == b.kind else { return false }
      switch a.kind {
      case .number: return comparison.holds(a.number, b.number)
      case .text:
        return record.bytes(of: a).elementsEqual(record.bytes(of: b)) == (comparison == .equal)
      case .absent, .word, .list: return false
      }
    case .count(let operand, let comparison, let number):
      let slot = record.slot(operand, registers)
      return comparison.holds(slot.kind == .list ? Int(slot.count) : 0, number)
    case .isNotTax(let tax, let total):
      let tax = record.slot(tax, registers)
      let total = record.slot(total, registers)
      guard tax.kind == .number, total.kind == .number else { return false }
      return tax.number != total.number / 110 * 10 + total.number % 110 * 10 / 110
        && tax.number != total.number / 108 * 8 + total.number % 108 * 8 / 108
    case .index(let register, let comparison, let number):
      return comparison.holds(registers.indices[Int(register)] + 1, number)
    case .not(let condition):
      return !condition.holds(in: record, registers)
    case .all(let conditions):
      for condition in conditions where !condition.holds(in: record, registers) { return false }
      return true
    case .any(let conditions):
      for condition in conditions where condition.holds(in: record, registers) { return true }
      return false
    }
  }
}

extension Record {
  package func slot(_ operand: Operand, _ registers: borrowing Registers) -> Slot {
    slots[registers.frames[Int(operand.register)] + Int(operand.slot)]
  }
}
