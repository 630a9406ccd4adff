import Records
import TemplateRuntime

/// Lowers the blocks of one document to HTML.
struct HTMLBlocks {
  let document: LaidOutDocument
  /// The level of the document's title.
  let heading: Int
  let links: LinkResolver
  let builder: ProgramBuilder

  func emit(_ blocks: [Block]) { for block in blocks { emit(block) } }

  func element(
    _ tag: String,
    _ attributes: String = "",
    newline: Bool = true,
    _ body: () -> Void
  ) {
    builder.element(tag, attributes, newline: newline, body)
  }

  func branch(on condition: Condition, _ body: () -> Void) {
    builder.branch(on: condition, then: body)
  }

  func emit(_ block: Block) {
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
        annotated(operand, showsBlank: blank.isVisible) { lines(operand, blank) }
      }
    case .provisions(let provisions): below(provisions, heading: heading + 1)
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

  func title(_ content: [Run], _ copy: [Run], _ isFirst: Bool) {
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
  func groupHeading(_ content: [Run]) {
    if content.isEmpty { return }
    if content.count == 1, case .conditional(let condition, let inner) = content[0] {
      return branch(on: condition) { groupHeading(inner) }
    }
    element("h\(heading + 1)", "class=\"group-heading\"") { runs(content) }
  }

  func number(_ number: String) {
    element("span", "class=\"number\"", newline: false) { builder.text(number) }
    builder.text("　")
  }

  // MARK: Labels and lists

  func list(_ lines: [LabelledLine]) {
    element("dl") {
      for line in lines { self.line(line) }
    }
  }

  func line(_ line: LabelledLine) {
    if let condition = line.condition {
      return branch(on: condition) {
        self.line(line.flowing(in: line.loop))
      }
    }
    if let loop = line.loop {
      return builder.loop(loop) {
        self.line(line.flowing(in: nil))
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
        if line.isSealed {
          element("span", "class=\"seal\"", newline: false) { builder.text("　㊞") }
        }
      }
    }
  }

  func lines(_ operand: Operand, _ blank: Blank) {
    let separator = builder.literal("<br>\n")
    let blank = self.blank(blank)
    builder.emit(.lines(operand, separator: separator, blank: blank))
  }

  func values(_ loop: Loop, _ item: Operand, _ blank: Blank) {
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
            annotated(item, showsBlank: blank.isVisible) { lines(item, blank) }
          }
        }
      }
    }
  }
}

extension LabelledLine {
  /// Without the condition around it.
  fileprivate func flowing(in loop: Loop?) -> LabelledLine {
    LabelledLine(label: label, content: content, condition: nil, loop: loop, isSealed: isSealed)
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
