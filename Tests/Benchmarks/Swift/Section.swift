import Records
import TemplateRuntime

extension Program {
  /// A program of one document alone.
  func program(of section: Section) -> Program {
    let start = UInt32(section.body.lowerBound)
    return Program(
      format: format,
      instructions: instructions[section.body].map { $0.withTargets { $0 - start } },
      bytes: bytes,
      conditions: conditions,
      sections: []
    )
  }
}

extension Instruction {
  func withTargets(_ moved: (UInt32) -> UInt32) -> Instruction {
    switch self {
    case .literal, .value, .lines, .index, .count, .checkNumber, .checkbox:
      self
    case .branch(let condition, let otherwise):
      .branch(condition: condition, otherwise: moved(otherwise))
    case .jump(let target):
      .jump(moved(target))
    case .loop(let list, let register, let minimum, let end):
      .loop(list: list, register: register, minimum: minimum, end: moved(end))
    case .next(let list, let register, let minimum, let begin):
      .next(list: list, register: register, minimum: minimum, begin: moved(begin))
    }
  }
}
