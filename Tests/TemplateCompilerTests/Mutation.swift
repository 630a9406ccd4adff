/// A good file with one change that may make it bad.
///
/// Whether it does is for the judges to say; they must say the same.
struct Mutation {
  /// What was changed: `paragraph in article: no attribute id`.
  let name: String
  let text: String

  /// One mutation of each kind at every sort of place (an element within another) that the files have.
  static func all(of files: [XMLNode]) -> [Mutation] {
    var seen: Set<String> = []
    var mutations: [Mutation] = []
    for root in files {
      root.visit { node, path, ancestors in
        let place = node.name + (ancestors.last.map { " in \($0)" } ?? "")
        for change in changes(of: node, isRoot: ancestors.isEmpty) {
          let name = "\(place): \(change.name)"
          guard seen.insert(name).inserted else { continue }
          mutations.append(Mutation(name: name, text: root.replacing(path, change.apply).text))
        }
      }
    }
    return mutations
  }

  private struct Change {
    let name: String
    let apply: (XMLNode) -> [XMLNode.Child]

    /// A change of the element itself.
    init(_ name: String, _ body: @escaping (inout XMLNode) -> Void) {
      self.name = name
      apply = {
        var node = $0
        body(&node)
        return [.element(node)]
      }
    }

    init(_ name: String, replacing apply: @escaping (XMLNode) -> [XMLNode.Child]) {
      self.name = name
      self.apply = apply
    }
  }

  private static func changes(of node: XMLNode, isRoot: Bool) -> [Change] {
    let namespace = node.namespace
    var changes = [
      Change("unknown attribute") { $0.attributes.append(.init(name: "bogus", value: "")) },
      Change("namespaced attribute") { $0.attributes.append(.init(name: "xml:lang", value: "ja")) },
      Change("unknown element") {
        $0.children.append(.element(XMLNode("bogus", namespace: namespace)))
      },
      Change("foreign element") {
        $0.children.append(.element(XMLNode("p", namespace: "urn:other")))
      },
      Change("foreign namespace") { $0.namespace = "urn:other" },
      Change("no namespace") { $0.namespace = "" },
      Change("unknown name") { $0.name = "bogus" },
      Change("text first") { $0.children.insert(.text("文字"), at: 0) },
      Change("text last") { $0.children.append(.text("文字")) },
      Change("space") { $0.children = [.text(" \n")] + $0.children + [.text("\n\t")] },
      Change("ideographic space") { $0.children.append(.text("　")) },
      Change("no content") { $0.children = [] },
      Change("contained in itself") { outer in
        var inner = outer
        inner.children = []
        outer.children.append(.element(inner))
      },
    ]
    for attribute in node.attributes {
      func set(_ name: String, _ value: String) -> Change {
        Change("\(attribute.name) \(name)") { node in
          for index in node.attributes.indices where node.attributes[index].name == attribute.name {
            node.attributes[index].value = value
          }
        }
      }
      changes += [
        Change("no attribute \(attribute.name)") { node in
          node.attributes.removeAll { $0.name == attribute.name }
        },
        set("empty", ""), set("in capitals", "BOGUS"), set("zero", "0"), set("too large", "99999"),
        set("with a space", " \(attribute.value)"), set("with a hyphen", "a-b"),
      ]
    }
    guard !isRoot else { return changes }
    for name in neighbours {
      changes.append(
        Change(
          "before \(name)",
          replacing: { [.element($0), .element(XMLNode(name, namespace: namespace))] }
        )
      )
    }
    return changes + [
      Change("left out", replacing: { _ in [] }),
      Change("twice", replacing: { [.element($0), .element($0)] }),
      Change("unwrapped", replacing: { $0.children }),
    ]
  }

  /// Elements that are good without attributes or content somewhere, to stand where they are not good.
  private static let neighbours = ["p", "letterhead", "title", "em"]
}
