import Diagnostics
import Records

/// Settles the `if`s of an annex before anything is numbered: they may ask the edition's slots only.
struct SlotConditions {
  let scope: Scope
  let reader: ElementReader
  /// Ids of what stands under a condition; no reference may aim at them.
  private(set) var conditionalIDs: Set<String> = []

  init(scope: Scope, reader: ElementReader) {
    self.scope = scope
    self.reader = reader
  }

  mutating func settle(_ annex: Annex) -> Annex {
    var annex = annex
    annex.root.parts = settle(annex.root.parts)
    return annex
  }

  private mutating func settle(_ parts: [Provision]) -> [Provision] {
    parts.compactMap { part in
      guard isKept(part.flow, ids: part.ids) else { return nil }
      var part = part
      if case .sentences(let sentences) = part.content {
        part.content = .sentences(
          sentences.filter { sentence in
            let key = sentence.part.map { "\(part.id?.text ?? "")#\($0.rawValue)" }
            return isKept(sentence.flow, ids: key.map { [$0] } ?? [])
          }
        )
      }
      part.parts = settle(part.parts)
      return part
    }
  }

  mutating func isKept(_ flow: Flow, ids: [String]) -> Bool {
    if let loop = flow.loop, !loop.list.text.isEmpty {
      reader.report(.contractConditionInAnnex(at: loop.list.location))
    }
    guard let condition = flow.condition else { return true }
    conditionalIDs.formUnion(ids)
    return holds(condition)
  }

  /// True where the question is not one to slots, so that the rest is still checked.
  func holds(_ expression: Expression) -> Bool {
    guard let condition = ConditionResolver(scope: scope, reader: reader).resolve(expression) else {
      return true
    }
    if let value = condition.constantValue { return value }
    if let path = expression.firstPath {
      reader.report(.contractConditionInAnnex(at: path.location))
    }
    return true
  }
}

extension Condition {
  /// What it is without asking a record; nil if it must ask.
  var constantValue: Bool? {
    switch self {
    case .constant(let value): value
    case .present, .compare, .compareFields, .count, .isNotTax, .index: nil
    case .not(let inner): inner.constantValue.map { !$0 }
    case .all(let parts):
      parts.contains { $0.constantValue == false }
        ? false : parts.allSatisfy { $0.constantValue == true } ? true : nil
    case .any(let parts):
      parts.contains { $0.constantValue == true }
        ? true : parts.allSatisfy { $0.constantValue == false } ? false : nil
    }
  }
}

extension Expression {
  /// Whether it asks what the annex has.
  var asksProvisions: Bool {
    switch self {
    case .has: true
    case .path, .compare: false
    case .not(let inner): inner.asksProvisions
    case .all(let parts), .any(let parts): parts.contains(where: \.asksProvisions)
    }
  }

  /// Every path that is asked, as it was written.
  var paths: [Name] {
    func path(_ operand: Operand) -> [Name] {
      if case .path(let name) = operand { [name] } else { [] }
    }
    switch self {
    case .path(let path): return [path]
    case .has: return []
    case .compare(let left, _, let right): return path(left) + path(right)
    case .not(let inner): return inner.paths
    case .all(let parts), .any(let parts): return parts.flatMap(\.paths)
    }
  }

  var firstPath: Name? {
    switch self {
    case .path(let path): return path
    case .has: return nil
    case .compare(.path(let path), _, _), .compare(_, _, .path(let path)): return path
    case .compare: return nil
    case .not(let inner): return inner.firstPath
    case .all(let parts), .any(let parts): return parts.lazy.compactMap(\.firstPath).first
    }
  }
}

extension Diagnostic {
  fileprivate static func contractConditionInAnnex(at location: SourceLocation) -> Self {
    Diagnostic(
      .contractConditionInAnnex,
      at: location,
      ja: "番号の付く条文や誓約事項は、契約のデータによって変えられません。",
      en: "Numbered provisions and clauses cannot depend on the data of a contract.",
      hint: Message(
        ja: "if では edition.xml の slot だけを使えます。",
        en: "An if may ask the slots of edition.xml only."
      )
    )
  }
}
