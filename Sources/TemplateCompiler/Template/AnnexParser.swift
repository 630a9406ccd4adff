import Diagnostics
import Markup

/// Reads `annex.xml`, and the articles that an edition's changes bring.
struct AnnexParser {
  let reader: ElementReader

  /// What may stand between numbered provisions.
  private static let loose = ["text", "note", "table"]

  func annex(_ root: Element) -> Annex {
    reader.allow(["id", "mark", "name"], on: root)
    let children = reader.children(
      of: root,
      ["title", "numbering", "preamble"] + ProvisionKind.grouped(within: nil)
        + ["supplement", "appendix"] + Self.loose
    )
    let titles = only("title", in: children, of: root)
    if titles.isEmpty { reader.report(.missingElement("title", in: root)) }
    for title in titles { reader.allow([], on: title) }
    let numbering = only("numbering", in: children, of: root).map(
      NumberingParser(reader: reader).numbering
    )
    if !children.contains(where: { ProvisionKind.grouped(within: nil).contains($0.name) }) {
      reader.report(.missingElement("article", in: root))
    }
    return Annex(
      name: reader.name("name", of: root),
      mark: reader.name("mark", of: root).map { [.text($0.text, $0.location)] } ?? [],
      title: titles.first.map { InlineParser.words($0, .plain, reader) } ?? [],
      titleLocation: titles.first?.location ?? root.location,
      numbering: numbering.first ?? Numbering(),
      root: Provision(
        kind: .annex,
        id: reader.identifier(of: root),
        mark: nil,
        caption: [],
        content: .sentences([]),
        parts: children.compactMap(provision),
        numeral: .next,
        deleted: 0,
        flow: .none,
        location: root.location,
        end: root.end
      )
    )
  }

  /// The provision that an element is; nil for a title and the like.
  func provision(_ element: Element) -> Provision? {
    guard let kind = ProvisionKind(rawValue: element.name) else { return nil }
    return switch kind {
    case .part, .chapter, .section, .subsection, .division:
      group(element, kind, of: ProvisionKind.grouped(within: kind), needs: "article")
    case .article: group(element, .article, of: ["paragraph"], needs: "paragraph")
    case .paragraph: numbered(element, .paragraph, over: "item")
    case .item: numbered(element, .item, over: "subitem")
    case .subitem: numbered(element, .subitem, over: "subitem")
    case .supplement: supplement(element)
    case .appendix: appendix(element)
    case .preamble: loose(element, .preamble)
    case .text: loose(element, .text)
    case .note: loose(element, .note)
    case .table: table(element)
    case .annex: nil
    }
  }

  // MARK: Groups

  /// A chapter or the like, or an article: provisions in any order under a caption.
  private func group(
    _ element: Element,
    _ kind: ProvisionKind,
    of names: [String],
    needs needed: String
  ) -> Provision {
    let deleted = self.deleted(element, ["id", "branch", "number", "if", "for", "min"])
    let children =
      deleted > 0 ? [] : reader.children(of: element, ["caption"] + names + Self.loose)
    let captions = only("caption", in: children, of: element)
    if deleted == 0 {
      if kind != .article, captions.isEmpty {
        reader.report(.missingElement("caption", in: element))
      }
      if !children.contains(where: { names.contains($0.name) }) {
        reader.report(.missingElement(needed, in: element))
      }
    }
    return provision(
      element,
      kind,
      id: reader.identifier(of: element),
      captions: captions,
      parts: children,
      deleted: deleted
    )
  }

  /// 附則: articles or paragraphs of its own.
  private func supplement(_ element: Element) -> Provision {
    reader.allow(["id", "if", "for", "min"], on: element)
    let names = ["article", "paragraph"] + Self.loose
    let children = reader.children(of: element, ["caption"] + names)
    if !children.contains(where: { names.contains($0.name) }) {
      reader.report(.missingElement("paragraph", in: element))
    }
    return provision(
      element,
      .supplement,
      id: reader.identifier(of: element),
      captions: only("caption", in: children, of: element),
      parts: children
    )
  }

  private func appendix(_ element: Element) -> Provision {
    reader.allow(["id", "mark", "branch", "number", "if", "for", "min"], on: element)
    let children = reader.children(
      of: element,
      ["caption", "article", "paragraph"] + Self.loose
    )
    return provision(
      element,
      .appendix,
      id: reader.identifier(of: element),
      captions: only("caption", in: children, of: element),
      parts: children
    )
  }

  // MARK: Words

  /// 項, 号, ア: words, then what stands below them.
  private func numbered(_ element: Element, _ kind: ProvisionKind, over name: String) -> Provision {
    let branch = kind == .paragraph ? [] : ["branch"]
    let deleted = self.deleted(element, ["id", "number", "if", "for", "min"] + branch)
    let id = kind == .paragraph ? reader.identifier(of: element) : optionalIdentifier(of: element)
    guard deleted == 0 else {
      return provision(element, kind, id: id, deleted: deleted)
    }
    let (captions, words, below) = split(element, at: [name] + Self.loose)
    return provision(
      element,
      kind,
      id: id,
      captions: captions,
      content: .sentences(
        sentences(
          words,
          of: element,
          behind: ["caption"],
          needsWords: below.isEmpty && captions.isEmpty
        )
      ),
      parts: below
    )
  }

  /// Words without a number.
  private func loose(_ element: Element, _ kind: ProvisionKind) -> Provision {
    reader.allow(["id", "if", "for", "min"], on: element)
    return provision(
      element,
      kind,
      id: optionalIdentifier(of: element),
      content: .sentences(sentences(element.children[...], of: element))
    )
  }

  /// `names` may stand before the sentences, and nowhere else.
  private func sentences(
    _ nodes: ArraySlice<Element.Node>,
    of element: Element,
    behind names: [String] = [],
    needsWords: Bool = true
  ) -> [Sentence] {
    if nodes.contains(where: { $0.isElement("sentence") }) {
      checkParts(nodes, of: element)
      return reader.children(nodes, of: element, names + ["sentence"]).compactMap { child in
        if child.name == "sentence" { return sentence(child) }
        reader.report(.unknownElement(child, in: element, offered: ["sentence"]))
        return nil
      }
    }
    let content = InlineParser.parse(Array(nodes), of: element, .annex, reader)
    if needsWords { reader.needsWords(content, element) }
    return [Sentence(part: nil, content: content, flow: .none)]
  }

  /// 本文 comes before ただし書, 前段 before 後段, and each once.
  private func checkParts(_ nodes: ArraySlice<Element.Node>, of parent: Element) {
    var seen: [SentencePart] = []
    for case .element(let element) in nodes {
      guard let name = element.attribute("part"), let part = SentencePart(rawValue: name.value)
      else { continue }
      if seen.contains(part), element.attribute("if") == nil {
        reader.report(.repeatedPart(part, in: parent, at: name.location))
      } else if let first = part.comesBefore, seen.contains(first) {
        reader.report(.partOutOfOrder(part, before: first, at: name.location))
      }
      seen.append(part)
    }
  }

  private func sentence(_ element: Element) -> Sentence {
    reader.allow(["part", "if", "for", "min"], on: element)
    return Sentence(
      part: reader.choice("part", of: element, default: nil),
      content: InlineParser.words(element, .annex, reader),
      flow: reader.flow(of: element)
    )
  }

  /// The caption before the words of a provision, the words, and what stands behind them.
  ///
  /// Words behind an item would be printed before it, so they are noted.
  private func split(_ element: Element, at names: [String])
    -> (captions: [Element], words: ArraySlice<Element.Node>, below: [Element])
  {
    var words = element.children[...]
    var captions: [Element] = []
    if let index = words.firstIndex(where: { !$0.isSpace }), words[index].isElement("caption") {
      captions = reader.children(words[index...index], of: element, ["caption"])
      words = words[(index + 1)...]
    }
    guard let first = words.firstIndex(where: { node in names.contains { node.isElement($0) } })
    else { return (captions, words, []) }
    return (captions, words[..<first], reader.children(words[first...], of: element, names))
  }

  // MARK: Tables

  private func table(_ element: Element) -> Provision {
    reader.allow(["id", "if", "for", "min"], on: element)
    let children = reader.children(of: element, ["caption", "column", "row"])
    let columns = children.filter { $0.name == "column" }
    let rows = children.filter { $0.name == "row" }
    if columns.isEmpty { reader.report(.missingElement("column", in: element)) }
    if rows.isEmpty { reader.report(.missingElement("row", in: element)) }
    let labels = columns.map { column in
      reader.allow(["label", "width"], on: column)
      reader.noContent(column)
      return reader.name("label", of: column)?.text ?? ""
    }
    return provision(
      element,
      .table,
      id: optionalIdentifier(of: element),
      captions: only("caption", in: children, of: element),
      content: .table(
        AnnexTable(
          labels: labels.allSatisfy(\.isEmpty) ? [] : labels,
          widths: columns.map { reader.integer("width", of: $0, in: 1...100) ?? 10 },
          rows: rows.map { row($0, columns: columns.count) }
        )
      )
    )
  }

  private func row(_ element: Element, columns: Int) -> [[Inline]] {
    reader.allow([], on: element)
    let cells = reader.children(of: element, ["cell"])
    if cells.isEmpty {
      reader.report(.missingElement("cell", in: element))
    } else if columns > 0, cells.count != columns {
      reader.report(.columnMismatch(cells.count, columns, at: element.location))
    }
    return cells.map { cell in
      reader.allow([], on: cell)
      return InlineParser.parse(cell, .annex, reader)
    }
  }

  // MARK: What provisions have in common

  private func provision(
    _ element: Element,
    _ kind: ProvisionKind,
    id: Name?,
    captions: [Element] = [],
    content: Provision.Content = .sentences([]),
    parts: [Element] = [],
    deleted: Int = 0
  ) -> Provision {
    for caption in captions { reader.allow([], on: caption) }
    return Provision(
      kind: kind,
      id: id,
      mark: reader.name("mark", of: element)?.text,
      caption: captions.first.map { InlineParser.words($0, .annex, reader) } ?? [],
      content: content,
      parts: parts.compactMap(provision),
      numeral: numeral(of: element),
      deleted: deleted,
      flow: reader.flow(of: element),
      location: element.location,
      end: element.end
    )
  }

  private func numeral(of element: Element) -> Provision.Numeral {
    let isBranch = reader.flag("branch", of: element)
    return reader.integer("number", of: element, in: 1...9999).map { .own($0) }
      ?? (isBranch ? .branch : .next)
  }

  /// How many provisions an element deletes; its attributes are `names` and those of a deletion.
  private func deleted(_ element: Element, _ names: [String]) -> Int {
    let isDeleted = reader.flag("deleted", of: element)
    reader.allow(names + ["deleted"] + (isDeleted ? ["count"] : []), on: element)
    guard isDeleted else { return 0 }
    if let content = element.elements.first {
      reader.report(.contentOfDeleted(element, at: content.location))
    } else {
      reader.noContent(element)
    }
    return reader.integer("count", of: element, in: 2...99) ?? 1
  }

  private func optionalIdentifier(of element: Element) -> Name? {
    reader.name("id", of: element).map { _ in reader.identifier(of: element) }
  }

  /// The elements of a name that may stand once; another is noted.
  private func only(_ name: String, in children: [Element], of parent: Element) -> [Element] {
    let named = children.filter { $0.name == name }
    for element in named.dropFirst() { reader.report(.repeatedElement(element, in: parent)) }
    return named
  }
}

extension Element.Node {
  fileprivate func isElement(_ name: String) -> Bool {
    switch self {
    case .element(let element): element.name == name
    case .text: false
    }
  }

  fileprivate var isSpace: Bool {
    switch self {
    case .element: false
    case .text(let text): text.bytes.allSatisfy(\.isTemplateSpace)
    }
  }
}
