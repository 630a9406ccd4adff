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

  /// The same dictionary for papers that read these fields and no others: it demands no value that none of them prints, and warns of
  /// such a value where it is given.
  package func asking(only read: Set<Field.ID>) -> FieldDictionary {
    var dictionary = self
    // What tells packets apart is demanded of each.
    for id in fields.indices where !read.contains(id) && fields[id].declaration.key == nil {
      dictionary.setConditions(of: id, needed: nil, words: fields[id].wordsIf)
    }
    dictionary.rules = rules.map { rule in
      let isValue = fields[rule.field].declaration.shape != .record
      if rule.severity == .error || read.contains(rule.field) || !isValue { return rule }
      var rule = rule
      rule.violation = .all([.present(operand(of: rule.field)), rule.violation])
      return rule
    }
    return dictionary
  }

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
