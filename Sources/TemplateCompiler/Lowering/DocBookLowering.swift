import Records
import TemplateRuntime

/// Lowers documents to one DocBook 5.0 book, a chapter for each.
///
/// Numbers and references are literal text and links. Tables are CALS; ids stand on chapters, sections and phrases, which
/// consumers keep (measured with pandoc and docbook-xsl).
struct DocBookLowering {
  private let documents: [LaidOutDocument]
  private let links: LinkResolver
  private let builder = ProgramBuilder()

  static func program(_ documents: [LaidOutDocument]) -> Program {
    let lowering = DocBookLowering(documents: documents.filter { !$0.isOfficeOnly })
    lowering.book()
    return lowering.builder.program(.docbook)
  }

  private init(documents: [LaidOutDocument]) {
    self.documents = documents
    links = LinkResolver(documents, format: .docbook)
  }

  private func book() {
    let draft = documents.contains(where: \.isDraft) ? " status=\"draft\"" : ""
    builder.markup(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ja"\(draft)>
      <info><title>書類一式</title></info>

      """
    )
    for document in documents {
      builder.section(document) { chapter(document) }
    }
    builder.markup("</book>\n")
  }

  private func chapter(_ document: LaidOutDocument) {
    builder.markup("<chapter xml:id=\"")
    builder.anchor(document.anchor)
    builder.markup("\" role=\"\(document.kind == .annex ? "annex" : "form")\">\n<title>")
    builder.text(document.title)
    builder.markup("</title>\n")
    let blocks = DocBookBlocks(document: document, links: links, builder: builder)
    if document.showsCheckNumber { blocks.checkNumber() }
    blocks.emit(document.blocks)
    builder.markup("</chapter>\n")
  }
}
