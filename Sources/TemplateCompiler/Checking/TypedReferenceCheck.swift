import Diagnostics
import Records

/// Finds references that were typed outside of the annex: in forms, slots and the dictionary.
///
/// There they name articles, or the annex: a form's 前項 is its own.
struct TypedReferenceCheck {
  private let template: Template
  private let numbered: NumberedAnnex
  private let names: [AnnexName]
  private let scope: Scope
  private let reader: ElementReader

  static func check(
    _ template: Template,
    _ numbered: NumberedAnnex,
    scope: Scope,
    reader: ElementReader
  ) {
    let check = TypedReferenceCheck(
      template: template,
      numbered: numbered,
      names: numbered.namesInTexts(scope),
      scope: scope,
      reader: reader
    )
    for form in template.forms { form.visitTexts(check.check) }
    for slot in template.edition.slots {
      check.check(slot.value, of: slot.name.text, at: slot.name.location)
    }
    for field in template.dictionary.fields { check.check(field.declaration) }
    for rule in template.dictionary.rules {
      let field = template.dictionary.fields[rule.field]
      check.check(rule.message.ja, of: rule.id, at: field.declaration.location)
    }
  }

  private func references(_ text: TypedText) -> [TypedReference] {
    let scanner = TypedReferenceScanner(
      text,
      names: names,
      slot: { scope.slot($0) }
    )
    return scanner.references(opensParagraph: false).filter { reference in
      switch reference.reach {
      case .otherLaw, .lawNumber: false
      case .byName: true
      case .own: reference.namesArticle || reference.isJoined
      }
    }
  }

  private func check(_ content: [Inline]) {
    let text = TypedText(content)
    for found in references(text) {
      var (typed, annex, isNamed) = (found, 0, false)
      if case .byName(let name) = found.reach {
        annex = name.annex
        // 特記事項第７条: a ref writes the annex's name, too.
        let written = found.with(
          AnnexName(words: numbered.formNames[annex], annex: annex),
          in: text
        )
        typed = written
        isNamed = written.words != found.words
      }
      let worded =
        found.isJoined
        ? nil
        : WordedReference(
          typed.words,
          in: numbered,
          annex: numbered.roots[annex],
          withAnnexName: isNamed
        )
      reader.report(
        .typedReference(typed.words, worded?.xml, inForm: true, at: typed.location)
      )
    }
  }

  private func check(_ words: String, of name: String, at location: SourceLocation) {
    for found in references(TypedText(words, at: location)) {
      reader.report(.typedReference(found.words, inWordsOf: name, at: location))
    }
  }

  private func check(_ field: Field.Declaration) {
    let options: [String] =
      switch field.shape {
      case .value(.choice(let options, _)), .list(of: .choice(let options, _)):
        options.map(\.words)
      case .value(.boolean(let yes, let no)): [yes, no]
      case .value, .list, .record: []
      }
    for words in [field.label, field.help ?? ""] + field.words + options {
      check(words, of: field.label, at: field.location)
    }
  }
}

extension NumberedAnnex {
  /// What the annexes are called in texts.
  func namesInTexts(_ scope: Scope) -> [AnnexName] {
    annexes.indices.flatMap { annex in
      (names(ofAnnex: annex) + [annexes[annex].title.text(in: scope)]).filter { !$0.isEmpty }
        .map { AnnexName(words: $0, annex: annex) }
    }
  }
}

extension Form {
  /// Calls `body` on every running text, in reading order.
  fileprivate func visitTexts(_ body: ([Inline]) -> Void) {
    body(title)
    copies.forEach(body)
    blocks.forEach { $0.visitTexts(body) }
  }
}

extension FormBlock {
  fileprivate func visitTexts(_ body: ([Inline]) -> Void) {
    switch kind {
    case .letterhead(let letterhead):
      for part in letterhead.parts {
        switch part {
        case .date: break
        case .addressee(_, _, let words): body(words)
        case .sender(_, let label, let rows):
          body(label)
          rows.forEach { $0.visitTexts(body) }
        }
      }
    case .title, .choices, .registerList: break
    case .paragraph(_, let words), .note(let words): body(words)
    case .particulars(let blocks): blocks.forEach { $0.visitTexts(body) }
    case .fields(let caption, _, let rows):
      body(caption)
      for row in rows {
        row.label.map(body)
        switch row.content {
        case .value: break
        case .inline(let words): body(words)
        case .blocks(let blocks): blocks.forEach { $0.visitTexts(body) }
        }
      }
    case .table(let table):
      body(table.caption)
      for column in table.columns {
        column.label.map(body)
        body(column.content)
      }
    case .clauses(let clauses): clauses.forEach { body($0.content) }
    case .signature(let rows): rows.forEach { $0.visitTexts(body) }
    case .officeUse(let box):
      body(box.caption)
      box.cells.forEach(body)
      box.blocks.forEach { $0.visitTexts(body) }
    case .section(let heading, let blocks):
      body(heading)
      blocks.forEach { $0.visitTexts(body) }
    case .photo(_, let label): body([.text(label, location)])
    }
  }
}

extension LabelledRow {
  fileprivate func visitTexts(_ body: ([Inline]) -> Void) {
    body(label)
    body(content)
  }
}
