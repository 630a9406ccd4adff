package import Records

/// Runs programs on records.
///
/// Rendering cannot fail and touches nothing but its arguments. It counts no reference and takes no memory but the output's.
package enum Renderer {
  /// The whole program's bytes: UTF-8, ended by a line feed.
  package static func render(
    _ program: Program,
    with record: Record,
    checkNumber: CheckNumber?
  ) -> [UInt8] {
    [UInt8](capacity: program.expectedSize(of: record)) { output in
      var registers = Registers()
      let steps = program.steps.steps.indices
      output.run(steps, of: program.steps, program.bytes, record, checkNumber, &registers)
    }
  }

  /// One instance (0-based) of one document.
  package static func render(
    _ section: Program.Section,
    instance: Int,
    of program: Program,
    with record: Record,
    checkNumber: CheckNumber?
  ) -> [UInt8] {
    // An instance holds a part of the record, which may be small.
    [UInt8](capacity: section.blankSize + min(2 * record.arena.count, 1 << 14)) { output in
      var registers = Registers()
      if let repetition = section.repetition {
        registers.stand(
          at: instance,
          of: record.slot(repetition.list, registers),
          absentFrame: record.absentFrame,
          register: repetition.register
        )
      }
      let steps = program.steps.range(section.body)
      output.run(steps, of: program.steps, program.bytes, record, checkNumber, &registers)
    }
  }

  /// What the instruction at `index`, which is no jump and no loop, writes while `registers` stand where they do.
  static func render(
    instructionAt index: Int,
    of program: Program,
    with record: Record,
    _ registers: Registers
  ) -> [UInt8] {
    let steps = Steps([program.instructions[index]], [], entries: [])
    return [UInt8](capacity: 256) { output in
      var registers = registers
      output.run(steps.steps.indices, of: steps, program.bytes, record, nil, &registers)
    }
  }
}

extension ByteWriter {
  fileprivate mutating func run(
    _ range: Range<Int>,
    of program: borrowing Steps,
    _ bytes: borrowing [UInt8],
    _ record: borrowing Record,
    _ checkNumber: CheckNumber?,
    _ registers: inout Registers
  ) {
    let steps = program.steps.span
    let blanks = program.blanks.span
    let literals = bytes.span
    let slots = record.slots.span
    let arena = record.arena.span
    let absentFrame = record.absentFrame
    var next = range.lowerBound
    while next < range.upperBound {
      let step = steps[next]
      next += 1
      if step.literal.count > 0 { append(literals, step.literal) }
      switch step.kind {
      case .literal:
        break
      case .text:
        let slot = slots.slot(step, registers)
        if slot.count > 0, slot.kind != .list {
          append(escaping: arena, Int(slot.start), Int(slot.count))
        } else if slot.kind != .word, slot.kind != .number {
          append(literals, blanks[Int(step.extra)])
        }
      case .value:
        let value = program.values[Int(step.extra)]
        append(slots.slot(step, registers), as: value, literals, slots, arena)
      case .lines:
        let lines = program.lines[Int(step.extra)]
        append(linesOf: slots.slot(step, registers), lines, literals, arena)
      case .index:
        let index = registers.indices[Int(step.register)] + 1
        append(number: Int64(index), program.styles[Int(step.extra)])
      case .count:
        let count = slots.slot(step, registers).itemCount
        append(number: Int64(count), program.styles[Int(step.extra)])
      case .checkNumber:
        if let checkNumber { append(checkNumber.bytes) }
      case .checkbox:
        let checkbox = program.checkboxes[Int(step.extra)]
        let isChecked = slots.slot(step, registers).holds(option: checkbox.option, slots)
        append(literals, isChecked ? checkbox.yes : checkbox.no)
      case .jumpIfPresent:
        if slots.slot(step, registers).isPresent { next = Int(step.extra) }
      case .jumpIfAbsent:
        if !slots.slot(step, registers).isPresent { next = Int(step.extra) }
      case .jumpIfEqual, .jumpUnlessEqual:
        let slot = slots.slot(step, registers)
        let jump = program.jumps[Int(step.extra)]
        let isEqual = slot.kind == .number && slot.number == jump.number
        if isEqual == (step.kind == .jumpIfEqual) { next = Int(jump.target) }
      case .jumpIf, .jumpUnless:
        let jump = program.jumps[Int(step.extra)]
        let holds = program.tests.holds(Int(jump.number), in: slots, arena, registers)
        if holds == (step.kind == .jumpIf) { next = Int(jump.target) }
      case .jump:
        next = Int(step.extra)
      case .loop:
        let list = slots.slot(step, registers)
        let loop = program.loops[Int(step.extra)]
        if max(list.itemCount, loop.minimum) == 0 {
          next = Int(loop.target)
        } else {
          registers.stand(at: 0, of: list, absentFrame: absentFrame, register: loop.register)
        }
      case .next:
        let list = slots.slot(step, registers)
        let loop = program.loops[Int(step.extra)]
        let index = registers.indices[Int(loop.register)] + 1
        if index < max(list.itemCount, loop.minimum) {
          registers.stand(
            at: index,
            of: list,
            absentFrame: absentFrame,
            register: loop.register
          )
          next = Int(loop.target)
        }
      }
    }
  }

  @inline(__always)
  private mutating func append(_ literals: borrowing Span<UInt8>, _ literal: Literal) {
    append(literals, Int(literal.start), Int(literal.count))
  }

  @inline(__always)
  private mutating func append(escaping slot: Slot, _ arena: borrowing Span<UInt8>) {
    append(escaping: arena, Int(slot.start), Int(slot.count))
  }

  private mutating func append(
    _ slot: Slot,
    as value: Steps.Value,
    _ literals: borrowing Span<UInt8>,
    _ slots: borrowing Span<Slot>,
    _ arena: borrowing Span<UInt8>
  ) {
    let blank = value.blank
    switch (slot.kind, value.format) {
    case (.list, .otherText), (.list, .word):
      append(itemsOf: slot, as: value, literals, slots, arena)
    case (.absent, _), (.list, _):
      append(literals, blank)
    case (.text, _) where slot.count == 0:
      // その他 without more.
      append(literals, blank)
    case (.text, .otherText) where slot.number == -1, (.word, .word):
      append(escaping: slot, arena)
    case (_, .otherText), (_, .word):
      append(literals, blank)
    case (.text, .fullwidth), (.word, .fullwidth):
      append(fullwidth: arena, Int(slot.start), Int(slot.count))
    case (.text, _), (.word, _), (.number, .text):
      append(escaping: slot, arena)
    case (.number, .fullwidth):
      append(number: slot.number, .digits(.full))
    case (.number, .number(let style)):
      append(number: slot.number, style)
    case (.number, .money):
      append(money: slot.number)
    case (.number, .percent):
      append(escaping: slot, arena)
      append("％" as StaticString)
    case (.number, .daiji):
      append(daiji: slot.number)
    case (.number, .wareki(let digits, let time)):
      append(wareki: slot.number, digits, time: time)
    case (.number, .iso(let time)):
      append(iso: slot.number, time: time)
    case (.number, .boolean(let yes, let no)):
      append(literals, slot.number == 0 ? no : yes)
    }
  }

  /// The words of a list, or its texts that are no option's, with 、 between them.
  private mutating func append(
    itemsOf list: Slot,
    as value: Steps.Value,
    _ literals: borrowing Span<UInt8>,
    _ slots: borrowing Span<Slot>,
    _ arena: borrowing Span<UInt8>
  ) {
    let start = count
    for offset in 0..<Int(list.count) {
      let slot = slots[Int(list.start) + offset]
      let isWanted =
        value.format == .word ? slot.kind == .word : slot.kind == .text && slot.number == -1
      guard isWanted, slot.count > 0 else { continue }
      if count > start { append("、" as StaticString) }
      append(escaping: slot, arena)
    }
    if count == start { append(literals, value.blank) }
  }

  private mutating func append(
    linesOf slot: Slot,
    _ lines: Steps.Lines,
    _ literals: borrowing Span<UInt8>,
    _ arena: borrowing Span<UInt8>
  ) {
    guard slot.kind == .text || slot.kind == .word else {
      return append(literals, lines.blank)
    }
    var start = Int(slot.start)
    let end = start + Int(slot.count)
    while let lineFeed = arena.lineFeed(from: start, before: end) {
      append(escaping: arena, start, lineFeed - start)
      append(literals, lines.separator)
      start = lineFeed + 1
    }
    append(escaping: arena, start, end - start)
  }
}

extension Span<Slot> {
  @inline(__always)
  fileprivate func slot(_ step: Steps.Step, _ registers: borrowing Registers) -> Slot {
    self[registers.frames[Int(step.register)] + Int(step.slot)]
  }
}

extension Slot {
  /// Whether it is an option of a choice, or a list of choices that has it.
  fileprivate func holds(option: Int64, _ slots: borrowing Span<Slot>) -> Bool {
    switch kind {
    case .absent, .word: return false
    case .text, .number: return number == option
    case .list:
      for offset in 0..<Int(count) {
        let item = slots[Int(start) + offset]
        if item.kind == .text, item.number == option { return true }
      }
      return false
    }
  }
}
