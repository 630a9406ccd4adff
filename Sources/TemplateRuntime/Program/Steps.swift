import Records

/// A program's instructions as the renderer runs them: sixteen bytes each.
///
/// Each has the static bytes that stand before it, and conditions are jumps. What few of them need is in tables.
struct Steps: Sendable {
  struct Step: Sendable {
    enum Kind: UInt8, Sendable {
      /// Nothing but its static bytes.
      case literal
      case text, value, lines, index, count, checkNumber, checkbox
      /// Jumps if there is a value, or if there is none; if a number is the one compared with, or is not.
      case jumpIfPresent, jumpIfAbsent, jumpIfEqual, jumpUnlessEqual
      /// Jumps if a test of the table holds, or if it does not.
      case jumpIf, jumpUnless
      case jump, loop, next
    }

    let kind: Kind
    let register: UInt8
    let slot: UInt16
    /// Static bytes, written first.
    let literal: Literal
    /// Where to go on, or the place in the kind's table.
    var extra: UInt32

    init(_ kind: Kind, _ operand: Operand, _ literal: Literal, _ extra: Int = 0) {
      self.kind = kind
      register = operand.register
      slot = operand.slot
      self.literal = literal
      self.extra = UInt32(extra)
    }
  }

  struct Value: Equatable, Sendable {
    let format: ValueFormat
    let blank: Literal
  }

  struct Lines: Equatable, Sendable {
    let separator, blank: Literal
  }

  struct Checkbox: Equatable, Sendable {
    let option: Int64
    let yes, no: Literal
  }

  /// A jump that depends on a number: the one compared with, or that of a test.
  struct NumberedJump: Sendable {
    let number: Int64
    var target: UInt32
  }

  struct Loop: Sendable {
    let register: UInt8
    let minimum: Int
    /// Behind the loop for its begin, its body for its end.
    var target: UInt32
  }

  fileprivate(set) var steps: [Step] = []
  fileprivate(set) var blanks: [Literal] = []
  fileprivate(set) var values: [Value] = []
  fileprivate(set) var lines: [Lines] = []
  fileprivate(set) var styles: [NumberStyle] = []
  fileprivate(set) var checkboxes: [Checkbox] = []
  fileprivate(set) var jumps: [NumberedJump] = []
  fileprivate(set) var loops: [Loop] = []
  fileprivate(set) var tests = ConditionTable()
  /// By instruction, and of the program's end, the first step.
  fileprivate var starts: [UInt32] = []

  init(_ instructions: [Instruction], _ conditions: [Condition], entries: [Int]) {
    var builder = StepBuilder(instructions, conditions, entries: entries)
    builder.build()
    self = builder.result
  }

  fileprivate init() {}

  /// The steps of a range of instructions that begins and ends where something jumps to, or at an entry.
  func range(_ instructions: Range<Int>) -> Range<Int> {
    Int(starts[instructions.lowerBound])..<Int(starts[instructions.upperBound])
  }
}

private struct StepBuilder {
  private let instructions: [Instruction]
  private let conditions: [Condition]
  /// The instructions that something jumps to or begins at: static bytes before one are no part of its step.
  private let isTarget: [Bool]
  private(set) var result = Steps()
  /// Static bytes that the next step will write.
  private var pending = Literal.empty
  /// By label, the step that it stands before.
  private var labels: [UInt32]
  private let nowhere = Operand(register: 0, slot: 0)

  init(_ instructions: [Instruction], _ conditions: [Condition], entries: [Int]) {
    self.instructions = instructions
    self.conditions = conditions.map(\.simplified)
    var isTarget = Array(repeating: false, count: instructions.count + 1)
    for entry in entries + [0, instructions.count] { isTarget[entry] = true }
    for instruction in instructions {
      switch instruction {
      case .branch(_, let target), .jump(let target), .loop(_, _, _, let target),
        .next(_, _, _, let target):
        isTarget[Int(target)] = true
      case .literal, .value, .lines, .index, .count, .checkNumber, .checkbox: break
      }
    }
    self.isTarget = isTarget
    labels = Array(repeating: 0, count: instructions.count + 1)
  }

  mutating func build() {
    for (index, instruction) in instructions.enumerated() {
      if isTarget[index] { flush() }
      labels[index] = UInt32(result.steps.count)
      add(instruction)
    }
    flush()
    labels[instructions.count] = UInt32(result.steps.count)
    resolve()
    result.starts = Array(labels[...instructions.count])
  }

  private mutating func flush() {
    if pending.count > 0 { emit(.literal) }
  }

  private mutating func emit(_ kind: Steps.Step.Kind, _ operand: Operand? = nil, _ extra: Int = 0) {
    result.steps.append(Steps.Step(kind, operand ?? nowhere, pending, extra))
    pending = .empty
  }

  private mutating func add(_ instruction: Instruction) {
    switch instruction {
    case .literal(let literal):
      flush()
      pending = literal
    case .value(let operand, .text, let blank):
      emit(.text, operand, result.blanks.place(of: blank))
    case .value(let operand, let format, let blank):
      emit(.value, operand, result.values.place(of: Steps.Value(format: format, blank: blank)))
    case .lines(let operand, let separator, let blank):
      let lines = Steps.Lines(separator: separator, blank: blank)
      emit(.lines, operand, result.lines.place(of: lines))
    case .index(let register, let style):
      let operand = Operand(register: Int(register), slot: 0)
      emit(.index, operand, result.styles.place(of: style))
    case .count(let operand, let style):
      emit(.count, operand, result.styles.place(of: style))
    case .checkNumber:
      emit(.checkNumber)
    case .checkbox(let operand, let option, let yes, let no):
      let checkbox = Steps.Checkbox(option: Int64(option), yes: yes, no: no)
      emit(.checkbox, operand, result.checkboxes.place(of: checkbox))
    case .branch(let condition, let otherwise):
      jump(to: otherwise, when: false, conditions[Int(condition)])
    case .jump(let target):
      emit(.jump, nil, Int(target))
    case .loop(let list, let register, let minimum, let end):
      loop(.loop, list, Steps.Loop(register: register, minimum: Int(minimum), target: end))
    case .next(let list, let register, let minimum, let begin):
      loop(.next, list, Steps.Loop(register: register, minimum: Int(minimum), target: begin))
    }
  }

  private mutating func loop(_ kind: Steps.Step.Kind, _ list: Operand, _ loop: Steps.Loop) {
    result.loops.append(loop)
    emit(kind, list, result.loops.count - 1)
  }

  // MARK: Conditions

  /// Jumps to a label when a condition's answer is `answer`, and goes on behind these steps when it is not.
  private mutating func jump(to label: UInt32, when answer: Bool, _ condition: Condition) {
    switch condition {
    case .constant(let value):
      if value == answer { emit(.jump, nil, Int(label)) }
    case .present(let operand):
      emit(answer ? .jumpIfPresent : .jumpIfAbsent, operand, Int(label))
    case .compare(let operand, .equal, .number(let number)):
      result.jumps.append(Steps.NumberedJump(number: number, target: label))
      emit(answer ? .jumpIfEqual : .jumpUnlessEqual, operand, result.jumps.count - 1)
    case .compare, .compareFields, .count, .isNotTax, .index:
      let test = Int64(result.tests.add(condition))
      result.jumps.append(Steps.NumberedJump(number: test, target: label))
      emit(answer ? .jumpIf : .jumpUnless, nil, result.jumps.count - 1)
    case .not(let inner):
      jump(to: label, when: !answer, inner)
    case .all(let parts):
      jump(to: label, when: answer, parts, isSettledBy: false)
    case .any(let parts):
      jump(to: label, when: answer, parts, isSettledBy: true)
    }
  }

  /// Of parts of which one with the answer `settling` settles the whole.
  private mutating func jump(
    to label: UInt32,
    when answer: Bool,
    _ parts: [Condition],
    isSettledBy settling: Bool
  ) {
    if answer == settling {
      for part in parts { jump(to: label, when: answer, part) }
    } else {
      let end = UInt32(labels.count)
      labels.append(0)
      for part in parts.dropLast() { jump(to: end, when: settling, part) }
      if let last = parts.last { jump(to: label, when: answer, last) }
      flush()
      labels[Int(end)] = UInt32(result.steps.count)
    }
  }

  /// Puts places of steps where labels were.
  private mutating func resolve() {
    for index in result.steps.indices {
      switch result.steps[index].kind {
      case .jump, .jumpIfPresent, .jumpIfAbsent:
        result.steps[index].extra = labels[Int(result.steps[index].extra)]
      case .literal, .text, .value, .lines, .index, .count, .checkNumber, .checkbox, .jumpIfEqual,
        .jumpUnlessEqual, .jumpIf, .jumpUnless, .loop, .next:
        break
      }
    }
    for index in result.jumps.indices {
      result.jumps[index].target = labels[Int(result.jumps[index].target)]
    }
    for index in result.loops.indices {
      result.loops[index].target = labels[Int(result.loops[index].target)]
    }
  }
}

extension Array where Element: Equatable {
  /// Where an element stands, which is appended if it does not yet.
  fileprivate mutating func place(of element: Element) -> Int {
    if let known = firstIndex(of: element) { return known }
    append(element)
    return count - 1
  }
}
