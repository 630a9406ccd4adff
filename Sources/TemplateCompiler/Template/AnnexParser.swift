import Diagnostics
import Markup

/// Reads `annex.xml`, and the articles that an edition's changes bring.
struct AnnexParser {
  let reader: ElementReader

  func annex(_ root: Element) -> Annex {
    reader.allow(["id", "mark"], on: root)
    let id = reader.identifier(of: root)
    let children = reader.children(of: root, ["title", "article"])
    let titles = children.filter { $0.name == "title" }
    if titles.isEmpty { reader.report(.missingElement("title", in: root)) }
    for title in titles.dropFirst() { reader.report(.repeatedElement(title, in: root)) }
    for title in titles { reader.allow([], on: title) }
    let articles = children.filter { $0.name == "article" }
    if articles.isEmpty { reader.report(.missingElement("article", in: root)) }
    return Annex(
      id: id.text,
      mark: reader.name("mark", of: root).map { [.text($0.text, $0.location)] } ?? [],
      title: titles.first.map { InlineParser.parse($0, .plain, reader) } ?? [],
      titleLocation: titles.first?.location ?? root.location,
      articles: articles.map(article),
      location: root.location
    )
  }

  func article(_ element: Element) -> Article {
    reader.allow(["id", "branch", "deleted", "if", "for", "min"], on: element)
    let isDeleted = reader.flag("deleted", of: element)
    let children = reader.children(of: element, isDeleted ? [] : ["caption", "paragraph"])
    let captions = children.filter { $0.name == "caption" }
    let paragraphs = children.filter { $0.name == "paragraph" }
    if !isDeleted {
      if captions.isEmpty { reader.report(.missingElement("caption", in: element)) }
      if paragraphs.isEmpty { reader.report(.missingElement("paragraph", in: element)) }
    }
    for caption in captions.dropFirst() { reader.report(.repeatedElement(caption, in: element)) }
    for caption in captions { reader.allow([], on: caption) }
    return Article(
      id: reader.identifier(of: element),
      caption: captions.first.map { InlineParser.parse($0, .annex, reader) } ?? [],
      paragraphs: paragraphs.map(paragraph),
      isBranch: reader.flag("branch", of: element),
      isDeleted: isDeleted,
      flow: reader.flow(of: element),
      location: element.location,
      end: element.end
    )
  }

  private func paragraph(_ element: Element) -> Paragraph {
    reader.allow(["id", "if", "for", "min"], on: element)
    let (content, items) = split(element, at: "item")
    let sentences: [Sentence]
    if content.contains(where: { $0.isElement("sentence") }) {
      sentences = reader.children(content, of: element, ["sentence", "item"]).map(sentence)
    } else {
      sentences = [
        Sentence(
          part: nil,
          content: InlineParser.parse(Array(content), of: element, .annex, reader),
          flow: .none
        )
      ]
    }
    return Paragraph(
      id: reader.identifier(of: element),
      sentences: sentences,
      items: items.map { item($0, within: "subitem") },
      flow: reader.flow(of: element)
    )
  }

  private func sentence(_ element: Element) -> Sentence {
    reader.allow(["part", "if", "for", "min"], on: element)
    return Sentence(
      part: reader.choice("part", of: element, default: nil),
      content: InlineParser.parse(element, .annex, reader),
      flow: reader.flow(of: element)
    )
  }

  private func item(_ element: Element, within subitemName: String?) -> Item {
    reader.allow(["id", "if", "for", "min"], on: element)
    let (content, subitems) = split(element, at: subitemName)
    return Item(
      id: reader.name("id", of: element).map { _ in reader.identifier(of: element) },
      content: InlineParser.parse(Array(content), of: element, .annex, reader),
      subitems: subitems.map { item($0, within: nil) },
      flow: reader.flow(of: element)
    )
  }

  /// The words of a provision, and the items behind them.
  ///
  /// Words behind an item would be printed before it, so they are noted.
  private func split(_ element: Element, at name: String?)
    -> (content: ArraySlice<Element.Node>, items: [Element])
  {
    guard let name, let first = element.children.firstIndex(where: { $0.isElement(name) }) else {
      return (element.children[...], [])
    }
    return (
      element.children[..<first], reader.children(element.children[first...], of: element, [name])
    )
  }
}

extension Element.Node {
  fileprivate func isElement(_ name: String) -> Bool {
    switch self {
    case .element(let element): element.name == name
    case .text: false
    }
  }
}
