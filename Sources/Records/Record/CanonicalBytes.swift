extension Record {
  /// What the data says, as bytes: the same for YAML and JSON, for any order of the keys and for
  /// any spelling of a date or a number.
  ///
  /// The packet's own fields are left out; they change with the command, not with the data.
  ///
  /// After a line with the format's name, each value in the order of the dictionary: its path, the numbers of the items it
  /// stands in, its kind, its number, its bytes; every length and number in eight bytes, the most significant first.
  package func canonicalBytes(_ dictionary: FieldDictionary) -> [UInt8] {
    var bytes = Array("tokki-record-1\n".utf8)
    bytes.reserveCapacity(2 * arena.count + 64 * slots.count)
    let packet = dictionary.child("packet", of: nil)
    for frame in dictionary.frames.indices {
      forEachItem(of: frame, dictionary) { registers, items in
        let first = registers.frames[dictionary.frames[frame].depth]
        for (offset, id) in dictionary.frames[frame].fields.enumerated() {
          // Most are absent; a frame's fields have its slots in their order.
          let slot = slots[first + offset]
          if slot.kind == .absent || dictionary.root(of: id) == packet { continue }
          let path = dictionary.fields[id].path
          bytes.append(slot, of: self, path: path, items: items)
          guard slot.kind == .list, dictionary.fields[id].type != nil else { continue }
          for index in 0..<Int(slot.count) {
            bytes.append(
              slots[Int(slot.start) + index * Int(slot.number)],
              of: self,
              path: path,
              items: items + [index + 1]
            )
          }
        }
      }
    }
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ slot: Slot, of record: Record, path: String, items: [Int]) {
    guard slot.kind != .absent else { return }
    append(integer: Int64(path.utf8.count))
    append(contentsOf: path.utf8)
    append(integer: Int64(items.count))
    for item in items { append(integer: Int64(item)) }
    append(slot.kind.rawValue)
    switch slot.kind {
    case .absent: break
    case .list: append(integer: Int64(slot.count))
    case .text, .word, .number:
      append(integer: slot.number)
      append(integer: Int64(slot.count))
      append(contentsOf: record.bytes(of: slot))
    }
  }

  private mutating func append(integer: Int64) {
    append(addingCapacity: 8) { output in
      for shift in stride(from: 56, through: 0, by: -8) {
        output.append(UInt8(truncatingIfNeeded: integer >> Int64(shift)))
      }
    }
  }
}
