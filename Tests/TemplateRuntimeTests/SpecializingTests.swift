import Diagnostics
import Fixtures
import Records
import TemplateRuntime
import Testing

/// A program of which a part has been run already prints what the whole prints.
struct SpecializingTests {
  private static let dictionary = SmallDictionary.shared
  private static let binder = Binder(dictionary)

  private func record(seed: UInt64, _ mode: PacketMode) -> Record {
    var data = RandomData(Self.dictionary, seed: seed)
    return Self.binder.bind(data.record(), mode: mode, date: 19_000).record
  }

  @Test(arguments: 0..<40)
  func restPrintsTheSameBytes(_ block: Int) {
    for seed in UInt64(block) * 25..<UInt64(block) * 25 + 25 {
      var generator = SeededGenerator(seed: seed)
      let program = RandomProgram.program(over: Self.dictionary, seed: seed)
      let mode = PacketMode.allCases.randomElement(using: &generator) ?? .final
      let record = record(seed: seed, mode)
      let rest = program.specialize(with: record.knowingSome(Self.dictionary, using: &generator))
      let less = rest.specialize(with: record.knowingSome(Self.dictionary, using: &generator))
      #expect(SpecializedProgram(program, record).difference(of: rest) == nil, "seed \(seed)")
      #expect(SpecializedProgram(program, record).difference(of: less) == nil, "seed \(seed)")
    }
  }

  /// Records that differ in given fields only print the same, whatever the mode hides and no item of a list has.
  @Test(arguments: 0..<40)
  func restPrintsWhatIsGiven(_ block: Int) {
    for seed in UInt64(block) * 25..<UInt64(block) * 25 + 25 {
      var generator = SeededGenerator(seed: seed)
      let program = RandomProgram.program(over: Self.dictionary, seed: seed)
      let mode = PacketMode.allCases.randomElement(using: &generator) ?? .final
      var data = RandomData(Self.dictionary, seed: seed)
      let onlyNew = Bool.random(using: &generator)
      let binding = Self.binder.bind(data.record(), mode: mode, date: 19_000, onlyNew: onlyNew)
      let part = Int.random(in: 1...3, using: &generator)
      let chosen = Set(
        Self.dictionary.fields.indices.filter { _ in
          Int.random(in: 0..<part, using: &generator) == 0
        }
      )
      // Who gives a list gives what stands in its items.
      let given = chosen.union(
        Self.dictionary.fields.indices.filter {
          !chosen.isDisjoint(with: Self.dictionary.lists(around: $0))
        }
      )
      let everything = binding.everything.without(given, Self.dictionary)
      let shared = Self.binder.masked(everything, mode: mode, onlyNew: onlyNew)
      let known = Self.binder.known(shared, everything: everything, given: given, mode: mode)
      let rest = program.specialize(with: known)
      for record in [Self.binder.masked(binding.everything, mode: mode, onlyNew: onlyNew), shared] {
        #expect(SpecializedProgram(program, record).difference(of: rest) == nil, "seed \(seed)")
      }
    }
  }

  /// What stands in a JSON string is what is printed, escaped.
  @Test func programInJSONPrintsEscaped() {
    var plain = 0
    for seed in 0..<1000 as Range<UInt64> {
      let program = RandomProgram.program(over: Self.dictionary, seed: seed)
      let record = record(seed: seed, .final)
      guard record.isPlainInJSON else { continue }
      let printed = Renderer.render(program, with: record, checkNumber: nil)
      let escaped = Renderer.render(program.inJSON, with: record, checkNumber: nil)
      #expect(JSONValue.escaped(escaped).bytes == JSONValue.text(printed).bytes, "seed \(seed)")
      plain += 1
    }
    #expect(plain > 50, "\(plain)")
  }

  @Test(arguments: ["\\", "\t", "\n", "\u{7F}", "\u{85}", "\u{2028}"])
  func textsThatJSONEscapesAreNotPlain(_ text: String) {
    for (arena, isPlain) in [("\"―" + text, false), ("\"―©", true)] {
      let record = Record(arena: Array(arena.utf8), slots: [], absentFrame: 0)
      #expect(record.isPlainInJSON == isPlain)
    }
  }

  /// What no item of a list has is not asked of its items.
  @Test func whatNoItemHasIsGone() throws {
    let workers = try Self.operand("vendor.workers")
    let names = ["name", "id"].compactMap { Self.dictionary.field(at: "vendor.workers.\($0)") }
    let name = try #require(names.first)
    var writer = ProgramWriter()
    let blank = writer.literal(Array("＿".utf8))
    let loop = writer.openLoop(over: workers, register: 1, minimum: 0)
    for slot in 0..<Self.dictionary.frames[Self.dictionary.fields[name].frame].stride {
      writer.append(.value(Operand(register: 1, slot: slot), .text, blank: blank))
    }
    writer.close(loop)
    let program = writer.program(.html, sections: [])
    let nothing = Self.binder.bind(.value("件", at: "contract.title"), mode: .final, date: nil)
      .record
    let rest = program.specialize(
      with: Self.binder.known(nothing, everything: nothing, given: [name], mode: .final)
    )
    let values = rest.instructions.filter { if case .value = $0 { true } else { false } }
    #expect(values.count == 1)
  }

  /// What is known must not be asked again, and what is not known must be.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func nothingIsAskedWhenAllIsKnown(_ seed: UInt64) {
    let program = RandomProgram.program(over: Self.dictionary, seed: seed)
    let record = record(seed: seed, .final)
    let all = Array(repeating: true, count: Self.dictionary.frames[0].stride)
    let rest = program.specialize(with: record.knowing(all))
    for section in rest.sections where section.repetition == nil {
      let isSettled = rest.isSettled(section.body)
      #expect(isSettled, "seed \(seed)")
      #expect([nil, .constant(false)].contains(section.condition))
    }
    let listing = rest.listing
    #expect(listing.hasPrefix("program html"))
  }

  @Test func nothingChangesWhenNothingIsKnown() {
    let none = Array(repeating: false, count: Self.dictionary.frames[0].stride)
    var size = (before: 0, after: 0)
    for seed in 0..<100 as Range<UInt64> {
      let program = RandomProgram.program(over: Self.dictionary, seed: seed)
      let rest = program.specialize(with: record(seed: seed, .final).knowing(none))
      size.before += program.instructions.count
      size.after += rest.instructions.count
    }
    // Constant and empty branches go; all else stays.
    #expect(size.after > size.before / 3)
  }

  private static func operand(_ path: String) throws -> Operand {
    dictionary.operand(of: try #require(dictionary.field(at: path)))
  }

  /// Each condition of which a part is known, and what is left to ask.
  @Test func conditionsAreSettledAsFarAsTheyGo() throws {
    let known = try Self.operand("contract.title")
    let absent = try Self.operand("contract.amount")
    let open = Condition.present(try Self.operand("vendor.name"))
    let yes = Condition.present(known)
    let no = Condition.present(absent)
    let cases: [(Condition, Condition?)] = [
      (.all([yes, open]), open), (.all([no, open]), .constant(false)), (.all([yes, yes]), nil),
      (.any([yes, open]), nil), (.any([no, open]), open), (.any([no, no]), .constant(false)),
      (.not(.all([yes, open])), .not(open)), (.not(no), nil),
      (.all([yes, .any([open, no]), .not(open)]), .all([open, .not(open)])),
      (.compareFields(try Self.operand("contract.copies"), .less, absent), .constant(false)),
      (.isNotTax(absent, within: try Self.operand("contract.copies")), .constant(false)),
    ]
    let record = Self.binder
      .bind(.value("件", at: "contract.title"), mode: .final, date: nil).record
    var isKnown = Array(repeating: false, count: Self.dictionary.frames[0].stride)
    for operand in [known, absent] { isKnown[Int(operand.slot)] = true }
    for (before, after) in cases {
      let program = Program(
        format: .html,
        instructions: [],
        bytes: [],
        conditions: [],
        sections: [
          Program.Section(
            document: "a",
            title: "a",
            body: 0..<0,
            condition: before,
            repetition: nil,
            isOfficeOnly: false
          )
        ]
      )
      #expect(program.specialize(with: record.knowing(isKnown)).sections[0].condition == after)
    }
  }

  /// Beyond the bound a loop over a known list stays a loop.
  @Test(arguments: [(20, true), (1000, false)])
  func longListsStayLoops(_ count: Int, _ isUnrolled: Bool) throws {
    let list = try Self.operand("vendor.workers")
    var writer = ProgramWriter()
    let loop = writer.openLoop(over: list, register: 1, minimum: UInt16(count))
    writer.append(String(repeating: "a", count: 100).utf8)
    writer.append(.index(register: 1, .plain))
    writer.close(loop)
    let program = writer.program(.html, sections: [])
    let record = record(seed: 1, .blank)
    let rest = program.specialize(
      with: record.knowing(Array(repeating: true, count: Self.dictionary.frames[0].stride))
    )
    #expect(SpecializedProgram(program, record).difference(of: rest) == nil)
    #expect(rest.instructions.count == (isUnrolled ? 1 : 4))
  }
}
