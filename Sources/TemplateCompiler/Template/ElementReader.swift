import Diagnostics
import Markup
import Records

/// The namespace of every element of the template language.
let templateNamespace = "urn:tokki:template:1"

/// What the parsers of the files have in common: they read attributes and children, and report what does not belong.
///
/// A class, so that the parsers of one file share one list of diagnostics.
final class ElementReader {
  private(set) var diagnostics: [Diagnostic] = []
  var uses: Uses
  /// By their ids.
  var fragments: [String: Fragment] = [:]
  /// What stands for the holes of words that are the same for all packets.
  var slots: [EditionSlot] = []
  /// False if a file of fragments could not be read, which is reported.
  var knowsFragments = true
  /// The uses of fragments, in the order in which they were read; a place's `expansion` counts them from 1.
  private(set) var expansions: [Expansion]
  /// The use whose fragment is being read; 0: none.
  private(set) var expansion: Int32 = 0
  /// The fragments that are being read for a use.
  private(set) var fragmentsInUse: Set<String> = []
  /// Whether a fragment is read by itself.
  private(set) var isAlone = false

  init(expansions: [Expansion] = [], uses: Uses = Uses()) {
    self.expansions = expansions
    self.uses = uses
  }

  /// The number of diagnostics that are reported at most.
  private static let most = 200

  func report(_ diagnostic: Diagnostic) {
    // What is wrong with how a fragment is written is reported once, where it stands.
    guard expansion == 0 else { return }
    append(expansions.naming(usesOf: diagnostic))
  }

  /// Takes over what another reader found, as far as it is wanted.
  func adopt(_ other: ElementReader, where isWanted: (Diagnostic) -> Bool) {
    other.diagnostics.filter(isWanted).forEach(append)
    uses.formUnion(other.uses)
  }

  private func append(_ diagnostic: Diagnostic) {
    // An error is never crowded out by warnings.
    let isFirstError = diagnostic.severity == .error && !diagnostics.hasErrors
    if diagnostics.count < Self.most || isFirstError { diagnostics.append(diagnostic) }
  }

  /// Reports once, wherever the limit is reached.
  func reportTooManyUses(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(where: { $0.code == diagnostic.code }) {
      diagnostics.append(diagnostic)
    }
  }

  /// Reports every attribute of `element` that is not one of `names`, and holes in all but those of `holed`.
  func allow(_ names: [String], on element: Element, holes holed: [String] = []) {
    if element.namespace != templateNamespace {
      report(.foreignNamespace(element))
    }
    for attribute in element.attributes {
      if !attribute.namespace.isEmpty {
        report(.unknownAttribute(attribute, of: element, offered: []))
      } else if !names.contains(attribute.name) {
        report(.unknownAttribute(attribute, of: element, offered: names))
      } else if !holed.contains(attribute.name), attribute.value.utf8.contains(UInt8(ascii: "{")) {
        report(.holeInAttribute(attribute))
      }
    }
  }

  /// The child elements; text between them is reported.
  ///
  /// Elements that are not one of `names` are reported and left out.
  func children(of element: Element, _ names: [String]) -> [Element] {
    children(element.children[...], of: element, names)
  }

  /// As above, of some of the element's nodes.
  func children(_ nodes: ArraySlice<Element.Node>, of element: Element, _ names: [String])
    -> [Element]
  {
    nodes.compactMap { node in
      switch node {
      case .text(let text):
        if let index = text.bytes.firstIndex(where: { !$0.isTemplateSpace }) {
          report(
            .misplacedText(
              in: element,
              at: text.location(at: index),
              isTagLike: text.bytes[index...].starts(with: "＜".utf8)
            )
          )
        }
        return nil
      case .element(let child):
        guard child.namespace == templateNamespace else {
          report(.foreignNamespace(child))
          return nil
        }
        guard names.contains(child.name) else {
          report(.unknownElement(child, in: element, offered: names))
          return nil
        }
        return child
      }
    }
  }

  /// Reports an element that must have words, and has none.
  func needsWords(_ content: [Inline], _ element: Element) {
    if !content.hasWords { report(.emptyElement(element)) }
  }

  /// The words of an attribute, in which slots may stand; nil if it is not given.
  func words(_ attribute: String, of element: Element) -> String? {
    name(attribute, of: element).map { filled(HoleScanner.inlines(of: $0, reader: self)) }
  }

  func requiredWords(_ attribute: String, of element: Element) -> String {
    filled(HoleScanner.inlines(of: required(attribute, of: element), reader: self))
  }

  /// Words with the edition's slots in their holes; anything else in one is reported.
  func filled(_ content: [Inline]) -> String {
    content.map { inline in
      switch inline {
      case .text(let text, _): return text
      case .hole(let hole):
        guard hole.filters.isEmpty,
          let slot = slots.first(where: { $0.name.text == hole.path.text })
        else {
          report(.misplacedHole(hole, slots: slots))
          return ""
        }
        uses.slots[slot.name.text, default: []] += []
        return slot.value
      case .lineBreak: return ""
      case .reference, .paper, .requirement, .term, .cite, .emphasis, .conditional:
        return filled(inline.content ?? [])
      }
    }.joined()
  }

  func noContent(_ element: Element) { _ = children(of: element, []) }

  func name(_ attribute: String, of element: Element) -> Name? {
    element.attribute(attribute).map { Name(text: $0.value, location: place($0.location)) }
  }

  /// A place of a file, as it is read now.
  func place(_ location: SourceLocation) -> SourceLocation {
    var place = location
    place.expansion = expansion
    return place
  }

  /// Reads the content of a fragment, for a use of it.
  func expand<Part>(_ use: Expansion, of fragment: Fragment, _ read: () -> [Part]) -> [Part] {
    expansions.append(use)
    let outer = expansion
    expansion = Int32(expansions.count)
    fragmentsInUse.insert(fragment.id.text)
    defer {
      expansion = outer
      fragmentsInUse.remove(fragment.id.text)
    }
    return read()
  }

  /// Reads the content of a fragment by itself, which uses others as if they were empty.
  func readAlone(_ fragment: Fragment, _ read: () -> Void) {
    isAlone = true
    read()
    isAlone = false
  }

  /// `offered`: the values that it may have, if they are few.
  func required(_ attribute: String, of element: Element, offered: [String] = []) -> Name {
    if let name = name(attribute, of: element), !name.text.isEmpty { return name }
    report(.missingAttribute(attribute, of: element, offered: offered))
    return Name(text: "", location: element.location)
  }

  /// An id: a small letter, then small letters, digits and hyphens, so that it may stand in file names and anchors.
  func identifier(of element: Element) -> Name {
    let name = required("id", of: element)
    if !name.text.isEmpty, !name.text.isIdentifier {
      report(.invalidName("id", at: name.location, joint: "-"))
    }
    return name
  }

  func flag(_ attribute: String, of element: Element, default value: Bool = false) -> Bool {
    guard let name = name(attribute, of: element) else { return value }
    switch name.text {
    case "true", "on": return true
    case "false", "off": return false
    case _:
      report(.invalidAttribute(attribute, at: name.location, expects: "true, false"))
      return value
    }
  }

  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ attribute: String,
    of element: Element,
    default value: Choice?
  ) -> Choice? {
    guard let name = name(attribute, of: element) else { return value }
    if let choice = Choice(rawValue: name.text) { return choice }
    report(
      .invalidAttribute(
        attribute,
        at: name.location,
        expects: Choice.allCases.map(\.rawValue).joined(separator: ", ")
      )
    )
    return value
  }

  func integer(_ attribute: String, of element: Element, in range: ClosedRange<Int>) -> Int? {
    guard let name = name(attribute, of: element) else { return nil }
    if let number = Int(name.text), String(number) == name.text, range.contains(number) {
      return number
    }
    report(
      .invalidAttribute(
        attribute,
        at: name.location,
        hint: Message(
          ja: "\(range.lowerBound)から\(range.upperBound)までの整数を半角で書きます。",
          en: "Write a whole number from \(range.lowerBound) to \(range.upperBound)."
        )
      )
    )
    return nil
  }

  func date(_ attribute: String, of element: Element) -> Int64? {
    guard let name = name(attribute, of: element) else { return nil }
    if let date = CivilDate(iso: name.text) { return date.dayNumber }
    report(
      .invalidAttribute(
        attribute,
        at: name.location,
        hint: Message(
          ja: "日付を西暦で書きます。例：2023-03-31",
          en: "Write a date as 2023-03-31."
        )
      )
    )
    return nil
  }

  func condition(_ attribute: String, of element: Element) -> Expression? {
    guard let name = name(attribute, of: element) else { return nil }
    if let expression = ExpressionParser.parse(name.text, at: name.location) { return expression }
    report(.invalidCondition(name))
    return nil
  }

  func flow(of element: Element) -> Flow {
    Flow(condition: condition("if", of: element), loop: loop(of: element))
  }

  func loop(of element: Element) -> LoopDeclaration? {
    guard let name = name("for", of: element) else {
      if name("min", of: element) != nil { _ = required("for", of: element) }
      return nil
    }
    let minimum = integer("min", of: element, in: 0...200) ?? 0
    let words = name.text.split(separator: " ")
    guard words.count == 3, words[1] == "in", String(words[0]).isFieldName else {
      report(.invalidLoop(at: name.location))
      // What it would have named is not known, so that what stands in it is not judged.
      return LoopDeclaration(
        variable: "",
        list: Name(text: "", location: name.location),
        minimum: minimum
      )
    }
    return LoopDeclaration(
      variable: String(words[0]),
      list: Name(text: String(words[2]), location: name.location),
      minimum: minimum
    )
  }
}
