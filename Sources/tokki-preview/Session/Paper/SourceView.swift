import Packets
import TemplateCompiler
import TemplateRuntime

/// What a paper is made of and made into, as text for those who keep templates.
enum SourceView: String {
  case html, docbook, listing

  /// The text of one instance (1-based) of a document.
  func text(
    of document: String,
    instance: Int,
    in ready: ReadyEdition,
    with record: Record,
    checkNumber: CheckNumber
  ) -> String? {
    func rendered(_ program: Program) -> String? {
      guard let section = program.sections.first(where: { $0.document == document }) else {
        return nil
      }
      let last = max(section.instanceCount(in: record), 1)
      let bytes = Renderer.render(
        section,
        instance: min(max(instance, 1), last) - 1,
        of: program,
        with: record,
        checkNumber: checkNumber
      )
      return String(decoding: bytes, as: UTF8.self)
    }
    return switch self {
    case .html: rendered(ready.edition.splitHTML)
    case .docbook: rendered(ready.edition.docbook)
    case .listing:
      ready.edition.splitHTML.sections.first { $0.document == document }
        .map(ready.edition.splitHTML.listing)
    }
  }
}
