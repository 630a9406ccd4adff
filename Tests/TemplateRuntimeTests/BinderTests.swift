import Diagnostics
import Fixtures
import Records
import TemplateRuntime
import Testing

struct BinderTests {
  private let dictionary = SmallDictionary.shared

  private func place(_ line: Int) -> Diagnostics.SourceLocation {
    Diagnostics.SourceLocation(file: "d", line: line, column: 1)
  }

  private func scalar(_ text: String, _ line: Int = 1) -> RawNode {
    RawNode(.scalar(RawScalar(bytes: Array(text.utf8), isQuoted: false)), at: place(line))
  }

  private func mapping(_ entries: (String, RawNode)..., line: Int = 1) -> RawNode {
    RawNode(
      .mapping(
        entries.map { RawNode.Entry(key: $0.0, keyLocation: $0.1.location, value: $0.1) }
      ),
      at: place(line)
    )
  }

  private func list(_ items: RawNode..., line: Int = 1) -> RawNode {
    RawNode(.sequence(items), at: place(line))
  }

  private var full: RawNode {
    mapping(
      (
        "contract",
        mapping(
          ("number", scalar("0040012", 2)),
          ("date", scalar("2022-04-01", 3)),
          ("ratio", scalar("12.5", 4)),
          line: 2
        )
      ),
      (
        "vendor",
        mapping(
          ("id", scalar("V001", 6)),
          ("name", scalar("株式会社みほん", 7)),
          (
            "workers",
            list(
              mapping(
                ("name", scalar("髙﨑", 9)),
                ("start", scalar("2022-03-01", 10)),
                ("pledge_date", scalar("2022-04-02", 11)),
                (
                  "cards",
                  list(mapping(("number", scalar("A1", 12))), mapping(("number", scalar("A2", 13))))
                )
              ),
              mapping(("name", scalar("濵田", 14)), line: 14),
              line: 8
            )
          ),
          line: 6
        )
      )
    )
  }

  /// The values of a record in the order of its frames, for comparison by eye.
  private func values(_ record: Record) -> [String] {
    record.slots.compactMap { slot in
      switch slot.kind {
      case .absent: nil
      case .text, .word: String(decoding: record.bytes(of: slot), as: UTF8.self)
      case .number: String(slot.number)
      case .list: "\(slot.count)×\(slot.number)"
      }
    }
  }

  @Test func finalModePrintsAllButWhatIsFilledInByHand() {
    let binding = dictionary.bind(full, mode: .final, date: 19_083)
    #expect(
      values(binding.record) == [
        "0040012", "19083", "125000", "V001", "株式会社みほん", "2×7", "final", "19083", "髙﨑", "19052",
        "2×1", "2", "濵田",
        "A1", "A2",
      ]
    )
    #expect(values(binding.everything).contains("19084"))
  }

  @Test func prefilledModePrintsWhatIsMarkedAndTheListsAroundIt() {
    let binding = dictionary.bind(full, mode: .prefilled, date: nil)
    #expect(
      values(binding.record) == [
        "0040012", "19083", "V001", "株式会社みほん", "2×7", "prefilled", "髙﨑", "濵田",
      ]
    )
  }

  @Test func blankModePrintsNoData() {
    let binding = dictionary.bind(full, mode: .blank, date: 19_083)
    #expect(values(binding.record) == ["blank", "19083"])
    #expect(binding.record.arena == Array("blank".utf8))
  }

  @Test func theAbsentFrameIsAsWideAsTheWidestAndLast() {
    for mode in PacketMode.allCases {
      let record = dictionary.bind(full, mode: mode, date: nil).record
      let widest = dictionary.frames.map(\.stride).max() ?? 0
      #expect(record.slots.count == record.absentFrame + widest)
      #expect(record.slots[record.absentFrame...].allSatisfy { $0.kind == .absent })
    }
  }

  @Test(arguments: PacketMode.allCases)
  func rulesAreAskedOfTheWholeDataInEveryMode(_ mode: PacketMode) {
    let diagnostics = dictionary.bind(full, mode: mode, date: nil).diagnostics
    #expect(diagnostics.map(\.code) == [.ruleViolated])
    #expect(diagnostics.map(\.severity) == [.warning])
    #expect(diagnostics.first?.location == place(10))
    #expect(diagnostics.first?.message.ja == "従事開始日が契約締結日より前です。（特記事項第５条第２項）")
  }

  @Test func whatIsMissingStandsWhereItsParentDoes() {
    let data = mapping(
      ("contract", mapping(("number", scalar("1", 3)), line: 2)),
      (
        "vendor",
        mapping(
          ("workers", list(mapping(("role", scalar("責任者", 6)), line: 6), line: 5)),
          ("incident", mapping(("stage", scalar("最終報", 8)), line: 8)),
          line: 4
        )
      )
    )
    let missing = dictionary.bind(data, mode: .final, date: nil).diagnostics
    #expect(missing.allSatisfy { $0.code == .missingValue })
    #expect(
      missing.map { "\($0.location.line) \($0.message.en.prefix { $0 != " " })" } == [
        "2 contract.date", "4 vendor.id", "4 vendor.name", "6 vendor.workers[1].name",
        "8 vendor.incident.cause", "8 vendor.incident.measures",
      ]
    )
    #expect(dictionary.bind(data, mode: .prefilled, date: nil).diagnostics.isEmpty)
  }

  @Test func anEmptyValueIsMissingWhereItsKeyStands() {
    let data = mapping(
      (
        "contract",
        mapping(("number", scalar("1", 3)), ("date", RawNode(.absent, at: place(4))), line: 2)
      ),
      ("vendor", mapping(("id", scalar("V", 6)), ("name", scalar(" ", 7)), line: 5))
    )
    let missing = dictionary.bind(data, mode: .final, date: nil).diagnostics
    #expect(missing.map(\.location.line) == [4, 7])
  }

  @Test func whatCouldNotBeReadIsNotMissingToo() {
    let data = mapping(
      ("contract", scalar("x", 2)),
      (
        "vendor",
        mapping(
          ("id", list(line: 4)),
          ("name", scalar("A", 5)),
          ("workers", list(scalar("B", 6))),
          line: 3
        )
      )
    )
    let diagnostics = dictionary.bind(data, mode: .final, date: nil).diagnostics
    #expect(diagnostics.map(\.code) == [.wrongType, .wrongType, .wrongType])
  }

  @Test func aSingleValueIsAListOfOne() {
    let data = mapping(("vendor", mapping(("incident", mapping(("measures", scalar("封鎖した。")))))))
    let binding = dictionary.bind(data, mode: .blank, date: nil)
    #expect(binding.diagnostics.isEmpty)
    #expect(values(binding.everything) == ["1×1", "blank", "封鎖した。"])
  }

  @Test func emptyItemsOfAListAreNoItems() {
    let data = mapping(
      (
        "vendor",
        mapping(
          ("workers", list(RawNode(.absent, at: place(1)), mapping(("name", scalar("髙﨑"))))),
          ("incident", mapping(("measures", list(scalar(""), scalar("　")))))
        )
      )
    )
    let binding = dictionary.bind(data, mode: .blank, date: nil)
    #expect(binding.diagnostics.isEmpty)
    #expect(values(binding.everything) == ["1×7", "blank", "髙﨑"])
  }

  @Test func labelsAndAliasesAreNamesToo() {
    let data = mapping(
      ("契約", mapping(("契約No", scalar("1", 2)), ("契約日", scalar("R4.4.1", 3)))),
      ("受注者", mapping(("商号又は名称", scalar("A", 4))))
    )
    let binding = dictionary.bind(data, mode: .blank, date: nil)
    #expect(binding.diagnostics.isEmpty)
    #expect(values(binding.everything) == ["1", "19083", "A", "blank"])
  }

  @Test func theSameFieldUnderTwoOfItsNamesIsGivenTwice() {
    let data = mapping(
      ("contract", mapping(("date", scalar("R4.4.1", 2)), ("契約日", scalar("R4.4.2", 3))))
    )
    let diagnostics = dictionary.bind(data, mode: .blank, date: nil).diagnostics
    #expect(diagnostics.map(\.code) == [.duplicateKey])
    #expect(diagnostics.first?.location == place(3))
  }

  /// An item in which every field is left empty is a row that nobody filled in.
  @Test func emptyItemsDoNotCount() {
    let empty = mapping(
      ("従事者の氏名", scalar("　")),
      ("start", RawNode(.absent, at: place(2))),
      ("cards", list(mapping(("number", scalar(""))), scalar(" ")))
    )
    let data = mapping(
      (
        "vendor",
        mapping(
          ("workers", list(empty, mapping(), mapping(("name", scalar("髙﨑"))), empty)),
          ("incident", mapping(("measures", list(scalar(" "), scalar("封鎖した。")))))
        )
      )
    )
    let binding = dictionary.bind(data, mode: .blank, date: nil)
    #expect(binding.diagnostics.isEmpty)
    #expect(values(binding.everything) == ["1×7", "1×1", "blank", "髙﨑", "封鎖した。"])
  }

  @Test func whatIsWrongInAnEmptyItemIsReported() {
    let items = [
      mapping(("nmae", scalar(""))), list(), mapping(("name", list())),
      mapping(("name", mapping())),
      mapping(("cards", mapping())), mapping(("cards", list(list()))),
    ]
    for item in items {
      let data = mapping(("vendor", mapping(("workers", list(item)))))
      #expect(dictionary.bind(data, mode: .blank, date: nil).diagnostics.count == 1)
    }
  }

  @Test(arguments: [("", "", true), ("2022-04-01", "", true), ("2022-04-01", "2022-04-02", false)])
  func whoHasPledgedIsNotNew(_ first: String, _ second: String, _ hasNew: Bool) {
    let workers = [("甲", first), ("乙", second)].map {
      mapping(("name", scalar($0.0)), ("pledge_date", scalar($0.1)))
    }
    let data = mapping(("vendor", mapping(("workers", list(workers[0], workers[1])))))
    let all = dictionary.bind(data, mode: .final, date: nil)
    let binding = Binder(dictionary).bind(data, mode: .final, date: nil, onlyNew: true)
    #expect(binding.hasNew == hasNew)
    #expect(all.hasNew == hasNew)
    #expect(
      binding.everything.canonicalBytes(dictionary) == all.everything.canonicalBytes(dictionary)
    )
    #expect(binding.diagnostics == all.diagnostics)
    let names = values(all.record).filter { ["甲", "乙"].contains($0) }
    #expect(names == ["甲", "乙"])
    let printed = values(binding.record).filter { ["甲", "乙"].contains($0) }
    #expect(printed == zip(["甲", "乙"], [first, second]).filter { $0.1.isEmpty }.map(\.0))
  }

  @Test func noDataSetsThePacketsOwnFields() {
    let data = mapping(("packet", mapping(("mode", scalar("final")))))
    let binding = dictionary.bind(data, mode: .blank, date: nil)
    #expect(binding.diagnostics.map(\.code) == [.unknownDataField])
    #expect(values(binding.record) == ["blank"])
  }

  @Test func canonicalBytesDoNotDependOnSpellingOrOrder() {
    let one = mapping(
      (
        "contract",
        mapping(
          ("date", scalar("令和４年４月１日")),
          ("amount", scalar("金1,000円")),
          ("score", scalar("1.50"))
        )
      ),
      ("vendor", mapping(("individual", scalar("個人")), ("workers", list())))
    )
    let other = mapping(
      ("受注者", mapping(("個人", scalar("true")))),
      (
        "contract",
        mapping(("score", scalar("１．５")), ("amount", scalar("1000")), ("契約日", scalar("R4.4.1")))
      )
    )
    let a = dictionary.bind(one, mode: .blank, date: nil)
    let b = dictionary.bind(other, mode: .final, date: 0)
    #expect(a.everything.canonicalBytes(dictionary) == b.everything.canonicalBytes(dictionary))
    #expect(a.record.canonicalBytes(dictionary) != b.record.canonicalBytes(dictionary))
  }

  @Test func canonicalBytesTellEveryChangeApart() {
    var seen: Set<[UInt8]> = []
    let variants: [RawNode] = [
      mapping(("vendor", mapping(("name", scalar("A"))))),
      mapping(("vendor", mapping(("name", scalar("B"))))),
      mapping(("vendor", mapping(("id", scalar("A"))))),
      mapping(("vendor", mapping(("workers", list(mapping(("name", scalar("A")))))))),
      mapping(
        (
          "vendor",
          mapping(("workers", list(mapping(("name", scalar("A"))), mapping(("role", scalar("B"))))))
        )
      ),
      mapping(
        (
          "vendor",
          mapping(("workers", list(mapping(("name", scalar("A")), ("role", scalar("B"))))))
        )
      ),
      mapping(
        ("vendor", mapping(("incident", mapping(("measures", list(scalar("A"), scalar("B")))))))
      ),
      mapping(("vendor", mapping(("incident", mapping(("measures", list(scalar("AB")))))))),
      mapping(("vendor", mapping(("name", scalar("神\u{FA19}"))))),
      mapping(("vendor", mapping(("name", scalar("神\u{795E}"))))),
    ]
    for variant in variants {
      let record = dictionary.bind(variant, mode: .blank, date: nil).everything
      #expect(seen.insert(record.canonicalBytes(dictionary)).inserted)
    }
  }
}
