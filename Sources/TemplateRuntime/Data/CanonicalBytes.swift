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
    let packet = dictionary.child("packet", of: nil)
    var fieldsByFrame = [[Field.ID]](repeating: [], count: dictionary.frames.count)
    for (id, field) in dictionary.fields.enumerated() where dictionary.root(of: id) != packet {
      switch field.declaration.shape {
      case .value, .list: fieldsByFrame[field.frame].append(id)
      case .record: break
      }
    }
    for frame in dictionary.frames.indices {
      forEachItem(of: frame, dictionary) { registers, items in
        for id in fieldsByFrame[frame] {
          let field = dictionary.fields[id]
          let slot = slot(dictionary.operand(of: id), registers)
          bytes.append(slot, of: self, path: field.path, items: items)
          guard field.type != nil, slot.kind == .list else { continue }
          for index in 0..<Int(slot.count) {
            bytes.append(
              slots[Int(slot.start) + index * Int(slot.number)],
              of: self,
              path: field.path,
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
    for shift in stride(from: 56, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: integer >> Int64(shift)))
    }
  }
}
