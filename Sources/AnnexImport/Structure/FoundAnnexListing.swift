extension FoundAnnex {
  /// What was found, to be read by people: a line for each level, node, reference, term and proposal.
  package var listing: String {
    var lines = ["format \(format.rawValue)"]
    lines += levels.map(\.listing)
    let references = Dictionary(grouping: references, by: \.node)
    let terms = Dictionary(grouping: terms, by: \.node)
    let proposals = Dictionary(grouping: proposals, by: \.node)
    for (index, node) in nodes.enumerated() {
      let indent = String(repeating: "  ", count: depth(of: index))
      lines.append(indent + node.listing)
      let sentences = FoundSentence.sentences(of: node.text)
      if sentences.count > 1 {
        lines.append(
          indent + "  = " + sentences.map { $0.part?.rawValue ?? "-" }.joined(separator: " ")
        )
      }
      lines += (terms[index] ?? []).map { "\(indent)  term 「\($0.words.string)」" }
      lines += (references[index] ?? []).map {
        "\(indent)  > \($0.words.string) → \(name(of: $0.target))"
      }
      lines += (proposals[index] ?? []).map {
        "\(indent)  ? \($0.kind.rawValue) \($0.words.string)"
      }
    }
    lines += omitted.map { "omitted \($0.number) \($0.text.trimmed.string)" }
    return lines.map { $0 + "\n" }.joined()
  }

  private func depth(of index: Int) -> Int {
    var depth = 0
    var parent = nodes[index].parent
    while let here = parent {
      depth += 1
      parent = nodes[here].parent
    }
    return depth
  }

  /// The labels on the way to a node: 第６条 １ (1).
  package func name(of index: Int) -> String {
    let node = nodes[index]
    let own: String =
      switch node.kind {
      case .article, .item, .division: node.label?.text.compact.string ?? ""
      case .paragraph: node.label?.text.compact.string ?? "1"
      case .supplement, .appendix: node.text.compact.string
      case .mark, .title, .heading, .contents, .preamble, .unnumbered, .closing, .note, .row:
        node.kind.name
      }
    guard let parent = node.parent else { return own }
    if case .division = nodes[parent].kind { return own }
    return "\(name(of: parent)) \(own)"
  }

  private func name(of target: FoundReference.Target) -> String {
    switch target {
    case .provision(let node, let through, let part):
      name(of: node) + (through.map { " – \(name(of: $0))" } ?? "")
        + (part.map { " \($0.rawValue)" } ?? "")
    case .external: "external"
    case .lawNumber: "law number"
    case .unresolved: "unresolved"
    }
  }
}

extension FoundLevel {
  fileprivate var listing: String {
    "level \(kind.name) \(style.pattern)" + (start == 1 ? "" : " start=\(start)")
      + (hasWideDigits ? " wide" : "") + (caption.map { " caption=\($0.rawValue)" } ?? "")
      + (isFirstMarked ? " first=marked" : "")
  }
}

extension FoundNode {
  fileprivate var listing: String {
    [
      kind.name, label.map { $0.text.compact.string },
      caption.map { "\($0.place.rawValue)=\($0.text.string)" }, isDeleted ? "deleted" : nil,
      text.isEmpty ? nil : text.string,
      cells.isEmpty ? nil : cells.map(\.string).joined(separator: " | "),
    ].compactMap { $0 }.joined(separator: " ")
  }
}

extension FoundNode.Kind {
  package var name: String {
    switch self {
    case .mark: "mark"
    case .title: "title"
    case .heading: "heading"
    case .contents: "contents"
    case .preamble: "preamble"
    case .division(let rank): "division(\(Label.Style.divisions[rank]))"
    case .article: "article"
    case .paragraph: "paragraph"
    case .item(0): "item"
    case .item(let depth): "subitem(\(depth))"
    case .unnumbered: "unnumbered"
    case .closing: "closing"
    case .note: "note"
    case .row: "row"
    case .supplement: "supplement"
    case .appendix: "appendix"
    }
  }
}
