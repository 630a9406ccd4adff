package import Records
import TemplateRuntime

/// A condition of the dictionary as a Japanese office would put it: 「報告区分」が「続報」又は「最終報」である（とき）.
package struct ConditionWords {
  let dictionary: FieldDictionary
  /// The frame that the condition is asked of.
  let frame: Int

  package init(dictionary: FieldDictionary, frame: Int) {
    self.dictionary = dictionary
    self.frame = frame
  }

  package enum Clause: Equatable {
    case always, never
    /// `plain` ends a sentence or stands before とき; `continuing` stands before a further condition.
    case when(plain: String, continuing: String)
  }

  package func clause(of condition: Condition, holds: Bool = true) -> Clause {
    switch condition {
    case .constant(let value): value == holds ? .always : .never
    case .present(let operand): predicate(name(operand) + "の記入が", .existing, holds)
    case .compare(let operand, let comparison, let constant):
      compared(
        name(operand) + "が",
        comparison,
        words(of: constant, for: operand),
        type(of: operand),
        holds
      )
    case .compareFields(let left, let comparison, let right):
      compared(name(left) + "が", comparison, name(right), type(of: left), holds)
    case .count(let operand, let comparison, let number):
      compared(name(operand) + "の件数が", comparison, number.words, .integer, holds)
    case .index(_, let comparison, let number):
      compared("何件目かが", comparison, number.words, .integer, holds)
    case .isNotTax(let tax, let total):
      predicate("\(name(tax))が\(name(total))から計算した額と異なる額", .being, holds)
    case .not(let inner): clause(of: inner, holds: !holds)
    case .all(let parts): holds ? all(parts, hold: true) : any(parts, hold: false)
    case .any(let parts): holds ? any(parts, hold: true) : all(parts, hold: false)
    }
  }

  // MARK: かつ, 又は

  private func all(_ parts: [Condition], hold: Bool) -> Clause {
    let clauses = parts.map { clause(of: $0, holds: hold) }.filter { $0 != .always }
    if clauses.contains(.never) { return .never }
    guard let last = clauses.last else { return .always }
    guard clauses.count > 1, case .when(let plain, let continuing) = last else { return last }
    let before = clauses.dropLast().map { clause in
      if case .when(_, let continuing) = clause { continuing + "、かつ、" } else { "" }
    }
    return .when(plain: before.joined() + plain, continuing: before.joined() + continuing)
  }

  private func any(_ parts: [Condition], hold: Bool) -> Clause {
    let parts = hold ? parts.flatMap(\.alternatives) : parts
    if hold, let clause = commonPredicate(of: parts) { return clause }
    let clauses = parts.map { clause(of: $0, holds: hold) }.filter { $0 != .never }
    if clauses.contains(.always) { return .always }
    guard let first = clauses.first else { return .never }
    guard clauses.count > 1 else { return first }
    let words = clauses.map { if case .when(let plain, _) = $0 { plain } else { "" } }
      .joined(separator: "、又は")
    return .when(plain: words, continuing: words + "場合で")
  }

  /// 「甲」、「乙」又は「丙」の記入がある; 「区分」が「続報」又は「最終報」である.
  private func commonPredicate(of parts: [Condition]) -> Clause? {
    guard parts.count > 1, let first = parts.first else { return nil }
    switch first {
    case .present:
      let names = parts.compactMap {
        if case .present(let operand) = $0 { name(operand) } else { nil }
      }
      guard names.count == parts.count else { return nil }
      return predicate(list(names) + "の記入が", .existing, true)
    case .compare(let subject, .equal, _):
      let values = parts.compactMap { part -> String? in
        guard case .compare(subject, .equal, let value) = part else { return nil }
        return words(of: value, for: subject)
      }
      guard values.count == parts.count else { return nil }
      return predicate("\(name(subject))が\(list(values))", .being, true)
    case .constant, .compare, .compareFields, .count, .isNotTax, .index, .not, .all, .any:
      return nil
    }
  }

  private func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: "、") + "又は" + last
  }

  // MARK: Predicates

  private enum Verb {
    case being, existing, exceeding

    func form(_ holds: Bool, continuing: Bool) -> String {
      switch (self, holds) {
      case (.being, true): continuing ? "であり" : "である"
      case (.being, false): continuing ? "でなく" : "でない"
      case (.existing, true): continuing ? "あり" : "ある"
      case (.existing, false): continuing ? "なく" : "ない"
      case (.exceeding, true): continuing ? "を超え" : "を超える"
      case (.exceeding, false): continuing ? "を超えず" : "を超えない"
      }
    }
  }

  private func predicate(_ words: String, _ verb: Verb, _ holds: Bool) -> Clause {
    .when(
      plain: words + verb.form(holds, continuing: false),
      continuing: words + verb.form(holds, continuing: true)
    )
  }

  private func compared(
    _ subject: String,
    _ comparison: Condition.Comparison,
    _ value: String,
    _ type: FieldType?,
    _ holds: Bool
  ) -> Clause {
    let isTime = type == .date || type == .datetime
    let words = subject + value
    return switch comparison {
    case .equal: predicate(words, .being, holds)
    case .notEqual: predicate(words + "以外", .being, holds)
    case .less: predicate(words + (isTime ? "より前" : "未満"), .being, holds)
    case .lessOrEqual: predicate(words + (isTime ? "以前" : "以下"), .being, holds)
    case .greater:
      isTime ? predicate(words + "より後", .being, holds) : predicate(words, .exceeding, holds)
    case .greaterOrEqual: predicate(words + (isTime ? "以後" : "以上"), .being, holds)
    }
  }

  // MARK: Names and values

  private func field(_ operand: Operand) -> Field? {
    dictionary.field(of: operand, in: frame).map { dictionary.fields[$0] }
  }

  private func name(_ operand: Operand) -> String { "「\(field(operand)?.label ?? "")」" }

  private func type(of operand: Operand) -> FieldType? { field(operand)?.type }

  private func words(of constant: Condition.Constant, for operand: Operand) -> String {
    switch constant {
    case .option(_, let bytes), .text(let bytes):
      return "「\(String(decoding: bytes, as: UTF8.self))」"
    case .number(let number):
      return type(of: operand)?.words(of: number) ?? Int(number).words
    }
  }
}

extension Condition {
  /// The parts of 又は, those within parts included.
  fileprivate var alternatives: [Condition] {
    if case .any(let parts) = self { parts.flatMap(\.alternatives) } else { [self] }
  }
}

extension FieldType {
  /// A number that stands in a slot of this type.
  fileprivate func words(of number: Int64) -> String {
    switch self {
    case .boolean(let yes, let no): "「\(number == 1 ? yes : no)」"
    case .date, .datetime:
      String(writing: { $0.append(wareki: number, .mixed, time: self == .datetime) })
    case .money: String(writing: { $0.append(money: number) })
    case .decimal: number.decimal
    case .percent: number.decimal + "％"
    case .integer, .text, .multiline, .choice, .identifier, .postalCode, .phone, .email,
      .corporateNumber, .photo:
      Int(number).words
    }
  }
}

extension Int64 {
  /// Of ten-thousandths: 1,234.5.
  fileprivate var decimal: String {
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 10_000)
    let digits = String(String(10_000 + rest).dropFirst().reversed().drop { $0 == "0" }.reversed())
    return String(
      writing: {
        if self < 0 { $0.append("△" as StaticString) }
        $0.append(number: Int64(whole), .grouped)
      }
    ) + (rest == 0 ? "" : "." + digits)
  }
}

extension Int {
  /// １, 12, 1,000.
  fileprivate var words: String {
    String(
      writing: {
        $0.append(number: Int64(self), (0...9).contains(self) ? .digits(.full) : .grouped)
      }
    )
  }
}
