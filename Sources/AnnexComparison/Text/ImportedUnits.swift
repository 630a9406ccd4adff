package import AnnexImport
import Diagnostics

extension ComparedText {
  /// `ignored`: lines that were passed over before the text was read.
  package init(_ annex: FoundAnnex, ignored: [ImportedText.Line] = []) {
    file = annex.file
    mark = (annex.mark ?? []).compact
    let outline = Outline(annex)
    units = outline.children(of: nil).flatMap(outline.units)
    omitted = (annex.omitted + ignored).sorted { $0.number < $1.number }
  }
}

/// The nodes of a text that was read, as units.
private struct Outline {
  private let annex: FoundAnnex
  private var childrenByParent: [Int: [Int]] = [:]

  init(_ annex: FoundAnnex) {
    self.annex = annex
    for (index, node) in annex.nodes.enumerated() where node.kind != .mark {
      childrenByParent[node.parent ?? -1, default: []].append(index)
    }
  }

  func children(of index: Int?) -> [Int] { childrenByParent[index ?? -1] ?? [] }

  func units(_ index: Int) -> [TextUnit] {
    let node = annex.nodes[index]
    let parts = children(of: index)
    if case .division = node.kind {
      return [unit(index, parts: [])] + parts.flatMap(units)
    }
    return [unit(index, parts: parts.flatMap(units))]
  }

  private func unit(_ index: Int, parts: [TextUnit]) -> TextUnit {
    let node = annex.nodes[index]
    let kind = TextUnit.Kind(node.kind)
    let words = kind == .title ? annex.title ?? node.text : node.text
    let isHeading = kind == .division || kind == .supplement || kind == .appendix
    let cells = Scalars(node.cells.map(\.string).joined(separator: "　").unicodeScalars)
    return TextUnit(
      kind: kind,
      id: nil,
      name: name(of: index),
      label: node.label?.text.compact ?? [],
      caption: isHeading ? words : node.caption?.text ?? [],
      isCaptionFirst: node.caption.map { $0.place == .above } ?? !isHeading,
      words: isHeading ? cells : words + cells,
      parts: parts,
      location: SourceLocation(file: annex.file, line: node.line)
    )
  }

  /// 第６条第２項第１号.
  private func name(of index: Int) -> String {
    let node = annex.nodes[index]
    let label = (node.label?.text ?? []).compact.string
    let own: String
    switch node.kind {
    case .article, .division: own = label
    case .supplement, .appendix: own = node.text.compact.string
    case .paragraph:
      let paragraphs = children(of: node.parent).filter { annex.nodes[$0].kind == .paragraph }
      own = label.isEmpty ? (paragraphs.count > 1 ? "第１項" : "") : "第\(label)項"
    case .item(0): own = "第\(label.filter { !"（）()".contains($0) })号"
    case .item: own = label
    case .preamble: own = "前文"
    case .mark, .title, .heading, .contents, .unnumbered, .closing, .note, .row: own = ""
    }
    guard let parent = node.parent else { return own }
    if case .division = annex.nodes[parent].kind { return own }
    return name(of: parent) + own
  }
}

extension TextUnit.Kind {
  fileprivate init(_ kind: FoundNode.Kind) {
    self =
      switch kind {
      case .title: .title
      case .mark, .heading, .contents: .heading
      case .preamble: .preamble
      case .division: .division
      case .article: .article
      case .paragraph: .paragraph
      case .item: .item
      case .unnumbered, .closing: .text
      case .note: .note
      case .row: .row
      case .supplement: .supplement
      case .appendix: .appendix
      }
  }
}
