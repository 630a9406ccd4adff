import Records

/// A field that a form prints.
struct PrintedField: Hashable {
  /// Absolute, without indices.
  let path: String
  /// What must all hold for it to be printed, but for what the edition's slots settle.
  let conditions: [Proposition]
  let isInOfficeUse: Bool

  static func fields(of form: Form, scope: Scope) -> [PrintedField] {
    var collector = Collector()
    for block in form.blocks { collector.take(block, Place(scope: scope)) }
    return collector.fields
  }

  /// Where the walk through the form stands.
  private struct Place {
    var scope: Scope
    var conditions: [Proposition] = []
    var isInOfficeUse = false
    /// Whether the edition's slots rule out what stands here.
    var isRuledOut = false

    func entering(_ flow: Flow) -> Place {
      var place = self
      if let condition = flow.condition { place = place.under(condition) }
      if let loop = flow.loop {
        if loop.minimum == 0 { place.conditions.append(.atom("for \(loop.list.text)")) }
        place.scope = scope.entering(loop)?.scope ?? scope
      }
      return place
    }

    func under(_ condition: Expression) -> Place {
      var place = self
      // A condition that holds for every contract is none.
      switch scope.settled(condition) {
      case true?: break
      case false?: place.isRuledOut = true
      case nil:
        place.conditions.append(condition.proposition { scope.absolutePath($0) ?? $0.text })
      }
      return place
    }

    var inOfficeUse: Place {
      var place = self
      place.isInOfficeUse = true
      return place
    }
  }

  private struct Collector {
    var fields: [PrintedField] = []

    mutating func add(_ path: Name, _ place: Place) {
      guard !place.isRuledOut, let absolute = place.scope.absolutePath(path) else { return }
      fields.append(
        PrintedField(
          path: absolute,
          conditions: place.conditions,
          isInOfficeUse: place.isInOfficeUse
        )
      )
    }

    mutating func take(_ content: [Inline], _ place: Place) {
      for inline in content {
        switch inline {
        case .hole(let hole):
          // The number of an item or of items is not the item.
          switch place.scope.resolve(hole.path) {
          case .field, .item: add(hole.path, place)
          case .slot, .index, .count, nil: break
          }
        case .conditional(let condition, let inner): take(inner, place.under(condition))
        case .text, .lineBreak: break
        case .reference, .paper, .requirement, .term, .cite, .emphasis:
          take(inline.content ?? [], place)
        }
      }
    }

    mutating func take(_ blocks: [FormBlock], _ place: Place) {
      for block in blocks { take(block, place) }
    }

    mutating func take(_ block: FormBlock, _ outer: Place) {
      let place = outer.entering(block.flow)
      switch block.kind {
      case .letterhead(let letterhead): take(letterhead, place)
      case .title, .registerList: break
      case .paragraph(_, let content), .note(let content): take(content, place)
      case .particulars(let blocks): take(blocks, place)
      case .section(let heading, let blocks):
        take(heading, place)
        take(blocks, place)
      case .fields(_, _, let rows):
        for row in rows { take(row, place) }
      case .table(let table):
        let inner = place.entering(Flow(loop: table.loop))
        for column in table.columns {
          if column.content.isEmpty, let path = column.path { add(path, inner) }
          take(column.content, inner)
        }
      case .choices(let path): add(path, place)
      case .photo(let path, _):
        if let path { add(path, place) }
      case .clauses(let clauses):
        for clause in clauses { take(clause.content, place.entering(clause.flow)) }
      case .signature(let rows): take(rows, place)
      case .officeUse(let box): take(box.blocks, place.inOfficeUse)
      }
    }

    private mutating func take(_ letterhead: Letterhead, _ place: Place) {
      for part in letterhead.parts {
        switch part {
        case .date(let path): add(path, place)
        case .addressee(let flow, _, let content): take(content, place.entering(flow))
        case .sender(let flow, _, let rows): take(rows, place.entering(flow))
        }
      }
    }

    private mutating func take(_ rows: [LabelledRow], _ place: Place) {
      for row in rows { take(row.content, place.entering(row.flow)) }
    }

    private mutating func take(_ row: FieldRow, _ outer: Place) {
      let place = outer.entering(row.flow)
      switch row.content {
      case .value:
        if let path = row.path { add(path, place) }
      case .inline(let content): take(content, place)
      case .blocks(let blocks): take(blocks, place)
      }
    }
  }
}

extension Scope {
  /// What a condition comes to by the edition's slots alone; nil if it asks data, or cannot be read.
  func settled(_ condition: Expression) -> Bool? {
    ConditionResolver(scope: self, reader: ElementReader(expansions: names.expansions)).resolve(
      condition
    )?.constantValue
  }
}

extension Expression {
  /// The same words for the same question, with every path as `path` has it.
  func canonical(_ path: (Name) -> String) -> String {
    func words(_ operand: Operand) -> String {
      switch operand {
      case .path(let name): path(name)
      case .text(let text): "'\(text)'"
      case .number(let number): "\(number)"
      case .day(let day): "day \(day)"
      case .boolean(let value): "\(value)"
      }
    }
    switch self {
    case .path(let name): return path(name)
    case .has(let provision): return "has('\(provision.text)')"
    case .compare(let left, let comparison, let right):
      return "\(words(left)) \(comparison.rawValue) \(words(right))"
    case .not(let inner): return "not (\(inner.canonical(path)))"
    case .all(let parts):
      return "(" + parts.map { $0.canonical(path) }.joined(separator: " and ") + ")"
    case .any(let parts):
      return "(" + parts.map { $0.canonical(path) }.joined(separator: " or ") + ")"
    }
  }
}
