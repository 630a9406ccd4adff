import Diagnostics
import Markup
import Records

/// Reads the files of an edition into a `Template`, an edition's changes applied to the one that it extends.
struct TemplateParser {
  private let reader = ElementReader()
  private let source: EditionSource

  /// Nil if a file that everything stands on cannot be read; the diagnostics say why.
  static func parse(_ source: EditionSource)
    -> (template: Template?, uses: Uses, diagnostics: [Diagnostic])
  {
    let parser = TemplateParser(source: source)
    let template = parser.template()
    return (template, parser.reader.uses, parser.reader.diagnostics)
  }

  private init(source: EditionSource) { self.source = source }

  private func template() -> Template? {
    // Every file is parsed before the first is judged, so that all of them are reported.
    let editionRoots = source.layers.map { root($0.parsedEdition, "edition") }
    let dictionaryRoots = source.layers.map { layer in
      layer.dictionaries.map { root($0, "dictionary") }
    }
    _ = firstFile({ $0.dictionaries.first }, "dictionary.xml")
    _ = firstFile(\.annex, "annex.xml")
    let annexRoots = source.annexes.map { root($0, "annex") }
    let parser = EditionParser(reader: reader)
    let slots = editionRoots.map { $0.map(parser.slots) ?? [] }
    // Of one name, that of the edition that extends the other comes first.
    reader.slots = slots.flatMap(\.self)
    readFragments()
    let catalogueRoot = source.layers.lazy.compactMap(\.catalogue).first
      .flatMap { root($0, "catalogue") }
    let editions = zip(editionRoots, slots).compactMap { root, slots in
      root.map { parser.edition($0, slots: slots) }
    }
    let forms = self.forms(editions)
    guard editions.count == source.layers.count, var edition = merged(editions, forms ?? []),
      let dictionaryRoot = dictionary(dictionaryRoots, editions), let forms,
      let own = source.annexLayer, !annexRoots.contains(where: { $0 == nil })
    else { return nil }
    let catalogue = catalogueRoot.map { Catalogue($0, reader) } ?? Catalogue()
    var annexes = annexRoots.compactMap { $0 }.map(AnnexParser(reader: reader).annex)
    for annex in annexes.dropFirst() { checkName(of: annex) }
    var omitted = Set<String>()
    // An edition with an annex of its own has nothing to do with the changes below.
    for layer in editions[...own].reversed() {
      apply(layer.changes, to: &annexes, catalogue, &omitted)
    }
    edition.nameAnnex(annexes[0].title.plainText)
    edition.nameInstruments()
    reader.slots = edition.slots
    let (fields, calculations) = DictionaryParser.parse(
      dictionaryRoot,
      slots: edition.slots,
      reader
    )
    return Template(
      edition: edition,
      dictionary: fields,
      calculations: calculations,
      annexes: annexes,
      forms: forms,
      catalogue: catalogue,
      inheritedFiles: source.inheritedFiles,
      omittedProvisions: omitted,
      expansions: reader.expansions
    )
  }

  /// A further annex is found by its id, as a form is.
  private func checkName(of annex: Annex) {
    let file = annex.location.file.split(separator: "/").last.map(String.init) ?? ""
    guard file != annex.id + ".xml", annex.id.isIdentifier else { return }
    reader.report(.misnamedFile(annex.id, file, at: annex.location))
  }

  private func firstFile(_ file: (EditionSource.Layer) -> SourceText?, _ name: String)
    -> SourceText?
  {
    if let text = source.layers.lazy.compactMap(file).first { return text }
    // Where an edition cannot be read, what it extends is not known.
    if let edition = source.layers.first?.edition,
      source.layers.allSatisfy({ $0.parsedEdition.root != nil })
    {
      let place = SourceLocation(file: edition.file)
      // What has a catalogue and no annex is for others.
      let isCommon = source.layers.first?.catalogue != nil && source.layers.first?.annex == nil
      reader.report(isCommon ? .commonEdition(at: place) : .missingFile(name, at: place))
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

  /// The fragments of all layers; one replaces that of the same id in an edition below.
  private func readFragments() {
    let parser = FragmentParser(reader: reader)
    for file in source.layers.compactMap(\.fragments) {
      if let root = root(file, "fragments") {
        parser.add(root)
      } else {
        reader.knowsFragments = false
      }
    }
    parser.check()
  }

  /// The dictionaries of all layers in one; nil if one cannot be read.
  private func dictionary(_ roots: [[Element?]], _ editions: [EditionDeclaration]) -> Element? {
    var dictionary: Element?
    for index in source.layers.indices.reversed() {
      for field in editions[index].omitted(.field) where !field.text.isEmpty {
        guard
          let rest = dictionary.flatMap({
            DictionaryLayers.leaveOut(field.text.pathComponents[...], of: $0)
          })
        else {
          reader.report(.unknownTarget(.field, field))
          continue
        }
        dictionary = rest
      }
      var joined: Element?
      for own in roots[index] {
        guard let own else { return nil }
        for double in joined.map({ DictionaryLayers.doubles(of: own, in: $0) }) ?? [] {
          reader.report(.duplicateName(double.text, at: double.location))
        }
        joined = joined.map { DictionaryLayers.lay(own, over: $0) } ?? own
      }
      guard let joined else { continue }
      dictionary = dictionary.map { DictionaryLayers.lay(joined, over: $0) } ?? joined
    }
    return dictionary
  }

  /// The forms of all layers; a form replaces one of the same id in an edition below, and may be omitted from there on.
  ///
  /// Nil if one cannot be read: all that names it would be wrong, too.
  private func forms(_ editions: [EditionDeclaration]) -> [Form]? {
    var forms: [Form] = []
    var omitted = Set<String>()
    var isWhole = true
    for (index, layer) in source.layers.enumerated() {
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
      forms += own.filter { form in
        !omitted.contains(form.id) && !forms.contains { $0.id == form.id }
      }
      if editions.indices.contains(index) {
        omitted.formUnion(editions[index].omitted(.form).map(\.text))
      }
    }
    return isWhole ? forms : nil
  }

  /// The edition as it stands on those below, which are laid down first.
  private func merged(_ editions: [EditionDeclaration], _ forms: [Form]) -> EditionDeclaration? {
    var below: EditionDeclaration?
    for var edition in editions.reversed() {
      let base = below
      if let base { edition.inherit(base) }
      insertDocuments(into: &edition)
      leaveOut(of: &edition)
      below = edition
    }
    return below
  }

  private func insertDocuments(into edition: inout EditionDeclaration) {
    // The last is laid down first, so that those at one place keep their order.
    for insertion in edition.insertedDocuments.reversed() where insertion.side == .after {
      insert(insertion, into: &edition)
    }
    for insertion in edition.insertedDocuments where insertion.side == .before {
      insert(insertion, into: &edition)
    }
  }

  private func insert(_ insertion: DocumentInsertion, into edition: inout EditionDeclaration) {
    let name = insertion.anchor.text
    guard let index = edition.documents.firstIndex(where: { $0.content.name == name }) else {
      reader.report(.unknownTarget(.document, insertion.anchor))
      return
    }
    for document in insertion.documents
    where edition.documents.contains(where: document.meets) {
      reader.report(.duplicateName(document.content.name, at: document.location))
    }
    edition.documents.insert(
      contentsOf: insertion.documents,
      at: insertion.side == .after ? index + 1 : index
    )
    edition.withdrawn.removeAll { old in
      insertion.documents.contains { $0.content == old.content }
    }
  }

  private func leaveOut(of edition: inout EditionDeclaration) {
    for omission in edition.omissions {
      let name = omission.name
      var isThere = true
      switch omission.kind {
      case .document:
        let omitted = edition.documents.filter { $0.content.name == name.text }
        edition.documents.removeAll { $0.content.name == name.text }
        edition.withdrawn += omitted
        isThere = !omitted.isEmpty
      case .paper:
        isThere = edition.paper(name.text) != nil
        edition.papers.removeAll { $0.id.text == name.text }
      case .form:
        isThere = source.layers.dropFirst().contains { $0.hasForm(name.text) }
        edition.leaveOutForm(name.text)
      case .field: break
      }
      if !isThere, !name.text.isEmpty { reader.report(.unknownTarget(omission.kind, name)) }
    }
  }

  /// `omitted`: the ids of what the edition says it does without.
  private func apply(
    _ changes: [AnnexChange],
    to annexes: inout [Annex],
    _ catalogue: Catalogue,
    _ omitted: inout Set<String>
  ) {
    for change in changes.insertionsJoined {
      let (kind, name) = change.target
      var gone: Provision?
      let isThere = annexes.indices.contains { index in
        annexes[index].root.parts.replace(kind, name.text) { provision in
          gone = provision
          return change.provisions(provision)
        }
      }
      if case .omit = change {
        omitted.formUnion(catalogue.ids(within: name.text) + (gone?.ids ?? []))
        if catalogue.entry(name.text) != nil { continue }
      }
      if !isThere, !name.text.isEmpty { reader.report(.unknownTarget(kind, name)) }
    }
  }
}

extension EditionSource.Layer {
  fileprivate func hasForm(_ id: String) -> Bool {
    forms.contains { $0.file.hasSuffix("/\(id).xml") || $0.file == "forms/\(id).xml" }
  }
}
