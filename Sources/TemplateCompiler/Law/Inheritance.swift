import Diagnostics
import Records

/// What an edition's keeper does not write: the files of the editions below, and what becomes of them where the annex lacks a provision.
///
/// What they base on such a provision falls away: a paper with its form and document, a rule, the basis of a field. A paper, form or
/// field that the annex itself names (`paper`, `requires`) is based on the provision that names it. Of a reference the annex's name
/// stays. Each file gets one warning with all that it misses, but for what the edition says that it does without.
final class Inheritance {
  private let files: Set<String>
  private let omitted: Set<String>
  private let catalogue: Catalogue
  private let numbered: NumberedAnnex
  /// By file, in the order in which they were missed.
  private var absent: [String: [String]] = [:]

  init(_ template: Template, _ numbered: NumberedAnnex) {
    files = template.inheritedFiles
    omitted = template.omittedProvisions
    catalogue = template.catalogue
    self.numbered = numbered
  }

  func isInherited(_ location: SourceLocation) -> Bool { files.contains(location.file) }

  /// Notes that a file speaks of a provision that the annex lacks.
  func miss(_ id: String, at location: SourceLocation) {
    guard !omitted.contains(id), !id.isEmpty,
      absent[location.file]?.contains(id) != true
    else { return }
    absent[location.file, default: []].append(id)
  }

  /// A warning for each file.
  var warnings: [Diagnostic] {
    absent.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { file, ids in
      .absentProvision(names(of: ids), at: SourceLocation(file: file))
    }
  }

  /// The ids, of paragraphs whose article is absent, too, the article's, each once.
  private func names(of ids: [String]) -> [String] {
    var names: [String] = []
    for id in ids {
      let article = catalogue.entry(id)?.parent.map { catalogue.entries[$0].id }
      let name = article.flatMap { numbered.address(of: $0, part: nil) == nil ? $0 : nil } ?? id
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The template without what falls away.
  func settle(_ template: Template) -> Template {
    guard !files.isEmpty else { return template }
    var template = template
    let named = NamedByAnnex(numbered)
    template.edition.papers = template.edition.papers.compactMap { paper in
      guard isInherited(paper.id.location), let basis = paper.basis else { return paper }
      let naming =
        named.papers[paper.id.text] ?? paper.form.flatMap { named.forms[$0.text] }
      var paper = paper
      if numbered.address(of: basis.text, part: paper.part) == nil { paper.part = nil }
      if numbered.address(of: basis.text, part: nil) == nil {
        guard let naming else {
          miss(basis.text, at: paper.id.location)
          template.fallenPapers[paper.id.text] = basis.text
          return nil
        }
        paper.basis = Name(text: naming, location: basis.location)
      }
      return paper
    }
    let gone = template.forms.filter { form in
      isInherited(form.location) && form.paper.map { template.fallenPapers[$0.text] != nil } == true
    }.map(\.id)
    template.forms = template.forms.compactMap { form in
      if gone.contains(form.id) { return nil }
      guard isInherited(form.location), let basis = form.basis,
        numbered.address(of: basis.text, part: nil) == nil
      else { return form }
      let naming = form.paper.flatMap { named.papers[$0.text] } ?? named.forms[form.id]
      if naming == nil { miss(basis.text, at: form.location) }
      var form = form
      form.basis = naming.map { Name(text: $0, location: basis.location) }
      return form
    }
    let isGone = { (document: PacketDocument) in
      gone.contains { document.content == .form($0) }
    }
    template.edition.documents.removeAll(where: isGone)
    template.edition.withdrawn.removeAll(where: isGone)
    settleDictionary(of: &template, named)
    return template
  }

  private func settleDictionary(of template: inout Template, _ named: NamedByAnnex) {
    for (id, field) in template.dictionary.fields.enumerated() {
      guard isInherited(field.declaration.location), let basis = field.declaration.basis,
        numbered.address(ofBasis: basis) == nil
      else { continue }
      let provision = String(basis.prefix { $0 != "#" })
      var settled: String?
      if numbered.address(of: provision, part: nil) != nil {
        settled = provision
      } else if let naming = named.fields[field.path] {
        settled = naming
      } else {
        miss(provision, at: field.declaration.location)
      }
      template.dictionary.setBasis(of: id, settled)
    }
    template.dictionary.rules = template.dictionary.rules.compactMap { rule in
      guard let basis = rule.basis, let location = rule.location, isInherited(location),
        numbered.address(ofBasis: basis) == nil
      else { return rule }
      let provision = String(basis.prefix { $0 != "#" })
      guard numbered.address(of: provision, part: nil) != nil else {
        miss(provision, at: location)
        return nil
      }
      var rule = rule
      rule.basis = provision
      return rule
    }
  }
}

/// The provisions in which an annex names papers, forms and fields; the first counts.
private struct NamedByAnnex {
  private(set) var papers: [String: String] = [:]
  private(set) var forms: [String: String] = [:]
  private(set) var fields: [String: String] = [:]

  init(_ numbered: NumberedAnnex) {
    for (index, provision) in numbered.provisions.enumerated() {
      guard let id = numbered.nearestID(of: index) else { continue }
      for text in provision.provision.texts { take(text, id) }
    }
  }

  private mutating func take(_ content: [Inline], _ id: String) {
    content.visit { inline in
      switch inline {
      case .paper(let paper, _):
        papers[paper.text] = papers[paper.text] ?? id
      case .requirement(let requirement):
        let (form, field) = (requirement.form.text, requirement.field.text)
        forms[form] = forms[form] ?? id
        fields[field] = fields[field] ?? id
      case .text, .hole, .reference, .term, .cite, .emphasis, .lineBreak, .conditional: break
      }
    }
  }
}

extension NumberedAnnex {
  /// The id of a provision, or of the nearest one around it that has one.
  fileprivate func nearestID(of index: Int) -> String? {
    var next: Int? = index
    while let index = next {
      if let id = provisions[index].provision.id?.text { return id }
      next = provisions[index].parent
    }
    return nil
  }

  /// Ids of what stands in the annex and is not deleted.
  var presentIDs: Set<String> {
    Set(indices.filter { provisions[$0.value].provision.deleted == 0 }.keys)
  }
}

extension Diagnostic {
  fileprivate static func absentProvision(_ ids: [String], at location: SourceLocation) -> Self {
    let shown = ids.prefix(20).joined(separator: ", ")
    let more = ids.count - min(ids.count, 20)
    return Diagnostic(
      .absentProvision,
      .warning,
      at: location,
      ja: "特記事項に規定（\(shown)\(more > 0 ? "ほか\(more)件" : "")）がないため、"
        + "それに基づく書類、記載及び検査は使われません。",
      en: "The annex lacks provisions, and what this file bases on them falls away: \(shown)"
        + (more > 0 ? " and \(more) more." : "."),
      hint: Message(
        ja:
          "条文にあるときは、その条又は項の id をこの名前にしてください。ないときは、edition.xml の changes に <omit article=\"…\"/> 又は <omit paragraph=\"…\"/> と書くと、この警告は出ません。",
        en:
          "Where the annex has one in other words, give it this id; where it has none, say so in the changes of edition.xml: <omit article=\"…\"/> or <omit paragraph=\"…\"/>."
      )
    )
  }
}
