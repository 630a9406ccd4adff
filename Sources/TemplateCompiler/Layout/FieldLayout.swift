import Diagnostics
import Records
import TemplateRuntime

/// Rows of fields, and tables: how a value prints in a ruled cell.
extension FormLayout {
  func row(_ row: FieldRow, _ scope: Scope) -> [Row] {
    flowing(row.flow, scope, conditional: Row.conditional, repeated: Row.repeated) { scope in
      let layout = RunLayout(scope: scope, context: context, isInCell: true)
      let meaning = row.path.flatMap { scope.resolve($0) }
      if let path = row.path, meaning == nil { context.reader.report(.unknownField(path, scope)) }
      var label: [Run] = []
      if let own = row.label {
        label = layout.runs(own)
      } else if case .field(let id, _)? = meaning {
        label = [.text(scope.dictionary.fields[id].label)]
      }
      let content: [Block]
      switch row.content {
      case .value: content = row.path.map { value($0, scope) } ?? []
      case .inline(let inline):
        // Between words a blank needs a rule; alone, the cell is the blank.
        let words = RunLayout(scope: scope, context: context, isInCell: inline.count == 1)
        content = [loneMultiline(inline, scope) ?? .paragraph(.body, .left, words.runs(inline))]
      case .blocks(let blocks): content = self.blocks(blocks, scope)
      }
      return [.row(anchor: anchor(of: row, scope), label: label, content)]
    }
  }

  /// A field as its type prints in a cell.
  func value(_ path: Name, _ scope: Scope) -> [Block] {
    guard case .field(let id, let operand)? = scope.resolve(path) else {
      if scope.resolve(path) != nil { context.reader.report(.typeMismatch(path, .cell)) }
      return []
    }
    context.reader.uses.printed.insert(id)
    let field = scope.dictionary.fields[id]
    let isOwnItem = scope.isItem(id, operand)
    switch field.declaration.shape {
    case .record:
      context.reader.report(.typeMismatch(path, .cell))
      return []
    case .value(.photo): return [.photo(label: field.label)]
    case .value(.multiline): return [.lines(operand, field.cellBlank(of: .multiline))]
    case .list(of: .multiline) where isOwnItem:
      return [.lines(operand, field.cellBlank(of: .multiline))]
    case .value(.choice), .value(.boolean), .list(of: .choice):
      return choices(path, scope).map { [$0] } ?? []
    case .list(of: let element?) where !isOwnItem:
      let register = (scope.variables.last?.register ?? 0) + 1
      let loop = Loop(list: operand, register: register, minimum: 0)
      let item = Operand(register: register, slot: 0)
      guard element == .text || element == .multiline else { break }
      return [.values(loop, item, .cell(lines: field.declaration.lines ?? 3))]
    case .list(of: nil):
      return table(of: id, path, scope)
    case .value, .list: break
    }
    let layout = RunLayout(scope: scope, context: context, isInCell: true)
    return [.paragraph(.body, .left, layout.runs([.hole(Hole(path: path, filters: []))]))]
  }

  /// A multiline value that stands alone in its block.
  func loneMultiline(_ content: [Inline], _ scope: Scope, isInCell: Bool = true) -> Block? {
    guard content.count == 1, case .hole(let hole) = content[0], hole.filters.isEmpty,
      case .field(let id, let operand)? = scope.resolve(hole.path),
      scope.dictionary.fields[id].type == .multiline,
      scope.dictionary.fields[id].itemFrame == nil
        || scope.isItem(id, operand)
    else { return nil }
    context.reader.uses.printed.insert(id)
    let field = scope.dictionary.fields[id]
    return .lines(
      operand,
      isInCell ? field.cellBlank(of: .multiline) : field.ruledBlank(of: .multiline)
    )
  }

  func choices(_ path: Name, _ scope: Scope) -> Block? {
    guard case .field(let id, let operand)? = scope.resolve(path) else {
      context.reader.report(.unknownField(path, scope))
      return nil
    }
    context.reader.uses.printed.insert(id)
    var runs: [Run] = []
    switch scope.dictionary.fields[id].type {
    case .choice(let options, let other):
      for (number, option) in options.enumerated() {
        runs += [.option(operand, number: number, label: option.words), .text("　")]
      }
      if other { runs += [.otherOption(operand), .text("　")] }
    case .boolean(let yes, let no):
      runs = [
        .option(operand, number: 1, label: yes), .text("　"),
        .option(operand, number: 0, label: no), .text("　"),
      ]
    case .text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime, .identifier,
      .postalCode, .phone, .email, .corporateNumber, .photo, nil:
      context.reader.report(.typeMismatch(path, .choices))
    }
    // A word in place of a value is none of the boxes.
    if scope.dictionary.fields[id].declaration.words.isEmpty {
      runs = runs.dropLast()
    } else {
      runs.append(.value(operand, .format(.word), .cell(lines: 1)))
    }
    return .paragraph(.choices, .left, runs)
  }

  // MARK: Tables

  func table(_ table: FormTable, _ scope: Scope) -> [Block] {
    guard let (inner, loop) = entering(table.loop, scope) else { return [] }
    let layout = RunLayout(scope: inner, context: context, isInCell: true)
    let columns = table.columns.map { column in
      // The heads of the columns stand outside of the loop.
      var label = column.label.map(RunLayout(scope: scope, context: context, isInCell: true).runs)
      if label == nil, let path = column.path, case .field(let id, _)? = inner.resolve(path) {
        label = [.text(inner.dictionary.fields[id].label)]
      }
      let content: [Block]
      if column.content.isEmpty {
        content = column.path.map { cell($0, inner) } ?? []
      } else {
        content = [
          loneMultiline(column.content, inner)
            ?? .paragraph(.body, column.alignment, layout.runs(column.content))
        ]
      }
      return TableBlock.Column(
        label: label ?? [],
        width: column.width,
        alignment: column.alignment,
        content: content
      )
    }
    let caption = RunLayout(scope: scope, context: context).runs(table.caption)
    // In DocBook a table without rows is not there.
    if loop.minimum == 0 { doubts += 1 }
    defer { if loop.minimum == 0 { doubts -= 1 } }
    return [
      .table(
        TableBlock(
          anchor: anchor(table.loop.list, scope),
          caption: caption,
          loop: loop,
          columns: columns
        )
      )
    ]
  }

  /// A column's value: choices print their word, not every box.
  func cell(_ path: Name, _ scope: Scope) -> [Block] {
    guard case .field(let id, _)? = scope.resolve(path) else {
      return [
        .paragraph(
          .body,
          .left,
          RunLayout(scope: scope, context: context).runs([.hole(Hole(path: path, filters: []))])
        )
      ]
    }
    switch scope.dictionary.fields[id].type {
    case .choice, .boolean:
      let layout = RunLayout(scope: scope, context: context, isInCell: true)
      return [.paragraph(.body, .left, layout.runs([.hole(Hole(path: path, filters: []))]))]
    case .text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime, .identifier,
      .postalCode, .phone, .email, .corporateNumber, .photo, nil:
      return value(path, scope)
    }
  }

  /// A list of records as a table of all its fields.
  func table(of list: Field.ID, _ path: Name, _ scope: Scope) -> [Block] {
    let declaration = LoopDeclaration(variable: "row", list: path, minimum: 1)
    guard let (inner, loop) = entering(declaration, scope) else { return [] }
    let columns = scope.dictionary.fields[list].children.map { child in
      let field = scope.dictionary.fields[child]
      return TableBlock.Column(
        label: [.text(field.label)],
        width: field.declaration.width ?? 1,
        alignment: .left,
        content: cell(Name(text: "row." + field.name, location: path.location), inner)
      )
    }
    return [.table(TableBlock(anchor: nil, caption: [], loop: loop, columns: columns))]
  }
}
