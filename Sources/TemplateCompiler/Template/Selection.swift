import Diagnostics

/// What a run prints: the packet of an occasion, and of its documents all or some.
package struct Selection: Hashable, Sendable {
  /// The id of the occasion; nil: the edition's first.
  package var occasion: String?
  /// The ids of the documents; nil: all of the packet.
  package var documents: [String]?

  package init(occasion: String? = nil, documents: [String]? = nil) {
    self.occasion = occasion
    self.documents = documents
  }

  /// The whole packet of the usual occasion.
  package static let usual = Selection()

  func has(_ document: String) -> Bool { documents?.contains(document) ?? true }
}

/// When a packet is made: 契約締結時.
package struct Occasion: Hashable, Sendable {
  package let id: String
  package let name: String
  let location: SourceLocation
}

extension EditionDeclaration {
  /// The occasion that was asked for, or else the first; nil where the edition has none, or not that one.
  func occasion(of selection: Selection) -> Occasion? {
    guard let id = selection.occasion else { return occasions.first }
    return occasions.first { $0.id == id }
  }
}

/// Holds the occasions of an edition against its documents.
struct OccasionCheck {
  let edition: EditionDeclaration
  let reader: ElementReader

  /// Whether the packet that is asked for is one of the edition's.
  func check(_ selection: Selection) {
    let unknown = edition.documents.flatMap(\.occasions).filter { name in
      !edition.occasions.contains { $0.id == name.text }
    }
    for name in unknown {
      reader.report(.unknownOccasion(name, among: edition.occasions.map(\.id)))
    }
    // One that is misspelt may be the one that lacks documents.
    for occasion in edition.occasions
    where unknown.isEmpty && !edition.documents.contains(where: { $0.isMade(on: occasion) }) {
      reader.report(.emptyOccasion(occasion))
    }
    if let id = selection.occasion, edition.occasion(of: selection) == nil {
      let place = Name(text: id, location: SourceLocation(file: "--packet"))
      reader.report(.unknownOccasion(place, among: edition.occasions.map(\.id)))
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownOccasion(_ name: Name, among occasions: [String]) -> Self {
    let list = occasions.joined(separator: ", ")
    let near = didYouMean(name.text, among: occasions)
    return Diagnostic(
      .unknownOccasion,
      at: name.location,
      ja: "作成時期（occasion）「\(name.text)」は、ありません。",
      en: "There is no occasion “\(name.text)”.",
      hint: occasions.isEmpty
        ? Message(
          ja:
            "この版の書類一式は一種類です。分けるには、edition.xml の packet に <occasion id=\"\(name.text)\">名称</occasion> と書きます。",
          en:
            "The edition has one packet. To have several, write <occasion id=\"\(name.text)\">name</occasion> into the packet of edition.xml."
        )
        : Message(
          ja: (near.map { "「\($0)」ではありませんか。" } ?? "") + "ある作成時期：\(list)",
          en: (near.map { "Did you mean “\($0)”? " } ?? "") + "There are: \(list)"
        )
    )
  }

  fileprivate static func emptyOccasion(_ occasion: Occasion) -> Self {
    Diagnostic(
      .emptyElement,
      at: occasion.location,
      ja: "作成時期「\(occasion.id)」に作成する書類がありません。",
      en: "No document is made on the occasion “\(occasion.id)”.",
      hint: Message(
        ja: "その時に作成する書類の document に on=\"\(occasion.id)\" と書くか、この occasion を削ってください。",
        en: "Write on=\"\(occasion.id)\" on its documents, or remove the occasion."
      )
    )
  }
}
