/// Runs a program on a record.
///
/// Rendering cannot fail and touches nothing but its arguments.
package struct Renderer {
  private let program: Program
  private let record: Record
  private let checkNumber: CheckNumber?
  private var registers = Registers()
  private var output: [UInt8] = []

  private init(_ program: Program, _ record: Record, _ checkNumber: CheckNumber?) {
    self.program = program
    self.record = record
    self.checkNumber = checkNumber
  }

  /// The whole program's bytes: UTF-8, ended by a line feed.
  package static func render(
    _ program: Program,
    with record: Record,
    checkNumber: CheckNumber?
  ) -> [UInt8] {
    var renderer = Renderer(program, record, checkNumber)
    renderer.output.reserveCapacity(program.blankSize + record.arena.count * 2)
    renderer.run(program.instructions.indices)
    return renderer.output
  }

  /// One instance (0-based) of one document.
  package static func render(
    _ section: Program.Section,
    instance: Int,
    of program: Program,
    with record: Record,
    checkNumber: CheckNumber?
  ) -> [UInt8] {
    var renderer = Renderer(program, record, checkNumber)
    if let repetition = section.repetition {
      renderer.stand(at: instance, of: repetition.list, register: repetition.register)
    }
    renderer.run(section.body)
    return renderer.output
  }

  /// What the instruction at `index`, which is no jump and no loop, writes while `registers` stand where they do.
  static func render(
    instructionAt index: Int,
    of program: Program,
    with record: Record,
    _ registers: Registers
  ) -> [UInt8] {
    var renderer = Renderer(program, record, nil)
    renderer.registers = registers
    renderer.run(index..<index + 1)
    return renderer.output
  }

  private mutating func run(_ range: Range<Int>) {
    // Copies, so that the loop need not expect `self` to change them.
    let (instructions, conditions, record) = (program.instructions, program.conditions, record)
    var next = range.lowerBound
    while next < range.upperBound {
      let instruction = instructions[next]
      next += 1
      switch instruction {
      case .literal(let literal):
        append(literal)
      case .value(let operand, let format, let blank):
        append(record.slot(operand, registers), as: format, blank: blank)
      case .lines(let operand, let separator, let blank):
        appendLines(record.slot(operand, registers), separator: separator, blank: blank)
      case .index(let register, let style):
        output.append(number: Int64(registers.indices[Int(register)] + 1), style)
      case .count(let operand, let style):
        output.append(number: Int64(count(of: operand)), style)
      case .checkNumber:
        if let checkNumber { output += checkNumber.bytes }
      case .mark(let operand, let option, let yes, let no):
        append(holds(operand, option: Int64(option)) ? yes : no)
      case .branch(let condition, let otherwise):
        if !conditions[Int(condition)].holds(in: record, registers) {
          next = Int(otherwise)
        }
      case .jump(let target):
        next = Int(target)
      case .loop(let list, let register, let minimum, let end):
        if max(count(of: list), Int(minimum)) == 0 {
          next = Int(end)
        } else {
          stand(at: 0, of: list, register: register)
        }
      case .next(let list, let register, let minimum, let begin):
        let index = registers.indices[Int(register)] + 1
        if index < max(count(of: list), Int(minimum)) {
          stand(at: index, of: list, register: register)
          next = Int(begin)
        }
      }
    }
  }

  private func count(of list: Operand) -> Int {
    let slot = record.slot(list, registers)
    return slot.kind == .list ? Int(slot.count) : 0
  }

  private mutating func stand(at index: Int, of list: Operand, register: UInt8) {
    registers.stand(
      at: index,
      of: record.slot(list, registers),
      in: record,
      register: register
    )
  }

  private func holds(_ operand: Operand, option: Int64) -> Bool {
    let slot = record.slot(operand, registers)
    switch slot.kind {
    case .absent, .word:
      return false
    case .text, .number:
      return slot.number == option
    case .list:
      let first = Int(slot.start)
      return record.slots[first..<first + Int(slot.count)].contains {
        $0.kind == .text && $0.number == option
      }
    }
  }

  // MARK: Appending

  private mutating func append(_ literal: Literal) {
    output.append(
      contentsOf: program.bytes[Int(literal.start)..<Int(literal.start + literal.count)]
    )
  }

  private mutating func append(_ slot: Slot, as format: ValueFormat, blank: Literal) {
    switch (slot.kind, format) {
    case (.list, .otherText):
      appendItems(of: slot, blank: blank) { $0.kind == .text && $0.number == -1 }
    case (.list, .word):
      appendItems(of: slot, blank: blank) { $0.kind == .word }
    case (.absent, _), (.list, _):
      append(blank)
    case (.text, _) where slot.count == 0:
      // その他 without more.
      append(blank)
    case (.text, .otherText):
      if slot.number == -1 {
        output.append(escaping: record.bytes(of: slot))
      } else {
        append(blank)
      }
    case (.word, .word):
      output.append(escaping: record.bytes(of: slot))
    case (_, .otherText), (_, .word):
      append(blank)
    case (.text, .fullwidth), (.word, .fullwidth):
      output.append(fullwidth: record.bytes(of: slot))
    case (.text, _), (.word, _), (.number, .text):
      output.append(escaping: record.bytes(of: slot))
    case (.number, .fullwidth):
      output.append(number: slot.number, .digits(.full))
    case (.number, .number(let style)):
      output.append(number: slot.number, style)
    case (.number, .money):
      output.append(money: slot.number)
    case (.number, .percent):
      output.append(escaping: record.bytes(of: slot))
      output += "％".utf8
    case (.number, .daiji):
      output.append(daiji: slot.number)
    case (.number, .wareki(let digits, let time)):
      output.append(wareki: slot.number, digits, time: time)
    case (.number, .iso(let time)):
      output.append(iso: slot.number, time: time)
    case (.number, .boolean(let yes, let no)):
      append(slot.number == 0 ? no : yes)
    }
  }

  /// Some of the values of a list, with 、 between them.
  private mutating func appendItems(
    of list: Slot,
    blank: Literal,
    where isWanted: (Slot) -> Bool
  ) {
    let first = Int(list.start)
    let start = output.count
    for slot in record.slots[first..<first + Int(list.count)] where isWanted(slot) && slot.count > 0
    {
      if output.count > start { output += "、".utf8 }
      output.append(escaping: record.bytes(of: slot))
    }
    if output.count == start { append(blank) }
  }

  private mutating func appendLines(_ slot: Slot, separator: Literal, blank: Literal) {
    guard slot.kind == .text || slot.kind == .word else { return append(blank) }
    var rest = record.bytes(of: slot)
    while let end = rest.firstIndex(of: 0x0A) {
      output.append(escaping: rest[..<end])
      append(separator)
      rest = rest[(end + 1)...]
    }
    output.append(escaping: rest)
  }
}

extension Program.Section {
  /// How many instances of the document a record calls for.
  package func instanceCount(in record: Record) -> Int {
    let registers = Registers()
    if let condition, !condition.holds(in: record, registers) { return 0 }
    guard let repetition else { return 1 }
    let slot = record.slot(repetition.list, registers)
    return max(slot.kind == .list ? Int(slot.count) : 0, repetition.minimum)
  }
}
