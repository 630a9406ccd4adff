import Diagnostics
import Fixtures
import Foundation
import Packets
import TemplateCompiler
import Testing

struct ProvisionUsesTests {
  private let uses: ProvisionUses

  init() throws {
    let folder = Golden.cases.appending(path: "errors/_base").path(percentEncoded: false)
    uses = ProvisionUses(of: try #require(EditionReader.read(folder).source))
  }

  private func listed(_ uses: [ProvisionUse]) -> [String] {
    uses.map { "\($0.location.file):\($0.location.line) \($0.kind) \($0.name) \($0.provision)" }
  }

  @Test func whatRestsOnAnArticleOrIsWithinIt() throws {
    let found = try #require(uses.uses(of: "subcontracting"))
    #expect(
      listed(found) == [
        "annex.xml:16 call application subcontracting-ban",
        "annex.xml:20 reference  subcontracting-ban",
        "annex.xml:20 requirement vendor.application.subcontractor application-contents",
        "annex.xml:21 requirement vendor.application.reason application-contents",
        "annex.xml:22 requirement vendor.application.other_matters application-contents",
        "annex.xml:26 reference  application-contents",
        "annex.xml:40 reference  subcontracting-ban",
        "edition.xml:12 paper 再委託承諾申請書 subcontracting-ban",
        "forms/application.xml:2 form application subcontracting",
        "forms/application.xml:11 reference  subcontracting-ban",
      ]
    )
  }

  @Test func nothingRestsOnWhatIsNotThere() throws {
    #expect(uses.uses(of: "subcontractin") == nil)
    #expect(try #require(uses.uses(of: "report")).isEmpty)
    #expect(uses.provisions.contains("subcontracting-ban"))
  }

  /// A paragraph's words concern what rests on its article, but not what rests on its neighbours.
  @Test func aChangeConcernsWhatIsAroundItToo() throws {
    let touched = uses.uses(touchedBy: ["application-contents"])
    let article = try #require(uses.uses(of: "subcontracting"))
    #expect(!touched.isEmpty)
    #expect(touched.allSatisfy(article.contains))
    #expect(!touched.contains { $0.provision == "subcontracting-ban" })
    #expect(
      touched.filter { $0.provision == "subcontracting" }
        == article.filter { $0.provision == "subcontracting" }
    )
  }
}
