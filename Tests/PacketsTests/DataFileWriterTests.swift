@testable import DataEditing
@testable import DataFiles
import Fixtures
import Foundation
import Packets
import Records
import TemplateRuntime
import TemplateCompiler
import Testing

/// A whole contract as a new file.
struct DataFileWriterTests {
  private static let samples = [
    "contract.yaml", "contract.json", "contract-agent.yaml", "contract-consortium.yaml",
    "contract-individual.yaml",
  ]

  private func tree(_ bytes: [UInt8], _ format: DataFile.Format, _ binder: Binder) throws
    -> DataTree
  {
    let data = DataFile.read(bytes, named: "d", format: format)
    #expect(data.diagnostics.isEmpty)
    return DataTree(try #require(data.root), binder)
  }

  private func canonical(_ tree: DataTree, _ binder: Binder) throws -> [[UInt8]] {
    try tree.vendors.indices.map { index in
      let placed = try #require(tree.placed(vendor: index, binder))
      return binder.bind(placed.root, mode: .final, date: nil).everything
        .canonicalBytes(binder.dictionary)
    }
  }

  @Test(arguments: samples, DataFile.Format.allCases)
  func aSampleIsTheSameData(_ sample: String, _ format: DataFile.Format) throws {
    let path = EditionSampleTests.folder.appending(path: "samples/\(sample)")
    let binder = try #require(EditionSampleTests.edition?.binder)
    let bytes = Array(try Data(contentsOf: path))
    let original = try tree(bytes, DataFile.Format(path: sample) ?? .yaml, binder)
    let written = DataFileWriter.bytes(original, format: format, title: "版", binder)
    let again = try tree(written, format, binder)
    #expect(again.saysTheSame(as: original))
    #expect(try canonical(again, binder) == canonical(original, binder))
    // As if it had been read from the sample itself.
    let root = try #require(DataFile.read(bytes, named: sample, format: nil).root)
    let contract = try ContractFile(root, binder).tree(vendor: nil).get()
    let bound = binder.bind(contract, mode: .final, date: nil).everything
    #expect(try canonical(again, binder) == [bound.canonicalBytes(binder.dictionary)])
  }

  @Test(arguments: DataFile.Format.allCases)
  func anyTreeIsTheSameData(_ format: DataFile.Format) throws {
    let binder = Binder(SmallDictionary.shared)
    for seed in 0..<500 as Range<UInt64> {
      var random = RandomData(SmallDictionary.shared, seed: seed)
      var changes = RandomChanges(binder, seed: seed)
      let original = changes.changed(DataTree(random.record(), binder))
      let written = DataFileWriter.bytes(original, format: format, title: "版\n# \u{85}", binder)
      let again = try tree(written, format, binder)
      #expect(again.saysTheSame(as: original), "\(String(decoding: written, as: UTF8.self))")
      #expect(try canonical(again, binder) == canonical(original, binder))
      #expect(DataFileWriter.bytes(again, format: format, title: "版\n# \u{85}", binder) == written)
    }
  }

  @Test(arguments: DataFile.Format.allCases)
  func aFileIsEasyToRead(_ format: DataFile.Format) throws {
    let path = EditionSampleTests.folder.appending(path: "samples/contract.yaml")
    let edition = try #require(EditionSampleTests.edition)
    let original = try tree(Array(try Data(contentsOf: path)), .yaml, edition.binder)
    let written = DataFileWriter.bytes(
      original,
      format: format,
      title: edition.name,
      edition.binder
    )
    Golden.expect(
      String(decoding: written, as: UTF8.self),
      matches: Golden.cases.appending(path: "downloads/contract.\(format.rawValue)")
    )
  }

  @Test func anEmptyContractIsAFileToo() throws {
    let binder = Binder(SmallDictionary.shared)
    for format in DataFile.Format.allCases {
      let written = DataFileWriter.bytes(DataTree(binder), format: format, title: "版", binder)
      #expect(
        String(decoding: written, as: UTF8.self) == (format == .yaml ? "# 契約データ　版\n" : "{}\n")
      )
      #expect(try tree(written, format, binder) == DataTree(binder))
    }
  }
}
