@testable import DataEditing
@testable import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Records
import TemplateRuntime
import Testing

/// The data as the browser edits it.
struct DataTreeTests {
  private let binder = Binder(SmallDictionary.shared)

  private func tree(_ yaml: String) throws -> DataTree {
    let data = DataFile.read(Array(yaml.utf8), named: "d.yaml", format: .yaml)
    return DataTree(try #require(data.root), binder)
  }

  private func json(_ tree: DataTree) -> String {
    String(decoding: tree.json(binder).bytes, as: UTF8.self)
  }

  private func read(_ json: String) -> (tree: DataTree?, diagnostics: [Diagnostic]) {
    read(Array(json.utf8))
  }

  private func read(_ json: [UInt8]) -> (tree: DataTree?, diagnostics: [Diagnostic]) {
    let data = DataFile.read(json, named: "d.json", format: .json)
    guard let root = data.root, !data.diagnostics.hasErrors else { return (nil, data.diagnostics) }
    return DataTree.read(root, binder)
  }

  // MARK: From a file

  @Test func keysBecomeNamesInTheDictionarysOrder() throws {
    let tree = try tree(
      """
      受注者: {担当者連絡先: {担当者電話: 044}, 商号又は名称: 甲社}
      契約: {備考: ~, 契約No: 0040012, 契約日: 2022-04-01, title: ''}
      """
    )
    #expect(
      json(tree)
        == #"{"contract":{"number":"0040012","title":"","date":"2022-04-01","remarks":null},"#
        + #""vendors":[{"name":"甲社","contact":{"tel":"044"}}]}"#
    )
  }

  @Test(arguments: [
    ("", "[{}]"), ("vendor:", "[{}]"), ("vendors: []", "[{}]"), ("vendor: 甲社", "[{}]"),
    ("vendor: {id: V001}", #"[{"id":"V001"}]"#), ("vendors: {id: V001}", #"[{"id":"V001"}]"#),
    ("受注者: [{id: V001}, ~, {受注者番号: V002}]", #"[{"id":"V001"},null,{"id":"V002"}]"#),
    ("vendors: [{id: V001}]\nvendor: {id: V002}", #"[{"id":"V001"}]"#),
  ])
  func vendorsAreAList(_ yaml: String, _ vendors: String) throws {
    #expect(try json(tree(yaml)) == #"{"vendors":\#(vendors)}"#)
  }

  @Test func textIsWhatWasTyped() throws {
    let tree = try tree(
      "contract:\n  title: ' a  '\n  remarks: |\n    一行\n\n    三行\nvendor:\n  incident: {measures: 一つ}\n"
    )
    #expect(
      json(tree) == #"{"contract":{"title":" a  ","remarks":"一行\n\n三行\n"},"#
        + #""vendors":[{"incident":{"measures":["一つ"]}}]}"#
    )
  }

  @Test func whatIsNoFieldStaysInTheFile() throws {
    let tree = try tree(
      """
      packet: {mode: final}
      x: 1
      contract: {number: {a: 1}, title: [甲], y: 2, date: 2022-04-01, 契約締結日: 2023-04-01}
      vendor: {contact: 甲, workers: [甲, {name: 乙, z: 3}, [丙], ~], incident: {measures: [一, [二]]}}
      """
    )
    #expect(
      json(tree) == #"{"contract":{"number":null,"title":null,"date":"2022-04-01"},"vendors":[{"#
        + #""contact":null,"workers":[null,{"name":"乙"},null,null],"incident":{"measures":["一",null]}}]}"#
    )
  }

  // MARK: From the browser

  @Test func theBrowsersJSONIsTheSameTree() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = RandomData(SmallDictionary.shared, seed: seed)
      let tree = DataTree(random.record(), binder)
      let bytes = tree.json(binder).bytes
      let (again, diagnostics) = read(bytes)
      #expect(diagnostics.isEmpty)
      #expect(again == tree)
    }
  }

  @Test(arguments: [
    (#"{"x":1}"#, DiagnosticCode.unknownDataField), (#"{"vendor":{}}"#, .unknownDataField),
    (#"{"契約":{}}"#, .unknownDataField), (#"{"packet":{}}"#, .unknownDataField),
    (#"{"contract":{"契約No":"1"}}"#, .unknownDataField),
    (#"{"vendors":[{"vendors":[]}]}"#, .unknownDataField),
    (#"{"contract":{"number":"1","number":"2"}}"#, .duplicateKey), ("[]", .wrongType),
    (#"{"contract":[]}"#, .wrongType), (#"{"vendors":{}}"#, .wrongType),
    (#"{"vendors":["x"]}"#, .wrongType), (#"{"contract":{"number":{}}}"#, .wrongType),
    (#"{"vendors":[{"incident":{"measures":"x"}}]}"#, .wrongType),
    (#"{"vendors":[{"incident":{"measures":[{}]}}]}"#, .wrongType), ("", .dataSyntax),
    (#"{"contract":{"number":"\uD800"}}"#, .forbiddenCharacter),
  ])
  func whatIsNoTreeIsRefused(_ json: String, _ code: DiagnosticCode) {
    let (tree, diagnostics) = read(json)
    #expect(tree == nil)
    #expect(diagnostics.map(\.code) == [code])
    #expect(diagnostics.flatMap(\.faultsOfStyle) == [])
  }

  @Test func noBytesMakeItTrap() {
    var generator = SeededGenerator(seed: 4)
    let whole = Array(
      #"{"contract":{"number":"0040012","remarks":"a\nb"},"vendors":[{"workers":[{"name":null}]}]}"#
        .utf8
    )
    for _ in 0..<3_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        case _: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: index)
        }
      }
      let (tree, diagnostics) = read(bytes)
      #expect((tree == nil) == diagnostics.hasErrors)
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(read(deep).diagnostics.map(\.code) == [.nestingTooDeep])
  }

  // MARK: Sameness

  @Test(arguments: [
    ("", "contract: {number: ''}", true), ("vendor: {contact: {tel: ~}}", "contract: {}", true),
    ("vendor: {workers: []}", "", true),
    ("vendor: {workers: [~]}", "vendor: {workers: [{}]}", true),
    ("vendor: {workers: [~]}", "", false), ("contract: {number: ' '}", "", false),
    ("vendor: {id: 1}", "vendors: [{id: '1'}]", true),
    ("vendors: [{id: 1}, {}]", "vendors: [{id: '1'}]", false),
    ("contract: {title: 神}", "contract: {title: \u{FA19}}", false),
    ("contract: {title: が}", "contract: {title: か\u{3099}}", false),
  ])
  func treesSayTheSame(_ a: String, _ b: String, _ expected: Bool) throws {
    #expect(try tree(a).saysTheSame(as: tree(b)) == expected)
  }

  // MARK: Binding

  @Test func aTreeBindsAsItsFileDoes() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = RandomData(SmallDictionary.shared, seed: seed)
      let file = random.record()
      let placed = try #require(DataTree(file, binder).placed(vendor: 0, binder))
      let a = binder.bind(file, mode: .final, date: nil)
      let b = binder.bind(placed.root, mode: .final, date: nil)
      #expect(
        a.record.canonicalBytes(binder.dictionary) == b.record.canonicalBytes(binder.dictionary)
      )
      #expect(a.diagnostics.map(\.message.ja).sorted() == b.diagnostics.map(\.message.ja).sorted())
      #expect(b.diagnostics.allSatisfy { placed.paths.path(of: $0) != nil })
    }
  }

  private static let faulty = """
    contract: {number: 1, date: 2022-04-31, title: "一\\n二", period_from: 2022-04-02, period_to: 2022-04-01}
    vendors:
    - {id: V001}
    - id: V002
      name: 乙社
      contact: {email: x}
      workers:
      - {}
      - {name: 甲, start: 2022-02-30}
      - role: 従事者
        cards: [{number: "一\\n二"}]
      incident: {stage: 最終報, occurred_at: 不詳, cause: 調査中, measures: [よし, 調査中]}
    """

  private static let faults = [
    "contract.title", "contract.date", "contract.period_to", "vendor.contact.email",
    "vendor.workers[2].start", "vendor.workers[3].name", "vendor.workers[3].cards[1].number",
    "vendor.incident.occurred_at", "vendor.incident.cause", "vendor.incident.measures[2]",
  ]

  @Test func diagnosticsAreFoundAtTheirFields() throws {
    let tree = try tree(Self.faulty)
    let second = try #require(tree.placed(vendor: 1, binder))
    let diagnostics = binder.bind(second.root, mode: .final, date: nil).diagnostics
    #expect(diagnostics.map { second.paths.path(of: $0) } == Self.faults)
    let first = try #require(tree.placed(vendor: 0, binder))
    let missing = binder.bind(first.root, mode: .final, date: nil).diagnostics
      .filter { $0.code == .missingValue }
    #expect(missing.map { first.paths.path(of: $0) } == ["vendor.name"])
    #expect(tree.placed(vendor: 2, binder) == nil)
  }

  /// In YAML, a record begins where its first key does.
  @Test func diagnosticsOfAFileAreFoundAtTheirFields() throws {
    let data = DataFile.read(Array(Self.faulty.utf8), named: "d.yaml", format: .yaml)
    let root = try #require(data.root)
    let paths = DataPaths(root, binder)
    let contract = ContractFile(root, binder)
    let diagnostics = binder.bind(
      try contract.tree(vendor: "V002").get(),
      mode: .final,
      date: nil
    ).diagnostics
    #expect(Set(diagnostics.map { paths.path(of: $0) }) == Set(Self.faults))
    #expect(diagnostics.count == Self.faults.count)
  }

  @Test func whatIsMissingAltogetherIsFoundByItsName() throws {
    let placed = try #require(DataTree(binder).placed(vendor: 0, binder))
    let diagnostics = binder.bind(placed.root, mode: .final, date: nil).diagnostics
    #expect(
      Set(diagnostics.map { placed.paths.path(of: $0) }) == [
        "contract.number", "contract.date", "vendor.id", "vendor.name",
      ]
    )
  }

  @Test func vendorsHaveTheirIDs() throws {
    let tree = try tree("vendors: [{id: ' V001 '}, {name: 乙}, ~]")
    #expect(tree.vendors.count == 3)
    #expect((0..<4).map { tree.vendorID($0, binder) } == ["V001", nil, nil, nil])
  }
}
