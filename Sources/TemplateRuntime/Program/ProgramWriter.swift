package import Records

/// A program in the making: runs of static bytes become one literal, and branches and loops nest.
package struct ProgramWriter {
  package private(set) var instructions: [Instruction] = []
  package private(set) var bytes: [UInt8] = []
  private var conditions: [Condition] = []
  private var conditionNumbers: [Condition: UInt32] = [:]
  private var literals: [[UInt8]: Literal] = [:]
  /// The last instruction index that something jumps to; bytes behind it must not join bytes before it.
  private var barrier = 0

  package init() {}

  /// Appends static bytes.
  package mutating func append(_ added: some Collection<UInt8>) {
    let start = bytes.count
    bytes += added
    joinBytes(from: start)
  }

  /// Appends a text as it is: here, so that no call from another module is a generic one.
  package mutating func append(_ text: String) {
    let start = bytes.count
    let added = text.utf8Span.span
    // Most are a tag or a part of one: to copy them as a whole takes 400 instructions.
    if added.count < 40 {
      for index in added.indices { bytes.append(added[index]) }
    } else {
      bytes += text.utf8
    }
    joinBytes(from: start)
  }

  package mutating func append(_ bytes: [UInt8]) { append(bytes[...]) }

  /// Makes the bytes from `start` on part of the literal before them, or a new one.
  private mutating func joinBytes(from start: Int) {
    guard start < bytes.count else { return }
    let start = UInt32(start)
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

  package mutating func append(_ instruction: Instruction) { instructions.append(instruction) }

  /// Bytes that an instruction carries with it; the same bytes are kept once.
  package mutating func literal(_ content: [UInt8]) -> Literal {
    if content.isEmpty { return .empty }
    if let known = literals[content] { return known }
    let literal = Literal(start: UInt32(bytes.count), count: UInt32(content.count))
    bytes += content
    literals[content] = literal
    return literal
  }

  /// The index of the next instruction, as a target.
  package mutating func here() -> UInt32 {
    barrier = instructions.count
    return UInt32(barrier)
  }

  /// Opens a branch; what follows, up to `close`, runs if the condition holds.
  package mutating func openBranch(on condition: Condition) -> OpenBranch {
    let outer = barrier
    let number = conditionNumbers[condition] ?? UInt32(conditions.count)
    if conditionNumbers.updateValue(number, forKey: condition) == nil {
      conditions.append(condition)
    }
    append(.branch(condition: number, otherwise: 0))
    return OpenBranch(
      start: instructions.count - 1,
      condition: number,
      jump: nil,
      barrier: outer
    )
  }

  /// What follows runs if the condition does not hold.
  package mutating func otherwise(_ branch: inout OpenBranch) {
    branch.jump = instructions.count
    append(.jump(0))
    instructions[branch.start] = .branch(condition: branch.condition, otherwise: here())
  }

  package mutating func close(_ branch: OpenBranch) {
    if let jump = branch.jump {
      instructions[jump] = .jump(here())
    } else {
      instructions[branch.start] = .branch(condition: branch.condition, otherwise: here())
    }
  }

  package mutating func openLoop(over list: Operand, register: UInt8, minimum: UInt16) -> OpenLoop {
    let outer = barrier
    append(.loop(list: list, register: register, minimum: minimum, end: 0))
    return OpenLoop(
      begin: here(),
      list: list,
      register: register,
      minimum: minimum,
      barrier: outer
    )
  }

  package mutating func close(_ loop: OpenLoop) {
    let (list, register, minimum) = (loop.list, loop.register, loop.minimum)
    append(.next(list: list, register: register, minimum: minimum, begin: loop.begin))
    instructions[Int(loop.begin) - 1] = .loop(
      list: list,
      register: register,
      minimum: minimum,
      end: here()
    )
  }

  /// Takes an open branch back if nothing stands in it; false if something does.
  mutating func dropIfEmpty(_ branch: OpenBranch) -> Bool {
    drop(branch.start, ifFollowedBy: branch.jump == nil ? 0 : 1, branch.barrier)
  }

  mutating func dropIfEmpty(_ loop: OpenLoop) -> Bool {
    drop(Int(loop.begin) - 1, ifFollowedBy: 0, loop.barrier)
  }

  private mutating func drop(_ start: Int, ifFollowedBy count: Int, _ outer: Int) -> Bool {
    guard instructions.count == start + 1 + count else { return false }
    instructions.removeSubrange(start...)
    barrier = outer
    return true
  }

  package func program(_ format: OutputFormat, sections: [Program.Section]) -> Program {
    Program(
      format: format,
      instructions: instructions,
      bytes: bytes,
      conditions: conditions,
      sections: sections
    )
  }

  package struct OpenBranch {
    fileprivate let start: Int
    fileprivate let condition: UInt32
    fileprivate var jump: Int?
    fileprivate let barrier: Int
  }

  package struct OpenLoop {
    fileprivate let begin: UInt32
    fileprivate let list: Operand
    fileprivate let register: UInt8
    fileprivate let minimum: UInt16
    fileprivate let barrier: Int
  }
}
