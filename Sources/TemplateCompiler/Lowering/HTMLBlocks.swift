import TemplateRuntime

/// Lowers the blocks of one document to HTML.
struct HTMLBlocks {
  private let document: LaidOutDocument
  /// The level of the document's title.
  private let heading: Int
  private let links: LinkResolver
  private let builder: ProgramBuilder

  init(
    document: LaidOutDocument, heading: Int, links: LinkResolver, builder: ProgramBuilder
  ) {
    self.document = document
    self.heading = heading
    self.links = links
    self.builder = builder
  }

  func emit(_ blocks: [Block]) { for block in blocks { emit(block) } }

  private func element(
    _ tag: String, _ attributes: String = "", newline: Bool = true, _ body: () -> Void
  ) {
    builder.markup("<\(tag)\(attributes.isEmpty ? "" : " ")\(attributes)>")
    body()
    builder.markup("</\(tag)>\(newline ? "\n" : "")")
  }

  private func branch(on condition: Condition, _ body: () -> Void) {
    builder.branch(on: condition, then: body)
  }

  private func emit(_ block: Block) {
    switch block {
    case .mark(let content): element("p", "class=\"mark\"") { runs(content) }
    case .title(let content, let copy, let isFirst): title(content, copy, isFirst)
    case .formNumber(let content): element("p", "class=\"form-number\"") { runs(content) }
    case .line(let role, let content):
      element("p", "class=\"\(role.name)\"") { runs(content) }
    case .sender(let label, let lines):
      element("div", "class=\"sender\"") {
        if !label.isEmpty { element("p", "class=\"role\"") { runs(label) } }
        list(lines)
      }
    case .paragraph(let role, let alignment, let content):
      let alignment = alignment == .left ? "" : " \(alignment.rawValue)"
      element("p", "class=\"\(role.name)\(alignment)\"") { runs(content) }
    case .lines(let operand, let blank):
      element("p", "class=\"text\"") {
        let separator = builder.literal("<br>\n")
        let blank = self.blank(blank)
        builder.emit(.lines(operand, separator: separator, blank: blank))
      }
    case .article(let provision): article(provision)
    case .fields(let caption, let columns, let rows):
      element("table", columns == 1 ? "class=\"fields\"" : "class=\"fields pairs\"") {
        if !caption.isEmpty { element("caption") { runs(caption) } }
        element("tbody") { emit(rows) }
      }
    case .table(let table): self.table(table)
    case .staticTable(let table): self.table(table)
    case .list(let items):
      element("ol", "class=\"clauses\"") {
        for item in items {
          element("li") {
            number(item.number)
            runs(item.content)
          }
        }
      }
    case .values(let loop, let item, let blank): values(loop, item, blank)
    case .signature(let lines): element("div", "class=\"signature\"") { list(lines) }
    case .officeUse(let box): office(box)
    case .section(let heading, let blocks):
      element("section", "class=\"group\"") {
        groupHeading(heading)
        emit(blocks)
      }
    case .photo(let label): element("p", "class=\"photo\"") { builder.text(label) }
    case .copy(let blocks): element("div", "class=\"copy\"") { emit(blocks) }
    case .conditional(let condition, let blocks): branch(on: condition) { emit(blocks) }
    case .repeated(let loop, let blocks): builder.loop(loop) { emit(blocks) }
    }
  }

  private func title(_ content: [Run], _ copy: [Run], _ isFirst: Bool) {
    builder.markup("<h\(heading) class=\"title\"")
    if isFirst {
      builder.markup(" id=\"")
      builder.anchor(document.anchor)
      builder.markup("-title\"")
    }
    builder.markup(">")
    runs(content)
    if !copy.isEmpty {
      element("span", "class=\"copy-label\"", newline: false) {
        builder.text("（")
        runs(copy)
        builder.text("）")
      }
    }
    builder.markup("</h\(heading)>\n")
  }

  /// A heading that is there only under a condition takes its element with it.
  private func groupHeading(_ content: [Run]) {
    if content.isEmpty { return }
    if content.count == 1, case .conditional(let condition, let inner) = content[0] {
      return branch(on: condition) { groupHeading(inner) }
    }
    element("h\(heading + 1)", "class=\"group-heading\"") { runs(content) }
  }

  private func article(_ provision: ProvisionBlock) {
    let caption = provision.anchor + "-caption"
    builder.markup("<section class=\"article\" id=\"\(provision.anchor)\"")
    if !provision.caption.isEmpty {
      builder.markup(" aria-labelledby=\"\(caption)\"")
    }
    builder.markup(">\n")
    if !provision.caption.isEmpty {
      element("h\(heading + 1)", "class=\"caption\" id=\"\(caption)\"") { runs(provision.caption) }
    }
    for paragraph in provision.paragraphs {
      element("p", "class=\"paragraph\" id=\"\(paragraph.anchor)\"") {
        number(paragraph.number)
        for sentence in paragraph.sentences {
          guard let anchor = sentence.anchor else {
            runs(sentence.content)
            continue
          }
          element("span", "id=\"\(anchor)\"", newline: false) { runs(sentence.content) }
        }
      }
      items(paragraph.items, class: "items")
    }
    builder.markup("</section>\n")
  }

  private func items(_ items: [ProvisionBlock.Item], class name: String) {
    if items.isEmpty { return }
    element("ol", "class=\"\(name)\"") {
      for item in items {
        element("li", item.anchor.map { "id=\"\($0)\"" } ?? "") {
          element("p", newline: !item.subitems.isEmpty) {
            number(item.number)
            runs(item.content)
          }
          self.items(item.subitems, class: "subitems")
        }
      }
    }
  }

  private func number(_ number: String) {
    element("span", "class=\"number\"", newline: false) { builder.text(number) }
    builder.text("　")
  }

  // MARK: Labels and lists

  private func list(_ lines: [LabelledLine]) {
    element("dl") {
      for line in lines { self.line(line) }
    }
  }

  private func line(_ line: LabelledLine) {
    if let condition = line.condition {
      return branch(on: condition) {
        self.line(
          LabelledLine(label: line.label, content: line.content, condition: nil, loop: line.loop))
      }
    }
    if let loop = line.loop {
      return builder.loop(loop) {
        self.line(
          LabelledLine(label: line.label, content: line.content, condition: nil, loop: nil))
      }
    }
    element("div") {
      element("dt", newline: false) { runs(line.label) }
      element("dd", newline: false) {
        if line.content.isEmpty {
          builder.markup(markup(of: .rule(12)))
        } else {
          runs(line.content)
        }
      }
    }
  }

  private func values(_ loop: Loop, _ item: Operand, _ blank: Blank) {
    branch(on: .present(loop.list)) {
      element("ol", "class=\"values\"") {
        builder.loop(loop) {
          element("li") {
            builder.branch(on: .count(loop.list, .greater, 1)) {
              element("span", "class=\"number\"", newline: false) {
                builder.emit(.index(register: UInt8(loop.register), .digits(.mixed)))
              }
              builder.text("　")
            }
            let separator = builder.literal("<br>\n")
            let blank = self.blank(blank)
            builder.emit(.lines(item, separator: separator, blank: blank))
          }
        }
      }
    }
  }

  // MARK: Tables

  private func emit(_ rows: [Row]) { for row in rows { emit(row) } }

  private func emit(_ row: Row) {
    switch row {
    case .row(let anchor, let label, let content):
      opening("tr", anchor)
      element("th", "scope=\"row\"", newline: false) { runs(label) }
      element("td", newline: false) { emit(content) }
      builder.markup("</tr>\n")
    case .conditional(let condition, let rows): branch(on: condition) { emit(rows) }
    case .repeated(let loop, let rows): builder.loop(loop) { emit(rows) }
    }
  }

  private func opening(_ tag: String, _ anchor: Anchor?, _ attributes: String = "") {
    builder.markup("<\(tag)\(attributes)")
    if let anchor {
      builder.markup(" id=\"")
      builder.anchor(anchor)
      builder.markup("\"")
    }
    builder.markup(">")
  }

  private func columns(_ widths: [Int]) {
    element("colgroup") {
      let total = max(1, widths.reduce(0, +))
      for width in widths {
        builder.markup("<col class=\"w-\(max(1, (width * 100 + total / 2) / total))\">")
      }
    }
  }

  private func table(_ table: TableBlock) {
    opening("table", table.anchor, " class=\"grid\"")
    builder.markup("\n")
    if !table.caption.isEmpty { element("caption") { runs(table.caption) } }
    columns(table.columns.map(\.width))
    element("thead") {
      element("tr") {
        for column in table.columns {
          element("th", "scope=\"col\"", newline: false) { runs(column.label) }
        }
      }
    }
    element("tbody") {
      builder.loop(table.loop) {
        element("tr") {
          for column in table.columns {
            let label = attribute(column.label.plainText)
            let alignment = column.alignment == .left ? "" : " class=\"\(column.alignment.rawValue)\""
            element("td", "data-label=\"\(label)\"\(alignment)", newline: false) {
              emit(column.content)
            }
          }
        }
      }
    }
    builder.markup("</table>\n")
  }

  private func table(_ table: StaticTable) {
    element("table", "class=\"grid\"") {
      columns(table.widths)
      element("thead") {
        element("tr") {
          for label in table.labels {
            element("th", "scope=\"col\"", newline: false) { builder.text(label) }
          }
        }
      }
      element("tbody") {
        for row in table.rows {
          element("tr") {
            for (label, content) in zip(table.labels, row) {
              element("td", "data-label=\"\(attribute(label))\"", newline: false) {
                runs(content)
              }
            }
          }
        }
      }
    }
  }

  private func office(_ box: OfficeBox) {
    element("div", "class=\"office\"") {
      if let stamp = box.stamp {
        element("p", "class=\"stamp\"") { builder.text(stamp) }
      }
      element("div", "class=\"office-box\"") {
        if box.cells.isEmpty {
          element("p", "class=\"office-caption\"") { runs(box.caption) }
        } else {
          element("table", "class=\"office-cells\"") {
            element("caption") { runs(box.caption) }
            element("tbody") {
              element("tr") {
                for cell in box.cells {
                  element("th", "scope=\"col\"", newline: false) { runs(cell) }
                }
              }
              element("tr", "class=\"seals\"") {
                for _ in box.cells { builder.markup("<td></td>") }
              }
            }
          }
        }
        emit(box.blocks)
      }
    }
  }

  // MARK: Running text

  private func attribute(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.append(escaping: text)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func runs(_ runs: [Run]) { for run in runs { self.run(run) } }

  private func run(_ run: Run) {
    switch run {
    case .text(let text): builder.text(text)
    case .value(let operand, let style, let blank):
      let literal = self.blank(blank)
      builder.emit(.value(operand, builder.format(style), blank: literal))
    case .index(let register, let style):
      builder.emit(.index(register: UInt8(register), style))
    case .count(let operand, let style): builder.emit(.count(operand, style))
    case .option(let operand, let number, let label):
      element("span", "class=\"option\"", newline: false) {
        builder.mark(operand, option: number)
        builder.text(label)
      }
    case .otherOption(let operand):
      element("span", "class=\"option\"", newline: false) {
        builder.mark(operand, option: -1)
        builder.text("その他（")
        builder.emit(.value(operand, .otherText, blank: blank(.rule(6))))
        builder.text("）")
      }
    case .link(let target, let content):
      switch links.link(to: target, from: document) {
      case .none: runs(content)
      case .always(let reference):
        element("a", "href=\"\(reference)\"", newline: false) { runs(content) }
      case .onlyIf(let condition, let reference):
        branch(on: condition) { builder.markup("<a href=\"\(reference)\">") }
        runs(content)
        branch(on: condition) { builder.markup("</a>") }
      }
    case .emphasis(let content): element("em", newline: false) { runs(content) }
    case .term(let content): element("dfn", newline: false) { runs(content) }
    case .lineBreak: builder.markup("<br>")
    case .conditional(let condition, let content): branch(on: condition) { runs(content) }
    case .joined(let loop, let content, let separator):
      builder.loop(loop) {
        branch(on: .index(register: UInt8(loop.register), .greater, 1)) {
          builder.text(separator)
        }
        runs(content)
      }
    }
  }

  private func blank(_ blank: Blank) -> Literal { builder.literal(markup(of: blank)) }

  private func markup(of blank: Blank) -> String {
    switch blank {
    case .cell: ""
    case .rule(let width): "<span class=\"blank blank-\(width)\"></span>"
    case .words(let words): attribute(words)
    }
  }
}

extension ProgramBuilder {
  func format(_ style: ValueStyle) -> ValueFormat {
    switch style {
    case .format(let format): format
    case .boolean(let yes, let no): .boolean(yes: escapedLiteral(yes), no: escapedLiteral(no))
    }
  }

  func escapedLiteral(_ text: String) -> Literal {
    var bytes: [UInt8] = []
    bytes.append(escaping: text)
    return literal(String(decoding: bytes, as: UTF8.self))
  }

  func mark(_ operand: Operand, option: Int) {
    let yes = literal("☑")
    let no = literal("□")
    emit(.mark(operand, option: Int16(option), yes: yes, no: no))
  }
}

extension LineRole {
  var name: String {
    switch self {
    case .date: "date"
    case .addressee: "addressee"
    case .opening: "opening"
    case .closing: "closing"
    }
  }
}

extension ParagraphRole {
  var name: String {
    switch self {
    case .body: "text"
    case .note: "note"
    case .choices: "choices"
    }
  }
}

extension [Run] {
  /// The static text alone.
  var plainText: String {
    map { run in
      switch run {
      case .text(let text): text
      case .link(_, let content), .emphasis(let content), .term(let content),
        .conditional(_, let content):
        content.plainText
      case .value, .index, .count, .option, .otherOption, .lineBreak, .joined: ""
      }
    }.joined()
  }
}
