package import Records
package import TemplateRuntime

/// Runs a program as its instructions read, one after the other, without steps, tables and blocks: what the renderer must come to.
package struct PlainRenderer {
  private let program: Program
  private let record: Record
  private var registers = Registers()
  private var output: [UInt8] = []

  package static func render(_ program: Program, with record: Record) -> [UInt8] {
    var renderer = PlainRenderer(program: program, record: record)
    renderer.run()
    return renderer.output
  }

  private init(program: Program, record: Record) {
    self.program = program
    self.record = record
  }

  private mutating func run() {
    var next = 0
    while next < program.instructions.count {
      let instruction = program.instructions[next]
      next += 1
      switch instruction {
      case .literal(let literal): append(literal)
      case .value(let operand, let format, let blank):
        value(record.slot(operand, registers), format, blank)
      case .lines(let operand, let separator, let blank):
        let slot = record.slot(operand, registers)
        guard [.text, .word].contains(slot.kind) else {
          append(blank)
          break
        }
        for (number, line) in record.bytes(of: slot)
          .split(separator: 10, omittingEmptySubsequences: false).enumerated()
        {
          if number > 0 { append(separator) }
          escape(line)
        }
      case .index(let register, let style):
        let number = Int64(registers.indices[Int(register)] + 1)
        output += [UInt8](writing: { $0.append(number: number, style) })
      case .count(let operand, let style):
        let number = Int64(count(of: operand))
        output += [UInt8](writing: { $0.append(number: number, style) })
      case .checkNumber: break
      case .checkbox(let operand, let option, let yes, let no):
        append(isChecked(record.slot(operand, registers), Int64(option)) ? yes : no)
      case .branch(let condition, let otherwise):
        if !holds(program.conditions[Int(condition)]) { next = Int(otherwise) }
      case .jump(let target): next = Int(target)
      case .loop(let list, let register, let minimum, let end):
        if max(count(of: list), Int(minimum)) == 0 {
          next = Int(end)
        } else {
          stand(at: 0, of: list, register)
        }
      case .next(let list, let register, let minimum, let begin):
        let index = registers.indices[Int(register)] + 1
        if index < max(count(of: list), Int(minimum)) {
          stand(at: index, of: list, register)
          next = Int(begin)
        }
      }
    }
  }

  private mutating func stand(at index: Int, of list: Operand, _ register: UInt8) {
    let slot = record.slot(list, registers)
    registers.indices[Int(register)] = index
    registers.frames[Int(register)] =
      index < count(of: list) ? Int(slot.start) + index * Int(slot.number) : record.absentFrame
  }

  private func count(of list: Operand) -> Int {
    let slot = record.slot(list, registers)
    return slot.kind == .list ? Int(slot.count) : 0
  }

  private func items(of list: Slot) -> ArraySlice<Slot> {
    record.slots[Int(list.start)..<Int(list.start + list.count)]
  }

  private func isChecked(_ slot: Slot, _ option: Int64) -> Bool {
    switch slot.kind {
    case .absent, .word: false
    case .text, .number: slot.number == option
    case .list: items(of: slot).contains { $0.kind == .text && $0.number == option }
    }
  }

  // MARK: Bytes

  private mutating func append(_ literal: Literal) {
    output += program.bytes[Int(literal.start)..<Int(literal.start + literal.count)]
  }

  private mutating func escape(_ text: ArraySlice<UInt8>) {
    for byte in text {
      switch Unicode.Scalar(byte) {
      case "&": output += "&amp;".utf8
      case "<": output += "&lt;".utf8
      case ">": output += "&gt;".utf8
      case "\"": output += "&quot;".utf8
      case _: output.append(byte)
      }
    }
  }

  private mutating func value(_ slot: Slot, _ format: ValueFormat, _ blank: Literal) {
    let start = output.count
    switch (slot.kind, format) {
    case (.list, .otherText): join(slot) { $0.kind == .text && $0.number == -1 }
    case (.list, .word): join(slot) { $0.kind == .word }
    case (.absent, _), (.list, _): break
    case (.text, .otherText): if slot.number == -1 { escape(record.bytes(of: slot)) }
    case (.word, .word): escape(record.bytes(of: slot))
    case (_, .otherText), (_, .word): break
    case (.text, .fullwidth), (.word, .fullwidth):
      for byte in record.bytes(of: slot) {
        if (48...57).contains(byte) {
          output += [0xEF, 0xBC, byte - 48 + 0x90]
        } else {
          escape([byte])
        }
      }
    case (.text, _), (.word, _), (.number, .text):
      escape(record.bytes(of: slot))
      if slot.kind != .text { return }
    case (.number, .boolean(let yes, let no)):
      return append(slot.number == 0 ? no : yes)
    case (.number, _): number(slot, format)
    }
    if output.count == start { append(blank) }
  }

  private mutating func number(_ slot: Slot, _ format: ValueFormat) {
    let number = slot.number
    let digits = record.bytes(of: slot)
    output += [UInt8](writing: { output in
      switch format {
      case .fullwidth: output.append(number: number, .digits(.full))
      case .number(let style): output.append(number: number, style)
      case .money: output.append(money: number)
      case .percent: output.append(Array(digits) + "％".utf8)
      case .daiji: output.append(daiji: number)
      case .wareki(let digits, let time): output.append(wareki: number, digits, time: time)
      case .iso(let time): output.append(iso: number, time: time)
      case .text, .otherText, .word, .boolean: break
      }
    })
  }

  private mutating func join(_ list: Slot, where isWanted: (Slot) -> Bool) {
    let texts = items(of: list).filter { isWanted($0) && $0.count > 0 }
    for (number, slot) in texts.enumerated() {
      if number > 0 { output += "、".utf8 }
      escape(record.bytes(of: slot))
    }
  }

  // MARK: Conditions

  private func holds(_ condition: Condition) -> Bool {
    switch condition {
    case .constant(let value): return value
    case .present(let operand):
      let slot = record.slot(operand, registers)
      return slot.kind == .list ? slot.count > 0 : slot.kind != .absent
    case .compare(let operand, let comparison, .number(let number)):
      let slot = record.slot(operand, registers)
      return slot.kind == .number && comparison.holds(slot.number, number)
    case .compare(let operand, let comparison, .option(let option, _)):
      let slot = record.slot(operand, registers)
      guard [.text, .word].contains(slot.kind) else { return false }
      return (slot.kind == .text && slot.number == option) == (comparison == .equal)
    case .compare(let operand, let comparison, .text(let text)):
      let slot = record.slot(operand, registers)
      guard [.text, .word].contains(slot.kind) else { return false }
      return (Array(record.bytes(of: slot)) == text) == (comparison == .equal)
    case .compareFields(let left, let comparison, let right):
      let (a, b) = (record.slot(left, registers), record.slot(right, registers))
      switch (a.kind, b.kind) {
      case (.number, .number): return comparison.holds(a.number, b.number)
      case (.text, .text):
        return (Array(record.bytes(of: a)) == Array(record.bytes(of: b)))
          == (comparison == .equal)
      case (_, _): return false
      }
    case .count(let list, let comparison, let number):
      return comparison.holds(count(of: list), number)
    case .isNotTax(let tax, let total):
      let (a, b) = (record.slot(tax, registers), record.slot(total, registers))
      guard a.kind == .number, b.kind == .number else { return false }
      let (tax, total) = (Int128(a.number), Int128(b.number))
      return tax != total * 10 / 110 && tax != total * 8 / 108
    case .index(let register, let comparison, let number):
      return comparison.holds(registers.indices[Int(register)] + 1, number)
    case .not(let inner): return !holds(inner)
    case .all(let parts): return parts.allSatisfy(holds)
    case .any(let parts): return parts.contains(where: holds)
    }
  }
}
