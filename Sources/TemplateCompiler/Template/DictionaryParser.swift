import Diagnostics
import Markup
import Records

/// Reads `dictionary.xml` into a `FieldDictionary`, with the built-in record `packet` behind the author's fields.
struct DictionaryParser {
  let reader: ElementReader
  let slots: [EditionSlot]
  var dictionary = FieldDictionary()
  /// Conditions are read when every field is known.
  private var postponed: [(field: Field.ID, element: Element)] = []
  private var rules: [(scope: Field.ID?, element: Element)] = []
  var taxes: [(tax: Field.ID, total: Name)] = []
  var calculations: [Calculation] = []

  /// What is computed is read when it is known what the annex has.
  static func parse(_ root: Element, slots: [EditionSlot], _ reader: ElementReader)
    -> (dictionary: FieldDictionary, calculations: [Calculation])
  {
    var parser = DictionaryParser(reader: reader, slots: slots)
    reader.allow([], on: root)
    parser.addChildren(of: root, under: nil, inheriting: false)
    parser.addPacket(at: root.location)
    parser.readConditions()
    parser.readRules()
    parser.readTaxes()
    return (parser.dictionary, parser.calculations)
  }

  private mutating func addPacket(at location: SourceLocation) {
    let packet = dictionary.add(
      Field.Declaration(name: "packet", label: "書類一式", shape: .record, location: location),
      under: nil
    )
    let mode = FieldType.choice(options: ["blank", "prefilled", "final"], other: false)
    let fields: [(name: String, label: String, shape: Field.Shape)] = [
      ("mode", "様式の別", .value(mode)), ("date", "作成日", .value(.date)),
      ("warnings", "データの注意", .list(of: .text)),
    ]
    for (name, label, shape) in fields {
      _ = dictionary.add(
        Field.Declaration(name: name, label: label, shape: shape, location: location),
        under: packet
      )
    }
  }

  private mutating func addChildren(
    of element: Element,
    under parent: Field.ID?,
    inheriting prefill: Bool
  ) {
    let offered =
      if let type = typeName(of: element) {
        type == "choice" ? ["option"] : takesCases(element) ? Self.branchNames : []
      } else {
        ["field", "record", "list", "rule"]
      }
    for child in reader.children(of: element, offered) {
      switch child.name {
      case "rule": rules.append((parent, child))
      case "option", "when", "else": break
      case _: add(child, under: parent, inheriting: prefill)
      }
    }
  }

  /// The type of a field's value, or of the values of a list; nil for what holds fields.
  private func typeName(of element: Element) -> String? {
    switch element.name {
    case "field": element.attribute("type")?.value ?? ""
    case "list": element.attribute("of")?.value
    case _: nil
    }
  }

  /// The attributes that only some kinds of fields have.
  private func ownAttributes(of element: Element) -> [String] {
    let type = typeName(of: element)
    let other = type == "choice" ? ["other"] : []
    return switch element.name {
    case "field":
      ["type", "tax-of", "lines"] + (type == "boolean" ? ["yes", "no"] : other)
        + (isNumber(type) ? ["min", "max"] : [])
        + (isWhole(type) ? ["value"] : [])
        + (["date", "datetime"].contains(type) ? ["in-force", "per-vendor"] : [])
        + (["identifier", "text"].contains(type) ? ["key", "title"] : [])
    case "list": ["of", "max", "lines"] + (type == nil ? ["new-if"] : other)
    case _: []
    }
  }

  private func isNumber(_ type: String?) -> Bool {
    [FieldType.integer, .decimal, .percent, .money].contains { $0.name == type }
  }

  private func isWhole(_ type: String?) -> Bool {
    [FieldType.integer, .money].contains { $0.name == type }
  }

  private func isDerived(_ element: Element) -> Bool {
    takesCases(element)
      ? element.elements.contains { Self.branchNames.contains($0.name) }
      : element.name == "field" && isWhole(typeName(of: element))
  }

  private func takesCases(_ element: Element) -> Bool {
    element.name == "field" && isWhole(typeName(of: element)) && element.attribute("value") == nil
  }

  private mutating func add(_ element: Element, under parent: Field.ID?, inheriting inherited: Bool)
  {
    // What is computed is not asked for.
    reader.allow(
      ["name", "label", "basis", "help", "width"]
        + (isDerived(element)
          ? ["type", "value", "lines"]
          : ["aliases", "prefill", "hand", "words", "words-if", "needed-if"]
            + ownAttributes(of: element)),
      on: element,
      holes: ["label", "help", "yes", "no"]
    )
    let name = reader.required("name", of: element)
    if !name.text.isEmpty, !name.text.isFieldName {
      reader.report(.invalidName("name", at: name.location, joint: "_"))
    }
    let path = (parent.map { dictionary.fields[$0].path + "." } ?? "") + name.text
    if dictionary.child(name.text, of: parent) != nil || ["index", "count"].contains(name.text)
      || slots.contains(where: { $0.name.text == path }) || path == "packet"
    {
      reader.report(.duplicateName(path, at: name.location))
    }
    let isNeeded =
      element.name == "field" && element.attribute("needed-if") != nil
      && element.attribute("prefill")?.value == "needed"
    let prefill = isNeeded || reader.flag("prefill", of: element, default: inherited)
    let label = reader.requiredWords("label", of: element)
    if let other = (parent.map { dictionary.fields[$0].children } ?? dictionary.roots).first(
      where: {
        dictionary.fields[$0].label.utf8.elementsEqual(label.utf8)
      }), !label.isEmpty, dictionary.fields[other].name != name.text
    {
      reader.report(.repeatedLabel(label, of: dictionary.fields[other].path, at: element.location))
    }
    var declaration = Field.Declaration(
      name: name.text,
      label: label,
      shape: shape(of: element),
      location: element.location
    )
    declaration.aliases = words("aliases", of: element)
    declaration.basis = reader.name("basis", of: element)?.text
    declaration.key = reader.choice("key", of: element, default: nil)
    declaration.isTitle = reader.flag("title", of: element)
    declaration.isInForce = reader.flag("in-force", of: element)
    declaration.isPerVendor = reader.flag("per-vendor", of: element)
    declaration.prefill = prefill
    declaration.isNeededPrefilled = isNeeded
    declaration.hand = reader.flag("hand", of: element)
    declaration.words = words("words", of: element)
    if isNumber(typeName(of: element)), element.name == "field" {
      let bounds = -999_999_999_999...999_999_999_999
      declaration.minimum = reader.integer("min", of: element, in: bounds).map(Int64.init)
      declaration.maximumValue = reader.integer("max", of: element, in: bounds).map(Int64.init)
    } else {
      declaration.maximum = reader.integer("max", of: element, in: 1...10_000)
    }
    declaration.help = reader.words("help", of: element)
    declaration.width = reader.integer("width", of: element, in: 1...40)
    declaration.lines = reader.integer("lines", of: element, in: 1...20)
    if let list = parent.map({ dictionary.lists(around: $0).count }),
      list >= Registers.count - 3, element.name == "list"
    {
      reader.report(.listsTooDeep(at: element.location))
      return
    }
    let id = dictionary.add(declaration, under: parent)
    if ["needed-if", "words-if", "new-if"].contains(where: { element.attribute($0) != nil }) {
      postponed.append((id, element))
    }
    if isDerived(element) { addCalculation(of: id, element) }
    if let total = reader.name("tax-of", of: element) { taxes.append((id, total)) }
    addChildren(of: element, under: id, inheriting: prefill)
  }

  private func words(_ attribute: String, of element: Element) -> [String] {
    reader.name(attribute, of: element)?.text.unicodeScalars.split { $0 == " " || $0 == "　" }
      .map(String.init) ?? []
  }

  private func shape(of element: Element) -> Field.Shape {
    switch element.name {
    case "record": return .record
    case "list":
      guard let name = reader.name("of", of: element) else { return .list(of: nil) }
      return .list(of: type(name, of: element))
    case _:
      return .value(
        type(reader.required("type", of: element, offered: Self.typeNames), of: element)
      )
    }
  }

  /// The types that say all by their names.
  private static let plainTypes: [FieldType] = [
    .text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime, .identifier,
    .postalCode, .phone, .email, .corporateNumber, .photo,
  ]

  private static let typeNames = plainTypes.map(\.name) + ["boolean", "choice"]

  private func type(_ name: Name, of element: Element) -> FieldType {
    switch name.text {
    case "boolean":
      return .boolean(
        yes: reader.words("yes", of: element) ?? "有",
        no: reader.words("no", of: element) ?? "無"
      )
    case "choice":
      let options = self.options(of: element)
      if options.isEmpty { reader.report(.missingElement("option", in: element)) }
      return .choice(options: options, other: reader.flag("other", of: element))
    case _:
      if let type = Self.plainTypes.first(where: { $0.name == name.text }) { return type }
      // Of a type that is not given enough has been said.
      if name.text.isEmpty, element.name == "field" { return .text }
      reader.report(
        .invalidAttribute(
          element.name == "list" ? "of" : "type",
          at: name.location,
          expects: Self.typeNames.joined(separator: ", ")
        )
      )
      return .text
    }
  }

  private func options(of element: Element) -> [FieldType.Option] {
    var options: [FieldType.Option] = []
    for element in element.elements where element.name == "option" {
      reader.allow(["value"], on: element)
      let words = InlineParser.words(of: element, reader, areNeeded: true)
      let value = element.attribute("value").map { _ in reader.required("value", of: element).text }
      let option = FieldType.Option(words, value: value)
      // Data that names the one could mean the other. By bytes, for equivalent characters may be two options.
      for name in [option.value, option.words]
      where !name.isEmpty && options.contains(where: { $0.isCalled(name) }) {
        reader.report(.duplicateName(name, at: element.location))
        break
      }
      options.append(option)
    }
    return options
  }

  // MARK: Conditions and rules

  private mutating func readConditions() {
    // Paths mean what is declared. A scope of the dictionary that grows would have it copied with every condition.
    let declared = Scope(dictionary: dictionary, slots: slots)
    for (id, element) in postponed {
      let parent = declared.dictionary.fields[id].parent
      let resolver = ConditionResolver(scope: declared.within(parent), reader: reader)
      dictionary.setConditions(
        of: id,
        needed: reader.condition("needed-if", of: element).flatMap(resolver.resolve),
        words: reader.condition("words-if", of: element).flatMap(resolver.resolve)
      )
      // Asked of an item, not of what the list stands in.
      let item = ConditionResolver(scope: declared.within(id), reader: reader)
      if let condition = reader.condition("new-if", of: element).flatMap(item.resolve) {
        dictionary.setNewness(ofItemsIn: id, condition)
      }
    }
  }

  private mutating func readRules() {
    let declared = Scope(dictionary: dictionary, slots: slots)
    for (scopeID, element) in rules {
      reader.allow(["id", "if", "on", "severity", "basis"], on: element)
      let scope = declared.within(scopeID)
      let resolver = ConditionResolver(scope: scope, reader: reader)
      let id = reader.identifier(of: element)
      let on = reader.required("on", of: element)
      _ = reader.required("if", of: element)
      let sentences = reader.children(of: element, ["ja", "en"])
      for sentence in sentences { reader.allow([], on: sentence) }
      for name in ["ja", "en"] {
        let own = sentences.filter { $0.name == name }
        if own.isEmpty { reader.report(.missingElement(name, in: element)) }
        for extra in own.dropFirst() { reader.report(.repeatedElement(extra, in: element)) }
      }
      func sentence(_ name: String) -> String {
        sentences.first { $0.name == name }
          .map { InlineParser.words(of: $0, reader, areNeeded: true) } ?? ""
      }
      let violation = reader.condition("if", of: element).flatMap(resolver.resolve)
      let severity = reader.choice("severity", of: element, default: Diagnostic.Severity.error)
      guard case .field(let field, _)? = scope.resolve(on) else {
        if !on.text.isEmpty { reader.report(.unknownField(on, scope)) }
        continue
      }
      guard let violation else { continue }
      let frame =
        scopeID.map { dictionary.fields[$0].itemFrame ?? dictionary.fields[$0].frame } ?? 0
      dictionary.rules.append(
        FieldDictionary.Rule(
          id: id.text,
          frame: frame,
          violation: violation,
          field: field,
          severity: severity ?? .error,
          basis: reader.name("basis", of: element)?.text,
          message: Message(ja: sentence("ja"), en: sentence("en")),
          location: element.location
        )
      )
    }
  }
}

extension FieldType.Option {
  fileprivate func isCalled(_ name: String) -> Bool {
    value.utf8.elementsEqual(name.utf8) || words.utf8.elementsEqual(name.utf8)
  }
}

extension [Inline] {
  /// The literal text alone.
  var plainText: String {
    map { inline in
      switch inline {
      case .text(let text, _): text
      case .hole, .lineBreak: ""
      case .reference, .paper, .requirement, .term, .cite, .emphasis, .conditional:
        inline.content?.plainText ?? ""
      }
    }.joined()
  }
}
