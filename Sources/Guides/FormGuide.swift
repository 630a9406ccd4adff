package import Diagnostics
import Records
package import TemplateCompiler

/// An edition as a screen needs it to show the papers and a form for their data: documents, fields, and which words of the
/// annex each field answers.
package struct FormGuide {
  private let edition: CompiledEdition
  private let screen: ScreenEdition
  private let guide: DataGuide

  /// Nil for an edition that was not compiled for a screen.
  package init?(_ edition: CompiledEdition) {
    guard let screen = edition.screen else { return nil }
    self.edition = edition
    self.screen = screen
    guide = DataGuide(edition)
  }

  /// `id`, `name`, `occasions`, `occasion`, `documents`, `law`, `fields`, `contract`, `vendor`, `coverage`, `eras`.
  package var members: [(name: String, value: JSONValue)] {
    [
      ("id", .string(edition.id)),
      ("name", .string(edition.name)),
      (
        "occasions",
        .array(
          edition.occasions.map { .object([("id", .string($0.id)), ("name", .string($0.name))]) }
        )
      ),
      ("occasion", .optional(edition.occasion?.id)),
      ("documents", .array(screen.documents.filter(\.isInPacket).map(document))),
      ("law", .array(screen.documents.filter { !$0.isInPacket }.map(document))),
      ("fields", .array(guide.roots.map(field))),
      ("contract", keyed(guide.dictionary.contract)),
      ("vendor", keyed(guide.dictionary.vendor)),
      ("coverage", .array(edition.coverage.map(coverage))),
      ("eras", .array(Era.allCases.map(\.json))),
    ]
  }

  /// The paths of a record, its key and its title.
  private func keyed(_ record: FieldDictionary.KeyedRecord) -> JSONValue {
    .object([
      ("record", .string(guide[record.record].path)),
      ("key", .string(guide[record.key].path)),
      ("title", .optional(record.title.map { guide[$0].path })),
    ])
  }

  private func document(_ document: ScreenEdition.Document) -> JSONValue {
    .object([
      ("number", .integer(Int64(document.number))),
      ("id", .string(document.id)),
      ("title", .string(document.title)),
      ("kind", .string(document.isAnnex ? "annex" : "form")),
      ("officeOnly", .bool(document.isOfficeOnly)),
      ("landscape", .bool(document.isLandscape)),
      ("repeats", .optional(document.repeats)),
      ("fields", .array(document.fields.map { .string($0) })),
    ])
  }

  private func field(_ id: Field.ID) -> JSONValue {
    let field = guide[id]
    let declaration = field.declaration
    var members: [(name: String, value: JSONValue)] = [
      ("name", .string(field.name)),
      ("path", .string(field.path)),
      ("label", .string(field.label)),
      ("shape", .string(shape(of: declaration))),
      ("type", .optional(field.type?.name)),
    ]
    switch field.type {
    case .choice(let options, let other):
      members += [
        ("options", .array(options.map { .string($0.words) })), ("other", .bool(other)),
      ]
      if options.contains(where: { $0.value != $0.words }) {
        members.append(("values", .array(options.map { .string($0.value) })))
      }
    case .boolean(let yes, let no): members += [("yes", .string(yes)), ("no", .string(no))]
    case .text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime, .identifier,
      .postalCode, .phone, .email, .corporateNumber, .photo, nil:
      break
    }
    members += [
      ("words", .array(declaration.words.map { .string($0) })),
      ("hand", .bool(guide.binder.byHand.contains(id))),
      ("prefill", .bool(declaration.prefill)),
      ("help", .optional(declaration.help)),
      ("need", .optional(guide.binder.byHand.contains(id) ? nil : guide.need(of: id))),
      ("basis", basis(of: id)),
    ]
    if field.itemFrame != nil {
      let maximum = declaration.maximum ?? Field.Declaration.defaultMaximum
      members.append(("maximum", .integer(Int64(maximum))))
    }
    if let width = declaration.width { members.append(("width", .integer(Int64(width)))) }
    if !field.children.isEmpty {
      members.append(("children", .array(guide.children(of: id).map(self.field))))
    }
    return .object(members)
  }

  private func shape(of declaration: Field.Declaration) -> String {
    switch declaration.shape {
    case .value: "value"
    case .record: "record"
    case .list: "list"
    }
  }

  /// Where a field comes from, and the words that demand it.
  private func basis(of id: Field.ID) -> JSONValue {
    let demands = edition.coverage.filter { $0.field == guide[id].path }
    guard let words = guide.basisWords[id] ?? demands.first?.provision else { return .null }
    let place = screen.basisAnchors[id]
    // Another provision may demand it, too; its words stand elsewhere.
    let phrases = demands.filter { $0.provision.hasPrefix(words) }.map(\.phrase)
    return .object([
      ("words", .string(words)),
      ("phrases", .array(phrases.map { .string($0) })),
      (
        "document",
        .optional(place?.document ?? screen.documents.first(where: \.isAnnex)?.number)
      ),
      ("anchor", .optional(place?.anchor)),
    ])
  }

  private func coverage(_ row: CoverageRow) -> JSONValue {
    let document = screen.documents.first { $0.id == row.form }
    let field = guide.dictionary.field(at: row.field)
    return .object([
      ("provision", .string(row.provision)),
      ("phrase", .string(row.phrase)),
      ("document", .optional(document?.number)),
      ("documentTitle", .optional(document?.title)),
      ("field", .string(row.field)),
      ("label", .optional(field.map { guide[$0].label })),
      ("answered", .bool(row.isAnswered)),
    ])
  }
}

extension Era {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(rawValue)), ("signs", .array(abbreviations.map(JSONValue.string))),
      ("first", .string(CivilDate(dayNumber: firstDay).iso)),
    ])
  }
}
