/// The frames of a record that the program stands in.
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
  @inline(__always)
  package mutating func stand(at index: Int, of list: Slot, absentFrame: Int, register: UInt8) {
    indices[Int(register)] = index
    frames[Int(register)] =
      index < list.itemCount ? Int(list.start) + index * Int(list.number) : absentFrame
  }
}

extension Record {
  package func slot(_ operand: Operand, _ registers: borrowing Registers) -> Slot {
    slots[registers.frames[Int(operand.register)] + Int(operand.slot)]
  }
}
