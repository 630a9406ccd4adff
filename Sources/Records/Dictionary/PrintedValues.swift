import Diagnostics

extension FieldDictionary {
  /// The fields that papers read which print, or ask, these: with what they are computed from, and what they stand in.
  package func read(with fields: Set<Field.ID>) -> Set<Field.ID> {
    var read = fields
    for id in derived.reversed() where read.contains(id) { read.formUnion(self.fields[id].inputs) }
    for id in self.fields.indices.reversed() where read.contains(id) {
      if let parent = self.fields[id].parent { read.insert(parent) }
    }
    return read
  }

  /// The same dictionary for papers that read these fields and no others: it demands no value that none of them prints.
  ///
  /// Nor does it warn of other values, but for days on which the edition is not in force; what contradicts itself is wrong on any
  /// occasion.
  package func asking(only read: Set<Field.ID>) -> FieldDictionary {
    var dictionary = self
    // What tells packets apart is demanded of each.
    for id in fields.indices where !read.contains(id) && fields[id].declaration.key == nil {
      dictionary.setConditions(of: id, needed: nil, words: fields[id].wordsIf)
    }
    dictionary.rules = rules.filter { rule in
      rule.severity == .error || rule.code == .outsideEditionWindow || read.contains(rule.field)
        || rule.violation.operands.contains { operand in
          field(of: operand, in: rule.frame).map { read.contains($0) && isOfData($0) } ?? false
        }
    }
    return dictionary
  }

  private func isOfData(_ id: Field.ID) -> Bool { fields[root(of: id)].name != "packet" }

  /// The field at an operand of a condition that is asked in a frame: a register is the number of lists around a field.
  package func field(of operand: Operand, in frame: Int) -> Field.ID? {
    var frame = frame
    while frames[frame].depth > Int(operand.register), let list = frames[frame].list {
      frame = fields[list].frame
    }
    return frames[frame].fields.first { fields[$0].slot == Int(operand.slot) }
  }
}

extension Condition {
  /// The values that it asks for.
  package var operands: [Operand] {
    switch self {
    case .constant, .index: []
    case .present(let operand), .compare(let operand, _, _), .count(let operand, _, _): [operand]
    case .compareFields(let a, _, let b), .isNotTax(let a, within: let b): [a, b]
    case .not(let inner): inner.operands
    case .all(let parts), .any(let parts): parts.flatMap(\.operands)
    }
  }
}
