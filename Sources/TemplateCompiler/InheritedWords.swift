package import Diagnostics
import Markup

/// What an edition takes from those that it extends, as it stands in their files.
package enum InheritedWords {
  /// A stretch of words, and where it is written.
  package struct Entry: Sendable {
    package let location: SourceLocation
    /// What it is of: `slot party.orderer`, `form pledge`.
    package let owner: String
    package let words: String
  }

  /// Every word of a file below that can be printed: texts, labels and the like, file by file.
  package static func list(_ source: EditionSource) -> [Entry] {
    var entries: [Entry] = []
    var own = Own()
    for (index, layer) in source.layers.enumerated() {
      guard let edition = layer.parsedEdition.root else { continue }
      let below = own
      own.take(edition, layer)
      guard index > 0 else { continue }
      take(edition, below, into: &entries)
      if !below.hasAnnex {
        for annex in [layer.annex].compactMap(\.self) + layer.annexes
        where source.annexes.contains(where: { $0.file == annex.file }) {
          take(annex, "annex", into: &entries)
        }
      }
      for dictionary in layer.dictionaries { take(dictionary, "dictionary", into: &entries) }
      for form in layer.forms {
        guard let root = MarkupParser.parse(form).root else { continue }
        let id = root.attribute("id")?.value ?? ""
        if !below.forms.contains(id) { take(root, "form \(id)", into: &entries) }
      }
      if let style = layer.style, !below.hasStyleSheet {
        entries.append(
          Entry(location: SourceLocation(file: style.file), owner: "style", words: "")
        )
      }
    }
    return entries
  }

  /// What the editions above say themselves.
  private struct Own {
    var slots: Set<String> = []
    var papers: Set<String> = []
    var forms: Set<String> = []
    var documents: Set<String> = []
    var sections: Set<String> = []
    var hasAnnex = false
    var hasStyleSheet = false

    mutating func take(_ edition: Element, _ layer: EditionSource.Layer) {
      for section in edition.elements {
        let names = section.elements
        switch section.name {
        case "slots": slots.formUnion(names.compactMap { $0.attribute("name")?.value })
        case "register": papers.formUnion(names.compactMap { $0.attribute("id")?.value })
        case "style", "packet": sections.insert(section.name)
        case "changes":
          for omission in names where omission.name == "omit" {
            if let paper = omission.attribute("paper") { papers.insert(paper.value) }
            if let form = omission.attribute("form") { forms.insert(form.value) }
            if let document = omission.attribute("document") { documents.insert(document.value) }
          }
        case _: break
        }
      }
      forms.formUnion(
        layer.forms.compactMap { MarkupParser.parse($0).root?.attribute("id")?.value }
      )
      hasAnnex = hasAnnex || layer.annex != nil
      hasStyleSheet = hasStyleSheet || layer.style != nil
    }
  }

  private static func take(_ edition: Element, _ own: Own, into entries: inout [Entry]) {
    for section in edition.elements where !own.sections.contains(section.name) {
      switch section.name {
      case "slots":
        for slot in section.elements {
          let name = slot.attribute("name")?.value ?? ""
          if !own.slots.contains(name) { take(slot, "slot \(name)", into: &entries) }
        }
      case "register":
        for paper in section.elements {
          let id = paper.attribute("id")?.value ?? ""
          if !own.papers.contains(id) { take(paper, "paper \(id)", into: &entries) }
        }
      case "packet":
        for document in section.elements {
          let id = (document.attribute("form") ?? document.attribute("annex"))?.value ?? ""
          if !own.documents.contains(id), !own.forms.contains(id) || document.elements.isEmpty {
            take(document, "document \(id)", into: &entries)
          }
        }
      case "style": take(section, "style", into: &entries)
      case _: break
      }
    }
  }

  private static func take(_ file: SourceText, _ owner: String, into entries: inout [Entry]) {
    if let root = MarkupParser.parse(file).root { take(root, owner, into: &entries) }
  }

  /// Attributes whose words papers show.
  private static let printed: Set<String> = [
    "label", "caption", "stamp", "issuer", "to", "when", "paper-copies", "due", "class", "number",
    "addressee", "form-number-label", "yes", "no", "mark", "help",
  ]

  private static func take(_ element: Element, _ owner: String, into entries: inout [Entry]) {
    for attribute in element.attributes
    where isPrinted(attribute.name, of: element) && !attribute.value.isEmpty {
      entries.append(
        Entry(location: attribute.location, owner: owner, words: attribute.value)
      )
    }
    for child in element.children {
      switch child {
      case .element(let inner): take(inner, owner, into: &entries)
      case .text(let text):
        let words = String(decoding: text.bytes, as: UTF8.self)
        let trimmed = words.split { $0.isNewline || $0 == " " }.joined(separator: " ")
        guard let first = text.bytes.firstIndex(where: { $0 > 0x20 }) else { continue }
        entries.append(Entry(location: text.location(at: first), owner: owner, words: trimmed))
      }
    }
  }

  private static func isPrinted(_ attribute: String, of element: Element) -> Bool {
    switch attribute {
    case "name": element.name == "paper"
    // A reference's target, and the help of those who fill a slot in.
    case "to": element.name == "paper" && element.attribute("id") != nil
    case "help": element.name != "slot"
    case _: printed.contains(attribute)
    }
  }
}

/// A slot as the editions of a source declare it, for those who fill it in.
package struct DeclaredSlot: Sendable {
  package let name: String
  package let help: String
  package let values: String
  package let isNeeded: Bool
  /// Without words, it has none of its own.
  package let value: String

  /// The slots of an edition that is to be extended, in their order.
  package static func slots(of source: EditionSource) -> [DeclaredSlot] {
    var slots: [DeclaredSlot] = []
    for layer in source.layers {
      let section = layer.parsedEdition.root?.elements.first { $0.name == "slots" }
      for slot in section?.elements ?? [] {
        let name = slot.attribute("name")?.value ?? ""
        if slots.contains(where: { $0.name == name }) { continue }
        slots.append(
          DeclaredSlot(
            name: name,
            help: slot.attribute("help")?.value ?? "",
            values: slot.attribute("values")?.value ?? "",
            isNeeded: ["true", "on"].contains(slot.attribute("needed")?.value),
            value: slot.children.map { child in
              switch child {
              case .text(let text): String(decoding: text.bytes, as: UTF8.self)
              case .element: ""
              }
            }.joined()
          )
        )
      }
    }
    return slots
  }
}
