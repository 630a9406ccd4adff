package import Records
package import TemplateRuntime

/// How a program and what is left of it differ, if they do.
package struct SpecializedProgram {
  private let original: Program
  private let record: Record
  private let checkNumber = CheckNumber(digest: Array(0..<8))

  package init(_ original: Program, _ record: Record) {
    self.original = original
    self.record = record
  }

  /// Says where the rest writes other bytes; nil if nowhere.
  package func difference(of rest: Program) -> String? {
    if whole(rest) != whole(original) { return "whole" }
    guard rest.sections.map(\.document) == original.sections.map(\.document),
      rest.sections.map(\.repetition) == original.sections.map(\.repetition)
    else { return "sections" }
    for (section, other) in zip(original.sections, rest.sections) {
      let count = section.instanceCount(in: record)
      if other.instanceCount(in: record) != count { return "count of \(section.document)" }
      for instance in 0..<count
      where self.instance(instance, of: other, rest)
        != self.instance(instance, of: section, original)
      {
        return "\(section.document) \(instance)"
      }
    }
    return nil
  }

  private func whole(_ program: Program) -> [UInt8] {
    Renderer.render(program, with: record, checkNumber: checkNumber)
  }

  private func instance(_ instance: Int, of section: Program.Section, _ program: Program) -> [UInt8]
  {
    Renderer.render(
      section,
      instance: instance,
      of: program,
      with: record,
      checkNumber: checkNumber
    )
  }
}

extension Record {
  /// What may be known of a record: random slots of its own frame, and nothing true in the others.
  package func knowingSome(
    _ dictionary: FieldDictionary,
    using generator: inout SeededGenerator
  ) -> KnownValues {
    let part = Int.random(in: 1...4, using: &generator)
    let isKnown = (0..<dictionary.frames[0].stride).map { _ in
      Int.random(in: 0..<part, using: &generator) == 0
    }
    return knowing(isKnown)
  }

  /// Without the values of some fields, in the record itself and in the items of its lists.
  package func without(_ fields: Set<Field.ID>, _ dictionary: FieldDictionary) -> Record {
    var slots = slots
    for (frame, items) in zip(dictionary.frames, items(dictionary)) {
      for item in items {
        let first = item.registers.frames[frame.depth]
        for (slot, id) in frame.fields.enumerated() where fields.contains(id) {
          slots[first + slot] = .absent
        }
      }
    }
    return Record(arena: arena, slots: slots, absentFrame: absentFrame)
  }

  package func knowing(_ isKnown: [Bool]) -> KnownValues {
    var slots = slots
    for index in isKnown.indices where !isKnown[index] {
      slots[index] = slots[index].kind == .absent ? Slot(kind: .number, number: 1) : .absent
    }
    return KnownValues(
      Record(arena: arena, slots: slots, absentFrame: absentFrame),
      isKnown: isKnown
    )
  }
}

extension Program {
  /// Whether nothing is left to run but one literal, between 照合番号 and 照合番号.
  package func isSettled(_ body: Range<Int>) -> Bool {
    var wasLiteral = false
    for instruction in instructions[body] {
      switch instruction {
      case .literal:
        if wasLiteral { return false }
        wasLiteral = true
      case .checkNumber: wasLiteral = false
      case .value, .lines, .index, .count, .checkbox, .branch, .jump, .loop, .next: return false
      }
    }
    return true
  }
}
