import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Packets
import Records
import TemplateCompiler
import Testing

/// What is forfeited, claimed, set off and paid when a contract is terminated or damage is done: the derived values of
/// `dictionary/damages.xml`.
///
/// That they have their properties for all amounts is proved by Tests/Judges/test_amounts.py.
struct AmountTests {
  /// The names of the derived values, in the order in which they are computed.
  private static let names = [
    "price", "deposit", "forfeited", "liquidated", "damage_total", "claim", "refundable", "payable",
    "offset", "bill", "payment", "due_total",
  ]

  /// Nil: absent.
  private typealias Amounts = [String: Int64]

  private static func amounts(in record: Record, _ dictionary: FieldDictionary) -> Amounts {
    var amounts: Amounts = [:]
    for name in names {
      guard let slot = record.slot(at: "vendor.damage_case.\(name)", dictionary),
        slot.kind == .number
      else { continue }
      amounts[name] = slot.number
    }
    return amounts
  }

  // MARK: Cases

  @Test(arguments: Golden.folders(of: "amounts"))
  func casesComeOutAsRecorded(_ name: String) throws {
    let folder = Golden.cases.appending(path: "amounts/\(name)")
    let dictionary = try #require(EditionSampleTests.edition).dictionary
    let data = DataFile.read(folder.appending(path: "data.yaml").path(percentEncoded: false))
    let root = try #require(data.root)
    let binding = dictionary.bind(root, mode: .final, date: nil)
    #expect(!binding.diagnostics.hasErrors)
    let amounts = Self.amounts(in: binding.record, dictionary)
    let lines = Self.names.map { name in
      "\(name): \(amounts[name].map { "\($0)" } ?? "—")\n"
    }
    Golden.expect(lines.joined(), matches: folder.appending(path: "expected.txt"))
  }

  // MARK: Random cases

  /// What is known of a case.
  private struct Known {
    let price: Int64
    let isAmended: Bool
    /// 納付, 免除, 保険等, 担保の提供.
    let mode: String
    let deposit: Int64
    let isTerminated, isSetOff: Bool
    let damages: [Int64]
    let unpaid, others: Int64

    init(_ random: inout SeededGenerator) {
      // Great, small, and near to one another: where amounts are equal most goes wrong.
      let greatest = Int64(999_999_999_999)
      func amount(_ random: inout SeededGenerator, near other: Int64 = 0) -> Int64 {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: Int64.random(in: 1...greatest / 10, using: &random)
        case 1: Int64.random(in: 0...30, using: &random)
        case 2: min(max(other + Int64.random(in: -2...2, using: &random), 0), greatest / 10)
        case 3: 0
        case _: Int64.random(in: 0...20_000_000, using: &random)
        }
      }
      price = max(1, amount(&random) * Int64.random(in: 1...10, using: &random))
      isAmended = Bool.random(using: &random)
      let modes = ["納付", "免除", "保険等", "担保の提供"]
      mode = modes[Int.random(in: modes.indices, using: &random)]
      deposit = max(1, amount(&random, near: price / 10))
      isTerminated = Bool.random(using: &random)
      isSetOff = Bool.random(using: &random)
      let total = isTerminated ? (mode == "納付" || mode == "担保の提供" ? deposit : price / 10) : 0
      let first = amount(&random, near: total)
      damages = [first] + (0..<Int.random(in: 0...3, using: &random)).map { _ in amount(&random) }
      unpaid = amount(&random, near: damages.reduce(0, +) - total)
      others = amount(&random)
    }

    var tree: RawNode {
      let vendor = RawNode.mapping([
        ("terminated", .words(isTerminated ? "有" : "無")),
        ("price_kind", .words(isAmended ? "変更後の契約金額" : "契約金額")),
        ("other_price", isAmended ? .number(price) : .nothing),
        ("damage_details", .items(damages.map { .mapping([("amount", .number($0))]) })),
        ("set_off", .words(isSetOff ? "する" : "しない")), ("unpaid", .number(unpaid)),
        ("other_debts", .number(others)),
      ])
      let contract = RawNode.mapping([
        ("amount_incl_tax", isAmended ? .number(1) : .number(price)),
        ("deposit_mode", .words(mode)),
        ("deposit_paid", mode == "納付" ? .number(deposit) : .nothing),
        ("security_value", mode == "担保の提供" ? .number(deposit) : .nothing),
      ])
      return .mapping([
        ("contract", contract), ("vendor", .mapping([("damage_case", vendor)])),
      ])
    }

    /// By the words of Articles 20 and 21, debt by debt, and not by the formulas.
    ///
    /// Without the provisions of an annex of less than these, the damage is claimed whole.
    func expected(isProvided: Bool) -> Amounts {
      var office = Int64(0), contractor = unpaid + others
      let held = mode == "納付" || mode == "担保の提供" ? deposit : 0
      var forfeited = Int64(0), liquidated = Int64(0)
      if isTerminated, isProvided {
        if held > 0 {
          forfeited = held
        } else {
          // The tenth part, without the last digit.
          liquidated = Int64(String(price).dropLast()) ?? 0
        }
      }
      let refundable = mode == "納付" && forfeited == 0 ? held : 0
      contractor += refundable
      let total = damages.reduce(0, +)
      for damage in damages { office += damage }
      var taken = forfeited > 0 ? forfeited : liquidated
      if taken > office { taken = office }
      office -= taken
      let claim = office
      let payable = contractor
      if isSetOff {
        if office < contractor {
          contractor -= office
          office = 0
        } else {
          office -= contractor
          contractor = 0
        }
      }
      return [
        "price": price, "deposit": held, "forfeited": forfeited, "liquidated": liquidated,
        "damage_total": total, "claim": claim, "refundable": refundable, "payable": payable,
        "offset": claim - office, "bill": office, "payment": contractor,
        "due_total": office + liquidated,
      ]
    }
  }

  @Test(arguments: [("kawasaki-1985", true), ("kaku-shi", false)])
  func randomCasesAgreeWithWhatTheArticlesSay(_ name: String, _ isProvided: Bool) throws {
    let folder = EditionSampleTests.folder.deletingLastPathComponent().appending(path: name)
    let source = try #require(EditionReader.read(folder.path(percentEncoded: false)).source)
    let edition = try #require(Compiler.compile(source).edition)
    let binder = edition.binder
    var random = SeededGenerator(seed: 20)
    for number in 0..<(Ring.isThorough ? 100_000 : 2000) {
      let known = Known(&random)
      let binding = binder.bind(known.tree, mode: .blank, date: nil)
      let amounts = Self.amounts(in: binding.everything, edition.dictionary)
      let expected = known.expected(isProvided: isProvided)
      #expect(amounts == expected, "case \(number): \(known)")
    }
  }
}

extension RawNode {
  private static let here = SourceLocation(file: "data.yaml", line: 1, column: 1)

  fileprivate static var nothing: RawNode { RawNode(.absent, at: here) }

  fileprivate static func words(_ text: String) -> RawNode {
    RawNode(.scalar(RawScalar(bytes: Array(text.utf8), isQuoted: true)), at: here)
  }

  fileprivate static func number(_ number: Int64) -> RawNode { words("\(number)") }

  fileprivate static func items(_ items: [RawNode]) -> RawNode {
    RawNode(.sequence(items), at: here)
  }

  fileprivate static func mapping(_ entries: [(key: String, value: RawNode)]) -> RawNode {
    RawNode(
      .mapping(entries.map { Entry(key: $0.key, keyLocation: here, value: $0.value) }),
      at: here
    )
  }
}
