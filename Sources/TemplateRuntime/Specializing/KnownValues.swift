package import Records

/// What is known of many records before any of them is: values that are the same in all of them, and fields of lists' items that
/// none of them has.
package struct KnownValues: Sendable {
  /// Holds the known values; what else is in it is not looked at.
  package let record: Record
  /// By the slots of frame 0.
  ///
  /// Of a known list, everything in it is known. An absent value is known as well as any other.
  private let isKnown: [Bool]
  /// By frame and slot: of lists that are not known.
  private let items: [[ItemSlot]]

  /// A slot of an item of a list that is not known.
  struct ItemSlot: Sendable {
    /// Whether no item has a value there.
    let isAbsent: Bool
    /// The frame of the items of a list that stands there.
    let itemFrame: Int?
  }

  /// `isKnown` has an element for each slot of frame 0.
  package init(_ record: Record, isKnown: [Bool]) { self.init(record, isKnown, items: []) }

  init(_ record: Record, _ isKnown: [Bool], items: [[ItemSlot]]) {
    self.record = record
    self.isKnown = isKnown
    self.items = items
  }

  package func knows(slot: UInt16) -> Bool { isKnown[Int(slot)] }

  func item(_ slot: UInt16, of frame: Int) -> ItemSlot? {
    items.indices.contains(frame) ? items[frame][Int(slot)] : nil
  }
}

extension Binder {
  /// What is known of records that `mode` prints and that differ from `record`, which is bound in that mode, in nothing but the
  /// fields in `given`, which have a value in some of them.
  ///
  /// Of a list with a given field the items differ, and what is not given is absent in all of them: who gives a list names every
  /// field that any of its items has. `everything` is the record with what the mode does not print. The warnings of a record are
  /// never known, nor are lists with `new-if`, for what is new may depend on what is given.
  package func known(
    _ record: Record,
    everything: Record,
    given: Set<Field.ID>,
    mode: PacketMode
  ) -> KnownValues {
    let printed = Set((printed[mode] ?? []).joined())
    var varying = given.union(newItems.keys)
    for id in varying { varying.formUnion(dictionary.lists(around: id)) }
    for id in dictionary.derived
    where !varying.isDisjoint(with: dictionary.fields[id].inputs) {
      varying.insert(id)
      varying.formUnion(dictionary.lists(around: id))
    }
    if let packetWarnings { varying.insert(packetWarnings) }
    let found = fields(inItemsOf: everything)
    var isKnown = [Bool](repeating: true, count: dictionary.frames[0].stride)
    var items = dictionary.frames.map { frame in
      // A list of plain values has no field for them.
      Array(repeating: KnownValues.ItemSlot(isAbsent: false, itemFrame: nil), count: frame.stride)
    }
    for (frame, fields) in dictionary.frames.map(\.fields).enumerated() {
      for (slot, id) in fields.enumerated() {
        if frame == 0 { isKnown[slot] = !(varying.contains(id) && printed.contains(id)) }
        items[frame][slot] = KnownValues.ItemSlot(
          isAbsent: !printed.contains(id) || !varying.contains(id) && !found.contains(id),
          itemFrame: dictionary.fields[id].itemFrame
        )
      }
    }
    return KnownValues(record, isKnown, items: items)
  }

  /// The fields of which some item of a list has a value.
  private func fields(inItemsOf record: Record) -> Set<Field.ID> {
    var found: Set<Field.ID> = []
    for (frame, items) in zip(dictionary.frames, record.items(dictionary)).dropFirst() {
      for item in items {
        let first = item.registers.frames[frame.depth]
        for (slot, id) in frame.fields.enumerated() where record.slots[first + slot].isPresent {
          found.insert(id)
        }
      }
    }
    return found
  }
}

/// What is known at one place of a program: values of the record, and at which items of known lists the loops around stand.
struct KnownPlace {
  let known: KnownValues
  private(set) var registers = Registers()
  private var isKnown = [8 of Bool](repeating: false)
  /// The frame of the items that each register stands at; nil: not known.
  private var frames = [8 of Int?](repeating: nil)

  init(_ known: KnownValues) {
    self.known = known
    frames[0] = 0
  }

  /// Stands at an item of a list that is known.
  mutating func stand(at index: Int, of list: Slot, register: UInt8) {
    registers.stand(
      at: index,
      of: list,
      absentFrame: known.record.absentFrame,
      register: register
    )
    isKnown[Int(register)] = true
    frames[Int(register)] = nil
  }

  /// Stands at any item of a list, of which no more is known than what no item has.
  mutating func stand(atAnyItemOf list: Operand, register: UInt8) {
    // Where all is absent, so that what no item has is found to be so.
    registers.stand(
      at: 0,
      of: .absent,
      absentFrame: known.record.absentFrame,
      register: register
    )
    isKnown[Int(register)] = false
    frames[Int(register)] = frames[Int(list.register)].flatMap {
      known.item(list.slot, of: $0)?.itemFrame
    }
  }

  func knows(_ register: UInt8) -> Bool { isKnown[Int(register)] }

  func slot(_ operand: Operand) -> Slot? {
    let isKnown = operand.register == 0 ? known.knows(slot: operand.slot) : knows(operand.register)
    if isKnown { return known.record.slot(operand, registers) }
    guard operand.register > 0, let frame = frames[Int(operand.register)],
      known.item(operand.slot, of: frame)?.isAbsent == true
    else { return nil }
    return .absent
  }

  /// What is left to ask.
  func simplify(_ condition: Condition) -> Condition {
    switch condition {
    case .constant:
      return condition
    case .present(let operand), .compare(let operand, _, _), .count(let operand, _, _):
      return slot(operand) == nil ? condition : settled(condition)
    case .compareFields(let a, _, let b), .isNotTax(let a, within: let b):
      let slots = [slot(a), slot(b)]
      if !slots.contains(nil) { return settled(condition) }
      // One side without a value that can be compared settles it.
      return slots.contains { $0.map { $0.kind != .text && $0.kind != .number } ?? false }
        ? .constant(false) : condition
    case .index(let register, _, _):
      return knows(register) ? settled(condition) : condition
    case .not(let inner): return Condition.not(simplify(inner)).simplified
    case .all(let parts): return Condition.all(parts.map(simplify)).simplified
    case .any(let parts): return Condition.any(parts.map(simplify)).simplified
    }
  }

  private func settled(_ condition: Condition) -> Condition {
    .constant(ConditionTable(condition).holds(in: known.record, registers))
  }
}
