import AnnexComparison
import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Packets
import Records
import TemplateCompiler
import TemplateRuntime
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

  /// The common edition calls the parties as a city's slots do: in 甲 and 乙 nothing of the usual words is left.
  @Test func thePapersCallThePartiesAsTheAnnexDoes() throws {
    let source = try #require(EditionReader.read(path("kaku-shi")).source)
    let common = try String(contentsOfFile: path("common/edition.xml"), encoding: .utf8)
    let occasions = common.matches(of: /<occasion id="([a-z-]+)"/).map { String($0.1) }
    #expect(occasions.count > 3)
    for occasion in occasions {
      let edition = try #require(
        Compiler.compile(source, selection: Selection(occasion: occasion)).edition
      )
      let page = blank(edition, edition.splitHTML)
      #expect(page.contains("甲"), "\(occasion)")
      #expect(!page.contains("発注者") && !page.contains("受注者"), "\(occasion)")
    }
  }

  @Test func anEditionWithoutStyleSheetHasTheCommonOnes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.copyItem(at: Golden.cases.appending(path: "errors/_base"), to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.removeItem(at: folder.appending(path: "style.css"))
    let opening = Edition.open(folder.path(percentEncoded: false))
    #expect(opening.diagnostics.map(\.message.ja) == [])
    let edition = try #require(opening.edition)
    let style = try String(contentsOfFile: path("common/style.css"), encoding: .utf8)
    #expect(blank(edition.compiled, edition.compiled.html).contains(style))
  }

  private func blank(_ edition: CompiledEdition, _ program: Program) -> String {
    let nothing = RawNode(.absent, at: SourceLocation(file: "none"))
    let record = edition.dictionary.bind(nothing, mode: .blank, date: nil).record
    return String(decoding: Renderer.render(program, with: record, checkNumber: nil), as: UTF8.self)
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
