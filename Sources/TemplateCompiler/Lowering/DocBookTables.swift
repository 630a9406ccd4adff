import Records

/// CALS tables, and the office's box.
extension DocBookBlocks {
  func tgroup(_ widths: [Int], _ attributes: String, _ body: () -> Void) {
    element("informaltable", attributes) {
      element("tgroup", "cols=\"\(widths.count)\"") {
        for (index, width) in widths.enumerated() {
          builder.markup("<colspec colname=\"c\(index + 1)\" colwidth=\"\(width)*\"/>\n")
        }
        body()
      }
    }
  }

  /// A cell: blocks, or nothing.
  func entry(_ blocks: [Block]) {
    if blocks.isEmpty { return builder.markup("<entry/>\n") }
    element("entry") {
      // An entry must hold something even where every block is left out.
      if blocks.allSatisfy(\.mayVanish) { builder.markup("<para/>") }
      emit(blocks)
    }
  }

  func entry(_ content: [Run]) { element("entry") { runs(content) } }

  func fields(_ caption: [Run], _ rows: [Row]) {
    builder.branch(on: rows.presence) {
      heading(caption)
      tgroup([30, 70], "rowheader=\"firstcol\" frame=\"all\"") {
        element("tbody") { emit(rows) }
      }
    }
  }

  func emit(_ rows: [Row]) {
    for row in rows {
      switch row {
      case .row(let anchor, let label, let content):
        element("row") {
          element("entry") {
            if let anchor {
              builder.markup("<phrase xml:id=\"")
              builder.anchor(anchor)
              builder.markup("\">")
            }
            runs(label)
            if anchor != nil { builder.markup("</phrase>") }
          }
          entry(content)
        }
      case .conditional(let condition, let rows):
        builder.branch(on: condition, then: { emit(rows) })
      case .repeated(let loop, let rows): builder.loop(loop) { emit(rows) }
      }
    }
  }

  func table(_ table: TableBlock) {
    let presence: Condition? = table.loop.minimum == 0 ? .present(table.loop.list) : nil
    builder.branch(on: presence) {
      if let anchor = table.anchor {
        builder.markup("<para role=\"caption\"><phrase xml:id=\"")
        builder.anchor(anchor)
        builder.markup("\">")
        runs(table.caption)
        builder.markup("</phrase></para>\n")
      } else if !table.caption.isEmpty {
        para("caption", table.caption)
      }
      tgroup(table.columns.map(\.width), "frame=\"all\"") {
        header(table.columns.map(\.label))
        element("tbody") {
          builder.rows(of: table) {
            element("row") { for column in table.columns { entry(column.content) } }
          }
        }
      }
    }
  }

  func header(_ labels: [[Run]]) {
    element("thead") {
      element("row") { for label in labels { entry(label) } }
    }
  }

  func table(_ table: StaticTable) {
    if table.rows.isEmpty { return }
    tgroup(table.widths, "frame=\"all\"") {
      if !table.labels.isEmpty { header(table.labels.map { [.text($0)] }) }
      element("tbody") {
        for row in table.rows {
          builder.branch(on: row.condition) {
            element("row") { for content in row.cells { entry(content) } }
          }
        }
      }
    }
  }

  /// Labels with what stands behind them, without rules.
  func table(_ lines: [LabelledLine]) {
    let rows: [Row] = lines.map { line in
      var content = line.content.isEmpty ? [.text("　　　　　　　　　　　　")] : line.content
      if line.isSealed { content.append(.text("　㊞")) }
      var row = Row.row(anchor: nil, label: line.label, [.paragraph(.body, .left, content)])
      if let loop = line.loop { row = .repeated(loop, [row]) }
      return line.condition.map { .conditional($0, [row]) } ?? row
    }
    builder.branch(on: rows.presence) {
      tgroup([30, 70], "frame=\"none\"") {
        element("tbody") { emit(rows) }
      }
    }
  }

  func office(_ box: OfficeBox) {
    if let stamp = box.stamp { para("stamp", [.text(stamp)]) }
    heading(box.caption)
    if !box.cells.isEmpty {
      tgroup(box.cells.map { _ in 1 }, "frame=\"all\"") {
        header(box.cells)
        element("tbody") {
          element("row") { for _ in box.cells { builder.markup("<entry/>") } }
        }
      }
    }
    emit(box.blocks)
  }
}

extension Block {
  /// True if a record can leave the block out.
  fileprivate var mayVanish: Bool {
    switch self {
    case .conditional: true
    case .repeated(let loop, let blocks): loop.minimum == 0 || blocks.allSatisfy(\.mayVanish)
    case .fields(_, _, let rows): rows.presence != nil
    case .table(let table): table.loop.minimum == 0
    case .staticTable(let table): table.rows.isEmpty
    case .section(let heading, let blocks): heading.isEmpty && blocks.allSatisfy(\.mayVanish)
    case .copy(let blocks): blocks.allSatisfy(\.mayVanish)
    case .title(_, let copy, _): copy.isEmpty
    case .sender, .signature: true
    case .mark, .formNumber, .line, .paragraph, .lines, .provisions, .list, .values, .officeUse,
      .photo:
      false
    }
  }
}

extension [Row] {
  /// When at least one row is printed; nil: always.
  fileprivate var presence: Condition? {
    var conditions: [Condition] = []
    for row in self {
      switch row {
      case .row: return nil
      case .conditional(let condition, let rows):
        conditions.append(.all([condition] + (rows.presence.map { [$0] } ?? [])))
      case .repeated(let loop, let rows):
        // The rows' own conditions ask of an item, which exists inside the loop only.
        if loop.minimum > 0, rows.presence == nil { return nil }
        conditions.append(.present(loop.list))
      }
    }
    return .any(conditions)
  }
}
