import Diagnostics
import Fixtures
import Foundation
@testable import TemplateCompiler
import Testing

/// What `tokki import` writes can be compiled: each reference leads where its words say.
struct ImportedAnnexTests {
  @Test(arguments: Golden.folders(of: "import"))
  func everyReferenceIsAccepted(_ name: String) throws {
    let annex = Golden.cases.appending(path: "import/\(name)/expected.xml")
    let xml = String(decoding: try Data(contentsOf: annex), as: UTF8.self)
    let (_, diagnostics) = PrintedAnnex.compile(xml)
    let codes: Set<DiagnosticCode> = [
      .falseReference, .danglingReference, .referenceMoved, .typedReference, .invalidAttribute,
    ]
    let wrong = diagnostics.filter { codes.contains($0.code) }
    #expect(wrong.isEmpty, "\(wrong.map { "\($0.location.line): \($0.message.ja)" })")
  }
}
