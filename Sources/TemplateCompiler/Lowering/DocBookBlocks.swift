import Records
import TemplateRuntime

/// Lowers the blocks of one document to DocBook.
struct DocBookBlocks {
  let document: LaidOutDocument
  let links: LinkResolver
  let builder: ProgramBuilder

  func emit(_ blocks: [Block]) { for block in blocks { emit(block) } }

  func checkNumber() {
    element("para", "role=\"check-number\"") {
      builder.text("照合番号　")
      builder.emit(.checkNumber)
    }
  }

  func element(
    _ tag: String,
    _ attributes: String = "",
    newline: Bool = true,
    _ body: () -> Void
  ) {
    builder.element(tag, attributes, newline: newline, body)
  }

  func para(_ role: String, _ content: [Run]) {
    element("para", "role=\"\(role)\"") {
      // A line break ends the paragraph: DocBook has none within.
      for run in content {
        if case .lineBreak = run {
          builder.markup("</para>\n<para role=\"\(role)\">")
        } else {
          self.run(run)
        }
      }
    }
  }

  func emit(_ block: Block) {
    switch block {
    case .mark(let content): para("annex-mark", content)
    case .title(_, let copy, _):
      // The title is the chapter's own.
      if !copy.isEmpty { para("copy-label", [.text("（")] + copy + [.text("）")]) }
    case .formNumber(let content): para("form-number", content)
    case .line(let role, let content): para(role.name, content)
    case .sender(let label, let lines):
      if !label.isEmpty { para("sender", label) }
      table(lines)
    case .paragraph(let role, _, let content): para(role.name, content)
    case .lines(let operand, let blank):
      element("para") { self.lines(operand, blank) }
    case .provisions(let provisions): self.provisions(provisions)
    case .fields(let caption, _, let rows): fields(caption, rows)
    case .table(let table): self.table(table)
    case .staticTable(let table): self.table(table)
    case .list(let items):
      for item in items { para("clause", [.text(item.number + "　")] + item.content) }
    case .values(let loop, let item, let blank):
      builder.branch(on: .present(loop.list)) {
        builder.loop(loop) {
          element("para", "role=\"item\"") {
            builder.branch(on: .count(loop.list, .greater, 1)) {
              builder.emit(.index(register: UInt8(loop.register), .digits(.mixed)))
              builder.text("　")
            }
            lines(item, blank)
          }
        }
      } else: {
        builder.markup("<para/>")
      }
    case .signature(let lines): table(lines)
    case .officeUse(let box): office(box)
    case .section(let heading, let blocks):
      self.heading(heading)
      emit(blocks)
    case .photo(let label): para("photo", [.text(label)])
    case .copy(let blocks): emit(blocks)
    case .conditional(let condition, let blocks):
      builder.branch(on: condition, then: { emit(blocks) })
    case .repeated(let loop, let blocks): builder.loop(loop) { emit(blocks) }
    }
  }

  func heading(_ content: [Run]) {
    if content.isEmpty { return }
    if content.count == 1, case .conditional(let condition, let inner) = content[0] {
      return builder.branch(on: condition, then: { heading(inner) })
    }
    element("bridgehead", "renderas=\"sect2\"") { runs(content) }
  }

  func lines(_ operand: Operand, _ blank: Blank) {
    let separator = builder.literal("</para>\n<para>")
    let blank = self.blank(blank)
    builder.emit(.lines(operand, separator: separator, blank: blank))
  }

  // MARK: Running text

  func runs(_ runs: [Run]) { for run in runs { self.run(run) } }

  func run(_ run: Run) {
    switch run {
    case .text(let text): builder.text(text)
    case .value(let operand, let style, let blank):
      let literal = self.blank(blank)
      builder.emit(.value(operand, builder.format(style), blank: literal))
    case .unit(let content, _): runs(content)
    case .index(let register, let style):
      builder.emit(.index(register: UInt8(register), style))
    case .count(let operand, let style): builder.emit(.count(operand, style))
    case .option(let operand, let number, let label):
      builder.checkbox(operand, option: number)
      builder.text(label)
    case .otherOption(let operand):
      builder.checkbox(operand, option: -1)
      builder.text("その他（")
      builder.emit(.value(operand, .otherText, blank: blank(.rule(6))))
      builder.text("）")
    case .link(let target, let content):
      switch links.link(to: target, from: document) {
      case .none: runs(content)
      case .always(let id):
        element("link", "linkend=\"\(id)\"", newline: false) { runs(content) }
      case .onlyIf(let condition, let id):
        builder.branch(on: condition, then: { builder.markup("<link linkend=\"\(id)\">") })
        runs(content)
        builder.branch(on: condition, then: { builder.markup("</link>") })
      }
    case .emphasis(let content): element("emphasis", newline: false) { runs(content) }
    case .term(let content): element("firstterm", newline: false) { runs(content) }
    case .lineBreak: builder.text("　")
    case .conditional(let condition, let content):
      builder.branch(on: condition, then: { runs(content) })
    case .joined(let loop, let content, let separator):
      builder.loop(loop) {
        builder.branch(
          on: .index(register: UInt8(loop.register), .greater, 1),
          then: { builder.text(separator) }
        )
        runs(content)
      }
    }
  }

  func blank(_ blank: Blank) -> Literal {
    switch blank {
    case .cell: .empty
    case .rule(let width):
      builder.literal("<phrase role=\"blank\">\(String(repeating: "　", count: width))</phrase>")
    case .spaced(let words), .words(let words): builder.escapedLiteral(words)
    }
  }
}
