import Diagnostics
import Markup

extension Diagnostic {
  static func missingFile(_ name: String, at location: SourceLocation) -> Self {
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

  static func commonEdition(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: location,
      ja: "この版は、他の版が継承するためのものです。特記事項（annex.xml）がないため、単独では使えません。",
      en:
        "This edition is for others to extend: it has no annex.xml, and cannot be used by itself.",
      hint: Message(
        ja: "この版を extends に書いている版を指定してください。",
        en: "Name an edition that extends it."
      )
    )
  }

  static func unexpectedRoot(_ root: Element, expected: String) -> Self {
    Diagnostic(
      .unknownElement,
      at: root.location,
      ja: "このファイルの根要素は「\(root.name)」ではなく「\(expected)」でなければなりません。",
      en: "The root element of this file must be “\(expected)”, not “\(root.name)”."
    )
  }

  static func unknownTarget(_ kind: ProvisionKind, _ name: Name) -> Self {
    kind == .paragraph
      ? unknownTarget(name, ja: "項", en: "paragraph") : unknownTarget(name, ja: "条", en: "article")
  }

  static func unknownTarget(_ kind: Omission.Kind, _ name: Name) -> Self {
    switch kind {
    case .document: unknownTarget(name, ja: "書類", en: "document")
    case .paper: unknownTarget(name, ja: "関係書類", en: "paper")
    case .form: unknownTarget(name, ja: "様式", en: "form")
    case .field: unknownTarget(name, ja: "項目", en: "field")
    }
  }

  private static func unknownTarget(_ name: Name, ja: String, en: String) -> Self {
    Diagnostic(
      .unknownTarget,
      at: name.location,
      ja: "\(ja)「\(name.text)」は、継承する版にありません。",
      en: "The edition that is extended has no \(en) “\(name.text)”.",
      hint: Message(
        ja:
          "条、項、関係書類（paper）及び様式はidで、書類（document）は様式又は特記事項のidで、項目（field）は contract.place のように書きます。",
        en:
          "Name articles, paragraphs, papers and forms by id, a document by the id of its form or annex, a field as contract.place."
      )
    )
  }
}
