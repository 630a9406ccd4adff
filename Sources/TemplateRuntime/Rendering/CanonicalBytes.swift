package import Records

extension Record {
  /// What the data says, as bytes: the same for YAML and JSON, for any order of the keys and for
  /// any spelling of a date or a number.
  ///
  /// The packet's own fields are left out; they change with the command, not with the data.
  ///
  /// After a line with the format's name, each value in the order of the dictionary: its path, the numbers of the items it
  /// stands in, its kind, its number, its bytes; every length and number in eight bytes, the most significant first.
  package func canonicalBytes(_ dictionary: FieldDictionary) -> [UInt8] {
    let packet = dictionary.child("packet", of: nil)
    return [UInt8](capacity: 2 * arena.count + 64 * slots.count) { output in
      output.append("tokki-record-1\n" as StaticString)
      for (frame, items) in zip(dictionary.frames, items(dictionary)) {
        for item in items {
          let first = item.registers.frames[frame.depth]
          // Most are absent; a frame's fields have its slots in their order.
          for (id, slot) in zip(frame.fields, slots[first...]) where slot.kind != .absent {
            if dictionary.root(of: id) == packet { continue }
            let path = dictionary.fields[id].path
            output.append(slot, of: self, path, item.numbers)
            guard slot.kind == .list, dictionary.fields[id].type != nil else { continue }
            for index in 0..<Int(slot.count) {
              let value = slots[Int(slot.start) + index * Int(slot.number)]
              output.append(value, of: self, path, item.numbers + [index + 1])
            }
          }
        }
      }
    }
  }
}

extension ByteWriter {
  fileprivate mutating func append(
    _ slot: Slot,
    of record: Record,
    _ path: String,
    _ items: [Int]
  ) {
    guard slot.kind != .absent else { return }
    append(integer: path.utf8.count)
    append(path.utf8.span, 0, path.utf8.count)
    append(integer: items.count)
    for item in items { append(integer: item) }
    append(slot.kind.rawValue)
    switch slot.kind {
    case .absent: break
    case .list: append(integer: Int(slot.count))
    case .text, .word, .number:
      append(integer: Int(slot.number))
      append(integer: Int(slot.count))
      append(record.arena.span, Int(slot.start), Int(slot.count))
    }
  }
}
