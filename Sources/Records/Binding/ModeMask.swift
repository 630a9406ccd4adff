extension Binder {
  /// The record as `mode` prints it: a value that is not printed is not there, nor are its bytes.
  ///
  /// With `onlyNew`, nor are the items that are not new, of lists with `new-if`.
  package func masked(_ record: Record, mode: PacketMode, onlyNew: Bool) -> Record {
    var mask = ModeMask(dictionary, printed[mode] ?? [], record, newItems: onlyNew ? newItems : [:])
    return mask.apply()
  }

  /// Whether any list holds an item that is new.
  func holdsNewItems(_ record: Record) -> Bool {
    if newItems.isEmpty { return false }
    let items = record.items(dictionary)
    return newItems.contains { list, condition in
      dictionary.fields[list].itemFrame.map { items[$0] }?
        .contains { condition.holds(in: record, $0.registers) } ?? false
    }
  }
}

extension FieldDictionary {
  /// The fields of each frame that `mode` prints.
  ///
  /// What is filled in by hand is printed in none.
  func printedFields(
    in mode: PacketMode,
    packet: Field.ID?,
    byHand: Set<Field.ID>
  ) -> [[Field.ID]] {
    func prints(_ id: Field.ID) -> Bool {
      let field = fields[id]
      if root(of: id) == packet { return true }
      if byHand.contains(id) { return false }
      // What is computed says what it is computed from.
      if field.formula != nil { return field.inputs.allSatisfy(prints) && mode != .blank }
      return switch mode {
      case .blank: false
      case .prefilled:
        field.declaration.prefill
          || field.itemFrame.map { frames[$0].fields.contains(where: prints) } ?? false
      case .final: true
      }
    }
    return frames.map { $0.fields.filter(prints) }
  }
}

private struct ModeMask {
  let dictionary: FieldDictionary
  /// By frame.
  let printed: [[Field.ID]]
  let record: Record
  /// Of the lists of which only new items are printed, what holds of one.
  let newItems: [Field.ID: ConditionTable]
  /// The items of `record` that are being copied.
  var registers = Registers()
  var arena: [UInt8] = []
  var slots: [Slot]

  init(
    _ dictionary: FieldDictionary,
    _ printed: [[Field.ID]],
    _ record: Record,
    newItems: [Field.ID: ConditionTable]
  ) {
    self.dictionary = dictionary
    self.printed = printed
    self.record = record
    self.newItems = newItems
    slots = Array(repeating: .absent, count: dictionary.frames[0].stride)
  }

  mutating func apply() -> Record {
    copy(frame: 0, from: 0, to: 0)
    let absent = slots.count
    slots += repeatElement(.absent, count: record.slots.count - record.absentFrame)
    return Record(arena: arena, slots: slots, absentFrame: absent)
  }

  private mutating func copy(frame: Int, from source: Int, to target: Int) {
    for id in printed[frame] {
      let offset = dictionary.fields[id].slot
      copy(record.slots[source + offset], of: id, to: target + offset)
    }
  }

  private mutating func copy(_ slot: Slot, of id: Field.ID, to target: Int) {
    switch slot.kind {
    case .absent: break
    case .text, .word, .number:
      slots[target] = slot
      slots[target].start = UInt32(arena.count)
      arena += record.bytes(of: slot)
    case .list:
      guard let itemFrame = dictionary.fields[id].itemFrame else { return }
      let register = UInt8(dictionary.frames[itemFrame].depth)
      let indices = indices(of: slot, id, register)
      guard !indices.isEmpty else { return }
      let first = slots.count
      slots[target] = slot
      slots[target].start = UInt32(first)
      slots[target].count = UInt32(indices.count)
      slots += repeatElement(.absent, count: indices.count * Int(slot.number))
      for (position, index) in indices.enumerated() {
        registers.stand(at: index, of: slot, absentFrame: record.absentFrame, register: register)
        let from = registers.frames[Int(register)]
        let to = first + position * Int(slot.number)
        if dictionary.fields[id].type != nil {
          copy(record.slots[from], of: id, to: to)
        } else {
          copy(frame: itemFrame, from: from, to: to)
        }
      }
    }
  }

  /// Of the items of a list that are printed.
  private func indices(of list: Slot, _ id: Field.ID, _ register: UInt8) -> [Int] {
    let all = 0..<Int(list.count)
    guard let condition = newItems[id] else { return Array(all) }
    var registers = registers
    return all.filter {
      registers.stand(at: $0, of: list, absentFrame: record.absentFrame, register: register)
      return condition.holds(in: record, registers)
    }
  }
}
