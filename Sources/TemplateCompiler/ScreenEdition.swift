package import Records
package import TemplateRuntime

/// What a screen shows of an edition beside its packets: the papers with their values marked, and what is known of them.
package struct ScreenEdition: Sendable {
  /// In the packet's order, and behind them the annexes that the packet does not have: the grounds of what is asked.
  package let documents: [Document]
  /// The articles of the documents, their values marked with their fields.
  package let articles: Program
  /// What each document prints, filled in or not; see `FieldListLowering`.
  package let fieldLists: Program
  /// Where in the annexes the bases of fields stand: the number of a document, and the id of an element.
  package let basisAnchors: [Field.ID: (document: Int?, anchor: String)]

  package struct Document: Sendable {
    package let id: String
    /// 1-based, in the packet of the occasion; that of an annex beside the packet follows.
    package let number: Int
    package let isInPacket: Bool
    package let title: String
    package let isAnnex: Bool
    package let isLandscape: Bool
    package let isOfficeOnly: Bool
    /// Whether every contract needs it.
    package let isRequired: Bool
    /// The path of the list that it is repeated over.
    package let repeats: String?
    /// The paths of the fields that it prints in some case, in its order, without numbers.
    package let fields: [String]
    /// Its page with nothing in `main`.
    package let emptyPage: [UInt8]
  }

  init(
    _ packet: [LaidOutDocument],
    _ annexes: [LaidOutDocument],
    style: String,
    template: Template,
    numbered: NumberedAnnex
  ) {
    let last = packet.map(\.position).max() ?? 0
    let beside = annexes.filter { annex in !packet.contains { $0.id == annex.id } }
    let documents =
      packet
      + beside.enumerated().map { index, annex in
        var annex = annex
        annex.position = last + 1 + index
        return annex
      }
    let dictionary = template.dictionary
    let annotations = FieldAnnotations(dictionary)
    articles = HTMLLowering.annotatedArticles(documents, annotations)
    let lists = FieldListLowering.program(documents, annotations)
    fieldLists = lists.program
    self.documents = zip(documents, lists.paths).enumerated().map { index, entry in
      let (document, fields) = entry
      return Document(
        id: document.id,
        number: document.position,
        isInPacket: index < packet.count,
        title: document.title,
        isAnnex: document.kind == .annex,
        isLandscape: document.isLandscape,
        isOfficeOnly: document.isOfficeOnly,
        isRequired: document.isRequired,
        repeats: document.repetition.flatMap { annotations.path(of: $0.list) },
        fields: fields,
        emptyPage: HTMLLowering.emptyPage(document, style: style)
      )
    }
    basisAnchors = Dictionary(
      uniqueKeysWithValues: dictionary.fields.enumerated().compactMap { id, field in
        guard let basis = field.declaration.basis else { return nil }
        let parts = basis.split(separator: "#", maxSplits: 1).map(String.init)
        guard let annex = numbered.annex(with: parts[0]) else { return nil }
        let anchor = LayoutContext.anchor(
          of: parts[0],
          part: parts.count > 1 ? SentencePart(rawValue: parts[1]) : nil,
          in: annex
        )
        return (id, (documents.first { $0.id == annex.id }?.position, anchor))
      }
    )
  }
}
