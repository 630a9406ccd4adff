import Records

/// The annotations that bind a paper on a screen to the fields of its form; without `FieldAnnotations` there are none.
extension HTMLBlocks {
  /// A value or what stands in its place.
  ///
  /// A blank that does not show itself gets no element, so that a cell that is empty on paper is empty here.
  func annotated(_ operand: Operand, showsBlank: Bool, _ body: () -> Void) {
    guard builder.annotations?.path(of: operand) != nil else { return body() }
    func spanned() {
      builder.markup("<span")
      annotate(operand)
      builder.markup(">")
      body()
      builder.markup("</span>")
    }
    if showsBlank { spanned() } else { branch(on: .present(operand), spanned) }
  }

  /// A list among other words that has no items and so prints nothing.
  func annotatedIfBlank(_ list: Operand) {
    guard builder.annotations?.path(of: list) != nil else { return }
    branch(on: .not(.present(list))) { annotated(list, showsBlank: true) {} }
  }

  /// The attributes of an element that holds a value: its field, and whether it is blank, or only ever written by hand.
  func annotate(_ operand: Operand) {
    guard let annotations = builder.annotations, let anchor = annotations.anchor(of: operand) else {
      return
    }
    builder.markup(" data-field=\"")
    builder.anchor(anchor)
    builder.markup("\"")
    if annotations.isByHand(operand) {
      builder.markup(" data-hand")
    } else {
      branch(on: .not(.present(operand))) { builder.markup(" data-blank") }
    }
  }

  func option(_ operand: Operand, _ number: Int, _ label: () -> Void) {
    builder.markup("<span class=\"option\"")
    if builder.annotations != nil {
      annotate(operand)
      builder.markup(" data-option=\"\(number)\"")
    }
    builder.markup(">")
    builder.checkbox(operand, option: number)
    label()
    builder.markup("</span>")
  }

  func annotation(of target: LinkTarget) -> String {
    guard let number = links.documentNumber(of: target) else { return "" }
    let demand = target.requirement.map { " data-requires=\"\(attribute($0))\"" } ?? ""
    return " data-document=\"\(number)\"\(demand)"
  }
}

extension [Block] {
  /// The first value that is printed in any case.
  var firstOperand: Operand? { lazy.compactMap(\.firstOperand).first }
}

extension Block {
  fileprivate var firstOperand: Operand? {
    switch self {
    case .paragraph(_, _, let runs): runs.firstOperand
    case .lines(let operand, _): operand
    case .values(let loop, _, _): loop.list
    case .table(let table): table.loop.list
    case .mark, .title, .formNumber, .line, .sender, .provisions, .fields, .staticTable, .list,
      .signature, .officeUse, .section, .photo, .copy, .conditional, .repeated:
      nil
    }
  }
}

extension [Run] {
  fileprivate var firstOperand: Operand? {
    lazy.compactMap { run in
      switch run {
      case .value(let operand, _, _), .option(let operand, _, _), .otherOption(let operand): operand
      case .joined(let loop, _, _): loop.list
      case .unit(let content, _): content.firstOperand
      case .text, .index, .count, .link, .emphasis, .term, .lineBreak, .conditional: nil
      }
    }.first
  }
}
