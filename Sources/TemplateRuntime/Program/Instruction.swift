package import Records

/// One step of a program.
package enum Instruction: Hashable, Sendable {
  /// Static bytes, copied.
  case literal(Literal)
  /// A value, escaped, or `blank` if it is absent.
  case value(Operand, ValueFormat, blank: Literal)
  /// A value of several lines, escaped, with `separator` in place of each line feed, or `blank` if it is absent.
  case lines(Operand, separator: Literal, blank: Literal)
  /// The 1-based number of the item at a register.
  case index(register: UInt8, NumberStyle)
  /// How many items a list has.
  case count(Operand, NumberStyle)
  /// 照合番号, or nothing where none was given.
  case checkNumber
  /// `yes` if the value of a choice is option `option` (or, for -1, a text of its own), or a list of choices holds it; else `no`.
  case checkbox(Operand, option: Int16, yes: Literal, no: Literal)
  /// Goes on at `otherwise` if the condition does not hold.
  case branch(condition: UInt32, otherwise: UInt32)
  case jump(UInt32)
  /// Sets `register` to the first item, or, for a list with less than `minimum` items, to a blank row; goes on at `end` if there is none.
  case loop(list: Operand, register: UInt8, minimum: UInt16, end: UInt32)
  /// Goes back to `begin` with the next item, if there is one.
  case next(list: Operand, register: UInt8, minimum: UInt16, begin: UInt32)
}

/// A range of a program's static bytes.
package struct Literal: Hashable, Sendable {
  package let start: UInt32
  package let count: UInt32

  package static let empty = Literal(start: 0, count: 0)

  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

/// How a value becomes text.
///
/// Every format but `text` prints characters of a closed alphabet, or, for a word, as `text`.
package enum ValueFormat: Hashable, Sendable {
  /// As it stands.
  case text
  /// As it stands, if it is a choice's own text (その他), or all such texts of a list of choices; else the blank.
  case otherText
  /// As it stands, if it is a word in place of a value (不明), or all such words of a list; else the blank.
  case word
  /// 0-9 as ０-９.
  case fullwidth
  case number(NumberStyle)
  /// 金12,345,678円.
  case money
  /// 12.5％.
  case percent
  /// 金壱千弐百円, in the numerals of 大正11年大蔵省令第43号.
  case daiji
  /// 令和４年４月１日, and with a time 令和４年４月１日　午前９時20分.
  case wareki(DigitStyle, time: Bool)
  /// 2022-04-01, and with a time 2022-04-01T09:20.
  case iso(time: Bool)
  /// The second or the first of two words.
  case boolean(yes: Literal, no: Literal)
}

extension Instruction {
  /// The values that it prints; those of branches and loops stand in their conditions and lists.
  package var operands: [Operand] {
    switch self {
    case .value(let operand, _, _), .lines(let operand, _, _), .count(let operand, _),
      .checkbox(let operand, _, _, _):
      [operand]
    case .literal, .index, .checkNumber, .branch, .jump, .loop, .next: []
    }
  }

  /// The same with others of the literals that it carries, asked for one by one.
  func withLiterals(_ other: (Literal) -> Literal) -> Instruction {
    switch self {
    case .literal(let literal): .literal(other(literal))
    case .value(let operand, .boolean(let yes, let no), let blank):
      .value(operand, .boolean(yes: other(yes), no: other(no)), blank: other(blank))
    case .value(let operand, let format, let blank):
      .value(operand, format, blank: other(blank))
    case .lines(let operand, let separator, let blank):
      .lines(operand, separator: other(separator), blank: other(blank))
    case .checkbox(let operand, let option, let yes, let no):
      .checkbox(operand, option: option, yes: other(yes), no: other(no))
    case .index, .count, .checkNumber, .branch, .jump, .loop, .next: self
    }
  }
}
