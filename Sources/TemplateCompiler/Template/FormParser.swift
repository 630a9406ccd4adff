import Diagnostics
import Markup

/// Reads one file of `forms/`.
struct FormParser {
  let reader: ElementReader

  /// What stands anywhere on a form.
  static let blocks = [
    "p", "particulars", "fields", "table", "choices", "clauses", "signature", "office-use", "note",
    "section", "photo", "register-list",
  ]

  func form(_ root: Element) -> Form {
    reader.allow(
      ["id", "paper", "number", "basis", "orientation", "check-number"],
      on: root
    )
    let children = reader.children(
      of: root,
      ["letterhead", "title"] + Self.blocks + ["choose", "use", "copies"]
    )
    let titles = children.filter { $0.name == "title" }
    if titles.isEmpty { reader.report(.missingElement("title", in: root)) }
    for title in titles.dropFirst() { reader.report(.repeatedElement(title, in: root)) }
    let copies = children.filter { $0.name == "copies" }
    for extra in copies.dropFirst() { reader.report(.repeatedElement(extra, in: root)) }
    return Form(
      id: reader.identifier(of: root).text,
      paper: reader.name("paper", of: root),
      number: reader.name("number", of: root)?.text,
      basis: reader.name("basis", of: root),
      isLandscape: reader.choice("orientation", of: root, default: Orientation.portrait)
        == .landscape,
      showsCheckNumber: reader.flag("check-number", of: root, default: true),
      title: titles.first.map { InlineParser.words($0, .plain, reader) } ?? [],
      copies: copies.first.map(self.copies) ?? [],
      blocks: blocks(children.filter { $0.name != "copies" }, [.letterhead, .blocks]),
      location: root.location
    )
  }

  private enum Orientation: String, CaseIterable { case portrait, landscape }

  private func copies(_ element: Element) -> [[Inline]] {
    reader.allow([], on: element)
    return reader.children(of: element, ["copy"]).map {
      reader.allow([], on: $0)
      return InlineParser.words($0, .plain, reader)
    }
  }

  private func blocks(of element: Element) -> [FormBlock] {
    reader.parts(of: element, .blocks, block)
  }

  private func blocks(_ elements: [Element], _ kinds: [Fragment.Kind] = [.blocks]) -> [FormBlock] {
    reader.parts(among: elements, kinds, block)
  }

  private func block(_ alternative: ElementReader.Alternative) -> FormBlock {
    let element = alternative.element
    // A table's loop is that of its rows.
    let flow =
      element.name == "table"
      ? Flow(condition: reader.condition(of: alternative)) : reader.flow(of: alternative)
    return FormBlock(
      kind: kind(of: element),
      flow: flow,
      location: reader.place(element.location)
    )
  }

  /// Reads a fragment by itself, for what is wrong with it wherever it is used.
  func check(_ fragment: Fragment) {
    switch fragment.kind {
    case .letterhead, .blocks: _ = reader.parts(of: fragment, block)
    case .fields: _ = reader.parts(of: fragment, fieldRow)
    case .rows: _ = reader.parts(of: fragment, row)
    case .clauses: _ = reader.parts(of: fragment, clause)
    case .text: _ = InlineParser.parse(fragment.content, of: fragment.element, .form, reader)
    }
  }

  /// The attributes that are printed as running text is.
  private static let holed = ["label", "caption", "stamp"]

  private static let flowAttributes = ["if", "for", "min"]

  private func kind(of element: Element) -> FormBlock.Kind {
    func allow(_ attributes: String...) {
      reader.allow(attributes + Self.flowAttributes, on: element, holes: Self.holed)
    }
    switch element.name {
    case "letterhead":
      allow()
      return .letterhead(letterhead(element))
    case "title":
      reader.allow([], on: element)
      return .title
    case "p":
      allow("align")
      return .paragraph(
        reader.choice("align", of: element, default: .left) ?? .left,
        InlineParser.parse(element, .form, reader)
      )
    case "particulars":
      allow()
      return .particulars(blocks(of: element))
    case "fields":
      allow("caption", "columns")
      return .fields(
        caption: caption(of: element),
        columns: reader.integer("columns", of: element, in: 1...2) ?? 1,
        reader.parts(of: element, .fields, fieldRow)
      )
    case "table":
      reader.allow(["for", "min", "if", "caption"], on: element, holes: Self.holed)
      return .table(table(element))
    case "choices":
      allow("path")
      reader.noContent(element)
      return .choices(reader.required("path", of: element))
    case "clauses":
      allow()
      return .clauses(reader.parts(of: element, .clauses, clause))
    case "signature":
      allow()
      return .signature(rows(of: element))
    case "office-use":
      allow("caption", "stamp")
      return .officeUse(officeUse(element))
    case "note":
      allow()
      return .note(InlineParser.words(element, .form, reader))
    case "section":
      allow("caption")
      return section(element)
    case "photo":
      allow("path", "label")
      reader.noContent(element)
      return .photo(
        reader.name("path", of: element),
        label: reader.requiredWords("label", of: element)
      )
    case _:
      allow("kind")
      reader.noContent(element)
      _ = reader.required("kind", of: element)
      return .registerList(
        reader.choice("kind", of: element, default: .submissions) ?? .submissions
      )
    }
  }

  private func caption(of element: Element) -> [Inline] {
    guard let name = reader.name("caption", of: element) else { return [] }
    return HoleScanner.inlines(of: name, reader: reader)
  }

  private func section(_ element: Element) -> FormBlock.Kind {
    let headings = element.elements.filter { $0.name == "heading" }
    for extra in headings.dropFirst() { reader.report(.repeatedElement(extra, in: element)) }
    for heading in headings { reader.allow(["if"], on: heading) }
    let children = reader.children(of: element, ["heading"] + Self.blocks + ["choose", "use"])
    var heading = headings.first.map { InlineParser.words($0, .form, reader) }
    if let content = heading, let first = headings.first,
      let condition = reader.condition("if", of: first)
    {
      heading = [.conditional(condition, content)]
    }
    return .section(
      heading: heading ?? caption(of: element),
      blocks(children.filter { $0.name != "heading" })
    )
  }

  private func letterhead(_ element: Element) -> Letterhead {
    Letterhead(
      parts: reader.children(of: element, ["date", "addressee", "sender"]).map { part in
        switch part.name {
        case "date":
          reader.allow(["path"], on: part)
          reader.noContent(part)
          return .date(reader.required("path", of: part))
        case "addressee":
          reader.allow(["path", "if"], on: part)
          return .addressee(
            Flow(condition: reader.condition("if", of: part)),
            reader.name("path", of: part),
            InlineParser.parse(part, .form, reader)
          )
        case _:
          reader.allow(["if", "for", "min", "label"], on: part, holes: Self.holed)
          return .sender(reader.flow(of: part), label: label(of: part) ?? [], rows(of: part))
        }
      }
    )
  }

  private func label(of element: Element) -> [Inline]? {
    reader.name("label", of: element).map { HoleScanner.inlines(of: $0, reader: reader) }
  }

  private func rows(of element: Element) -> [LabelledRow] {
    reader.parts(of: element, .rows, row)
  }

  private func row(_ alternative: ElementReader.Alternative) -> LabelledRow {
    let element = alternative.element
    reader.allow(["label", "seal"] + Self.flowAttributes, on: element, holes: Self.holed)
    return LabelledRow(
      label: label(of: element) ?? [],
      content: InlineParser.parse(element, .form, reader),
      isSealed: reader.flag("seal", of: element),
      flow: reader.flow(of: alternative)
    )
  }

  private func clause(_ alternative: ElementReader.Alternative) -> Clause {
    reader.allow(Self.flowAttributes, on: alternative.element)
    return Clause(
      content: InlineParser.words(alternative.element, .form, reader),
      flow: reader.flow(of: alternative)
    )
  }

  private func fieldRow(_ alternative: ElementReader.Alternative) -> FieldRow {
    let element = alternative.element
    reader.allow(["path", "label", "if", "for", "min"], on: element, holes: Self.holed)
    let path = reader.name("path", of: element)
    let label = label(of: element)
    if path == nil, label == nil { _ = reader.required("label", of: element) }
    let content: FieldRow.Content
    if holdsBlocks(element) {
      content = .blocks(blocks(of: element))
    } else {
      let inline = InlineParser.parse(element, .form, reader)
      content = inline.isEmpty ? .value : .inline(inline)
    }
    return FieldRow(
      path: path,
      label: label,
      content: content,
      flow: reader.flow(of: alternative),
      location: reader.place(element.location)
    )
  }

  /// Whether a field has blocks, not running text; a `choose` is of its branches' kind, a `use` of its fragment's.
  private func holdsBlocks(_ element: Element) -> Bool {
    element.elements.contains { child in
      switch child.name {
      case "choose", "when", "else": holdsBlocks(child)
      case "use":
        child.attribute("fragment").flatMap { reader.fragments[$0.value] }?.kind == .blocks
      case _: Self.blocks.contains(child.name)
      }
    }
  }

  private func table(_ element: Element) -> FormTable {
    _ = reader.required("for", of: element)
    let columns = reader.children(of: element, ["column"]).map { column in
      reader.allow(["path", "label", "width", "align"], on: column, holes: Self.holed)
      return FormTable.Column(
        path: reader.name("path", of: column),
        label: label(of: column),
        width: reader.integer("width", of: column, in: 1...100) ?? 1,
        alignment: reader.choice("align", of: column, default: .left) ?? .left,
        content: InlineParser.parse(column, .form, reader),
        location: reader.place(column.location)
      )
    }
    if columns.isEmpty { reader.report(.missingElement("column", in: element)) }
    return FormTable(
      caption: caption(of: element),
      loop: reader.loop(of: element)
        ?? LoopDeclaration(
          variable: "item",
          list: Name(text: "", location: element.location),
          minimum: 0
        ),
      columns: columns
    )
  }

  private func officeUse(_ element: Element) -> OfficeUse {
    let children = reader.children(of: element, ["cell"] + Self.blocks + ["choose", "use"])
    return OfficeUse(
      caption: caption(of: element),
      stamp: reader.words("stamp", of: element),
      cells: children.filter { $0.name == "cell" }.map {
        reader.allow(["label"], on: $0, holes: Self.holed)
        reader.noContent($0)
        _ = reader.required("label", of: $0)
        return label(of: $0) ?? []
      },
      blocks: blocks(children.filter { $0.name != "cell" })
    )
  }
}
