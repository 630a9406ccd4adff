import Records

extension Program {
  /// The program that is left to run when some values are known: on every record with these values it writes the same bytes.
  ///
  /// What can be written already is static, decided branches are gone, and known lists are unrolled as far as that keeps the
  /// program small. The sections stay, in their order; the condition of one that is never printed is false and its body empty.
  /// A repeated section has one body for all of its items, so that of two or more nothing is known.
  package func specialize(with known: KnownValues) -> Program {
    var specializer = Specializer(self, known)
    return specializer.specialized()
  }
}

/// Runs a program on what is known, and writes down what it cannot run.
///
/// Branches and loops nest in a program, as `ProgramWriter` makes them.
private struct Specializer {
  /// The most that one loop may become when it is unrolled.
  private static let largestUnrolling = (bytes: 1 << 16, instructions: 1 << 12)

  private let program: Program
  private var writer = ProgramWriter()
  private var place: KnownPlace
  /// The bodies of the sections that have been passed.
  private var bodies: [Range<Int>?]

  init(_ program: Program, _ known: KnownValues) {
    self.program = program
    place = KnownPlace(known)
    bodies = Array(repeating: nil, count: program.sections.count)
  }

  mutating func specialized() -> Program {
    run(program.instructions.indices)
    let sections = zip(program.sections, bodies).map { section, body in
      let condition = section.condition.map(place.simplify)
      return Program.Section(
        document: section.document,
        title: section.title,
        body: body ?? 0..<0,
        condition: condition == .constant(true) ? nil : condition,
        repetition: section.repetition,
        isOfficeOnly: section.isOfficeOnly
      )
    }
    return writer.program(program.format, sections: sections)
  }

  private mutating func run(_ range: Range<Int>) {
    var next = range.lowerBound
    while true {
      if let section = nextSection(at: next, in: range) {
        let body = program.sections[section].body
        let start = Int(writer.here())
        // Marks it as begun, so that it is not found again in its own body.
        bodies[section] = start..<start
        run(body)
        bodies[section] = start..<Int(writer.here())
        next = body.upperBound
      } else if next < range.upperBound {
        next = step(next)
      } else {
        return
      }
    }
  }

  private func nextSection(at index: Int, in range: Range<Int>) -> Int? {
    program.sections.indices.first {
      let body = program.sections[$0].body
      return bodies[$0] == nil && body.lowerBound == index && body.upperBound <= range.upperBound
    }
  }

  /// Leaves out a range; its sections are empty from now on.
  private mutating func skip(_ range: Range<Int>) {
    for section in sections(in: range) {
      let here = Int(writer.here())
      bodies[section] = here..<here
    }
  }

  private func sections(in range: Range<Int>) -> [Int] {
    program.sections.indices.filter {
      let body = program.sections[$0].body
      return range.lowerBound <= body.lowerBound && body.upperBound <= range.upperBound
    }
  }

  /// The index behind one instruction, or behind a whole branch or loop, which it specializes.
  private mutating func step(_ index: Int) -> Int {
    switch program.instructions[index] {
    case .literal:
      write(index)
    case .value(let operand, _, _), .lines(let operand, _, _), .count(let operand, _),
      .checkbox(let operand, _, _, _):
      if place.slot(operand) != nil { write(index) } else { copy(index) }
    case .index(let register, _):
      if place.knows(register) { write(index) } else { copy(index) }
    case .checkNumber:
      copy(index)
    case .branch(let condition, let otherwise):
      return branch(at: index, on: program.conditions[Int(condition)], otherwise: Int(otherwise))
    case .jump(let target):
      return Int(target)
    case .loop(let list, let register, let minimum, let end):
      loop(
        index + 1..<Int(end) - 1,
        WrittenLoop(list: list, register: register, minimum: minimum)
      )
      return Int(end)
    case .next:
      preconditionFailure("A loop is passed as a whole.")
    }
    return index + 1
  }

  /// Static from now on.
  private mutating func write(_ index: Int) {
    writer.append(
      Renderer.render(
        instructionAt: index,
        of: program,
        with: place.known.record,
        place.registers
      )
    )
  }

  private mutating func copy(_ index: Int) {
    let instruction = program.instructions[index].withLiterals {
      writer.literal(program.bytes(of: $0))
    }
    writer.append(instruction)
  }

  // MARK: Branches and loops

  private mutating func branch(
    at index: Int,
    on condition: Condition,
    otherwise: Int
  ) -> Int {
    var then = index + 1..<otherwise
    var other = otherwise..<otherwise
    if case .jump(let end) = program.instructions[otherwise - 1], Int(end) > otherwise {
      then = index + 1..<otherwise - 1
      other = otherwise..<Int(end)
    }
    switch place.simplify(condition) {
    case .constant(true):
      run(then)
      skip(other)
    case .constant(false):
      skip(then)
      run(other)
    case let condition:
      var branch = writer.openBranch(on: condition)
      run(then)
      if !other.isEmpty {
        writer.otherwise(&branch)
        run(other)
      }
      let holdsSection = !sections(in: index..<other.upperBound).isEmpty
      if holdsSection || !writer.dropIfEmpty(branch) { writer.close(branch) }
    }
    return other.upperBound
  }

  private struct WrittenLoop {
    let list: Operand
    let register: UInt8
    let minimum: UInt16
  }

  private mutating func loop(_ body: Range<Int>, _ loop: WrittenLoop) {
    let known = place.slot(loop.list)
    let count = known.map { max($0.kind == .list ? Int($0.count) : 0, Int(loop.minimum)) }
    if count == 0 { return skip(body) }
    let holdsSection = !sections(in: body).isEmpty
    if let known, let count, !holdsSection {
      let before = writer
      if unroll(body, loop, known, count) { return }
      writer = before
    }
    if let known, count == 1 {
      place.stand(at: 0, of: known, register: loop.register)
    } else {
      place.stand(atAnyItemOf: loop.list, register: loop.register)
    }
    let open = writer.openLoop(
      over: loop.list,
      register: loop.register,
      minimum: loop.minimum
    )
    run(body)
    if holdsSection || !writer.dropIfEmpty(open) { writer.close(open) }
  }

  /// False if that gets too long.
  private mutating func unroll(
    _ body: Range<Int>,
    _ loop: WrittenLoop,
    _ list: Slot,
    _ count: Int
  ) -> Bool {
    let bytes = writer.bytes.count + Self.largestUnrolling.bytes
    let instructions = writer.instructions.count + Self.largestUnrolling.instructions
    for index in 0..<count {
      place.stand(at: index, of: list, register: loop.register)
      run(body)
      if writer.bytes.count > bytes || writer.instructions.count > instructions { return false }
    }
    return true
  }
}
