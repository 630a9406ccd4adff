import TemplateRuntime

/// Puts a program together: text becomes static bytes, flow becomes jumps.
///
/// A class, so that the bodies of branches and loops append to the one program.
final class ProgramBuilder {
  private var instructions: [Instruction] = []
  private var bytes: [UInt8] = []
  private var conditions: [Condition] = []
  private var conditionNumbers: [Condition: UInt32] = [:]
  private var literals: [String: Literal] = [:]
  private var sections: [Program.Section] = []
  /// The last instruction index that something jumps to; text behind it must not join text before it.
  private var barrier = 0

  /// Appends bytes of the output format.
  func markup(_ text: String) {
    guard !text.isEmpty else { return }
    let start = UInt32(bytes.count)
    bytes += text.utf8
    let count = UInt32(bytes.count) - start
    if instructions.count > barrier, case .literal(let last)? = instructions.last,
      last.start + last.count == start
    {
      instructions[instructions.count - 1] = .literal(
        Literal(start: last.start, count: last.count + count)
      )
    } else {
      instructions.append(.literal(Literal(start: start, count: count)))
    }
  }

  /// Appends static text, escaped.
  func text(_ text: String) {
    var escaped: [UInt8] = []
    escaped.append(escaping: text)
    markup(String(decoding: escaped, as: UTF8.self))
  }

  func emit(_ instruction: Instruction) { instructions.append(instruction) }

  /// Bytes that an instruction carries with it; the same bytes are kept once.
  func literal(_ text: String) -> Literal {
    if text.isEmpty { return .empty }
    if let known = literals[text] { return known }
    let literal = Literal(start: UInt32(bytes.count), count: UInt32(text.utf8.count))
    bytes += text.utf8
    literals[text] = literal
    return literal
  }

  func branch(
    on condition: Condition,
    then body: () -> Void,
    else other: (() -> Void)? = nil
  ) {
    let number = conditionNumbers[condition] ?? UInt32(conditions.count)
    if conditionNumbers.updateValue(number, forKey: condition) == nil {
      conditions.append(condition)
    }
    let start = instructions.count
    instructions.append(.branch(condition: number, otherwise: 0))
    body()
    if let other {
      let jump = instructions.count
      instructions.append(.jump(0))
      instructions[start] = .branch(condition: number, otherwise: here())
      other()
      instructions[jump] = .jump(here())
    } else {
      instructions[start] = .branch(condition: number, otherwise: here())
    }
  }

  func loop(_ loop: Loop, _ body: () -> Void) {
    let register = UInt8(loop.register)
    let minimum = UInt16(loop.minimum)
    let start = instructions.count
    instructions.append(.loop(list: loop.list, register: register, minimum: minimum, end: 0))
    let begin = here()
    body()
    instructions.append(
      .next(list: loop.list, register: register, minimum: minimum, begin: begin)
    )
    instructions[start] = .loop(
      list: loop.list,
      register: register,
      minimum: minimum,
      end: here()
    )
  }

  /// As `branch`, and without any where the condition is nil.
  func branch(on condition: Condition?, _ body: () -> Void) {
    guard let condition else { return body() }
    branch(on: condition, then: body)
  }

  func anchor(_ anchor: Anchor) {
    for piece in anchor.pieces {
      switch piece {
      case .text(let text): markup(text)
      case .index(let register): emit(.index(register: UInt8(register), .plain))
      }
    }
  }

  /// Appends a document: its body is recorded as a section, inside its condition and loop.
  func section(_ document: LaidOutDocument, _ body: () -> Void) {
    func recorded() {
      let start = Int(here())
      body()
      sections.append(
        Program.Section(
          document: document.id,
          title: document.title,
          body: start..<Int(here()),
          condition: document.condition,
          repetition: document.repetition,
          isOfficeOnly: document.isOfficeOnly
        )
      )
    }
    func repeated() {
      guard let repetition = document.repetition else { return recorded() }
      loop(
        Loop(
          list: repetition.list,
          register: Int(repetition.register),
          minimum: repetition.minimum
        ),
        recorded
      )
    }
    guard let condition = document.condition else { return repeated() }
    branch(on: condition, then: repeated)
  }

  /// The index of the next instruction, as a target.
  private func here() -> UInt32 {
    barrier = instructions.count
    return UInt32(barrier)
  }

  func program(_ format: OutputFormat) -> Program {
    Program(
      format: format,
      instructions: instructions,
      bytes: bytes,
      conditions: conditions,
      sections: sections
    )
  }
}
