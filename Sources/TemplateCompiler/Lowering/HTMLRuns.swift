import Records
import TemplateRuntime

/// Running text.
extension HTMLBlocks {
  func attribute(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.append(escaping: text)
    return String(decoding: bytes, as: UTF8.self)
  }

  func runs(_ runs: [Run]) { for run in runs { self.run(run, isAlone: runs.count == 1) } }

  /// `isAlone`: no other run stands beside it.
  private func run(_ run: Run, isAlone: Bool) {
    switch run {
    case .text(let text): builder.text(text)
    case .value(let operand, let style, let blank):
      let literal = self.blank(blank)
      annotated(operand, showsBlank: !isAlone || blank.isVisible) {
        builder.emit(.value(operand, builder.format(style), blank: literal))
      }
    case .unit(let content, let isLong): unit(content, isLong, isAlone)
    case .index(let register, let style):
      builder.emit(.index(register: UInt8(register), style))
    case .count(let operand, let style): builder.emit(.count(operand, style))
    case .option(let operand, let number, let label):
      option(operand, number) { builder.text(label) }
    case .otherOption(let operand):
      option(operand, -1) {
        builder.text("その他（")
        builder.emit(.value(operand, .otherText, blank: blank(.rule(6))))
        builder.text("）")
      }
    case .link(let target, let content):
      switch links.link(to: target, from: document) {
      case .none: runs(content)
      case .always(let reference):
        element("a", "href=\"\(reference)\"\(annotation(of: target))", newline: false) {
          runs(content)
        }
      case .onlyIf(let condition, let reference):
        branch(on: condition) {
          builder.markup("<a href=\"\(reference)\"\(annotation(of: target))>")
        }
        runs(content)
        branch(on: condition) { builder.markup("</a>") }
      }
    case .emphasis(let content): element("em", newline: false) { runs(content) }
    case .term(let content): element("dfn", newline: false) { runs(content) }
    case .lineBreak: builder.markup("<br>")
    case .conditional(let condition, let content): branch(on: condition) { runs(content) }
    case .joined(let loop, let content, let separator):
      if !isAlone { annotatedIfBlank(loop.list) }
      builder.loop(loop) {
        branch(on: .index(register: UInt8(loop.register), .greater, 1)) {
          builder.text(separator)
        }
        runs(content)
      }
    }
  }

  /// A cell that is empty on paper is empty here.
  private func unit(_ content: [Run], _ isLong: Bool, _ isAlone: Bool) {
    let name = isLong ? "unit long" : "unit"
    func spanned() { element("span", "class=\"\(name)\"", newline: false) { runs(content) } }
    if isAlone, let operand = content.emptyOperand {
      branch(on: .present(operand), spanned)
    } else {
      spanned()
    }
  }

  func blank(_ blank: Blank) -> Literal { builder.literal(markup(of: blank)) }

  func markup(of blank: Blank) -> String {
    switch blank {
    case .cell: ""
    case .rule(let width): "<span class=\"blank blank-\(width)\"></span>"
    case .spaced(let words): "<span class=\"blank spaced\">\(attribute(words))</span>"
    case .words(let words): attribute(words)
    }
  }
}

extension [Run] {
  /// The value that is all of it and prints nothing where it is absent.
  fileprivate var emptyOperand: Operand? {
    guard count == 1, case .value(let operand, _, let blank) = self[0], !blank.isVisible else {
      return nil
    }
    return operand
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

  func checkbox(_ operand: Operand, option: Int) {
    let yes = literal("☑")
    let no = literal("□")
    emit(.checkbox(operand, option: Int16(option), yes: yes, no: no))
  }
}

extension [Run] {
  /// The static text alone.
  var plainText: String {
    map { run in
      switch run {
      case .text(let text): text
      case .link(_, let content), .emphasis(let content), .term(let content), .unit(let content, _),
        .conditional(_, let content):
        content.plainText
      case .value, .index, .count, .option, .otherOption, .lineBreak, .joined: ""
      }
    }.joined()
  }
}
