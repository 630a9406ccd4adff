import Diagnostics
import Markup

/// Lays the dictionaries of editions over one another, as their authors wrote them.
///
/// What has a name (`field`, `record`, `list`; a `rule` by its id) amends what is there under that name: its attributes take the
/// place of those, its fields and options are added. A rule takes the place of the one that is there, as do an option of one of the
/// same value and the way in which a field is computed.
enum DictionaryLayers {
  static func lay(_ own: Element, over base: Element) -> Element {
    var children = base.children
    for child in own.elements {
      guard let index = children.firstIndex(where: { $0.element?.isSame(as: child) == true }),
        let old = children[index].element
      else {
        children.append(.element(child))
        continue
      }
      switch child.name {
      case "option", "rule": children[index] = .element(child)
      case _: children[index] = .element(amended(old, by: child))
      }
    }
    return base.replacing(children: children)
  }

  /// The fields and rules that two dictionaries of one edition both have; records and lists may be in several.
  static func doubles(of own: Element, in other: Element) -> [Name] {
    own.elements.flatMap { child -> [Name] in
      guard let same = other.elements.first(where: { $0.isSame(as: child) }) else { return [] }
      switch child.name {
      case "record", "list": return doubles(of: child, in: same)
      case "option": return []
      case _:
        let name = child.attribute(child.name == "rule" ? "id" : "name")
        return [Name(text: name?.value ?? "", location: name?.location ?? child.location)]
      }
    }
  }

  private static func amended(_ old: Element, by own: Element) -> Element {
    let isComputed = own.attribute("value") != nil || own.elements.contains(where: \.isCase)
    let kept = old.attributes.filter {
      own.attribute($0.name) == nil && !(isComputed && $0.name == "value")
    }
    let base = old.replacing(
      children: old.children.filter { !(isComputed && $0.element?.isCase == true) }
    )
    // Where it comes from is said by whoever says the provision.
    let location = own.attribute("basis") == nil ? old.location : own.location
    return own.replacing(
      attributes: kept + own.attributes,
      children: lay(own, over: base).children,
      location: location
    )
  }

  /// The dictionary without the field, record or list at a path; nil if there is none.
  static func leaveOut(_ path: ArraySlice<String>, of element: Element) -> Element? {
    guard let name = path.first,
      let index = element.children.firstIndex(where: {
        $0.element?.name != "rule" && $0.element?.attribute("name")?.value == name
      }), let child = element.children[index].element
    else { return nil }
    var children = element.children
    if path.count == 1 {
      children.remove(at: index)
    } else {
      guard let rest = leaveOut(path.dropFirst(), of: child) else { return nil }
      children[index] = .element(rest)
    }
    return element.replacing(children: children)
  }
}

extension Element.Node {
  fileprivate var element: Element? {
    switch self {
    case .element(let element): element
    case .text: nil
    }
  }
}

extension Element {
  fileprivate func isSame(as other: Element) -> Bool {
    guard name == other.name else { return false }
    switch name {
    case "rule": return attribute("id")?.value == other.attribute("id")?.value
    case "when", "else": return false
    case "option": return value == other.value
    case _: return attribute("name")?.value == other.attribute("name")?.value
    }
  }

  /// A case of a field that is computed.
  fileprivate var isCase: Bool { DictionaryParser.branchNames.contains(name) }

  /// What an option is named by.
  private var value: [UInt8] { attribute("value").map { Array($0.value.utf8) } ?? words }

  private var words: [UInt8] {
    children.flatMap { node -> [UInt8] in
      switch node {
      case .element(let element): element.words
      case .text(let text): text.bytes.filter { $0 > 0x20 }
      }
    }
  }
}
