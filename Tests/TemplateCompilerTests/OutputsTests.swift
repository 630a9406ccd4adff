import Fixtures
import Records
import TemplateCompiler
import TemplateRuntime
import Testing

/// What is lowered is the same, whatever else is.
struct OutputsTests {
  @Test(arguments: LanguageCase.all)
  func eachOutputIsTheSameAlone(_ example: LanguageCase) throws {
    let source = try example.edition().source
    guard let all = Compiler.compile(source).edition else { return }
    func edition(_ outputs: Outputs) throws -> CompiledEdition {
      try #require(Compiler.compile(source, outputs: outputs).edition)
    }
    let docbook = try edition(Outputs(html: false, splits: false, docbook: true))
    #expect(docbook.docbook.listing == all.docbook.listing)
    let html = try edition(Outputs(html: true, splits: true, docbook: false))
    #expect(html.html.listing == all.html.listing)
    #expect(html.splitHTML.listing == all.splitHTML.listing)
    let whole = try edition(Outputs(html: true, splits: false, docbook: false))
    #expect(whole.html.listing == all.html.listing)
    // The office's pages are no part of the packet, split or not.
    #expect(
      whole.splitHTML.sections.map(\.document)
        == all.splitHTML.sections.filter(\.isOfficeOnly).map(\.document)
    )
  }
}
