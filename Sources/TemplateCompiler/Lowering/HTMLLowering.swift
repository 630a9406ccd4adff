import Records
import TemplateRuntime

/// Lowers documents to HTML: one page with all of them, or a page for each.
struct HTMLLowering {
  private let documents: [LaidOutDocument]
  private let style: String
  private let links: LinkResolver
  private let builder: ProgramBuilder

  /// The packet on one page; `style` is the edition's style sheet.
  static func packet(_ documents: [LaidOutDocument], style: String) -> Program {
    let lowering = HTMLLowering(documents, style: style, format: .html)
    lowering.packet()
    return lowering.builder.program(.html)
  }

  /// A page for each document or, without `splits`, for each that stays in the office.
  static func pages(_ documents: [LaidOutDocument], style: String, splits: Bool) -> Program {
    let lowering = HTMLLowering(documents, style: style, format: .splitHTML)
    for document in documents where splits || document.isOfficeOnly {
      lowering.builder.section(document) {
        lowering.page(document) { lowering.article(document, heading: 1) }
      }
    }
    return lowering.builder.program(.splitHTML)
  }

  /// A document's page with nothing on it, for a screen that puts the article there.
  static func emptyPage(_ document: LaidOutDocument, style: String) -> [UInt8] {
    let lowering = HTMLLowering([document], style: style, format: .splitHTML)
    lowering.page(document) {}
    let program = lowering.builder.program(.splitHTML)
    let nothing = Record(arena: [], slots: [], absentFrame: 0)
    return Renderer.render(program, with: nothing, checkNumber: nil)
  }

  /// The documents' articles, with annotations that bind their values to their fields.
  static func annotatedArticles(_ documents: [LaidOutDocument], _ annotations: FieldAnnotations)
    -> Program
  {
    let lowering = HTMLLowering(
      documents,
      style: "",
      format: .annotatedHTML,
      annotations: annotations
    )
    for document in documents {
      lowering.builder.section(document) { lowering.article(document, heading: 1) }
    }
    return lowering.builder.program(.annotatedHTML)
  }

  private init(
    _ documents: [LaidOutDocument],
    style: String,
    format: OutputFormat,
    annotations: FieldAnnotations? = nil
  ) {
    self.documents = documents
    self.style = style
    links = LinkResolver(documents, format: format)
    builder = ProgramBuilder(annotations: annotations)
  }

  // MARK: Pages

  private func packet() {
    let documents = documents.filter { !$0.isOfficeOnly }
    head(title: "書類一式", documents)
    builder.markup("<header class=\"contents\"><h1>書類一式</h1><nav aria-label=\"書類の一覧\"><ol>\n")
    for document in documents {
      builder.branch(on: links.presence(of: document)) {
        builder.markup("<li><a href=\"#\(document.firstAnchor)\">")
        builder.text(document.title)
        builder.markup("</a></li>\n")
      }
    }
    builder.markup("</ol></nav></header>\n<main>\n")
    for document in documents {
      builder.section(document) { article(document, heading: 2) }
    }
    builder.markup("</main>\n</body>\n</html>\n")
  }

  private func page(_ document: LaidOutDocument, _ body: () -> Void) {
    head(title: document.title, [document])
    builder.markup("<main>\n")
    body()
    builder.markup("</main>\n</body>\n</html>\n")
  }

  private func head(title: String, _ documents: [LaidOutDocument]) {
    builder.markup(
      """
      <!DOCTYPE html>
      <html lang="ja">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>
      """
    )
    builder.text(title)
    builder.markup("</title>\n<style>\n")
    builder.markup(style)
    PageRules.emit(documents, into: builder)
    builder.markup(Self.sizes)
    builder.markup("</style>\n</head>\n<body>\n")
  }

  /// The sizes that classes name: of columns in hundredths of their table, of blanks in characters and in lines of handwriting.
  private static let sizes =
    (1...99).map { ".w-\($0){width:\($0)%}" }.joined() + "\n"
    + (1...40).map { ".blank-\($0){width:\($0)em}" }.joined() + "\n"
    + (2...20).map { ".lines-\($0){--lines:\($0)}" }.joined() + "\n"

  private func article(_ document: LaidOutDocument, heading: Int) {
    let name = document.kind == .annex ? "annex" : "form"
    builder.markup("<article class=\"document \(name) page-\(document.id)\" id=\"")
    builder.anchor(document.anchor)
    builder.markup("\" aria-labelledby=\"")
    builder.anchor(document.anchor)
    builder.markup("-title\">\n")
    HTMLBlocks(document: document, heading: heading, links: links, builder: builder)
      .emit(document.blocks)
    builder.markup("</article>\n")
  }
}

/// The `@page` rules of the documents: paper size, and the margins' words.
enum PageRules {
  static func emit(_ documents: [LaidOutDocument], into builder: ProgramBuilder) {
    for document in documents {
      builder.markup(".page-\(document.id){page:\(document.id)}\n@page \(document.id){")
      if document.isLandscape { builder.markup("size:A4 landscape;") }
      if document.isDraft { builder.markup("@top-right{font:14pt serif;content:\"案\"}") }
      builder.markup("@bottom-left{content:\"\(string(document.title))\"}")
      switch document.kind {
      case .annex:
        builder.markup("@bottom-center{content:counter(page)}")
      case .form:
        builder.markup("@bottom-right{content:")
        if document.showsCheckNumber {
          builder.markup("\"照合番号 ")
          builder.emit(.checkNumber)
          builder.markup("　\" ")
        }
        builder.markup("counter(page) \" / \" counter(pages)}")
      }
      builder.markup("}\n")
    }
    if documents.contains(where: \.isDraft) {
      builder.markup(
        "@media screen{.document::before{content:\"案\";display:block;font-size:14pt;text-align:right}}\n"
      )
    }
  }

  /// A CSS string's content; "<" too, since the style block ends at the first "</".
  private static func string(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\", "<", "\n": "\\" + String(scalar.value, radix: 16) + " "
      case _: String(scalar)
      }
    }.joined()
  }
}
