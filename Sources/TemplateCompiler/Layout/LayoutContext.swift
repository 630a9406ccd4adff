import Records

/// What every block's layout needs to know of the whole packet, which they share.
final class LayoutContext {
  let template: Template
  let numbered: NumberedAnnex
  let references: References
  let inheritance: Inheritance
  let reader: ElementReader
  /// Of which a packet is made; nil where the edition has no occasions.
  let occasion: Occasion?
  /// The documents of the occasion's packet.
  let packet: [PacketDocument]
  /// Of those, the ones that this compilation prints.
  let documents: [PacketDocument]
  /// The ids of the forms' fields, known once the forms are laid out.
  var fieldAnchors: [String: [String: String]] = [:]
  /// How many conditions stand around that say that the annex lacks something: what is in them may refer to it.
  var lacks = 0

  init(
    template: Template,
    numbered: NumberedAnnex,
    references: References,
    inheritance: Inheritance,
    reader: ElementReader,
    occasion: Occasion?,
    packet: [PacketDocument],
    documents: [PacketDocument]
  ) {
    self.template = template
    self.numbered = numbered
    self.references = references
    self.inheritance = inheritance
    self.reader = reader
    self.occasion = occasion
    self.packet = packet
    self.documents = documents
  }

  /// The same, with what is found told to another reader.
  func reporting(to reader: ElementReader) -> LayoutContext {
    LayoutContext(
      template: template,
      numbered: numbered,
      references: references,
      inheritance: inheritance,
      reader: reader,
      occasion: occasion,
      packet: packet,
      documents: documents
    )
  }

  var digits: DigitStyle { template.edition.style.digits }
  var annexName: String { template.edition.annexName }

  /// The first id of a document; nil if it is not printed.
  func firstAnchor(of content: PacketDocument.Content) -> String? {
    guard let document = documents.first(where: { $0.content == content }) else { return nil }
    return template.id(of: document) + (document.flow.loop == nil ? "" : "-1")
  }

  func target(ofProvision id: String, part: SentencePart?) -> LinkTarget? {
    guard let annex = numbered.annex(with: id),
      documents.contains(where: { template.id(of: $0) == annex.id })
    else { return nil }
    return LinkTarget(
      document: annex.id,
      anchor: Self.anchor(of: id, part: part, in: annex)
    )
  }

  /// The id of an element in papers; of an annex, that of its document.
  static func anchor(of id: String, part: SentencePart?, in annex: Annex) -> String {
    if id == annex.id { return id }
    return annex.id + "-" + id + (part.map { "-\($0.rawValue)" } ?? "")
  }

  func target(ofPaper paper: String) -> LinkTarget? {
    // Several forms may be one paper: the register names the first.
    let forms =
      template.edition.paper(paper).flatMap(\.form).map { [$0.text] } ?? []
      + template.forms.filter { $0.paper?.text == paper }.map(\.id)
    for form in forms {
      if let anchor = firstAnchor(of: .form(form)) {
        return LinkTarget(document: form, anchor: anchor)
      }
    }
    return nil
  }

  func target(ofField path: String, in form: String) -> LinkTarget? {
    guard let document = firstAnchor(of: .form(form)) else { return nil }
    let anchors = fieldAnchors[form] ?? [:]
    let anchor =
      anchors[path]
      ?? anchors.filter { $0.key.hasPrefix(path + ".") }.min { $0.key < $1.key }?.value
    return LinkTarget(document: form, anchor: anchor ?? document, requirement: path)
  }
}
