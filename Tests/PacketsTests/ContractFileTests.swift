import DataFiles
import Diagnostics
import Fixtures
import Records
import Testing

struct ContractFileTests {
  private func file(_ yaml: String) -> ContractFile {
    let text = SourceText(file: "d.yaml", bytes: Array(yaml.utf8))
    let root =
      YAMLReader.read(text).root ?? RawNode(.absent, at: Diagnostics.SourceLocation(file: "d.yaml"))
    return ContractFile(root, Binder(SmallDictionary.shared))
  }

  private func name(_ tree: Result<RawNode, VendorFailure>) -> String? {
    guard case .success(let node) = tree else { return nil }
    return SmallDictionary.shared.bind(node, mode: .final, date: nil).record
      .text(at: "vendor.name", SmallDictionary.shared)
  }

  private func code(_ tree: Result<RawNode, VendorFailure>) -> DiagnosticCode? {
    guard case .failure(let failure) = tree else { return nil }
    return failure.diagnostic.code
  }

  @Test func aSingleVendorNeedsNoChoice() {
    for yaml in [
      "vendor: {id: V001, name: 甲社}", "受注者: {受注者番号: V001, name: 甲社}",
      "vendors: [{id: V001, name: 甲社}]",
      "vendors: {id: V001, name: 甲社}",
    ] {
      #expect(file(yaml).diagnostics.isEmpty)
      #expect(file(yaml).vendorIDs == ["V001"])
      #expect(name(file(yaml).tree(vendor: nil)) == "甲社")
      #expect(name(file(yaml).tree(vendor: "V001")) == "甲社")
      #expect(code(file(yaml).tree(vendor: "V002")) == .unknownVendor)
    }
  }

  @Test func ofSeveralVendorsOneIsChosenAndNoOtherIsLeft() throws {
    let several = file(
      "contract: {number: 1}\nvendors:\n- {id: V001, name: 甲社}\n- {id: V002, name: 乙社}\n"
    )
    #expect(several.vendorIDs == ["V001", "V002"])
    #expect(name(several.tree(vendor: "V002")) == "乙社")
    #expect(code(several.tree(vendor: nil)) == .unknownVendor)
    let tree = try several.tree(vendor: "V002").get()
    #expect(!DataWriter.json(tree).contains("甲"))
    guard case .failure(let failure) = several.tree(vendor: "V003") else {
      Issue.record("V003 was found")
      return
    }
    #expect(failure.diagnostic.hint?.ja == "データにある受注者：V001、V002")
  }

  @Test func vendorsAreDistinguishedByBytes() {
    let twins = file("vendors: [{id: 神, name: 甲社}, {id: \u{FA19}, name: 乙社}]")
    #expect(twins.diagnostics.isEmpty)
    #expect(name(twins.tree(vendor: "\u{FA19}")) == "乙社")
  }

  @Test func whatDoesNotLookLikeAnIDIsNotShown() {
    let named = file("vendors: [{id: 見本　太郎}, {id: V002}]")
    guard case .failure(let failure) = named.tree(vendor: nil) else { return }
    #expect(failure.diagnostic.hint?.ja == "データにある受注者：V002")
  }

  @Test func idsAreNeededAndUnique() {
    let wrong = file("vendors: [{id: V001}, {name: 乙社}, {id: ' V001 '}]\nvendor: {id: V009}\n")
    #expect(wrong.diagnostics.map(\.code) == [.duplicateKey, .missingValue, .duplicateVendor])
  }

  @Test func dataWithoutAVendorIsLeftAsItIs() {
    #expect(name(file("contract: {number: 1}").tree(vendor: nil)) == nil)
    #expect(code(file("contract: {number: 1}").tree(vendor: "V001")) == .unknownVendor)
  }
}
