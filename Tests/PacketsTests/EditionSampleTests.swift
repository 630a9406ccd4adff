import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Packets
import Records
import TemplateCompiler
import TemplateRuntime
import Testing

/// The samples of the Kawasaki edition, bound by its own dictionary.
struct EditionSampleTests {
  static let folder = Golden.cases.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Templates/kawasaki-1985")

  static let edition: CompiledEdition? = {
    let (source, _) = EditionReader.read(folder.path(percentEncoded: false))
    return source.flatMap { Compiler.compile($0).edition }
  }()

  private static let binder = edition?.binder

  private func bind(_ sample: String, mode: PacketMode) throws -> Binding {
    let path = Self.folder.appending(path: "samples/\(sample)").path(percentEncoded: false)
    let data = DataFile.read(path)
    #expect(data.diagnostics.isEmpty)
    let binder = try #require(Self.binder)
    let root = try #require(data.root)
    let tree = try ContractFile(root, binder).tree(vendor: nil).get()
    return binder.bind(tree, mode: mode, date: nil)
  }

  @Test(arguments: ["contract.yaml", "contract.json"])
  func theFullSampleIsReadyToBeHandedIn(_ sample: String) throws {
    #expect(try bind(sample, mode: .final).diagnostics.map(\.message.ja) == [])
  }

  @Test(arguments: ["contract-agent.yaml", "contract-consortium.yaml", "contract-individual.yaml"])
  func theOtherSamplesAreRightAsFarAsTheyGo(_ sample: String) throws {
    #expect(try !bind(sample, mode: .prefilled).diagnostics.hasErrors)
  }

  @Test func prefilledModeCannotDoWithoutTheTitleAndTheVendorsName() throws {
    let binder = try #require(Self.binder)
    let nothing = RawNode(.absent, at: SourceLocation(file: "contract.yaml"))
    func missing(_ mode: PacketMode) -> [String?] {
      binder.bind(nothing, mode: mode, date: nil).diagnostics.map(\.field)
    }
    #expect(missing(.blank).isEmpty)
    #expect(Set(missing(.prefilled)) == ["contract.title", "vendor.name"])
    #expect(Set(missing(.final)).isSuperset(of: missing(.prefilled)))
  }

  @Test(arguments: [
    ("0", true), ("-1", true), ("1", false), ("999,999,999,999", false),
    ("1,000,000,000,000", true),
  ])
  func aContractCostsSomething(_ amount: String, _ isRefused: Bool) throws {
    let binder = try #require(Self.binder)
    let tree = RawNode.value(amount, at: "contract.amount_incl_tax")
    let codes = binder.bind(tree, mode: .blank, date: nil).diagnostics.map(\.code)
    #expect(codes == (isRefused ? [.outOfRange] : []))
  }

  /// The sample has a 𠮷, and the edition's style says nothing of characters.
  @Test func theEditionsOwnBinderTellsOfForeignCharacters() throws {
    let diagnostics = try bind("contract-consortium.yaml", mode: .prefilled).diagnostics
    #expect(diagnostics.map(\.code) == [.outsideRepertoire])
    #expect(diagnostics.map(\.field) == ["vendor.members.rep_name"])
  }

  @Test(arguments: PacketMode.allCases)
  func yamlAndJSONAreTheSameData(_ mode: PacketMode) throws {
    let binder = try #require(Self.binder)
    let records = try ["contract.yaml", "contract.json"].map { try bind($0, mode: mode) }
    #expect(
      records[0].everything.canonicalBytes(binder.dictionary)
        == records[1].everything.canonicalBytes(binder.dictionary)
    )
    #expect(
      records[0].record.canonicalBytes(binder.dictionary)
        == records[1].record.canonicalBytes(binder.dictionary)
    )
  }

  /// The edition's programs, of which a random part of each sample has been run already, print the same papers.
  @Test(
    arguments: PacketMode.allCases,
    [
      "contract.yaml", "contract-agent.yaml", "contract-consortium.yaml",
      "contract-individual.yaml",
    ]
  )
  func specializedProgramsPrintTheSame(_ mode: PacketMode, _ sample: String) throws {
    let edition = try #require(Self.edition)
    let record = try bind(sample, mode: mode).record
    let all = Array(repeating: true, count: edition.dictionary.frames[0].stride)
    var generator = SeededGenerator(seed: UInt64(sample.utf8.count))
    for program in [edition.html, edition.splitHTML, edition.docbook] {
      let papers = SpecializedProgram(program, record)
      for _ in 0..<2 {
        let known = record.knowingSome(edition.dictionary, using: &generator)
        #expect(papers.difference(of: program.specialize(with: known)) == nil)
      }
      let rest = program.specialize(with: record.knowing(all))
      #expect(papers.difference(of: rest) == nil)
      for section in rest.sections where section.repetition == nil {
        let isSettled = rest.isSettled(section.body)
        #expect(isSettled, "\(section.document)")
      }
    }
  }

  /// A list of vendors varies what is the vendor's; the contract's words are static then.
  @Test func whatAListVariesIsLeft() throws {
    let edition = try #require(Self.edition)
    let dictionary = edition.dictionary
    let vendor = try #require(dictionary.field(at: "vendor"))
    let record = try bind("contract.yaml", mode: .final).record
    let given = Set(dictionary.fields.indices.filter { dictionary.root(of: $0) == vendor })
    let known = edition.binder.known(record, everything: record, given: given, mode: .final)
    for program in [edition.html, edition.splitHTML, edition.docbook] {
      let rest = program.specialize(with: known)
      #expect(SpecializedProgram(program, record).difference(of: rest) == nil)
      #expect(rest.instructions.count < program.instructions.count)
    }
    for (path, isKnown) in [
      ("contract.number", true), ("packet.mode", true), ("packet.warnings", false),
      ("vendor.workers", false), ("vendor.name", false),
    ] {
      let id = try #require(dictionary.field(at: path))
      #expect(known.knows(slot: dictionary.operand(of: id).slot) == isKnown, "\(path)")
    }
  }
}
