import Diagnostics
import Markup

/// What stands at a place of a form, directly, in the branches of a `choose`, or in a fragment that is used.
///
/// What stands in a branch is read as standing where the `choose` stands, under what must hold for the branch: its `when`s are asked
/// one after the other, and `else` is what is left.
extension ElementReader {
  /// An element, and what must hold around it; nil: nothing.
  struct Alternative {
    let element: Element
    let condition: Expression?
  }

  /// The parts of an element that are of one kind; text between them is reported.
  func parts<Part>(of element: Element, _ kind: Fragment.Kind, _ read: (Alternative) -> Part)
    -> [Part]
  {
    parts(among: children(of: element, kind.offered), [kind], read)
  }

  /// The parts that a fragment is made of, wherever it is used.
  func parts<Part>(
    of fragment: Fragment,
    under condition: Expression? = nil,
    _ read: (Alternative) -> Part
  ) -> [Part] {
    let elements = children(fragment.content[...], of: fragment.element, fragment.kind.offered)
    return parts(among: elements, [fragment.kind], under: condition, read)
  }

  /// Of elements that may stand at a place, with those of `choose` and `use`, where only some kinds may stand.
  func parts<Part>(
    among elements: [Element],
    _ kinds: [Fragment.Kind],
    under condition: Expression? = nil,
    _ read: (Alternative) -> Part
  ) -> [Part] {
    elements.flatMap { element -> [Part] in
      switch element.name {
      case "choose":
        // A letterhead has no alternative.
        let kinds = kinds.filter { $0 != .letterhead }
        return branches(of: element).flatMap { branch in
          parts(
            among: children(of: branch.element, kinds.flatMap(\.offered)),
            kinds,
            under: condition.map { .all([$0, branch.condition]) } ?? branch.condition,
            read
          )
        }
      case "use":
        return expanding(element, as: kinds) { parts(of: $0, under: condition, read) }
      case _:
        return [read(Alternative(element: element, condition: condition))]
      }
    }
  }

  /// The branches of a `choose` in their order, each with what must hold for it.
  func branches(of choose: Element) -> [(element: Element, condition: Expression)] {
    allow([], on: choose)
    var earlier: [Expression] = []
    let branches = children(of: choose, ["when", "else"])
    if branches.first?.name != "when" { report(.missingElement("when", in: choose)) }
    return branches.enumerated().map { index, branch in
      guard branch.name == "when" else {
        allow([], on: branch)
        if index < branches.count - 1 { report(.misplacedElse(branch, in: "choose")) }
        return (branch, .all(earlier))
      }
      allow(["test"], on: branch)
      _ = required("test", of: branch)
      let test = condition("test", of: branch) ?? .any([])
      defer { earlier.append(.not(test)) }
      return (branch, earlier.isEmpty ? test : .all(earlier + [test]))
    }
  }

  func flow(of alternative: Alternative) -> Flow {
    Flow(condition: condition(of: alternative), loop: loop(of: alternative.element))
  }

  /// What must hold for an element to be printed, its own `if` included.
  func condition(of alternative: Alternative) -> Expression? {
    let own = condition("if", of: alternative.element)
    guard let outer = alternative.condition else { return own }
    return own.map { .all([outer, $0]) } ?? outer
  }
}

extension Fragment.Kind {
  /// The elements that may stand among parts of this kind.
  fileprivate var offered: [String] {
    self == .letterhead ? elements : elements + ["choose", "use"]
  }
}

extension Diagnostic {
  static func misplacedElse(_ element: Element, in parent: String) -> Self {
    Diagnostic(
      .unknownElement,
      at: element.location,
      ja: "「else」の後には、何も置けません。",
      en: "Nothing may follow “else”.",
      hint: Message(
        ja: "else は、\(parent) の最後に一つだけ書きます。",
        en: "Write one else, as the last branch of its \(parent)."
      )
    )
  }
}
