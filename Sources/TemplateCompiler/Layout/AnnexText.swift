package import Diagnostics
import Records

/// The words of a provision as they are printed, with those of its parts.
package struct AnnexText: Hashable, Sendable {
  /// Nil for the title.
  package let kind: ProvisionKind?
  package let id: String?
  /// As a reference from outside would name it: 第６条第２項, 附則; empty if none can.
  package let name: String
  /// What stands before the words: 第６条, ２, （１）; empty: nothing.
  package fileprivate(set) var label: String
  /// With its brackets; also a heading without one: 附　則.
  package fileprivate(set) var caption: String
  /// Whether the caption stands before the label.
  package fileprivate(set) var isCaptionFirst: Bool
  /// Without those of its parts.
  package let words: String
  package fileprivate(set) var parts: [AnnexText] = []
  /// Of the provision in its file.
  package let location: SourceLocation

  /// Reads the words back from the laid-out annex, so that what is compared is what is printed.
  static func provisions(
    of annex: Annex,
    _ document: LaidOutDocument,
    _ numbered: NumberedAnnex
  ) -> [AnnexText] {
    document.blocks.flatMap { block -> [AnnexText] in
      switch block {
      case .title(let title, _, _):
        [
          AnnexText(
            kind: nil,
            id: nil,
            name: "",
            label: "",
            caption: "",
            isCaptionFirst: true,
            words: title.plainText,
            location: annex.titleLocation
          )
        ]
      case .provisions(let provisions): provisions.map { AnnexText($0, numbered) }
      case .mark, .formNumber, .line, .sender, .paragraph, .lines, .fields, .table, .staticTable,
        .list, .values, .signature, .officeUse, .section, .photo, .copy, .conditional, .repeated:
        []
      }
    }
  }
}

extension AnnexText {
  private init(_ block: ProvisionBlock, _ numbered: NumberedAnnex) {
    let provision = numbered.provisions[block.index]
    let heading = block.heading.plainText
    // A caption that runs into the words is laid out as the first of the sentences; behind a heading it counts as words.
    let isLed =
      heading.isEmpty && provision.provision.deleted == 0
      && block.sentences.count > provision.provision.sentences.count
    kind = block.kind
    id = provision.provision.id?.text
    name = numbered.words(of: Address(index: block.index, part: nil))
    words = block.sentences.dropFirst(isLed ? 1 : 0).map(\.content.plainText).joined()
    location = provision.provision.location
    label = block.number
    caption = heading
    isCaptionFirst = true
    if isLed {
      caption = block.sentences[0].content.plainText
      isCaptionFirst = false
    } else if label.isEmpty, !provision.label.isEmpty {
      if heading.hasPrefix(provision.label) {
        label = provision.label
        caption = String(heading.dropFirst(label.count))
        isCaptionFirst = caption.isEmpty
      } else if heading.hasSuffix(provision.label) {
        label = provision.label
        caption = String(heading.dropLast(label.count))
      }
    }
    parts = (block.table.map(rows) ?? []) + block.parts.map { AnnexText($0, numbered) }
    if block.kind == .article, label.isEmpty { takeNumber(provision.label) }
  }

  /// An article's number is laid out with its first paragraph, behind that one's heading if there is one.
  private mutating func takeNumber(_ number: String) {
    guard let first = parts.first, first.label == number else { return }
    let hasHeading = !first.caption.isEmpty && first.isCaptionFirst
    if hasHeading, !caption.isEmpty { return }
    label = first.label
    parts[0].label = ""
    if caption.isEmpty {
      (caption, isCaptionFirst) = (first.caption, first.isCaptionFirst)
      (parts[0].caption, parts[0].isCaptionFirst) = ("", true)
    }
  }

  private func rows(of table: StaticTable) -> [AnnexText] {
    ([table.labels].filter { !$0.isEmpty } + table.rows.map { $0.cells.map(\.plainText) }).map {
      cells in
      AnnexText(
        kind: .table,
        id: nil,
        name: name,
        label: "",
        caption: "",
        isCaptionFirst: true,
        words: cells.joined(separator: "　"),
        location: location
      )
    }
  }
}
