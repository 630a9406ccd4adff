extension Binder {
  /// The record as `mode` prints it: a value that is not printed is not there, nor are its bytes.
  func masked(_ record: Record, mode: PacketMode) -> Record {
    var mask = ModeMask(dictionary, printed[mode] ?? [], record)
    return mask.apply()
  }

  /// The fields of each frame that `mode` prints.
  ///
  /// What is filled in by hand is printed in none.
  func printedFields(in mode: PacketMode) -> [[Field.ID]] {
    dictionary.frames.map { $0.fields.filter { prints($0, in: mode) } }
  }

  private func prints(_ id: Field.ID, in mode: PacketMode) -> Bool {
    let field = dictionary.fields[id]
    if dictionary.root(of: id) == packet { return true }
    if byHand.contains(id) { return false }
    return switch mode {
    case .blank: false
    case .prefilled:
      field.declaration.prefill
        || field.itemFrame.map { dictionary.frames[$0].fields.contains { prints($0, in: mode) } }
          ?? false
    case .final: true
    }
  }
}

private struct ModeMask {
  let dictionary: FieldDictionary
  /// By frame.
  let printed: [[Field.ID]]
  let record: Record
  var arena: [UInt8] = []
  var slots: [Slot]

  init(_ dictionary: FieldDictionary, _ printed: [[Field.ID]], _ record: Record) {
    self.dictionary = dictionary
    self.printed = printed
    self.record = record
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
      let first = slots.count
      slots[target] = slot
      slots[target].start = UInt32(first)
      slots += repeatElement(.absent, count: Int(slot.count) * Int(slot.number))
      for index in 0..<Int(slot.count) {
        let (from, to) = (
          Int(slot.start) + index * Int(slot.number), first + index * Int(slot.number)
        )
        if dictionary.fields[id].type != nil {
          copy(record.slots[from], of: id, to: to)
        } else {
          copy(frame: itemFrame, from: from, to: to)
        }
      }
    }
  }
}
