import Diagnostics
import Markup

/// Reads `fragments.xml`, and checks each fragment as it stands; what its names mean is known only where it is used.
struct FragmentParser {
  let reader: ElementReader

  /// Adds the fragments of a file to those of `reader`, but for those that it has already: an edition above has its own.
  func add(_ root: Element) {
    reader.allow([], on: root)
    var own: [Fragment] = []
    for element in reader.children(of: root, ["fragment"]) {
      let fragment = self.fragment(element)
      if own.contains(where: { $0.id.text == fragment.id.text }) {
        reader.report(.duplicateName(fragment.id.text, at: fragment.id.location))
      }
      own.append(fragment)
    }
    reader.fragments.merge(own.map { ($0.id.text, $0) }) { above, _ in above }
  }

  /// Checks the fragments, once all of them are known.
  func check() {
    for fragment in reader.fragments.values.sorted(by: { $0.id.location < $1.id.location }) {
      reader.readAlone(fragment) { FormParser(reader: reader).check(fragment) }
      checkCircle(fragment)
    }
  }

  private func fragment(_ element: Element) -> Fragment {
    reader.allow(["id"], on: element)
    let id = reader.identifier(of: element)
    let end =
      element.children.firstIndex { node in
        switch node {
        case .element(let child): child.name != "parameter"
        case .text(let text): !text.bytes.allSatisfy(\.isTemplateSpace)
        }
      } ?? element.children.endIndex
    var parameters: [Fragment.Parameter] = []
    for parameter in reader.children(element.children[..<end], of: element, ["parameter"]) {
      reader.allow(["name"], on: parameter)
      let name = reader.fieldName("name", of: parameter)
      if parameters.contains(where: { $0.name.text == name.text }) {
        reader.report(.duplicateName(name.text, at: name.location))
      }
      let words = InlineParser.words(of: parameter, reader)
      parameters.append(.init(name: name, words: words.isEmpty ? nil : words))
    }
    return Fragment(
      id: id,
      parameters: parameters,
      kind: Self.kind(of: element) ?? .text,
      element: element,
      content: Array(element.children[end...])
    )
  }

  /// As the first element says that can stand in one kind of fragment only; nil if there is none.
  private static func kind(of element: Element) -> Fragment.Kind? {
    element.elements.lazy.compactMap { child in
      ["choose", "when", "else"].contains(child.name)
        ? kind(of: child) : Fragment.Kind.ofElements.first { $0.elements.contains(child.name) }
    }.first
  }

  /// A fragment that is used within itself would have no end.
  private func checkCircle(_ fragment: Fragment) {
    var seen: Set<String> = []
    func leadsBack(_ name: String) -> Bool {
      if name == fragment.id.text { return true }
      guard seen.insert(name).inserted, let used = reader.fragments[name] else { return false }
      return used.element.uses.contains { leadsBack($0.value) }
    }
    for use in fragment.element.uses where leadsBack(use.value) {
      reader.report(.circularFragment(fragment.id, at: use.location))
    }
  }
}

extension Element {
  /// The fragments that are used anywhere within.
  fileprivate var uses: [Attribute] {
    elements.flatMap { child in
      child.name == "use" ? child.attribute("fragment").map { [$0] } ?? [] : child.uses
    }
  }
}

// MARK: Uses

extension ElementReader {
  /// The most uses of fragments in an edition, those in fragments counted each time.
  private static let mostExpansions = 10_000

  /// Reads the fragment that a `use` names, if it is of a kind that may stand at the place; `read` has its content.
  func expanding<Part>(
    _ use: Element,
    as kinds: [Fragment.Kind],
    _ read: (Fragment) -> [Part]
  ) -> [Part] {
    allow(["fragment"], on: use)
    let name = required("fragment", of: use)
    let given = arguments(of: use)
    guard let fragment = fragments[name.text] else {
      if !name.text.isEmpty, knowsFragments {
        report(.unknownFragment(name, offered: fragments.keys.sorted()))
      }
      return []
    }
    guard kinds.contains(where: { $0 == fragment.kind }) || fragment.content.isEmpty else {
      report(.misplacedFragment(name))
      return []
    }
    var arguments: [String: Argument] = [:]
    for (parameter, argument) in given {
      if !fragment.parameters.contains(where: { $0.name.text == parameter.text }) {
        report(.unknownParameter(parameter, of: fragment))
      }
      arguments[parameter.text] = argument
    }
    for parameter in fragment.parameters where arguments[parameter.name.text] == nil {
      guard let words = parameter.words else {
        report(.missingArgument(parameter.name, at: use.location))
        return []
      }
      arguments[parameter.name.text] = .words(words)
    }
    guard !isAlone, !fragmentsInUse.contains(name.text) else { return [] }
    guard expansions.count < Self.mostExpansions else {
      reportTooManyUses(.tooManyUses(Self.mostExpansions, at: use.location))
      return []
    }
    return expand(Expansion(place: place(use.location), arguments: arguments), of: fragment) {
      read(fragment)
    }
  }

  private func arguments(of use: Element) -> [(parameter: Name, argument: Argument)] {
    children(of: use, ["with"]).map { with in
      allow(["name", "path"], on: with)
      let parameter = fieldName("name", of: with)
      guard let path = name("path", of: with) else {
        return (parameter, .words(InlineParser.words(of: with, self)))
      }
      noContent(with)
      if path.text.isEmpty { _ = required("path", of: with) }
      return (parameter, .path(path))
    }
  }

  func fieldName(_ attribute: String, of element: Element) -> Name {
    let name = required(attribute, of: element)
    if !name.text.isEmpty, !name.text.isFieldName {
      report(.invalidName(attribute, at: name.location, joint: "_"))
    }
    return name
  }
}

extension Diagnostic {
  fileprivate static func circularFragment(_ fragment: Name, at location: SourceLocation) -> Self {
    Diagnostic(
      .circularFragment,
      at: location,
      ja: "断片「\(fragment.text)」が、この use から、またその断片自身に戻ります。",
      en: "The fragment “\(fragment.text)” comes back to itself through this use.",
      hint: Message(
        ja: "断片の中で、その断片自身は使えません。繰り返すには for を使います。",
        en: "A fragment cannot use itself; to repeat something, write for."
      )
    )
  }

  fileprivate static func unknownFragment(_ name: Name, offered: [String]) -> Self {
    Diagnostic(
      .unknownFragment,
      at: name.location,
      ja: "断片「\(name.text)」がありません。",
      en: "There is no fragment “\(name.text)”.",
      hint: didYouMean(name.text, among: offered).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "fragments.xml に <fragment id=\"\(name.text)\"> と書きます。",
          en: "Write it in fragments.xml, as <fragment id=\"\(name.text)\">."
        )
    )
  }

  fileprivate static func misplacedFragment(_ name: Name) -> Self {
    Diagnostic(
      .fragmentMismatch,
      at: name.location,
      ja: "断片「\(name.text)」の内容は、ここには置けません。",
      en: "What the fragment “\(name.text)” is made of has no place here.",
      hint: Message(
        ja: "行（row）、項目（field）、号（clause）、文などの断片は、それを直接書ける箇所だけで使えます。",
        en:
          "Use a fragment of rows, fields, clauses, blocks or text where these could be written themselves."
      )
    )
  }

  fileprivate static func unknownParameter(_ name: Name, of fragment: Fragment) -> Self {
    let names = fragment.parameters.map(\.name.text)
    return Diagnostic(
      .fragmentMismatch,
      at: name.location,
      ja: "断片「\(fragment.id.text)」に引数「\(name.text)」はありません。",
      en: "The fragment “\(fragment.id.text)” has no parameter “\(name.text)”.",
      hint: didYouMean(name.text, among: names).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "断片の初めに <parameter name=\"\(name.text)\"/> と書くか、with を消します。",
          en: "Begin the fragment with <parameter name=\"\(name.text)\"/>, or drop the with."
        )
    )
  }

  fileprivate static func missingArgument(_ parameter: Name, at location: SourceLocation) -> Self {
    Diagnostic(
      .fragmentMismatch,
      at: location,
      ja: "断片の引数「\(parameter.text)」が与えられていません。",
      en: "The fragment needs its parameter “\(parameter.text)”.",
      hint: Message(
        ja:
          "use の中に <with name=\"\(parameter.text)\" path=\"…\"/> か <with name=\"\(parameter.text)\">語</with> と書きます。",
        en:
          "Write <with name=\"\(parameter.text)\" path=\"…\"/> or <with name=\"\(parameter.text)\">words</with> into the use."
      )
    )
  }

  fileprivate static func tooManyUses(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .tooManyElements,
      at: location,
      ja: "断片の使用が多すぎます（\(limit)回まで）。",
      en: "Fragments are used too often (the limit is \(limit)).",
      hint: Message(
        ja: "断片の中の断片は、使うたびに数えます。断片の入れ子を減らしてください。",
        en: "Uses within fragments count each time; nest them less."
      )
    )
  }
}
