@testable import DataFiles
import Diagnostics
import Fixtures
import Foundation
@testable import Guides
import Records
import TemplateRuntime
import Testing

/// `tokki schema` in its three forms: of the small dictionary as golden files, of the Kawasaki edition by what they promise.
struct SchemaTests {
  private static let small = DataGuide(
    title: "小さな版",
    dictionary: SmallDictionary.shared,
    basisWords: SmallDictionary.shared.field(at: "vendor.workers").map { [$0: "特記事項第５条"] } ?? [:]
  )

  private static let kawasaki = EditionSampleTests.edition.map { DataGuide(whole: $0) }

  enum Edition: CaseIterable {
    case small, kawasaki
  }

  private func guide(_ edition: Edition) throws -> DataGuide {
    switch edition {
    case .small: Self.small
    case .kawasaki: try #require(Self.kawasaki)
    }
  }

  private func golden(_ name: String) -> URL {
    Golden.cases.appending(path: "schema").appending(path: name)
  }

  @Test func theFormsAreAsExpected() throws {
    let schema = String(decoding: JSONSchema.value(Self.small).bytes(fitting: 120), as: UTF8.self)
    Golden.expect(schema, matches: golden("small.json"))
    Golden.expect(BlankData.text(Self.small), matches: golden("small.yaml"))
    let header = try #require(RosterHeader(Self.small))
    Golden.expect(String(decoding: header.csv, as: UTF8.self), matches: golden("small.csv"))
  }

  // MARK: The blank file

  private func bind(_ text: String, _ guide: DataGuide, mode: PacketMode) throws -> Binding {
    let data = DataFile.read(Array(text.utf8), named: "blank.yaml", format: .yaml)
    #expect(data.diagnostics.isEmpty)
    let contract = ContractFile(try #require(data.root), guide.binder)
    #expect(contract.diagnostics.isEmpty)
    return guide.binder.bind(try contract.tree(vendor: nil).get(), mode: mode, date: nil)
  }

  @Test(arguments: Edition.allCases, PacketMode.allCases)
  func aBlankFileIsDataWithoutValues(_ edition: Edition, _ mode: PacketMode) throws {
    let guide = try guide(edition)
    let binding = try bind(BlankData.text(guide), guide, mode: mode)
    let nothing = guide.binder.bind(
      RawNode(.absent, at: SourceLocation(file: "blank.yaml")),
      mode: mode,
      date: nil
    )
    #expect(
      binding.everything.canonicalBytes(guide.dictionary)
        == nothing.everything.canonicalBytes(guide.dictionary)
    )
    let errors = binding.diagnostics.filter { $0.severity == .error }
    let isDemanding = mode == .final || mode == .prefilled && edition == .kawasaki
    #expect(Set(errors.map(\.code)) == (isDemanding ? [.missingValue] : []))
    #expect(binding.diagnostics.count == nothing.diagnostics.count)
  }

  /// The key of every field, once, where the binder looks for it.
  @Test(arguments: Edition.allCases)
  func aBlankFileNamesEveryField(_ edition: Edition) throws {
    let guide = try guide(edition)
    let data = DataFile.read(Array(BlankData.text(guide).utf8), named: "blank.yaml", format: .yaml)
    var found: [Field.ID] = []
    func visit(_ node: RawNode, _ parent: Field.ID?) throws {
      switch node.content {
      case .absent, .scalar: break
      case .sequence(let items):
        #expect(items.count == 1)
        for item in items { try visit(item, parent) }
      case .mapping(let entries):
        for entry in entries {
          let id = try #require(guide.binder.field(entry.key, under: parent))
          found.append(id)
          try visit(entry.value, id)
        }
      }
    }
    try visit(try #require(data.root), nil)
    let packet = guide.binder.packet
    // What is computed is not asked for.
    let all = guide.dictionary.fields.indices.filter {
      guide.dictionary.root(of: $0) != packet && guide.dictionary.fields[$0].formula == nil
    }
    #expect(found.sorted() == all)
  }

  @Test func whatEndsACommentBecomesASpace() throws {
    var dictionary = SmallDictionary.shared
    var declaration = Field.Declaration(
      name: "a",
      label: "甲\n乙: \u{2028}丙\u{85}\r",
      shape: .value(.choice(options: ["#\n", "- "], other: false)),
      location: SourceLocation(file: "dictionary.xml")
    )
    declaration.help = "丁\u{FEFF}\t戊"
    _ = dictionary.add(declaration, under: nil)
    let guide = DataGuide(title: "題\n名", dictionary: dictionary)
    let binding = try bind(BlankData.text(guide), guide, mode: .blank)
    #expect(binding.diagnostics.isEmpty)
  }

  // MARK: Rosters

  @Test func theRosterHasWhatIsPrintedInAdvance() throws {
    let header = try #require(RosterHeader(guide(.kawasaki)))
    #expect(header.labels.prefix(4) == ["契約番号", "受注者番号", "件名", "契約締結日"])
    #expect(header.labels.contains("担当者電話"))
    #expect(!header.labels.contains("報告書番号"))
    #expect(header.csv.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(header.csv.suffix(2) == [0x0D, 0x0A])
    #expect(header.csv.filter { $0 == 0x0A }.count == 1)
  }

  @Test(arguments: Edition.allCases)
  func noTwoColumnsHaveOneLabel(_ edition: Edition) throws {
    let guide = try guide(edition)
    for sheet in [nil] + RosterHeader.sheetNames(guide).map(Optional.some) {
      let labels = try #require(RosterHeader(guide, sheet: sheet)).labels
      #expect(Set(labels.map { Array($0.utf8) }).count == labels.count)
    }
  }

  @Test func sheetsTellWhoseTheirItemsAre() throws {
    let guide = try guide(.kawasaki)
    func begin(_ sheet: String) -> [String]? {
      (RosterHeader(guide, sheet: sheet)?.labels.prefix(4)).map { Array($0) }
    }
    #expect(begin("contract.amendments") == ["契約番号", "変更日", "変更後金額", "変更後の履行期間の始期"])
    #expect(begin("vendor.workers") == ["契約番号", "受注者番号", "従事者の番号", "従事者の氏名"])
    #expect(begin("従事者") == begin("vendor.workers"))
    #expect(begin("vendor.handover_slips.items") == ["契約番号", "受注者番号", "情報資産受渡票", "番号"])
    #expect(begin("vendor.incident.data_items") == ["契約番号", "受注者番号", "個人情報の項目"])
    #expect(begin("vendor.incident") == ["契約番号", "受注者番号", "報告書番号", "報告年月日"])
    #expect(begin("vendor.contact") == nil)
    #expect(begin("municipality.designated_staff") == nil)
  }

  @Test func doubledLabelsAreQualifiedAndCellsQuoted() throws {
    var builder = SmallDictionary()
    builder.open("contract", "契約") {
      $0.add("number", "契約番号", .value(.identifier)) { $0.key = .contract }
      $0.open("first", "甲") {
        $0.add("name", "名称", .value(.text))
        $0.open("inner", "内") { $0.add("date", "日", .value(.date)) }
      }
      $0.open("second", "乙") {
        $0.add("name", "名称", .value(.text))
        $0.open("inner", "内") { $0.add("date", "日", .value(.date)) }
      }
      $0.add("a", "同", .value(.text))
      $0.add("b", "同", .value(.text))
      $0.add("c", "金額,\"税込\"", .value(.money))
    }
    builder.open("vendor", "受注者") {
      $0.add("id", "受注者番号", .value(.identifier)) { $0.key = .vendor }
    }
    let header = try #require(
      RosterHeader(DataGuide(title: "", dictionary: builder.dictionary))
    )
    #expect(
      String(decoding: header.csv, as: UTF8.self)
        == "\u{FEFF}契約番号,受注者番号,甲.名称,甲.内.日,乙.名称,乙.内.日,contract.a,contract.b,\"金額,\"\"税込\"\"\"\r\n"
    )
  }
}
