package import Diagnostics
package import Records
package import TemplateRuntime

/// Turns the files of an edition into programs.
///
/// The body of `compile` is the table of contents of this module.
package enum Compiler {
  /// The most bytes that a packet may have in one format with nothing filled in.
  private static let largestBlankPacket = 32 << 20

  /// Compiles an edition, for what is selected of its packets.
  ///
  /// Every diagnostic of every stage is collected; `edition` is nil if one of them is an error. Lowering has a single one:
  /// for an output that is too large, where it is asked for.
  /// `forScreen`: with what a screen needs beside the packets. `reportsUnused`: with warnings of what nothing uses.
  package static func compile(
    _ source: EditionSource,
    selection: Selection = .usual,
    outputs: Outputs = .all,
    forScreen: Bool = false,
    reportsUnused: Bool = false
  ) -> (edition: CompiledEdition?, diagnostics: [Diagnostic]) {
    // Parse, read
    let (parsed, uses, diagnostics) = TemplateParser.parse(source)
    guard var template = parsed else {
      return (nil, diagnostics.inReportOrder())
    }
    let reader = ElementReader(expansions: template.expansions, uses: uses)
    let names = Scope(
      dictionary: template.dictionary,
      slots: template.edition.slots,
      expansions: template.expansions
    )

    // Number
    var conditions = SlotConditions(scope: names, reader: reader)
    template.annexes = template.annexes.map { conditions.settle($0) }
    let numbered = NumberedAnnex(
      template.annexes,
      formName: template.edition.annexName,
      digits: template.edition.style.digits,
      reader: reader
    )
    let references = References.resolve(
      numbered,
      conditionalIDs: conditions.conditionalIDs,
      scope: names,
      annexNames: numbered.namesInTexts(names),
      reader: reader
    )
    let inheritance = Inheritance(template, numbered)
    template = inheritance.settle(template)
    let provisions = KnownProvisions(
      present: numbered.presentIDs,
      others: Set(template.catalogue.entries.map(\.id)).union(conditions.conditionalIDs)
        .union(template.omittedProvisions),
      inheritedFiles: template.inheritedFiles
    )
    template.readCalculations(asking: provisions, reader)
    let scope = Scope(
      dictionary: template.dictionary,
      slots: template.edition.slots,
      expansions: template.expansions
    ).asking(provisions)

    // Check
    // A field that could not be read is reported already.
    if !diagnostics.hasErrors { KeyFields.check(template.dictionary, reader: reader) }
    ProvisionText.check(numbered, scope: scope, reader: reader)
    Slots.check(template.edition, source, reader: reader)
    Checker.check(template, numbered, scope: scope, selection: selection, reader: reader)
    TypedReferenceCheck.check(template, numbered, scope: scope, reader: reader)
    let style = StyleSheet.check(
      source,
      annexes: template.annexes.map(\.id),
      documents: template.annexes.map(\.id) + source.formIDs,
      reader: reader
    )
    template.dictionary.rules = Rules.complete(template, numbered)

    // Lay out
    let occasion = template.edition.occasion(of: selection)
    let packet = PacketLayout.packet(of: occasion, template, scope: scope)
    let (documents, annexes) = PacketLayout.documents(
      template,
      numbered,
      references,
      inheritance,
      scope: scope,
      occasion: occasion,
      packet: packet,
      selection: selection,
      reader: reader
    )
    for warning in inheritance.warnings { reader.report(warning) }

    template = NamesInUse.settle(template, numbered, reader: reader)
    NamesInUse.checkSwitches(template, numbered, reader: reader)
    let coverage = Coverage.check(
      template,
      numbered,
      scope: scope,
      broken: Set((diagnostics + reader.diagnostics).errors.map(\.location.file)),
      reader: reader
    )
    if !(diagnostics + reader.diagnostics).hasErrors {
      NamesInUse.check(
        template,
        numbered,
        own: reportsUnused ? source.layers[0] : nil,
        reader: reader
      )
    }

    // Lower
    let all = ArticleContext.attach(
      to: OmittedFields.blamed(diagnostics + reader.diagnostics, template),
      annex: numbered
    )
    guard !all.hasErrors else { return (nil, all.inReportOrder()) }
    var programs: [Program] = []
    if outputs.html {
      programs.append(HTMLLowering.packet(documents, style: style))
      programs.append(HTMLLowering.pages(documents, style: style, splits: outputs.splits))
    }
    if outputs.docbook { programs.append(DocBookLowering.program(documents)) }
    guard programs.allSatisfy({ $0.blankSize <= largestBlankPacket }) else {
      return (nil, [.editionTooLarge(largestBlankPacket, at: template.edition.location)])
    }
    let annotations = FieldAnnotations(template.dictionary)
    _ = HTMLLowering.annotatedArticles(documents, annotations)
    let edition = CompiledEdition(
      template: template,
      read: template.dictionary.read(with: annotations.read),
      numbered: numbered,
      coverage: coverage,
      programs: programs,
      occasion: occasion,
      documents: packet.map(template.id),
      printedDocuments: documents.map(\.id),
      annexes: zip(template.annexes, annexes).enumerated().map { index, annex in
        CompiledAnnex(
          id: annex.0.id,
          name: numbered.formNames[index],
          text: AnnexText.provisions(of: annex.0, annex.1, numbered),
          mark: annex.0.mark.plainText,
          file: annex.0.location.file
        )
      },
      screen: forScreen
        ? ScreenEdition(
          documents,
          annexes,
          style: style,
          template: template,
          numbered: numbered
        ) : nil
    )
    return (edition, all.inReportOrder())
  }
}

/// What a compilation lowers the documents to.
package struct Outputs: Sendable {
  /// One page with all documents, and a page for each that stays in the office.
  package var html: Bool
  /// With `html`, a page for each of the others, too.
  package var splits: Bool
  package var docbook: Bool

  package init(html: Bool, splits: Bool, docbook: Bool) {
    self.html = html
    self.splits = splits
    self.docbook = docbook
  }

  package static let all = Outputs(html: true, splits: true, docbook: true)
  /// For who wants to know of the edition alone.
  package static let none = Outputs(html: false, splits: false, docbook: false)
}

/// An annex in the words that are printed, to be compared with another text.
package struct CompiledAnnex: Sendable {
  package let id: String
  /// What forms call it: 特記事項.
  package let name: String
  /// The title, then the provisions.
  package let text: [AnnexText]
  /// 別記; empty if there is none.
  package let mark: String
  package let file: String
}

/// An edition that is ready to print.
package struct CompiledEdition: Sendable {
  package let id: String
  package let name: String
  /// Demands what the packet's papers print; see `wholeDictionary`.
  package let dictionary: FieldDictionary
  /// As the edition declares it, for the papers of all occasions.
  package let wholeDictionary: FieldDictionary
  /// The fields that the packet's papers print, or that decide what they print, with those that these stand in.
  package let readFields: Set<Field.ID>
  /// The characters that its office can count on.
  package let repertoire: RepertoireName
  /// Where fields come from, in the annex's words: 特記事項第６条第２項.
  package let basisWords: [Field.ID: String]
  /// One for each format that was asked for.
  private var programs: [Program]
  /// Every requirement of the annex and the field that answers it.
  package let coverage: [CoverageRow]
  /// That of annex.xml first.
  package let annexes: [CompiledAnnex]
  /// What the edition's packets are made for, the usual occasion first; none where there is one packet.
  package let occasions: [Occasion]
  /// The one of this packet.
  package let occasion: Occasion?
  /// The ids of all documents of the packet, in its order.
  package let documents: [String]
  /// Of those, the ones that this compilation prints.
  package let printedDocuments: [String]
  /// Nil unless it was asked for.
  package let screen: ScreenEdition?

  init(
    template: Template,
    read: Set<Field.ID>,
    numbered: NumberedAnnex,
    coverage: [CoverageRow],
    programs: [Program],
    occasion: Occasion?,
    documents: [String],
    printedDocuments: [String],
    annexes: [CompiledAnnex],
    screen: ScreenEdition?
  ) {
    id = template.edition.id.text
    name = template.edition.name
    readFields = read
    wholeDictionary = template.dictionary
    dictionary = wholeDictionary.asking(only: read)
    repertoire = template.edition.style.repertoire
    basisWords = Dictionary(
      uniqueKeysWithValues: dictionary.fields.enumerated().compactMap { id, field in
        field.declaration.basis
          .flatMap { numbered.address(ofBasis: $0).map(numbered.fullWords) }
          .map { (id, $0) }
      }
    )
    self.programs = programs
    occasions = template.edition.occasions
    self.occasion = occasion
    self.documents = documents
    self.printedDocuments = printedDocuments
    self.coverage = coverage
    self.annexes = annexes
    self.screen = screen
  }

  /// The id of the occasion, unless it is the usual one: part of the name of the packet's folder.
  package var specialOccasion: String? {
    occasion.flatMap { $0 == occasions.first ? nil : $0.id }
  }

  package var html: Program { program(.html) }
  package var splitHTML: Program { program(.splitHTML) }
  package var docbook: Program { program(.docbook) }

  private func program(_ format: OutputFormat) -> Program {
    guard let program = programs.first(where: { $0.format == format }) else {
      preconditionFailure("The edition was compiled without \(format.rawValue).")
    }
    return program
  }

  /// The same edition for records that have some values in common: they are printed already.
  package func specialized(with known: KnownValues) -> CompiledEdition {
    var edition = self
    edition.programs = programs.map { $0.specialize(with: known) }
    return edition
  }

  /// The same edition for what is to stand within JSON strings (`Program.inJSON`).
  package var inJSON: CompiledEdition {
    var edition = self
    edition.programs = programs.map(\.inJSON)
    return edition
  }
}

extension [Diagnostic] {
  fileprivate var errors: [Diagnostic] { filter { $0.severity == .error } }
}

extension Diagnostic {
  fileprivate static func editionTooLarge(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .editionTooLarge,
      at: location,
      ja: "未記入の書類一式が大きすぎます（\(limit >> 20) MiBまで）。",
      en: "With nothing filled in the packet is too large (the limit is \(limit >> 20) MiB).",
      hint: Message(
        ja: "繰返しの中の繰返しの min を小さくしてください。",
        en: "Lower the min of loops that stand in one another."
      )
    )
  }
}
