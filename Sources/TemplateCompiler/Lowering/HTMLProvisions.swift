import Records
import TemplateRuntime

/// The annex: sections with headings, paragraphs, and lists of 号.
extension HTMLBlocks {
  /// What stands in an annex or below a provision; `heading` is the level of headings there.
  func below(_ provisions: [ProvisionBlock], heading: Int) {
    var rest = provisions[...]
    while let next = rest.first {
      let list = rest.prefix { $0.kind == next.kind && $0.kind.listName != nil }
      if let name = next.kind.listName {
        element("ol", "class=\"\(name)\"") { for item in list { self.item(item, heading) } }
        rest = rest.dropFirst(list.count)
      } else {
        provision(next, heading)
        rest = rest.dropFirst()
      }
    }
  }

  private func provision(_ provision: ProvisionBlock, _ heading: Int) {
    switch provision.kind {
    case .annex, .part, .chapter, .section, .subsection, .division, .article, .supplement,
      .appendix:
      section(provision, heading)
    case .table: table(provision)
    case .paragraph, .item, .subitem, .preamble, .text, .note:
      let hasHeading = !provision.heading.isEmpty
      if hasHeading {
        element("p", "class=\"caption\"\(id(provision.anchor))") { runs(provision.heading) }
      }
      if !hasHeading || !provision.number.isEmpty || !provision.sentences.isBlank {
        let unnumbered =
          provision.kind == .paragraph && provision.number.isEmpty ? " unnumbered" : ""
        let id = hasHeading ? "" : self.id(provision.anchor)
        element("p", "class=\"\(provision.kind.rawValue)\(unnumbered)\"\(id)") { words(provision) }
      }
      below(provision.parts, heading: heading)
    }
  }

  private func section(_ provision: ProvisionBlock, _ heading: Int) {
    let anchor = provision.anchor ?? ""
    let attributes = "class=\"\(provision.kind.rawValue)\" id=\"\(anchor)\""
    // A section is one that has a heading.
    if provision.heading.isEmpty {
      builder.markup("<div \(attributes)>\n")
      below(provision.parts, heading: heading)
      return builder.markup("</div>\n")
    }
    builder.markup("<section \(attributes) aria-labelledby=\"\(anchor)-caption\">\n")
    element("h\(min(heading, 6))", "class=\"caption\" id=\"\(anchor)-caption\"") {
      runs(provision.heading)
    }
    below(provision.parts, heading: heading + 1)
    builder.markup("</section>\n")
  }

  private func item(_ item: ProvisionBlock, _ heading: Int) {
    element("li", item.anchor.map { "id=\"\($0)\"" } ?? "") {
      if !item.heading.isEmpty { element("p", "class=\"caption\"") { runs(item.heading) } }
      if item.heading.isEmpty || !item.number.isEmpty || !item.sentences.isBlank {
        element("p", newline: !item.parts.isEmpty) { words(item) }
      }
      below(item.parts, heading: heading)
    }
  }

  /// The number and the sentences.
  private func words(_ provision: ProvisionBlock) {
    if !provision.number.isEmpty { number(provision.number) }
    for sentence in provision.sentences {
      guard let anchor = sentence.anchor else {
        runs(sentence.content)
        continue
      }
      element("span", "id=\"\(anchor)\"", newline: false) { runs(sentence.content) }
    }
  }

  private func table(_ provision: ProvisionBlock) {
    guard let table = provision.table else { return }
    element("table", "class=\"table\"\(id(provision.anchor))") {
      if !provision.heading.isEmpty { element("caption") { runs(provision.heading) } }
      columns(table.widths)
      head(table.labels)
      element("tbody") {
        for row in table.rows {
          element("tr") {
            for content in row.cells { element("td", newline: false) { runs(content) } }
          }
        }
      }
    }
  }

  private func id(_ anchor: String?) -> String { anchor.map { " id=\"\($0)\"" } ?? "" }
}

extension [ProvisionBlock.Sentence] {
  var isBlank: Bool { allSatisfy(\.content.isEmpty) }
}

extension ProvisionKind {
  /// The class of the list that it is an entry of; nil for what is none.
  fileprivate var listName: String? {
    switch self {
    case .item: "items"
    case .subitem: "subitems"
    case .annex, .part, .chapter, .section, .subsection, .division, .article, .paragraph,
      .supplement, .appendix, .preamble, .text,
      .note, .table:
      nil
    }
  }
}
