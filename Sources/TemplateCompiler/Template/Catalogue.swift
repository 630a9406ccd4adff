package import Diagnostics
import Markup

/// `catalogue.xml`: the provisions that annexes have, by whatever words: forms and fields name them by these ids.
package struct Catalogue: Sendable {
  /// In reading order; what stands in another behind it.
  package private(set) var entries: [Entry] = []

  package struct Entry: Sendable {
    package let id: String
    /// In `entries`: the article that a paragraph is usually of.
    package let parent: Int?
    /// What usual captions have in them.
    package let captions: [String]
    /// What its own words usually have in them.
    package let words: [String]
    /// What it is about.
    package let about: String
  }

  func entry(_ id: String) -> Entry? { entries.first { $0.id == id } }

  /// The id, and those of what stands in it.
  func ids(within id: String) -> [String] {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return [id] }
    return [id] + entries.filter { $0.parent == index }.flatMap { ids(within: $0.id) }
  }

  /// Reads a file, as `tokki import` does without an edition.
  package static func read(_ text: SourceText) -> (catalogue: Catalogue, diagnostics: [Diagnostic])
  {
    let (root, diagnostics) = MarkupParser.parse(text)
    let reader = ElementReader()
    for diagnostic in diagnostics { reader.report(diagnostic) }
    return (root.map { Catalogue($0, reader) } ?? Catalogue(), reader.diagnostics)
  }

  init() {}

  init(_ root: Element, _ reader: ElementReader) {
    reader.allow([], on: root)
    for element in reader.children(of: root, ["provision"]) { add(element, nil, reader) }
  }

  private mutating func add(_ element: Element, _ parent: Int?, _ reader: ElementReader) {
    reader.allow(["id", "captions", "words", "about"], on: element)
    func list(_ attribute: String) -> [String] {
      reader.name(attribute, of: element)?.text.split(separator: " ").map(String.init) ?? []
    }
    let id = reader.identifier(of: element)
    if entries.contains(where: { $0.id == id.text }) {
      reader.report(.duplicateName(id.text, at: id.location))
    }
    let index = entries.count
    entries.append(
      Entry(
        id: id.text,
        parent: parent,
        captions: list("captions"),
        words: list("words"),
        about: reader.required("about", of: element).text
      )
    )
    for child in reader.children(of: element, ["provision"]) { add(child, index, reader) }
  }
}
