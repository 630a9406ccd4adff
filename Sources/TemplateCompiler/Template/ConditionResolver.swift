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
    case .slot(let value): return .constant(!["", "off"].contains(value))
    case .field(let id, let operand):
      switch scope.dictionary.fields[id].declaration.shape {
      case .value(.boolean): return .compare(operand, .equal, .number(1))
      case .value, .list: return .present(operand)
      case .record: return anyPresent(under: id)
      }
    case .count(_, let operand): return .count(operand, .greater, 0)
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
      if let values = scope.slot(path.text)?.values, !values.isEmpty, !values.contains(text) {
        reader.report(.invalidSlot(path, values: values))
        return nil
      }
      switch comparison {
      case .equal: return .constant(value == text)
      case .notEqual: return .constant(value != text)
      case .less, .lessOrEqual, .greater, .greaterOrEqual: return mismatch(path)
      }
    case .index(let variable):
      guard case .number(let number) = right else { return mismatch(path) }
      return .index(register: UInt8(variable.register), comparison, Int(number))
    case .count(_, let operand):
      guard case .number(let number) = right else { return mismatch(path) }
      return .count(operand, comparison, Int(number))
    case .item:
      return mismatch(path)
    case .field(let id, let operand):
      guard let type = scope.dictionary.fields[id].type else { return mismatch(path) }
      if case .path(let other) = right {
        return compareFields(path, id, operand, comparison, other)
      }
      guard let constant = constant(right, of: type) else { return mismatch(path) }
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
      guard comparison == .equal || comparison == .notEqual else { return mismatch(path) }
      return .compare(operand, comparison, .text(Array(value.utf8)))
    case .field(let otherID, let otherOperand):
      guard let a = scope.dictionary.fields[id].type, let b = scope.dictionary.fields[otherID].type,
        a.comparisonKind == b.comparisonKind,
        a.comparisonKind != .text || comparison == .equal || comparison == .notEqual
      else { return mismatch(path) }
      return .compareFields(operand, comparison, otherOperand)
    case .item, .index, .count:
      return mismatch(path)
    case nil:
      reader.report(.unknownField(other, scope))
      return nil
    }
  }

  private func constantText(_ operand: Expression.Operand) -> String? {
    switch operand {
    case .text(let text): text
    case .path(let path):
      if case .slot(let value) = scope.resolve(path) { value } else { nil }
    case .number, .day, .boolean: nil
    }
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
      options.firstIndex { $0.utf8.elementsEqual(text.utf8) }.map {
        .option(Int64($0), Array(text.utf8))
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

extension FieldType {
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

extension Diagnostic {
  static func invalidSlot(_ name: Name, values: [String]) -> Self {
    Diagnostic(
      .invalidSlot,
      at: name.location,
      ja: "版の語句「\(name.text)」に、その値はありません。",
      en: "The slot “\(name.text)” has no such value.",
      hint: Message(
        ja: "いずれか：\(values.joined(separator: "、"))",
        en: "One of: \(values.joined(separator: ", "))"
      )
    )
  }

  fileprivate static func misplacedHas(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidCondition,
      at: location,
      ja: "has(…) は、様式と、書類一式の document の条件だけに書けます。",
      en: "Only conditions of forms, and of documents of the packet, take has(…).",
      hint: Message(
        ja: "条文と項目辞書の条件には、版の語（slot）を使ってください。",
        en: "In the annex and the dictionary ask a slot of the edition."
      )
    )
  }

  fileprivate static func unknownProvision(_ provision: Name, among offered: [String]) -> Self {
    Diagnostic(
      .danglingReference,
      at: provision.location,
      ja: "規定「\(provision.text)」は、特記事項にも規定の目録にもありません。",
      en: "Neither the annex nor the catalogue has a provision “\(provision.text)”.",
      hint: didYouMean(provision.text, among: offered).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "条、項又は号の id を書いてください。",
          en: "Write the id of an article, paragraph or item."
        )
    )
  }
}

/// What a place makes of a field, for saying what it takes.
enum FieldUse {
  case comparison, runningText, cell, choices, loop, tax, calculation

  fileprivate var demand: Message {
    switch self {
    case .comparison:
      Message(
        ja: "同じ型どうしを比べます。大小は数、金額、日付だけにあります。例：contract.date < 2023-04-01",
        en:
          "Compare like with like; only numbers, amounts and dates are ordered: contract.date < 2023-04-01"
      )
    case .runningText:
      Message(
        ja: "文中には一つの値だけを差し込めます。複数行の項目（multiline）は <field path=\"…\"/> に、記録（record）は中の項目を一つずつ書きます。",
        en:
          "Text takes one value; print a multiline field with <field path=\"…\"/>, and the fields of a record one by one."
      )
    case .cell:
      Message(
        ja: "記録（record）は、中の項目を一つずつ書きます。",
        en: "Of a record, print the fields one by one."
      )
    case .choices:
      Message(
        ja: "選択肢のある項目（choice、boolean）だけに使えます。",
        en: "Only fields of the types choice and boolean have boxes to tick."
      )
    case .loop:
      Message(
        ja: "繰り返せるのは、項目辞書の一覧（list）だけです。",
        en: "Only a list of the dictionary can be looped over."
      )
    case .calculation:
      Message(
        ja: "計算できるのは、整数、金額、小数、割合と、数字だけの語（slot）です。一覧は sum(一覧.項目) か count(一覧) と書きます。",
        en:
          "Numbers, amounts, percentages and slots of digits can be computed with; of a list write sum(list.field) or count(list)."
      )
    case .tax:
      Message(
        ja: "税額も税込みの額も、同じ記録（record）の金額（money）でなければなりません。",
        en: "Both the tax and the total must be of the type money, in the same record."
      )
    }
  }
}
