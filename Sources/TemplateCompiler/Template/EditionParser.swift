import Diagnostics
import Markup
import Records

/// Reads `edition.xml`.
struct EditionParser {
  let reader: ElementReader

  /// The slots of an edition, which are read before anything in which they may stand.
  func slots(_ root: Element) -> [EditionSlot] {
    var slots: [EditionSlot] = []
    for element in root.elements where element.name == "slots" {
      reader.allow([], on: element)
      slots = reader.children(of: element, ["slot"]).map(slot)
      var seen = Set<String>()
      for slot in slots where !seen.insert(slot.name.text).inserted {
        reader.report(.duplicateName(slot.name.text, at: slot.name.location))
      }
    }
    return slots
  }

  func edition(_ root: Element, slots: [EditionSlot]) -> EditionDeclaration {
    reader.allow(["id", "status", "extends"], on: root)
    let children = reader.children(
      of: root,
      ["name", "force", "instrument", "slots", "style", "register", "packet", "changes"]
    )
    for name in ["name", "force", "slots", "style", "register", "packet", "changes"] {
      for extra in children.filter({ $0.name == name }).dropFirst() {
        reader.report(.repeatedElement(extra, in: root))
      }
    }
    var edition = EditionDeclaration(
      id: reader.identifier(of: root),
      name: "",
      status: reader.choice("status", of: root, default: .current) ?? .current,
      slots: slots,
      location: root.location
    )
    if !children.contains(where: { $0.name == "name" }) {
      reader.report(.missingElement("name", in: root))
    }
    for child in children { read(child, into: &edition) }
    return edition
  }

  private func read(_ element: Element, into edition: inout EditionDeclaration) {
    switch element.name {
    case "name":
      reader.allow([], on: element)
      edition.name = InlineParser.words(of: element, reader, areNeeded: true)
    case "force":
      reader.allow(["from", "to"], on: element)
      reader.noContent(element)
      edition.force = window(of: element)
    case "instrument":
      edition.instruments.append(instrument(element))
    case "slots": break
    case "style":
      edition.style = style(element)
      edition.declaresStyle = true
    case "register":
      reader.allow([], on: element)
      edition.papers = reader.children(of: element, ["paper"]).map(paper)
      var seen = Set<String>()
      for paper in edition.papers where !seen.insert(paper.id.text).inserted {
        reader.report(.duplicateName(paper.id.text, at: paper.id.location))
      }
    case "packet":
      packet(element, into: &edition)
    case _:
      changes(element, into: &edition)
    }
  }

  private func packet(_ element: Element, into edition: inout EditionDeclaration) {
    reader.allow([], on: element)
    let children = reader.children(of: element, ["occasion", "document"])
    edition.occasions = children.filter { $0.name == "occasion" }.map { occasion in
      reader.allow(["id"], on: occasion)
      let id = reader.identifier(of: occasion)
      return Occasion(
        id: id.text,
        name: InlineParser.words(of: occasion, reader, areNeeded: true),
        location: id.location
      )
    }
    var seen = Set<String>()
    for occasion in edition.occasions where !seen.insert(occasion.id).inserted {
      reader.report(.duplicateName(occasion.id, at: occasion.location))
    }
    edition.documents = children.filter { $0.name == "document" }.compactMap(document)
    reportDoubles(edition.documents)
  }

  private func reportDoubles(_ documents: [PacketDocument]) {
    for (index, document) in documents.enumerated()
    where documents[..<index].contains(where: document.meets) {
      reader.report(.repeatedDocument(document.content.name, at: document.location))
    }
  }

  private func text(of element: Element) -> String {
    InlineParser.words(of: element, reader)
  }

  private func window(of element: Element) -> Window {
    Window(from: reader.date("from", of: element), to: reader.date("to", of: element))
  }

  private func instrument(_ element: Element) -> Instrument {
    reader.allow(["id", "status", "from", "to", "checked"], on: element)
    return Instrument(
      id: reader.identifier(of: element),
      status: status(of: element),
      force: window(of: element),
      checked: reader.date("checked", of: element),
      title: text(of: element)
    )
  }

  private func status(of instrument: Element) -> Instrument.Status {
    guard !reader.required("status", of: instrument).text.isEmpty else { return .unknown }
    return reader.choice("status", of: instrument, default: .unknown) ?? .unknown
  }

  private func slot(_ element: Element) -> EditionSlot {
    reader.allow(["name", "values", "needed", "help"], on: element)
    let name = reader.required("name", of: element)
    let names = name.text.split(separator: ".", omittingEmptySubsequences: false)
    if !name.text.isEmpty, !names.allSatisfy({ String($0).isFieldName }) {
      reader.report(
        .invalidAttribute(
          "name",
          at: name.location,
          hint: Message(
            ja: "英小文字、数字、「_」の語を「.」でつなぎます。例：office.head_title",
            en: "Join words of small letters, digits and “_” with “.”: office.head_title"
          )
        )
      )
    }
    return EditionSlot(
      name: name,
      value: text(of: element),
      values: reader.name("values", of: element)?.text.split(separator: " ").map(String.init) ?? [],
      isNeeded: reader.flag("needed", of: element),
      help: reader.name("help", of: element)?.text ?? ""
    )
  }

  private func style(_ element: Element) -> EditionStyle {
    reader.allow(
      ["digits", "addressee", "seal", "form-numbers", "form-number-label", "repertoire"],
      on: element,
      holes: ["addressee", "form-number-label"]
    )
    reader.noContent(element)
    var style = EditionStyle()
    style.digits = reader.choice("digits", of: element, default: .mixed) ?? .mixed
    style.printsFormNumbers = reader.flag("form-numbers", of: element, default: true)
    if let label = reader.words("form-number-label", of: element) {
      style.formNumberLabel = label
    }
    style.seal = reader.choice("seal", of: element, default: .omitted) ?? .omitted
    style.repertoire = reader.choice("repertoire", of: element, default: .cp932) ?? .cp932
    if let addressee = reader.name("addressee", of: element) {
      if let range = addressee.text.firstRange(of: "{name}") {
        style.addressee = (
          String(addressee.text[..<range.lowerBound]), String(addressee.text[range.upperBound...])
        )
      } else {
        reader.report(
          .invalidAttribute(
            "addressee",
            at: addressee.location,
            hint: Message(
              ja: "名前の入る所に {name} と書きます。例：（宛先）{name}",
              en: "Write {name} where the name goes: （宛先）{name}"
            )
          )
        )
      }
    }
    return style
  }

  private func paper(_ element: Element) -> Paper {
    reader.allow(
      ["id", "name", "writing", "basis", "part", "issuer", "to", "when", "form"],
      on: element,
      holes: ["name", "issuer", "to", "when"]
    )
    reader.noContent(element)
    return Paper(
      id: reader.identifier(of: element),
      name: reader.requiredWords("name", of: element),
      writing: reader.choice("writing", of: element, default: .customary) ?? .customary,
      basis: reader.name("basis", of: element),
      part: reader.choice("part", of: element, default: nil),
      issuer: reader.requiredWords("issuer", of: element),
      recipient: reader.requiredWords("to", of: element),
      occasion: reader.words("when", of: element) ?? "",
      form: reader.name("form", of: element)
    )
  }

  private enum Recipient: String, CaseIterable { case vendor, office }

  private func document(_ element: Element) -> PacketDocument? {
    let isAnnex = element.attribute("annex") != nil
    reader.allow(
      ["annex", "on", "recipient", "if", "paper-copies", "due", "class"]
        + (isAnnex ? [] : ["form", "for", "min"]),
      on: element,
      holes: ["paper-copies", "due", "class"]
    )
    reader.noContent(element)
    let content: PacketDocument.Content
    if isAnnex {
      content = .annex(reader.required("annex", of: element).text)
    } else {
      content = .form(reader.required("form", of: element).text)
    }
    return PacketDocument(
      content: content,
      occasions: occasions(of: element),
      isOfficeOnly: reader.choice("recipient", of: element, default: Recipient.vendor) == .office,
      flow: reader.flow(of: element),
      copies: reader.words("paper-copies", of: element) ?? "",
      due: reader.words("due", of: element) ?? "",
      necessity: reader.words("class", of: element) ?? "",
      location: element.location
    )
  }

  private func occasions(of document: Element) -> [Name] {
    guard let attribute = reader.name("on", of: document) else { return [] }
    let names = attribute.text.split(whereSeparator: \.isWhitespace).map {
      Name(text: String($0), location: attribute.location)
    }
    if names.isEmpty {
      reader.report(
        .invalidAttribute(
          "on",
          at: attribute.location,
          hint: Message(
            ja: "作成時期（occasion）の id を空白で区切って書きます。全ての書類一式に入れるときは、on を書きません。",
            en: "Write the ids of occasions with spaces between; without on it is in every packet."
          )
        )
      )
    }
    return names
  }

  private func changes(_ element: Element, into edition: inout EditionDeclaration) {
    reader.allow([], on: element)
    for change in reader.children(of: element, ["omit", "replace", "insert"]) {
      switch change.name {
      case "omit": omit(change, into: &edition)
      case "replace": replace(change, into: &edition)
      case _: insert(change, into: &edition)
      }
    }
  }

  private static let provisions = [ProvisionKind.article, .paragraph]

  private func omit(_ element: Element, into edition: inout EditionDeclaration) {
    let kinds = Self.provisions.map(\.rawValue) + Omission.Kind.allCases.map(\.rawValue)
    let given = kinds.first { element.attribute($0) != nil }
    reader.allow(given.map { [$0] } ?? kinds, on: element)
    reader.noContent(element)
    let name = reader.required(given ?? "article", of: element)
    if let kind = given.flatMap(Omission.Kind.init) {
      edition.omissions.append(Omission(kind: kind, name: name))
    } else {
      edition.changes.append(.omit(given == "paragraph" ? .paragraph : .article, name))
    }
  }

  private func replace(_ element: Element, into edition: inout EditionDeclaration) {
    let kind = Self.provisions.first { element.attribute($0.rawValue) != nil }
    reader.allow(kind.map { [$0.rawValue] } ?? Self.provisions.map(\.rawValue), on: element)
    let name = reader.required(kind?.rawValue ?? "article", of: element)
    edition.changes.append(
      .replace(kind ?? .article, name, provisions(kind ?? .article, of: element))
    )
  }

  /// What is inserted is of one kind: that of what stands first.
  private func insert(_ element: Element, into edition: inout EditionDeclaration) {
    let side: Side = element.attribute("before") == nil ? .after : .before
    reader.allow(side == .after ? ["after", "before"] : ["before"], on: element)
    let anchor = reader.required(side.rawValue, of: element)
    if element.elements.first?.name == "document" {
      let documents = reader.children(of: element, ["document"]).compactMap(document)
      edition.insertedDocuments.append(
        DocumentInsertion(documents: documents, side: side, anchor: anchor)
      )
      return
    }
    let first = element.elements.first?.name
    let kind = Self.provisions.first { $0.rawValue == first } ?? .article
    edition.changes.append(.insert(kind, provisions(kind, of: element), side, anchor))
  }

  private func provisions(_ kind: ProvisionKind, of element: Element) -> [Provision] {
    reader.children(of: element, [kind.rawValue])
      .compactMap(AnnexParser(reader: reader).provision)
  }
}

extension Diagnostic {
  fileprivate static func repeatedDocument(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .duplicateName,
      at: location,
      ja: "「\(name)」の document が二つあります。一つの書類一式に入るのは一度だけです。",
      en: "Two documents print “\(name)”; a packet has it once.",
      hint: Message(
        ja: "一方を削ってください。別の書類一式に入れるときは、on に別の作成時期（occasion）を書きます。控えは様式の copies で、人数分は for で印刷します。",
        en:
          "Remove one, or give them different occasions by on. Copies are printed by the form's copies, one for each item by for."
      )
    )
  }
}
