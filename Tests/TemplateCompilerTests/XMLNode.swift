import Diagnostics
import Markup

/// An XML element that can be changed and written again, to make faulty files out of good ones.
struct XMLNode: Hashable {
  var name: String
  var namespace: String
  var attributes: [Attribute]
  var children: [Child]

  struct Attribute: Hashable {
    var name: String
    var value: String
  }

  enum Child: Hashable {
    case element(XMLNode)
    case text(String)
  }

  init(_ element: Element) {
    name = element.name
    namespace = element.namespace
    attributes = element.attributes.map { Attribute(name: $0.name, value: $0.value) }
    children = element.children.map { child in
      switch child {
      case .element(let element): .element(XMLNode(element))
      case .text(let text): .text(String(decoding: text.bytes, as: UTF8.self))
      }
    }
  }

  init(_ name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
    attributes = []
    children = []
  }

  /// Nil if the text is not well-formed.
  init?(_ text: String) {
    let source = SourceText(file: "case.xml", bytes: Array(text.utf8))
    guard let root = MarkupParser.parse(source).root else { return nil }
    self.init(root)
  }

  var elements: [XMLNode] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  var text: String { text(within: "") + "\n" }

  private func text(within outer: String) -> String {
    let declaration = namespace == outer ? "" : " xmlns=\"\(namespace)\""
    let attributes = attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
    let content = children.map { child in
      switch child {
      case .element(let element): element.text(within: namespace)
      case .text(let text): Self.escaped(text)
      }
    }.joined()
    return "<\(name)\(declaration)\(attributes)>\(content)</\(name)>"
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case _: String(scalar)
      }
    }.joined()
  }
}

extension XMLNode {
  /// Where a node stands: the numbers of the child elements on the way to it.
  typealias Path = [Int]

  /// Every element, with its place and the names of the elements around it, the nearest last.
  func visit(_ body: (XMLNode, Path, _ ancestors: [String]) -> Void) {
    visit(at: [], in: [], body)
  }

  private func visit(
    at path: Path,
    in ancestors: [String],
    _ body: (XMLNode, Path, [String]) -> Void
  ) {
    body(self, path, ancestors)
    for (index, element) in elements.enumerated() {
      element.visit(at: path + [index], in: ancestors + [name], body)
    }
  }

  /// A copy in which the element at `path` has become other nodes.
  func replacing(_ path: Path, _ change: (XMLNode) -> [Child]) -> XMLNode {
    guard let first = path.first else {
      if case .element(let element)? = change(self).first { return element }
      return self
    }
    var copy = self
    let places = copy.children.indices.filter {
      if case .element = copy.children[$0] { true } else { false }
    }
    let place = places[first]
    guard case .element(let child) = copy.children[place] else { return self }
    if path.count == 1 {
      copy.children.replaceSubrange(place...place, with: change(child))
    } else {
      copy.children[place] = .element(child.replacing(Array(path.dropFirst()), change))
    }
    return copy
  }
}
