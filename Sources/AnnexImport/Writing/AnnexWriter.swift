package import Diagnostics

/// Writes what was found as annex.xml.
package struct AnnexWriter {
  private let annex: FoundAnnex
  private let levels: [WrittenLevel]
  private let ids: ProvisionIDs
  private let children: [Int?: [Int]]
  private let proposals: [Int: [FoundProposal]]
  private var words: WordWriter
  private var lines: [String] = []
  /// The last number of a kind below a provision.
  private var last: [String: [Int]] = [:]
  private var doubts: [Diagnostic] = []

  /// The file, and what the template language cannot say; `usual`: the provisions that have names; `grammar`: where editors find the
  /// grammar of the file.
  package static func write(
    _ annex: FoundAnnex,
    usual: [UsualProvision],
    grammar: String? = nil
  ) -> (xml: String, diagnostics: [Diagnostic]) {
    var writer = AnnexWriter(annex, usual)
    writer.write(grammar)
    return (writer.lines.map { $0 + "\n" }.joined(), writer.doubts)
  }

  /// What stands above the first element of a file of an edition.
  package static func prolog(grammar: String?) -> [String] {
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    guard let grammar else { return [declaration] }
    let schema = "type=\"application/xml\" schematypens=\"http://relaxng.org/ns/structure/1.0\""
    return [
      declaration, "<?xml-model href=\"\(XMLText.escaped(grammar.unicodeScalars))\" \(schema)?>",
    ]
  }

  private init(_ annex: FoundAnnex, _ usual: [UsualProvision]) {
    self.annex = annex
    let labels = { (level: FoundLevel) in
      annex.nodes.filter { $0.kind == level.kind }.compactMap(\.label)
        .filter { $0.style == level.style }
    }
    let article = annex.articleLevel.map { ($0, labels($0)) }
    levels = annex.levels.map { WrittenLevel($0, labels: labels($0), article: article) }
    ids = ProvisionIDs(annex, usual: usual)
    children = Dictionary(grouping: annex.nodes.indices) { annex.nodes[$0].parent }
    proposals = Dictionary(grouping: annex.proposals, by: \.node)
    words = WordWriter(annex, ids: ids, levels: levels)
  }

  private mutating func write(_ grammar: String?) {
    lines += Self.prolog(grammar: grammar)
    let mark = annex.mark.map { " mark=\"\(XMLText.escaped($0.compact))\"" } ?? ""
    lines.append("<annex xmlns=\"urn:tokki:template:1\" id=\"annex\"\(mark)>")
    lines.append("  <title>\(XMLText.escaped(annex.title ?? []))</title>")
    writeNumbering()
    for index in children[nil] ?? [] { write(index, "  ") }
    lines.append("</annex>")
  }

  private mutating func writeNumbering() {
    lines.append("  <numbering>")
    for (level, written) in zip(annex.levels, levels) {
      var attributes =
        "of=\"\(written.element)\" label=\"\(written.label)\" cite=\"\(written.cite)\""
      if let caption = level.caption { attributes += " caption=\"\(caption.rawValue)\"" }
      let isAbove = (level.caption ?? .above) == .above
      if let brackets = level.brackets, brackets != .round || !isAbove {
        attributes += " brackets=\"\(brackets.rawValue)\""
      }
      if level.kind == .paragraph {
        attributes += " first=\"\(level.isFirstMarked ? "auto" : "unmarked")\""
      }
      if level.start != 1 { attributes += " start=\"\(level.start)\"" }
      if (written.label + written.cite).contains("{n}") {
        attributes += " digits=\"\(written.digits.rawValue)\""
      }
      lines.append("    <level \(attributes)/>")
    }
    lines.append("  </numbering>")
  }

  private mutating func report(_ index: Int?) {
    let line = index.map { annex.nodes[$0].line } ?? 0
    doubts.append(.notExpressible(at: SourceLocation(file: annex.file, line: line)))
  }

  // MARK: Nodes

  private mutating func write(_ index: Int, _ indent: String) {
    let node = annex.nodes[index]
    switch node.kind {
    case .mark, .title: break
    case .heading, .contents, .preamble, .unnumbered, .closing, .note:
      let element = node.kind.element
      lines.append("\(indent)<\(element)>\(words.all(of: index))</\(element)>")
      for child in children[index] ?? [] { write(child, indent) }
    case .row: writeTable(from: index, indent)
    case .division: writeElement(index, indent, caption: XMLText.cited(node.text))
    case .article, .paragraph, .item:
      writeElement(index, indent, caption: node.caption.map { XMLText.cited($0.words) })
    case .supplement:
      let isPlain = node.text.compact.string == "附則"
      writeElement(index, indent, caption: isPlain ? nil : XMLText.cited(node.text))
    case .appendix: writeAppendix(index, indent)
    }
  }

  private mutating func writeElement(_ index: Int, _ indent: String, caption: String?) {
    let node = annex.nodes[index]
    let name = node.kind.element
    let head = "\(indent)<\(name)\(attributes(index))"
    if node.isDeleted { return lines.append("\(head) deleted=\"true\"\(count(node))/>") }
    lines.append(head + ">")
    if let caption { lines.append("\(indent)  <caption>\(caption)</caption>") }
    if let caption = node.caption {
      let usual = annex.levels.first { $0.kind == node.kind }?.brackets ?? .round
      if !usual.isLike(CaptionBrackets(of: caption.text)) { report(index) }
    }
    if node.isWorded { lines += words.sentences(of: index).map { "\(indent)  \($0)" } }
    for proposal in proposals[index] ?? [] {
      let phrase = XMLText.escaped(proposal.words).replacing("--", with: "－")
      lines.append("\(indent)  <!-- \(proposal.kind.rawValue)? \(phrase) -->")
    }
    for child in children[index] ?? [] { write(child, indent + "  ") }
    lines.append("\(indent)</\(name)>")
  }

  /// The id, and the number where it is not the next one.
  private mutating func attributes(_ index: Int) -> String {
    let node = annex.nodes[index]
    let id = ids.ids[index].map { " id=\"\($0)\"" } ?? ""
    guard let label = node.label, let number = label.number.first else {
      if isUnmarkedAgainstItsLevel(index) { report(index) }
      return id
    }
    let isArticle = node.kind == .article
    let supplement = annex.ancestor(of: index) { $0 == .supplement }
    let key = "\(node.kind.name) \((isArticle ? supplement : node.parent) ?? -1)"
    let start = isArticle && supplement == nil ? annex.articleLevel?.start ?? 1 : 1
    let isSecond =
      node.kind == .paragraph
      && children[node.parent]?.contains {
        $0 < index && annex.nodes[$0].kind == .paragraph
      } == true
    let before = last[key]?.first ?? (isSecond ? start : start - 1)
    last[key] = label.through ?? label.number
    let style = annex.levels.first { $0.kind == node.kind }?.style ?? label.style
    if label.number.count > 2 || label.style != style { report(index) }
    if label.number.count > 1 { return id + " branch=\"true\"" }
    let isNext = number == before + 1 && !isMarkedAgainstItsLevel(index)
    return isNext ? id : id + " number=\"\(number)\""
  }

  /// Whether the first paragraph prints its number only if the template writes it: alone, or where others have none.
  private func isMarkedAgainstItsLevel(_ index: Int) -> Bool {
    guard let paragraphs = paragraphs(beginningWith: index) else { return false }
    return paragraphs == 1 || isInArticle(index) && !areFirstsMarked
  }

  /// Whether the first of several paragraphs has no number, though the level gives it one.
  private func isUnmarkedAgainstItsLevel(_ index: Int) -> Bool {
    guard let paragraphs = paragraphs(beginningWith: index) else { return false }
    return paragraphs > 1 && (areFirstsMarked || !isInArticle(index))
  }

  private var areFirstsMarked: Bool {
    annex.levels.contains { $0.kind == .paragraph && $0.isFirstMarked }
  }

  private func isInArticle(_ index: Int) -> Bool {
    annex.nodes[index].parent.map { annex.nodes[$0].kind } == .article
  }

  /// How many paragraphs there are, if this is the first of them.
  private func paragraphs(beginningWith index: Int) -> Int? {
    let all = (children[annex.nodes[index].parent] ?? []).filter {
      annex.nodes[$0].kind == .paragraph
    }
    return all.first == index ? all.count : nil
  }

  private func count(_ node: FoundNode) -> String {
    guard let label = node.label, let last = label.through?.first, let first = label.number.first
    else { return "" }
    return " count=\"\(last - first + 1)\""
  }

  private mutating func writeAppendix(_ index: Int, _ indent: String) {
    let text = annex.nodes[index].text
    let end = min(
      Signpost.mark(text) ?? text.count,
      text.firstIndex { $0.folded == "(" } ?? text.count
    )
    let mark = XMLText.escaped(Array(text[..<end]).compact)
    let caption = Array(text[end...]).trimmed
    lines.append("\(indent)<appendix\(attributes(index)) mark=\"\(mark)\">")
    if !caption.isEmpty {
      lines.append("\(indent)  <caption>\(XMLText.cited(caption))</caption>")
    }
    for child in children[index] ?? [] { write(child, indent + "  ") }
    lines.append("\(indent)</appendix>")
  }

  /// Rows with as many cells that follow each other are one table.
  private mutating func writeTable(from index: Int, _ indent: String) {
    let count = annex.nodes[index].cells.count
    let isSame = { [annex] (other: Int) in
      annex.nodes.indices.contains(other) && annex.nodes[other].kind == .row
        && annex.nodes[other].parent == annex.nodes[index].parent
        && annex.nodes[other].cells.count == count
    }
    if isSame(index - 1) { return }
    lines.append("\(indent)<table>")
    lines += (0..<count).map { _ in "\(indent)  <column/>" }
    for row in (index...).prefix(while: isSame) {
      let cells = annex.nodes[row].cells.map { "<cell>\(XMLText.cited($0))</cell>" }.joined()
      lines.append("\(indent)  <row>\(cells)</row>")
    }
    lines.append("\(indent)</table>")
  }
}

extension FoundNode {
  /// Whether its words are its own, and no heading.
  fileprivate var isWorded: Bool {
    switch kind {
    case .paragraph, .item: true
    case .mark, .title, .heading, .contents, .preamble, .division, .article, .unnumbered, .closing,
      .note, .row, .supplement, .appendix:
      false
    }
  }
}
