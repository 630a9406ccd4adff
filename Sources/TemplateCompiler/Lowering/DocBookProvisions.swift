import Records
import TemplateRuntime

/// The annex: nested sections, paragraphs, and lists of 号 as variable lists.
extension DocBookBlocks {
  /// What stands in an annex or below a provision, and `trailing` behind it.
  ///
  /// In DocBook nothing may follow a section but a section, so what does stands at the end of the section before it.
  func provisions(_ provisions: [ProvisionBlock], trailing: [ProvisionBlock] = []) {
    let first = provisions.firstIndex(where: \.kind.isSection) ?? provisions.endIndex
    words(Array(provisions[..<first]))
    var rest = provisions[first...]
    while let next = rest.popFirst() {
      let behind = rest.prefix { !$0.kind.isSection }
      rest = rest.dropFirst(behind.count)
      section(next, trailing: behind + (rest.isEmpty ? trailing : []))
    }
    if first == provisions.endIndex { words(trailing) }
  }

  private func section(_ provision: ProvisionBlock, trailing: [ProvisionBlock]) {
    let anchor = provision.anchor ?? ""
    element("section", "xml:id=\"\(anchor)\" role=\"\(provision.kind.rawValue)\"") {
      var parts = provision.parts
      element("title") {
        runs(provision.heading)
        // DocBook wants a title: without a caption it is the first paragraph's number.
        if provision.heading.isEmpty, !parts.isEmpty {
          title(of: &parts, in: provision.index)
        }
      }
      if parts.isEmpty, trailing.isEmpty { return builder.markup("<para/>\n") }
      provisions(parts, trailing: trailing)
    }
  }

  private func title(of parts: inout [ProvisionBlock], in index: Int) {
    let first = parts[0]
    guard first.kind == .paragraph else { return }
    if first.index == index {
      // 削除: all that there is.
      number(first.number, first.anchor)
      sentences(first)
      parts.removeFirst()
    } else {
      runs(first.heading)
      element("phrase", "role=\"number\"", newline: false) { builder.text(first.number) }
      parts[0].heading = []
      parts[0].number = ""
    }
  }

  // MARK: Words

  private func words(_ provisions: [ProvisionBlock]) {
    var rest = provisions[...]
    while let next = rest.first {
      let list = rest.prefix { $0.kind == next.kind && $0.kind.isListed }
      if list.isEmpty {
        words(next)
        rest = rest.dropFirst()
      } else {
        element("variablelist", "role=\"items\"") { for item in list { self.item(item) } }
        rest = rest.dropFirst(list.count)
      }
    }
  }

  private func words(_ provision: ProvisionBlock) {
    if let table = provision.table { return self.table(table, of: provision) }
    if !provision.heading.isEmpty {
      element("para", "role=\"caption\"") {
        identified(provision.anchor) { runs(provision.heading) }
      }
    }
    let hasHeading = !provision.heading.isEmpty
    if !hasHeading || !provision.number.isEmpty || !provision.sentences.isBlank {
      element("para", "role=\"\(provision.kind.rawValue)\"") {
        let anchor = hasHeading ? nil : provision.anchor
        if provision.number.isEmpty {
          if let anchor { builder.markup("<anchor xml:id=\"\(anchor)\"/>") }
        } else {
          number(provision.number, anchor)
        }
        sentences(provision)
      }
    }
    words(provision.parts)
  }

  private func item(_ item: ProvisionBlock) {
    element("varlistentry") {
      element("term") {
        identified(item.anchor) {
          runs(item.heading)
          builder.text(item.number)
        }
      }
      element("listitem") {
        element("para") { sentences(item) }
        words(item.parts)
      }
    }
  }

  private func sentences(_ provision: ProvisionBlock) {
    for sentence in provision.sentences {
      guard let anchor = sentence.anchor else {
        runs(sentence.content)
        continue
      }
      element("phrase", "xml:id=\"\(anchor)\"", newline: false) { runs(sentence.content) }
    }
  }

  private func table(_ table: StaticTable, of provision: ProvisionBlock) {
    if !provision.heading.isEmpty || provision.anchor != nil {
      element("para", "role=\"caption\"") {
        identified(provision.anchor) { runs(provision.heading) }
      }
    }
    self.table(table)
  }

  private func identified(_ anchor: String?, _ body: () -> Void) {
    element("phrase", anchor.map { "xml:id=\"\($0)\"" } ?? "", newline: false, body)
  }

  private func number(_ number: String, _ anchor: String?) {
    let id = anchor.map { "xml:id=\"\($0)\" " } ?? ""
    element("phrase", "\(id)role=\"number\"", newline: false) { builder.text(number) }
    builder.text("　")
  }
}

extension ProvisionKind {
  fileprivate var isListed: Bool {
    switch self {
    case .item, .subitem: true
    case .annex, .part, .chapter, .section, .subsection, .division, .article, .paragraph,
      .supplement, .appendix, .preamble, .text,
      .note, .table:
      false
    }
  }
}
