import Records
import TemplateRuntime

/// Decides what a link becomes in one output: nothing, always a link, or a link if its document is printed.
struct LinkResolver {
  private let documents: [LaidOutDocument]
  private let format: OutputFormat

  enum Link {
    case none
    case always(String)
    case onlyIf(Condition, String)
  }

  init(_ documents: [LaidOutDocument], format: OutputFormat) {
    self.documents = documents
    self.format = format
  }

  func link(to target: LinkTarget, from document: LaidOutDocument) -> Link {
    guard let other = documents.first(where: { $0.id == target.document }) else { return .none }
    let reference: String
    switch format {
    case .fieldList: return .none
    case .annotatedHTML: reference = "#" + target.anchor
    case .docbook:
      guard !other.isOfficeOnly, !document.isOfficeOnly else { return .none }
      reference = target.anchor
    case .html:
      guard !other.isOfficeOnly else { return .none }
      reference = "#" + target.anchor
    case .splitHTML:
      if other.id == document.id {
        reference = "#" + target.anchor
      } else {
        guard !other.isOfficeOnly else { return .none }
        // The office's sheet stands beside the packet, whether that is split or not.
        reference =
          (document.isOfficeOnly ? "packet.html" : fileName(of: other)) + "#" + target.anchor
      }
    }
    guard other.id != document.id, let condition = presence(of: other) else {
      return .always(reference)
    }
    return .onlyIf(condition, reference)
  }

  /// The number of a target's document, where a link must name it: the articles of a screen stand each on a page of its own.
  func documentNumber(of target: LinkTarget) -> Int? {
    guard format == .annotatedHTML else { return nil }
    return documents.first { $0.id == target.document }?.position
  }

  /// Nil: always printed.
  func presence(of document: LaidOutDocument) -> Condition? {
    var conditions = document.condition.map { [$0] } ?? []
    if let repetition = document.repetition, repetition.minimum == 0 {
      conditions.append(.present(repetition.list))
    }
    return conditions.isEmpty ? nil : .all(conditions)
  }

  /// The first instance's file.
  private func fileName(of document: LaidOutDocument) -> String {
    PacketFileName.split(
      position: document.position,
      document: document.id,
      instance: document.repetition == nil ? nil : 1
    )
  }
}
