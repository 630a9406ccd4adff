import Diagnostics
import Fixtures
import Foundation
import Packets
import TemplateCompiler
import TemplateRuntime
import Testing

/// The samples of the Kawasaki edition, bound by its own dictionary.
struct EditionSampleTests {
  private static let folder = Golden.cases.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Templates/kawasaki-1985")

  static let edition: CompiledEdition? = {
    let (source, _) = EditionReader.read(folder.path(percentEncoded: false))
    return source.flatMap { Compiler.compile($0).edition }
  }()

  private static let binder = edition.map { Binder($0.dictionary) }

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
}
