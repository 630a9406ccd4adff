import AnnexComparison
import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Packets
import Records
import TemplateCompiler
import Testing

/// The editions of the folder Templates: each is right, says what its official text says, and prints its sample's papers.
struct EditionsTests {
  static let templates = Golden.cases.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Templates")
  static let cities = ["kaku-shi", "kawasaki-1985", "mihon-shi"]

  private func path(_ name: String) -> String {
    Self.templates.appending(path: name).path(percentEncoded: false)
  }

  @Test(arguments: cities)
  func aCitysEditionIsRight(_ city: String) throws {
    let opening = Edition.open(path(city))
    #expect(opening.diagnostics.map(\.message.ja) == [])
    let edition = try #require(opening.edition)
    let proof = TextProof(
      official: try OfficialText.read(path(city + "/original.txt")),
      edition: ComparedText(edition.compiled.annexes[0])
    )
    #expect(proof.compared > 1000)
    #expect(proof.differing == 0)
  }

  @Test(arguments: cities)
  func theSampleIsReadyToBeHandedIn(_ city: String) throws {
    let edition = try #require(Edition.open(path(city)).edition)
    let data = DataFile.read(path(city + "/samples/contract.yaml"))
    let tree = try ContractFile(try #require(data.root), edition.binder).tree(vendor: nil).get()
    let binding = edition.binder.bind(tree, mode: .final, date: nil)
    #expect(binding.diagnostics.map(\.message.ja) == [])
  }

  /// A provision that the common edition speaks of is one that a city's keeper can look up.
  @Test func theCatalogueKnowsWhatTheCommonEditionSpeaksOf() throws {
    let catalogue = try #require(EditionFinder.catalogue(of: path("common")))
    let known = Set(catalogue.entries.map(\.id))
    let forms = try FileManager.default.contentsOfDirectory(atPath: path("common/forms"))
      .map { "forms/" + $0 }
    var named: Set<String> = []
    for file in ["edition.xml", "dictionary.xml"] + forms {
      let text = try String(contentsOfFile: path("common/" + file), encoding: .utf8)
      for match in text.matches(of: /(?:basis|<ref\s+to)="([a-z-]+)/) {
        named.insert(String(match.1))
      }
      for match in text.matches(of: /has\('([a-z-]+)'\)/) { named.insert(String(match.1)) }
    }
    #expect(named.count > 30)
    #expect(named.subtracting(known) == [])
  }

  /// The Kawasaki annex has all that the common edition speaks of, and its papers are those of all others.
  @Test func whatIsInheritedIsListed() throws {
    let source = try #require(EditionReader.read(path("kaku-shi")).source)
    let words = InheritedWords.list(source)
    let owners = Set(words.map(\.owner))
    #expect(
      words.allSatisfy {
        $0.location.file.hasPrefix("../common/") && $0.location.line > 0 || $0.owner == "style"
      }
    )
    #expect(
      owners.isSuperset(of: [
        "form pledge", "paper id-card", "document incident-report", "slot notice.statutory_terms",
        "dictionary",
      ])
    )
    // What the edition says itself.
    #expect(owners.isDisjoint(with: ["slot office.name", "paper pledge"]))
    #expect(!words.contains { $0.words.contains("（宛先）") })
    #expect(words.contains { $0.words == "再委託承諾申請書" && $0.owner == "form subcontract-application" })
  }
}
