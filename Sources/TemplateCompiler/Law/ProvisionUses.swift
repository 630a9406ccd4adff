package import Diagnostics
import Markup

/// Something of an edition that rests on a provision of its annex.
package struct ProvisionUse: Hashable, Sendable {
  /// Of the provision, or of one within it.
  package let provision: String
  package let kind: Kind
  /// What it is called: a field's label, a form, a rule; empty if the place says it all.
  package let name: String
  package let location: SourceLocation

  package enum Kind: String, CaseIterable, Sendable {
    /// Of the dictionary.
    case field, rule
    /// Of the register, and a form that names its provision.
    case paper, form
    /// A `ref` of the annex or a form.
    case reference
    /// Words of the provision that a form's field answers.
    case requirement
    /// Words of the provision that call for a paper.
    case call
    /// A condition that asks for the provision.
    case condition
    /// A change of the annex that aims at it.
    case change
  }
}

/// Finds what rests on the provisions of an annex.
///
/// It reads elements as they were written: whatever names a provision does so in an attribute, wherever it may stand.
package struct ProvisionUses: Sendable {
  private var uses: [ProvisionUse] = []
  /// Of each provision that has an id, those around it that have one, itself last.
  private var chains: [String: [String]] = [:]

  package init(of source: EditionSource) {
    // Where provisions are written: the annex, and what editions change in it.
    var texts: [Element] = []
    var others: [Element] = []
    var forms: Set<String> = []
    texts += source.annexes.compactMap(Self.root)
    others += source.layers.flatMap(\.dictionaries).compactMap(Self.root)
    for layer in source.layers {
      if let edition = layer.parsedEdition.root { texts.append(edition) }
      // A form takes the place of one with its id below.
      for form in layer.forms.compactMap(Self.root)
      where forms.insert(form.attribute("id")?.value ?? "").inserted {
        others.append(form)
      }
    }
    for root in texts { addProvisions(root, within: []) }
    for root in texts { add(root, within: nil, isText: true) }
    for root in others { add(root, within: nil, isText: false) }
  }

  /// What rests on the provision or on one within it, file by file; nil if there is no such provision.
  package func uses(of id: String) -> [ProvisionUse]? {
    let found = uses.filter { chain(to: $0.provision).contains(id) }
    return found.isEmpty && chains[id] == nil ? nil : found.inReportOrder()
  }

  /// What rests on one of the provisions, on one within them or on one around them, file by file.
  package func uses(touchedBy ids: Set<String>) -> [ProvisionUse] {
    let around = Set(ids.flatMap(chain))
    return uses.filter { use in
      around.contains(use.provision) || chain(to: use.provision).contains(where: ids.contains)
    }.inReportOrder()
  }

  private func chain(to id: String) -> [String] { chains[id] ?? [id] }

  /// The ids of all provisions, in alphabetical order.
  package var provisions: [String] { chains.keys.sorted() }

  private static func root(_ text: SourceText?) -> Element? {
    text.flatMap { MarkupParser.parse($0).root }
  }

  private mutating func addProvisions(_ element: Element, within outer: [String]) {
    var chain = outer
    if ProvisionKind(rawValue: element.name) != nil, let id = element.attribute("id")?.value {
      chain.append(id)
      chains[id] = chains[id] ?? chain
    }
    for child in element.elements { addProvisions(child, within: chain) }
  }

  private mutating func add(_ element: Element, within provision: String?, isText: Bool) {
    var provision = provision
    if isText, ProvisionKind(rawValue: element.name) != nil,
      let id = element.attribute("id")?.value
    {
      provision = id
    }
    for attribute in element.attributes where attribute.namespace.isEmpty {
      for id in ids(of: attribute, on: element) {
        uses.append(
          ProvisionUse(
            provision: id.text,
            kind: id.kind,
            name: Self.name(of: element),
            location: attribute.location
          )
        )
      }
    }
    if let provision { addOwn(element, of: provision) }
    for child in element.elements { add(child, within: provision, isText: isText) }
  }

  /// What a provision's own words ask for rests on them.
  private mutating func addOwn(_ element: Element, of provision: String) {
    let kind: ProvisionUse.Kind
    switch element.name {
    case "requires": kind = .requirement
    case "paper": kind = .call
    case _: return
    }
    uses.append(
      ProvisionUse(
        provision: provision,
        kind: kind,
        name: Self.name(of: element),
        location: element.location
      )
    )
  }

  /// The provisions that an attribute names.
  private func ids(of attribute: Element.Attribute, on element: Element) -> [(
    text: String, kind: ProvisionUse.Kind
  )] {
    let kind: ProvisionUse.Kind
    switch (element.name, attribute.name) {
    case ("rule", "basis"): kind = .rule
    case ("paper", "basis"): kind = .paper
    case ("form", "basis"): kind = .form
    case (_, "basis"): kind = .field
    case ("ref", "to"), ("ref", "through"): kind = .reference
    case ("insert", "after"), ("insert", "before"), ("omit", "article"), ("replace", "article"):
      kind = .change
    case _:
      return Self.asked(in: attribute.value).map { ($0, .condition) }
    }
    // Ids have no dots: of a..b there are two.
    return attribute.value.split { $0 == " " || $0 == "." }.map { word in
      (String(word.prefix { $0 != "#" }), kind)
    }
  }

  /// has('subcontracting').
  private static func asked(in condition: String) -> [String] {
    guard condition.contains("has(") else { return [] }
    return condition.matches(of: /has\(\s*'([^']*)'\s*\)/).map { String($0.1) }
  }

  /// What people call an element.
  private static func name(of element: Element) -> String {
    let names: [String] =
      switch element.name {
      case "requires": ["field"]
      case "rule", "form": ["id"]
      case "field", "record", "list": ["label"]
      case "paper": ["name"]
      case _: []
      }
    return names.lazy.compactMap { element.attribute($0)?.value }.first ?? ""
  }
}

extension [ProvisionUse] {
  fileprivate func inReportOrder() -> [ProvisionUse] {
    sorted { ($0.location, $0.kind.rawValue) < ($1.location, $1.kind.rawValue) }
  }
}

extension ProvisionUse.Kind {
  package var words: Message {
    switch self {
    case .field: Message(ja: "項目", en: "field")
    case .rule: Message(ja: "検査", en: "rule")
    case .paper: Message(ja: "書類", en: "paper")
    case .form: Message(ja: "様式", en: "form")
    case .reference: Message(ja: "参照", en: "reference")
    case .requirement: Message(ja: "求める項目", en: "required field")
    case .call: Message(ja: "求める書類", en: "paper called for")
    case .condition: Message(ja: "条件", en: "condition")
    case .change: Message(ja: "条文の変更", en: "change of the annex")
    }
  }
}
