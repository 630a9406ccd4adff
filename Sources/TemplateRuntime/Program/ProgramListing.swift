import Records

/// A program in words, one line an instruction, for people and for golden files.
///
/// Numbers that depend on what stands before (of conditions, of bytes in the pool) are never shown: a line says what its
/// instruction does, so that a change to one document changes that document's lines only.
extension Program {
  /// The whole program: what every packet has, and each document under its heading.
  package var listing: String {
    var lines = [
      "program \(format.rawValue): \(instructions.count) instructions, \(bytes.count) bytes, "
        + "\(conditions.count) conditions"
    ]
    var next = 0
    for section in sections {
      lines += outside(next..<section.body.lowerBound)
      lines += ["", heading(of: section)] + self.lines(section.body, from: 0)
      next = section.body.upperBound
    }
    lines += outside(next..<instructions.count)
    return lines.map { $0 + "\n" }.joined()
  }

  /// One document alone, its instructions counted from 0.
  package func listing(of section: Section) -> String {
    ([heading(of: section)] + lines(section.body, from: section.body.lowerBound))
      .map { $0 + "\n" }.joined()
  }

  private func outside(_ range: Range<Int>) -> [String] {
    range.isEmpty ? [] : ["", "packet"] + lines(range, from: 0)
  }

  private func heading(of section: Section) -> String {
    var heading = "section \(section.document) 「\(section.title)」"
    if let condition = section.condition { heading += ", if \(condition.words)" }
    if let repetition = section.repetition {
      heading += ", for r\(repetition.register) in \(repetition.list.words)"
      if repetition.minimum > 0 { heading += ", at least \(repetition.minimum)" }
    }
    return section.isOfficeOnly ? heading + ", office only" : heading
  }

  private func lines(_ range: Range<Int>, from origin: Int) -> [String] {
    range.map { index in
      let (mnemonic, operands) = words(of: instructions[index], from: origin)
      let padding = String(repeating: " ", count: max(0, 8 - mnemonic.utf8.count))
      return Self.number(index - origin) + "  " + mnemonic
        + (operands.isEmpty ? "" : padding + "  " + operands)
    }
  }

  /// A place in the program: 0012.
  private static func number(_ place: Int) -> String {
    let digits = String(place)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  private func words(of instruction: Instruction, from origin: Int) -> (String, String) {
    func place(_ target: UInt32) -> String { "→ " + Self.number(Int(target) - origin) }
    func times(_ minimum: UInt16) -> String { minimum == 0 ? "" : ", at least \(minimum)" }
    switch instruction {
    case .literal(let literal):
      return ("literal", quoted(literal))
    case .value(let operand, let format, let blank):
      return ("value", "\(operand.words) as \(words(of: format)), blank \(quoted(blank))")
    case .lines(let operand, let separator, let blank):
      return ("lines", "\(operand.words) between \(quoted(separator)), blank \(quoted(blank))")
    case .index(let register, let style):
      return ("index", "r\(register) as \(style.words)")
    case .count(let operand, let style):
      return ("count", "\(operand.words) as \(style.words)")
    case .checkNumber:
      return ("check-no", "")
    case .checkbox(let operand, let option, let yes, let no):
      return (
        "checkbox", "\(operand.words) is option \(option): \(quoted(yes)), else \(quoted(no))"
      )
    case .branch(let condition, let otherwise):
      return ("branch", "if \(conditions[Int(condition)].words), else \(place(otherwise))")
    case .jump(let target):
      return ("jump", place(target))
    case .loop(let list, let register, let minimum, let end):
      return ("loop", "r\(register) in \(list.words)\(times(minimum)), none \(place(end))")
    case .next(let list, let register, let minimum, let begin):
      return ("next", "r\(register) in \(list.words)\(times(minimum)), more \(place(begin))")
    }
  }

  private func words(of format: ValueFormat) -> String {
    switch format {
    case .text: "text"
    case .otherText: "other text"
    case .word: "word"
    case .fullwidth: "fullwidth"
    case .number(let style): style.words
    case .money: "money"
    case .percent: "percent"
    case .daiji: "daiji"
    case .wareki(let digits, let time): "wareki \(digits.rawValue)" + (time ? " with time" : "")
    case .iso(let time): "iso" + (time ? " with time" : "")
    case .boolean(let yes, let no): "\(quoted(yes)) or \(quoted(no))"
    }
  }

  /// The bytes in quotes; of long ones the beginning, the end and the number.
  private func quoted(_ literal: Literal) -> String {
    let text = String(
      decoding: bytes[Int(literal.start)..<Int(literal.start + literal.count)],
      as: UTF8.self
    )
    let (head, tail) = (40, 20)
    let scalars = Array(text.unicodeScalars)
    guard scalars.count > head + tail else { return "\"\(Self.escaped(scalars[...]))\"" }
    return "\"\(Self.escaped(scalars.prefix(head)))…\(Self.escaped(scalars.suffix(tail)))\""
      + " (\(literal.count) bytes)"
  }

  private static func escaped(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    scalars.map { scalar in
      switch scalar {
      case "\n": "\\n"
      case "\"": "\\\""
      case "\\": "\\\\"
      case _: String(scalar)
      }
    }.joined()
  }
}

extension Operand {
  /// r1.4: slot 4 of the frame at register 1.
  fileprivate var words: String { "r\(register).\(slot)" }
}

extension NumberStyle {
  fileprivate var words: String {
    switch self {
    case .grouped: "grouped"
    case .digits(let style): "digits \(style.rawValue)"
    case .plain: "plain"
    }
  }
}

extension Condition {
  fileprivate var words: String {
    switch self {
    case .constant(let value): "\(value)"
    case .present(let operand): "present \(operand.words)"
    case .compare(let operand, let comparison, .number(let number)):
      "\(operand.words) \(comparison.rawValue) \(number)"
    case .compare(let operand, let comparison, .option(_, let text)),
      .compare(let operand, let comparison, .text(let text)):
      "\(operand.words) \(comparison.rawValue) '\(String(decoding: text, as: UTF8.self))'"
    case .compareFields(let left, let comparison, let right):
      "\(left.words) \(comparison.rawValue) \(right.words)"
    case .count(let list, let comparison, let number):
      "count \(list.words) \(comparison.rawValue) \(number)"
    case .isNotTax(let tax, let total): "\(tax.words) is not the tax in \(total.words)"
    case .index(let register, let comparison, let number):
      "index r\(register) \(comparison.rawValue) \(number)"
    case .not(let condition): "not (\(condition.words))"
    case .all(let conditions): Self.words(conditions, "and", none: "true")
    case .any(let conditions): Self.words(conditions, "or", none: "false")
    }
  }

  private static func words(_ parts: [Condition], _ word: String, none: String) -> String {
    parts.isEmpty ? none : "(" + parts.map(\.words).joined(separator: " \(word) ") + ")"
  }
}
