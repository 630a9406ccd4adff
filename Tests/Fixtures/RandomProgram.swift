package import Records
package import TemplateRuntime

/// A random program over a dictionary: every instruction, every condition, branches and loops in one another.
package struct RandomProgram {
  private let dictionary: FieldDictionary
  private var generator: SeededGenerator
  private var writer = ProgramWriter()
  private var sections: [Program.Section] = []
  /// The frames at hand; each one's place is its register.
  private var frames = [0]

  package static func program(over dictionary: FieldDictionary, seed: UInt64) -> Program {
    var random = RandomProgram(
      dictionary: dictionary,
      generator: SeededGenerator(seed: seed)
    )
    return random.program()
  }

  private mutating func program() -> Program {
    block(depth: 0)
    for number in 0..<3 {
      section("document-\(number)")
      block(depth: 2)
    }
    return writer.program(.html, sections: sections)
  }

  private func fields(_ isWanted: (Field) -> Bool) -> [(Operand, Field)] {
    frames.enumerated().flatMap { register, frame in
      dictionary.fields.filter { $0.frame == frame && isWanted($0) }
        .map { (Operand(register: register, slot: $0.slot), $0) }
    }
  }

  private mutating func operand() -> Operand {
    fields { $0.declaration.shape != .record }.randomElement(using: &generator)?.0
      ?? Operand(register: 0, slot: 0)
  }

  private mutating func chance(_ part: Int) -> Bool {
    Int.random(in: 0..<part, using: &generator) == 0
  }

  // MARK: Flow

  private mutating func section(_ document: String) {
    let condition = chance(2) ? self.condition(depth: 0) : nil
    let branch = condition.map { writer.openBranch(on: $0) }
    let list = chance(2) ? fields { $0.itemFrame != nil }.randomElement(using: &generator) : nil
    let minimum = Int.random(in: 0...2, using: &generator)
    let loop = list.map {
      writer.openLoop(over: $0.0, register: UInt8(frames.count), minimum: UInt16(minimum))
    }
    let repetition = list.map {
      Program.Repetition(list: $0.0, register: UInt8(frames.count), minimum: minimum)
    }
    if let frame = list?.1.itemFrame { frames.append(frame) }
    let start = Int(writer.here())
    block(depth: 0)
    sections.append(
      Program.Section(
        document: document,
        title: document,
        body: start..<Int(writer.here()),
        condition: condition,
        repetition: repetition,
        isOfficeOnly: false
      )
    )
    if list != nil { frames.removeLast() }
    if let loop { writer.close(loop) }
    if let branch { writer.close(branch) }
  }

  private mutating func block(depth: Int) {
    for _ in 0..<Int.random(in: 0...5, using: &generator) {
      switch Int.random(in: 0..<(depth < 3 ? 10 : 7), using: &generator) {
      case 7: branch(depth: depth)
      case 8, 9: loop(depth: depth)
      case _: step()
      }
    }
  }

  private mutating func branch(depth: Int) {
    var branch = writer.openBranch(on: condition(depth: 0))
    block(depth: depth + 1)
    if chance(2) {
      writer.otherwise(&branch)
      block(depth: depth + 1)
    }
    writer.close(branch)
  }

  private mutating func loop(depth: Int) {
    guard
      let (list, field) = fields({ $0.itemFrame != nil }).randomElement(using: &generator),
      let frame = field.itemFrame
    else { return }
    let minimum = UInt16.random(in: 0...2, using: &generator)
    let loop = writer.openLoop(over: list, register: UInt8(frames.count), minimum: minimum)
    frames.append(frame)
    block(depth: depth + 1)
    frames.removeLast()
    writer.close(loop)
  }

  // MARK: Instructions

  private mutating func step() {
    let operand = operand()
    let (a, b) = (literal(), literal())
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1: writer.append("<p>\(Int.random(in: 0..<100, using: &generator))</p>".utf8)
    case 2, 3: writer.append(.value(operand, format(), blank: a))
    case 4: writer.append(.lines(operand, separator: a, blank: b))
    case 5:
      let style = chance(2) ? NumberStyle.plain : .digits(.kanji)
      writer.append(register().map { .index(register: $0, style) } ?? .count(operand, style))
    case 6:
      let option = Int16.random(in: -1...2, using: &generator)
      writer.append(.checkbox(operand, option: option, yes: a, no: b))
    case _: writer.append(.checkNumber)
    }
  }

  /// That of a loop around, or none.
  private mutating func register() -> UInt8? {
    let register = Int.random(in: 0..<frames.count, using: &generator)
    return register == 0 ? nil : UInt8(register)
  }

  private mutating func literal() -> Literal {
    let text = ["", "　", "□", "☑", "<br>"].randomElement(using: &generator) ?? ""
    return writer.literal(Array(text.utf8))
  }

  private mutating func format() -> ValueFormat {
    let formats: [ValueFormat] = [
      .text, .otherText, .word, .fullwidth, .number(.grouped), .money, .percent, .daiji,
      .wareki(.mixed, time: false), .iso(time: false), .boolean(yes: literal(), no: literal()),
    ]
    return formats.randomElement(using: &generator) ?? .text
  }

  // MARK: Conditions

  private mutating func condition(depth: Int) -> Condition {
    let comparison = Condition.Comparison.allCases.randomElement(using: &generator) ?? .equal
    let number = Int.random(in: 0...3, using: &generator)
    switch Int.random(in: 0..<(depth < 3 ? 12 : 8), using: &generator) {
    case 0: return .constant(chance(2))
    case 1, 2: return .present(operand())
    case 3: return .compare(operand(), comparison, .number(Int64(number * 6000)))
    case 4:
      let text = Array("最終報".utf8)
      return .compare(operand(), comparison, chance(2) ? .text(text) : .option(Int64(number), text))
    case 5: return .compareFields(operand(), comparison, operand())
    case 6: return .count(operand(), comparison, number)
    case 7:
      return register().map { .index(register: $0, comparison, number) }
        ?? .isNotTax(operand(), within: operand())
    case 8: return .not(condition(depth: depth + 1))
    case _:
      let parts = (0..<number).map { _ in condition(depth: depth + 1) }
      return chance(2) ? .all(parts) : .any(parts)
    }
  }
}
