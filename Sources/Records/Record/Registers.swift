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

/// An item of a list, or a record as the only item of frame 0.
package struct RecordItem {
  /// Stand at the item.
  package let registers: Registers
  /// 1-based, of the items around it and its own, outermost first.
  package let numbers: [Int]
}

extension Record {
  /// The items of each frame, in the order of the data.
  package func items(_ dictionary: FieldDictionary) -> [[RecordItem]] {
    var items = [[RecordItem(registers: Registers(), numbers: [])]]
    items.reserveCapacity(dictionary.frames.count)
    for frame in dictionary.frames.dropFirst() {
      var found: [RecordItem] = []
      // A frame stands behind the one that its list is in.
      for outer in items[frame.outer] where frame.depth < Registers.count {
        let list = slots[outer.registers.frames[frame.depth - 1] + frame.slot]
        for index in 0..<list.itemCount {
          var registers = outer.registers
          registers.frames[frame.depth] = Int(list.start) + index * Int(list.number)
          registers.indices[frame.depth] = index
          found.append(RecordItem(registers: registers, numbers: outer.numbers + [index + 1]))
        }
      }
      items.append(found)
    }
    return items
  }
}
