import Diagnostics
import Markup
@testable import TemplateCompiler

/// The elements of the five kinds of files, with the attributes and elements that each takes somewhere.
struct Vocabulary: Equatable {
  var entries: [Key: Entry] = [:]

  private static let provisions = ["article", "paragraph"]

  struct Key: Hashable, CustomStringConvertible {
    /// The root element: edition, dictionary, annex, form, fragments, catalogue.
    let kind: String
    let element: String

    var description: String { "\(element) of \(kind)" }
  }

  struct Entry: Equatable {
    var attributes: Set<String> = []
    var children: Set<String> = []
  }
}

// MARK: What the grammar says

extension Vocabulary {
  /// From template.rng.
  init(grammar: XMLNode) {
    var defines: [String: XMLNode] = [:]
    for define in grammar.elements where define.name == "define" {
      defines[define.value("name")] = define
    }
    for kind in ["edition", "dictionary", "annex", "form", "fragments", "catalogue"] {
      var visited: Set<String> = []
      collect(defines[kind], kind, defines, &visited)
    }
  }

  /// Every element within a pattern, however deep.
  private mutating func collect(
    _ pattern: XMLNode?,
    _ kind: String,
    _ defines: [String: XMLNode],
    _ visited: inout Set<String>
  ) {
    for node in pattern?.elements ?? [] {
      switch node.name {
      case "ref":
        // The articles and paragraphs of an edition's changes are those of the annex.
        guard kind != "edition" || !Self.provisions.contains(node.value("name")) else { continue }
        // What fragments hold is that of forms.
        guard kind != "fragments" || node.value("name") == "fragment" else { continue }
        guard visited.insert(node.value("name")).inserted else { continue }
        collect(defines[node.value("name")], kind, defines, &visited)
      case "element":
        var walked: Set<String> = []
        let key = Key(kind: kind, element: node.value("name"))
        Self.describe(node, defines, &walked, &entries[key, default: Entry()])
        collect(node, kind, defines, &visited)
      case _:
        collect(node, kind, defines, &visited)
      }
    }
  }

  /// The attributes and child elements of one element.
  private static func describe(
    _ pattern: XMLNode,
    _ defines: [String: XMLNode],
    _ walked: inout Set<String>,
    _ entry: inout Entry
  ) {
    for node in pattern.elements {
      switch node.name {
      case "element": entry.children.insert(node.value("name"))
      case "attribute": entry.attributes.insert(node.value("name"))
      case "ref":
        guard walked.insert(node.value("name")).inserted, let define = defines[node.value("name")]
        else { continue }
        describe(define, defines, &walked, &entry)
      case _: describe(node, defines, &walked, &entry)
      }
    }
  }
}

// MARK: What the parser says

extension Vocabulary {
  /// From the parser's own hints on what could stand in the place of an attribute and an element that it does not know.
  init(parser files: [XMLNode]) {
    let stranger = "qqqqqqqqqqqqqqqq"
    for root in files {
      root.visit { node, path, ancestors in
        guard root.name != "edition" || !ancestors.contains(where: Self.provisions.contains),
          !Self.provisions.contains(node.name) || root.name == "annex"
        else { return }
        guard root.name != "fragments" || Self.ofFragments.contains(node.name) else { return }
        let key = Key(kind: root.name, element: node.name)
        var entry = entries[key] ?? Entry()
        // It stands before all else, where nothing else is offered.
        if node.name == "fragment" { entry.children.insert("parameter") }
        let attributed = root.replacing(path) {
          var copy = $0
          copy.attributes.append(.init(name: stranger, value: ""))
          return [.element(copy)]
        }
        entry.attributes.formUnion(Self.hints(.unknownAttribute, attributed))
        for isFirst in [true, false] {
          let crowded = root.replacing(path) {
            var copy = $0
            let child = XMLNode.Child.element(XMLNode(stranger, namespace: copy.namespace))
            copy.children.insert(child, at: isFirst ? 0 : copy.children.count)
            return [.element(copy)]
          }
          entry.children.formUnion(Self.hints(.unknownElement, crowded))
        }
        entries[key] = entry
      }
    }
  }

  private static let ofFragments = ["fragments", "fragment", "parameter"]

  private static func hints(_ code: DiagnosticCode, _ root: XMLNode) -> Set<String> {
    let reader = ElementReader()
    let source = SourceText(file: "case.xml", bytes: Array(root.text.utf8))
    guard let root = MarkupParser.parse(source).root else { return [] }
    reader.read(root)
    let prefix = "Accepted here: "
    return Set(
      reader.diagnostics.filter { $0.code == code }.compactMap(\.hint?.en)
        .filter { $0.hasPrefix(prefix) }
        .flatMap { $0.dropFirst(prefix.count).split(separator: ", ").map(String.init) }
    )
  }
}

extension ElementReader {
  /// Reads a file of whatever kind.
  func read(_ root: Element) {
    switch root.name {
    case "edition":
      let parser = EditionParser(reader: self)
      _ = parser.edition(root, slots: parser.slots(root))
    case "dictionary": _ = DictionaryParser.parse(root, slots: [], self)
    case "annex": _ = AnnexParser(reader: self).annex(root)
    case "catalogue": _ = Catalogue(root, self)
    case "form": _ = FormParser(reader: self).form(root)
    case "fragments":
      FragmentParser(reader: self).add(root)
      FragmentParser(reader: self).check()
    case _: report(.unknownElement(root, in: root, offered: []))
    }
  }
}

extension XMLNode {
  func value(_ attribute: String) -> String {
    attributes.first { $0.name == attribute }?.value ?? ""
  }
}
