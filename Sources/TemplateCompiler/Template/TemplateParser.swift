import Diagnostics
import Markup
import Records

/// Reads the files of an edition into a `Template`, an edition's changes applied to the one that it extends.
struct TemplateParser {
  private let reader = ElementReader()
  private let source: EditionSource

  /// Nil if a file that everything stands on cannot be read; the diagnostics say why.
  static func parse(_ source: EditionSource) -> (template: Template?, diagnostics: [Diagnostic]) {
    let parser = TemplateParser(source: source)
    let template = parser.template()
    return (template, parser.reader.diagnostics)
  }

  private init(source: EditionSource) { self.source = source }

  private func template() -> Template? {
    // Every file is parsed before the first is judged, so that all of them are reported.
    let editionRoots = source.layers.map { root($0.parsedEdition, "edition") }
    let dictionaryRoot = firstFile(\.dictionary, "dictionary.xml").flatMap {
      root($0, "dictionary")
    }
    let annexRoot = firstFile(\.annex, "annex.xml").flatMap { root($0, "annex") }
    let forms = self.forms()
    let editions = editionRoots.compactMap { $0.map(EditionParser(reader: reader).edition) }
    guard editions.count == source.layers.count, let edition = merged(editions),
      let dictionaryRoot, let annexRoot, let forms
    else { return nil }
    var annex = AnnexParser(reader: reader).annex(annexRoot)
    // An edition with an annex of its own has nothing to do with the changes below.
    let own = source.layers.firstIndex { $0.annex != nil } ?? 0
    for changes in editions[...own].reversed() { apply(changes.changes, to: &annex) }
    return Template(
      edition: edition,
      dictionary: DictionaryParser.parse(dictionaryRoot, slots: edition.slots, reader),
      annex: annex,
      forms: forms
    )
  }

  private func firstFile(_ file: KeyPath<EditionSource.Layer, SourceText?>, _ name: String)
    -> SourceText?
  {
    if let text = source.layers.lazy.compactMap({ $0[keyPath: file] }).first { return text }
    if let edition = source.layers.first?.edition {
      reader.report(.missingFile(name, at: SourceLocation(file: edition.file)))
    }
    return nil
  }

  private func root(_ text: SourceText, _ name: String) -> Element? {
    root(MarkupParser.parse(text), name)
  }

  private func root(
    _ parsed: (root: Element?, diagnostics: [Diagnostic]),
    _ name: String
  ) -> Element? {
    for diagnostic in parsed.diagnostics { reader.report(diagnostic) }
    guard let root = parsed.root else { return nil }
    guard root.name == name else {
      reader.report(.unexpectedRoot(root, expected: name))
      return nil
    }
    guard root.namespace == templateNamespace else {
      // Said once, not of every element within.
      reader.report(.foreignNamespace(root))
      return nil
    }
    return root
  }

  /// The forms of all layers; a form replaces one of the same id in an edition below.
  ///
  /// Nil if one cannot be read: all that names it would be wrong, too.
  private func forms() -> [Form]? {
    var forms: [Form] = []
    var isWhole = true
    for layer in source.layers {
      var own: [Form] = []
      for file in layer.forms {
        guard let root = root(file, "form") else {
          isWhole = false
          continue
        }
        let form = FormParser(reader: reader).form(root)
        if own.contains(where: { $0.id == form.id }) {
          reader.report(.duplicateName(form.id, at: form.location))
        }
        own.append(form)
      }
      forms += own.filter { form in !forms.contains { $0.id == form.id } }
    }
    return isWhole ? forms : nil
  }

  /// The edition as it stands on those below, which are laid down first.
  private func merged(_ editions: [EditionDeclaration]) -> EditionDeclaration? {
    var below: EditionDeclaration?
    for var edition in editions.reversed() {
      if let below { edition.inherit(below) }
      withdrawOmitted(in: &edition)
      below = edition
    }
    return below
  }

  private func withdrawOmitted(in edition: inout EditionDeclaration) {
    for document in edition.omittedDocuments {
      let content: PacketDocument.Content =
        document.text == "annex" ? .annex : .form(document.text)
      guard let index = edition.documents.firstIndex(where: { $0.content == content }) else {
        reader.report(.unknownTarget(document))
        continue
      }
      edition.withdrawn.append(edition.documents.remove(at: index))
    }
  }

  private func apply(_ changes: [AnnexChange], to annex: inout Annex) {
    for change in changes {
      let name = change.article
      if !annex.parts.replace(name.text, with: change.provisions), !name.text.isEmpty {
        reader.report(.unknownTarget(name))
      }
    }
  }
}

extension [Provision] {
  /// Puts what `provisions` makes of an article in its place, in whatever chapter it stands; false if there is no such article.
  fileprivate mutating func replace(_ id: String, with provisions: (Provision) -> [Provision])
    -> Bool
  {
    for index in indices {
      if self[index].kind == .article, self[index].id?.text == id {
        replaceSubrange(index...index, with: provisions(self[index]))
        return true
      }
      if self[index].parts.replace(id, with: provisions) { return true }
    }
    return false
  }
}

extension AnnexChange {
  fileprivate var article: Name {
    switch self {
    case .omit(let name), .replace(let name, _), .insert(_, _, let name): name
    }
  }

  /// What stands where the article stood.
  fileprivate func provisions(_ article: Provision) -> [Provision] {
    switch self {
    case .omit: []
    case .replace(_, let provisions): provisions
    case .insert(let provisions, .before, _): provisions + [article]
    case .insert(let provisions, .after, _): [article] + provisions
    }
  }
}

extension EditionDeclaration {
  /// Takes over what `base` has and this edition does not say itself.
  fileprivate mutating func inherit(_ base: EditionDeclaration) {
    slots += base.slots.filter { slot($0.name.text) == nil }
    papers += base.papers.filter { paper($0.id.text) == nil }
    let known = instruments.map(\.id)
    instruments += base.instruments.filter { !known.contains($0.id) }
    if !declaresStyle {
      style = base.style
      declaresStyle = base.declaresStyle
    }
    if documents.isEmpty { documents = base.documents }
    withdrawn = (base.withdrawn + base.documents).filter { below in
      !documents.contains { $0.content == below.content }
    }
  }
}

extension Diagnostic {
  fileprivate static func missingFile(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: location,
      ja: "版に「\(name)」がありません。",
      en: "The edition has no file “\(name)”.",
      hint: Message(
        ja: "他の版を継承するなら、edition に extends を書いてください。",
        en: "If it is to be another edition's, name that one in the edition's extends."
      )
    )
  }

  fileprivate static func unexpectedRoot(_ root: Element, expected: String) -> Self {
    Diagnostic(
      .unknownElement,
      at: root.location,
      ja: "このファイルの根要素は「\(root.name)」ではなく「\(expected)」でなければなりません。",
      en: "The root element of this file must be “\(expected)”, not “\(root.name)”."
    )
  }

  fileprivate static func unknownTarget(_ name: Name) -> Self {
    Diagnostic(
      .unknownTarget,
      at: name.location,
      ja: "条文又は書類「\(name.text)」は、継承する版にありません。",
      en: "The edition that is extended has no article or document “\(name.text)”.",
      hint: Message(
        ja: "article には条（article）のidを、document には様式のid又は annex を書きます。",
        en: "Name an article by its id, a document by its form's id or as annex."
      )
    )
  }
}
