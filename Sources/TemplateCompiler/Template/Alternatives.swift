import Diagnostics
import Markup

/// `choose`: its `when`s are asked one after the other, and `else` is what is left.
///
/// What stands in a branch is read as standing where the `choose` stands, under what must hold for the branch.
extension ElementReader {
  /// An element, and what must hold around it; nil: nothing.
  struct Alternative {
    let element: Element
    let condition: Expression?
  }

  /// The child elements called by `names`, those in the branches of a `choose` among them; text between them is reported.
  func alternatives(of element: Element, _ names: [String]) -> [Alternative] {
    alternatives(among: children(of: element, names + ["choose"]), names)
  }

  /// Of elements that may stand at a place, with what stands in the branches of a `choose`, where only those called by `names` may.
  func alternatives(among elements: [Element], _ names: [String]) -> [Alternative] {
    elements.flatMap { element -> [Alternative] in
      guard element.name == "choose" else { return [Alternative(element: element, condition: nil)] }
      return branches(of: element).flatMap { branch in
        alternatives(of: branch.element, names).map { inner in
          Alternative(
            element: inner.element,
            condition: inner.condition.map { .all([branch.condition, $0]) } ?? branch.condition
          )
        }
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
        if index < branches.count - 1 { report(.misplacedElse(branch)) }
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

extension Diagnostic {
  fileprivate static func misplacedElse(_ element: Element) -> Self {
    Diagnostic(
      .unknownElement,
      at: element.location,
      ja: "「else」の後には、何も置けません。",
      en: "Nothing may follow “else”.",
      hint: Message(
        ja: "else は、choose の最後に一つだけ書きます。",
        en: "Write one else, as the last branch of its choose."
      )
    )
  }
}
