/// What is known of many records before any of them is: values that are the same in all of them.
package struct KnownValues: Sendable {
  /// Holds the known values; what else is in it is not looked at.
  package let record: Record
  /// By the slots of frame 0.
  ///
  /// Of a known list, everything in it is known. An absent value is known as well as any other.
  private let isKnown: [Bool]

  /// Everything but the fields in `varying`, and what stands in them, which may differ from record to record.
  ///
  /// `record` is bound in the mode in which the program will be run. Its warnings are never known.
  package init(_ record: Record, in dictionary: FieldDictionary, varying: Set<Field.ID>) {
    var varying = varying
    if let warnings = dictionary.field(at: "packet.warnings") { varying.insert(warnings) }
    var isKnown = [Bool](repeating: true, count: dictionary.frames[0].stride)
    for id in dictionary.fields.indices {
      // A parent comes before its children.
      if let parent = dictionary.fields[id].parent, varying.contains(parent) { varying.insert(id) }
    }
    for id in varying {
      if let slot = dictionary.slotOfRecord(holding: id) { isKnown[slot] = false }
    }
    self.init(record, isKnown: isKnown)
  }

  /// `isKnown` has an element for each slot of frame 0.
  package init(_ record: Record, isKnown: [Bool]) {
    self.record = record
    self.isKnown = isKnown
  }

  package func knows(slot: UInt16) -> Bool { isKnown[Int(slot)] }
}

/// What is known at one place of a program: values of the record, and at which items of known lists the loops around stand.
struct KnownPlace {
  let known: KnownValues
  private(set) var registers = Registers()
  private var isKnown = [8 of Bool](repeating: false)

  init(_ known: KnownValues) { self.known = known }

  mutating func stand(at index: Int, of list: Slot, register: UInt8) {
    registers.stand(
      at: index,
      of: list,
      absentFrame: known.record.absentFrame,
      register: register
    )
    isKnown[Int(register)] = true
  }

  mutating func forget(_ register: UInt8) { isKnown[Int(register)] = false }

  func knows(_ register: UInt8) -> Bool { isKnown[Int(register)] }

  func slot(_ operand: Operand) -> Slot? {
    let isKnown = operand.register == 0 ? known.knows(slot: operand.slot) : knows(operand.register)
    return isKnown ? known.record.slot(operand, registers) : nil
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

extension FieldDictionary {
  /// The slot of frame 0 that holds a field: that of the outermost list around it, or its own, if it has one.
  fileprivate func slotOfRecord(holding id: Field.ID) -> Int? {
    let holder = fields[lists(around: id).first ?? id]
    return switch holder.declaration.shape {
    case .record: nil
    case .value, .list: holder.slot
    }
  }
}
