/// The bound data of one contract with one vendor: one arena of bytes and the slots that point into it.
///
/// This is all that a rendering can reach; no other record's bytes are in it.
package struct Record: Sendable {
  /// The UTF-8 bytes of all textual values, end to end.
  package let arena: [UInt8]
  /// Frame 0 comes first; then the frames of list items, each list's items next to each other; and a frame of absent
  /// slots as wide as the widest, which stands for a blank row.
  package let slots: [Slot]
  /// The first slot of the absent frame.
  package let absentFrame: Int

  package init(arena: [UInt8], slots: [Slot], absentFrame: Int) {
    self.arena = arena
    self.slots = slots
    self.absentFrame = absentFrame
  }

  package func bytes(of slot: Slot) -> ArraySlice<UInt8> {
    arena[Int(slot.start)..<Int(slot.start + slot.count)]
  }
}

/// One value: absent, a range of the arena, a number, or the items of a list.
package struct Slot: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// No value.
    case absent
    /// Text in the arena. A choice also carries the number of its option, -1 for その他.
    case text
    /// A word that stands in place of a value of the field's type: 不明, 調査中.
    case word
    /// An integer, money, decimal (×10⁴), date (days since 1970-01-01), datetime (minutes since then), or boolean (0, 1).
    /// A decimal also has its digits in the arena.
    case number
    /// `count` items; `start` is the first slot of the first item's frame, `number` the slots from one item to the next.
    case list
  }

  package var kind: Kind
  package var start: UInt32
  package var count: UInt32
  package var number: Int64

  package static let absent = Slot(kind: .absent, start: 0, count: 0, number: 0)

  package init(kind: Kind, start: UInt32 = 0, count: UInt32 = 0, number: Int64 = 0) {
    self.kind = kind
    self.start = start
    self.count = count
    self.number = number
  }
}
