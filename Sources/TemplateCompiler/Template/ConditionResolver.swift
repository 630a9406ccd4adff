import Diagnostics
import Records

/// Turns a written condition into one that a record can be asked.
struct ConditionResolver {
  let scope: Scope
  let reader: ElementReader

  /// Nil if a path is unknown or two sides do not fit; the reader has the diagnostics.
  func resolve(_ expression: Expression) -> Condition? {
    switch expression {
    case .path(let path): return bare(path)
    case .has(let provision): return has(provision)
    case .compare(let left, let comparison, let right): return compare(left, comparison, right)
    case .not(let inner): return resolve(inner).map { .not($0) }
    case .all(let parts):
      let conditions = parts.compactMap(resolve)
      return conditions.count == parts.count ? .all(conditions) : nil
    case .any(let parts):
      let conditions = parts.compactMap(resolve)
      return conditions.count == parts.count ? .any(conditions) : nil
    }
  }

  /// A constant: the annex has the provision or not.
  private func has(_ provision: Name) -> Condition? {
    guard let provisions = scope.provisions else {
      reader.report(.misplacedHas(at: provision.location))
      return nil
    }
    if !provisions.isKnown(provision) {
      reader.report(.unknownProvision(provision, among: provisions.offered))
    }
    return .constant(provisions.present.contains(provision.text))
  }

  private func bare(_ path: Name) -> Condition? {
    switch scope.resolve(path) {
    case .slot(let value):
      reader.noteSlot(path, scope)
      return .constant(!["", "off"].contains(value))
    case .field(let id, let operand):
      reader.uses.asked.insert(id)
      switch scope.dictionary.fields[id].declaration.shape {
      case .value(.boolean): return .compare(operand, .equal, .number(1))
      case .value, .list: return .present(operand)
      case .record: return anyPresent(under: id)
      }
    case .count(let id, let operand):
      reader.uses.asked.insert(id)
      return .count(operand, .greater, 0)
    case .item, .index: return .constant(true)
    case nil:
      reader.report(.unknownField(path, scope))
      return nil
    }
  }

  /// A record is there when any of its values is.
  private func anyPresent(under id: Field.ID) -> Condition {
    .any(
      scope.dictionary.fields[id].children.map { child in
        switch scope.dictionary.fields[child].declaration.shape {
        case .record: anyPresent(under: child)
        case .value, .list: .present(operand(of: child, like: id))
        }
      }
    )
  }

  private func operand(of child: Field.ID, like record: Field.ID) -> Operand {
    let frame = scope.dictionary.fields[child].frame
    let list = scope.dictionary.frames[frame].list
    if let variable = scope.variables.last(where: { $0.list == list }) {
      return Operand(register: variable.register, slot: scope.dictionary.fields[child].slot)
    }
    return scope.dictionary.operand(of: child)
  }

  private func compare(
    _ left: Expression.Operand,
    _ comparison: Condition.Comparison,
    _ right: Expression.Operand
  ) -> Condition? {
    guard case .path(let path) = left else {
      reportMismatch(left, right)
      return nil
    }
    switch scope.resolve(path) {
    case nil:
      reader.report(.unknownField(path, scope))
      return nil
    case .slot(let value):
      guard let text = constantText(right) else { return mismatch(path) }
      if let values = scope.slot(meantBy: path)?.values, !values.isEmpty, !values.contains(text) {
        reader.report(.invalidSlot(path, text, values: values))
        return nil
      }
      reader.noteSlot(path, scope, right.comparedWords(at: path))
      switch comparison {
      case .equal: return .constant(value == text)
      case .notEqual: return .constant(value != text)
      case .less, .lessOrEqual, .greater, .greaterOrEqual: return mismatch(path)
      }
    case .index(let variable):
      guard case .number(let number) = right else { return mismatch(path) }
      return .index(register: UInt8(variable.register), comparison, Int(number))
    case .count(let id, let operand):
      reader.uses.asked.insert(id)
      guard case .number(let number) = right else { return mismatch(path) }
      return .count(operand, comparison, Int(number))
    case .item:
      return mismatch(path)
    case .field(let id, let operand):
      reader.uses.asked.insert(id)
      guard let type = scope.dictionary.fields[id].type else { return mismatch(path) }
      if case .path(let other) = right {
        return compareFields(path, id, operand, comparison, other)
      }
      guard let constant = constant(right, of: type) else {
        if case .text(let word) = right, let offered = type.words {
          reader.report(.unknownOption(word, of: path, offered))
          return nil
        }
        return mismatch(path)
      }
      switch constant {
      case .number: break
      case .option, .text:
        guard comparison == .equal || comparison == .notEqual else { return mismatch(path) }
      }
      return .compare(operand, comparison, constant)
    }
  }

  private func compareFields(
    _ path: Name,
    _ id: Field.ID,
    _ operand: Operand,
    _ comparison: Condition.Comparison,
    _ other: Name
  ) -> Condition? {
    switch scope.resolve(other) {
    case .slot(let value):
      reader.noteSlot(other, scope)
      guard comparison == .equal || comparison == .notEqual else { return mismatch(path) }
      let option = scope.dictionary.fields[id].type.flatMap { type in
        type.isChoice ? constant(.text(value), of: type) : nil
      }
      return .compare(operand, comparison, option ?? .text(Array(value.utf8)))
    case .field(let otherID, let otherOperand):
      reader.uses.asked.insert(otherID)
      guard let a = scope.dictionary.fields[id].type, let b = scope.dictionary.fields[otherID].type,
        a.comparisonKind == b.comparisonKind,
        a.comparisonKind != .text || comparison == .equal || comparison == .notEqual
      else { return mismatch(path) }
      return .compareFields(operand, comparison, otherOperand)
    case .item, .index, .count:
      return mismatch(path)
    case nil:
      reader.report(
        other.text.utf8.contains { $0 >= 0x80 }
          ? .unquotedWord(other) : .unknownField(other, scope)
      )
      return nil
    }
  }

  private func constantText(_ operand: Expression.Operand) -> String? {
    switch operand {
    case .text(let text): text
    case .path(let path):
      if case .slot(let value) = scope.resolve(path) { noted(path, value) } else { nil }
    case .number, .day, .boolean: nil
    }
  }

  private func noted(_ slot: Name, _ value: String) -> String {
    reader.noteSlot(slot, scope)
    return value
  }

  private func constant(_ operand: Expression.Operand, of type: FieldType) -> Condition.Constant? {
    switch (operand, type) {
    case (.number(let number), .integer), (.number(let number), .money): .number(number)
    case (.number(let number), .decimal), (.number(let number), .percent): .number(number * 10_000)
    case (.day(let day), .date): .number(day)
    case (.day(let day), .datetime): .number(day * 1440)
    case (.boolean(let value), .boolean): .number(value ? 1 : 0)
    case (.text(let text), .boolean(let yes, let no)):
      text == yes ? .number(1) : text == no ? .number(0) : nil
    case (.text(let text), .choice(let options, let other)):
      // A text of its own is none of the options. By bytes, for equivalent characters may be two options.
      options.firstIndex { $0.value.utf8.elementsEqual(text.utf8) }.map {
        .option(Int64($0), Array(options[$0].words.utf8))
      }
        ?? (other ? .text(Array(text.utf8)) : nil)
    case (.text(let text), .text), (.text(let text), .multiline), (.text(let text), .identifier),
      (.text(let text), .postalCode), (.text(let text), .phone), (.text(let text), .email),
      (.text(let text), .corporateNumber):
      .text(Array(text.utf8))
    case (_, _): nil
    }
  }

  private func mismatch(_ path: Name) -> Condition? {
    reader.report(.typeMismatch(path, .comparison))
    return nil
  }

  private func reportMismatch(_ left: Expression.Operand, _ right: Expression.Operand) {
    if case .path(let path) = right { reader.report(.typeMismatch(path, .comparison)) }
  }
}

extension Expression.Operand {
  /// The words in quotes that a slot is compared with.
  fileprivate func comparedWords(at slot: Name) -> [Name] {
    switch self {
    case .text(let text): [Name(text: text, location: slot.location)]
    case .path, .number, .day, .boolean: []
    }
  }
}

extension FieldType {
  /// The words that a value is chosen from; nil if it is not.
  fileprivate var words: [String]? {
    switch self {
    case .choice(let options, _): options.map(\.value)
    case .boolean(let yes, let no): [yes, no]
    case .text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime, .identifier,
      .postalCode, .phone, .email, .corporateNumber, .photo:
      nil
    }
  }

  fileprivate var isChoice: Bool {
    if case .choice = self { true } else { false }
  }

  fileprivate enum ComparisonKind { case text, number, decimal, day, minute, boolean }

  fileprivate var comparisonKind: ComparisonKind {
    switch self {
    case .text, .multiline, .choice, .identifier, .postalCode, .phone, .email, .corporateNumber,
      .photo:
      .text
    case .integer, .money: .number
    case .decimal, .percent: .decimal
    case .date: .day
    case .datetime: .minute
    case .boolean: .boolean
    }
  }
}

extension Diagnostic {
  fileprivate static func unquotedWord(_ word: Name) -> Self {
    Diagnostic(
      .invalidCondition,
      at: word.location,
      ja: "語「\(word.text)」が引用符で囲まれていません。",
      en: "The word “\(word.text)” has no quotes.",
      hint: Message(ja: "'\(word.text)' と書きます。", en: "Write '\(word.text)'.")
    )
  }

  fileprivate static func unknownOption(_ word: String, of path: Name, _ offered: [String]) -> Self
  {
    Diagnostic(
      .unknownWord,
      at: path.location,
      ja: "項目「\(path.text)」に「\(word)」という選択肢はありません。",
      en: "“\(path.text)” has no option “\(word)”.",
      hint: Message(
        ja: "選択肢：\(offered.map { "'\($0)'" }.joined(separator: "、"))",
        en: "Its options: \(offered.map { "'\($0)'" }.joined(separator: ", "))"
      )
    )
  }

  static func typeMismatch(_ path: Name, _ use: FieldUse) -> Self {
    Diagnostic(
      .typeMismatch,
      at: path.location,
      ja: "項目「\(path.text)」の型は、ここでの使い方に合いません。",
      en: "The type of “\(path.text)” does not fit the way it is used here.",
      hint: use.demand
    )
  }
}
