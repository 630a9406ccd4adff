import AnnexComparison
import AnnexImport
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

  /// What the template language cannot say, by case: 【】 around one caption of several.
  private static let inexpressible = ["caption-before": 2]

  @Test(arguments: Golden.folders(of: "import"))
  func theAnnexPrintsTheTextThatItWasMadeOf(_ name: String) throws {
    let folder = Golden.cases.appending(path: "import/\(name)")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false)
    )
    guard let input = files.first(where: { $0.hasPrefix("input.") }) else { return }
    let xml = try String(contentsOf: folder.appending(path: "expected.xml"), encoding: .utf8)
    let (edition, diagnostics) = PrintedAnnex.compile(xml)
    let errors = diagnostics.filter { $0.severity == .error }.map(\.message.ja)
    let compiled = try #require(edition, "\(errors)")
    let official = folder.appending(path: input).path(percentEncoded: false)
    let proof = TextProof(
      official: try OfficialText.read(official),
      edition: ComparedText(compiled.annexes[0])
    )
    #expect(proof.differing == Self.inexpressible[name] ?? 0)
    #expect(proof.differingInWidth == 0)
    #expect(proof.counts.moved == 0)
  }
}
