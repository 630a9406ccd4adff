import Records
import TemplateRuntime
import Testing

/// A listing says what every instruction does, in one line.
struct ProgramListingTests {
  private static let program: Program = {
    var bytes: [UInt8] = []
    func literal(_ text: String) -> Literal {
      defer { bytes += text.utf8 }
      return Literal(start: UInt32(bytes.count), count: UInt32(text.utf8.count))
    }
    let name = Operand(register: 0, slot: 3)
    let list = Operand(register: 0, slot: 4)
    let item = Operand(register: 1, slot: 0)
    let conditions: [Condition] = [
      .all([.present(name), .not(.compare(name, .notEqual, .text(Array("納付".utf8))))]),
      .any([
        .constant(true), .compare(item, .less, .number(-5)), .compareFields(name, .equal, item),
        .count(list, .greaterOrEqual, 2), .index(register: 1, .greater, 1),
        .isNotTax(name, within: item), .all([]), .any([]),
      ]),
    ]
    let instructions: [Instruction] = [
      .literal(literal("<p class=\"a\">\\\n")),
      .literal(literal(String(repeating: "長い文字列。", count: 20))),
      .branch(condition: 0, otherwise: 5),
      .value(name, .text, blank: .empty),
      .jump(6),
      .lines(name, separator: literal("<br>\n"), blank: literal("　")),
      .checkNumber,
      .loop(list: list, register: 1, minimum: 2, end: 17),
      .branch(condition: 1, otherwise: 9),
      .index(register: 1, .plain),
      .count(list, .grouped),
      .checkbox(item, option: -1, yes: literal("☑"), no: literal("□")),
      .value(item, .number(.digits(.mixed)), blank: literal("無")),
      .value(item, .wareki(.kanji, time: true), blank: .empty),
      .value(item, .boolean(yes: literal("有"), no: literal("無")), blank: .empty),
      .value(item, .iso(time: false), blank: .empty),
      .next(list: list, register: 1, minimum: 2, begin: 8),
      .literal(literal("end")),
    ]
    return Program(
      format: .html,
      instructions: instructions,
      bytes: bytes,
      conditions: conditions,
      sections: [
        Program.Section(
          document: "first",
          title: "一",
          body: 1..<7,
          condition: conditions[0],
          repetition: nil,
          isOfficeOnly: true
        ),
        Program.Section(
          document: "second",
          title: "二",
          body: 8..<16,
          condition: nil,
          repetition: .init(list: list, register: 1, minimum: 2),
          isOfficeOnly: false
        ),
      ]
    )
  }()

  @Test func listsAProgram() {
    #expect(
      Self.program.listing == """
        program html: 18 instructions, 401 bytes, 2 conditions

        packet
        0000  literal   "<p class=\\"a\\">\\\\\\n"

        section first 「一」, if (present r0.3 and not (r0.3 != '納付')), office only
        0001  literal   "長い文字列。長い文字列。長い文字列。長い文字列。長い文字列。長い文字列。長い文字…列。長い文字列。長い文字列。長い文字列。" (360 bytes)
        0002  branch    if (present r0.3 and not (r0.3 != '納付')), else → 0005
        0003  value     r0.3 as text, blank ""
        0004  jump      → 0006
        0005  lines     r0.3 between "<br>\\n", blank "　"
        0006  check-no

        packet
        0007  loop      r1 in r0.4, at least 2, none → 0017

        section second 「二」, for r1 in r0.4, at least 2
        0008  branch    if (true or r1.0 < -5 or r0.3 == r1.0 or count r0.4 >= 2 or index r1 > 1 or r0.3 is not the tax in r1.0 or true or false), else → 0009
        0009  index     r1 as plain
        0010  count     r0.4 as grouped
        0011  checkbox  r1.0 is option -1: "☑", else "□"
        0012  value     r1.0 as digits mixed, blank "無"
        0013  value     r1.0 as wareki kanji with time, blank ""
        0014  value     r1.0 as "有" or "無", blank ""
        0015  value     r1.0 as iso, blank ""

        packet
        0016  next      r1 in r0.4, at least 2, more → 0008
        0017  literal   "end"

        """
    )
  }

  @Test func listsADocumentFromZero() {
    let listing = Self.program.listing(of: Self.program.sections[1])
    let lines = listing.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines[0] == "section second 「二」, for r1 in r0.4, at least 2")
    #expect(lines[1].hasPrefix("0000  branch"))
    #expect(lines[1].hasSuffix("else → 0001"))
  }
}
