import Records
import TemplateRuntime

/// What a program does on a record, step by step, as the renderer itself writes it down.
///
/// Before each instruction stands one that writes its number, between characters that no value has; so nothing here knows how
/// conditions are decided or values are printed.
struct ProgramTrace {
  struct Step {
    let index: Int
    let written: [UInt8]
  }

  private(set) var steps: ArraySlice<Step>

  private static let open: UInt8 = 0x02
  private static let close: UInt8 = 0x03

  init(of program: Program, with record: Record, checkNumber: CheckNumber) {
    let traced = Renderer.render(
      Self.numbered(program),
      with: record,
      checkNumber: checkNumber
    )
    var steps: [Step] = []
    for step in traced.split(separator: Self.open) {
      let end = step.firstIndex(of: Self.close) ?? step.endIndex
      let index = step[..<end].reduce(0) { $0 * 10 + Int($1) - 0x30 }
      steps.append(Step(index: index, written: Array(step[end...].dropFirst())))
    }
    self.steps = steps[...]
  }

  /// What the next step, which is that of instruction `index`, writes.
  mutating func take(_ index: Int) -> [UInt8] {
    guard let step = steps.popFirst(), step.index == index else {
      preconditionFailure("The program went another way.")
    }
    return step.written
  }

  func isNext(_ index: Int) -> Bool { steps.first?.index == index }

  private static func numbered(_ program: Program) -> Program {
    var instructions: [Instruction] = []
    var bytes = program.bytes
    for (index, instruction) in program.instructions.enumerated() {
      let mark = [open] + Array(String(index).utf8) + [close]
      instructions.append(
        .literal(Literal(start: UInt32(bytes.count), count: UInt32(mark.count)))
      )
      bytes += mark
      // Each takes two places now.
      instructions.append(instruction.withTargets { 2 * $0 })
    }
    return Program(
      format: program.format,
      instructions: instructions,
      bytes: bytes,
      conditions: program.conditions,
      sections: []
    )
  }
}
