import Diagnostics
@testable import Files
import Fixtures
import Packets
import Records
import TemplateCompiler
import Testing

/// 外字: which characters are reported, and at what places.
struct RepertoireTests {
  private static let inAll =
    "aZ~\t\nあアｱﾞー、。「」　漢字髙﨑神濵德彅犾①⑳㈱㊤№℡㍻ⅰⅩ纊黑αЖ─┼〓～－―∥￥￠￡￢〜−‖—¥¢£¬\u{A0}"
  private static let inBothStandards = "俱剝塡頰𠮟𣘺𩸽㉝♥éçōㇷゔ©か゚"
  private static let inUnicode =
    "𠮷㊙渡邉\u{E0100}葛\u{FE00}❤\u{FE0F}한简か\u{3099}👩\u{200D}👧\u{FEFF}"
  private static let inNone = "\u{E000}\u{E757}\u{F8FF}\u{F0000}\u{10FFFD}"

  @Test(arguments: [
    (RepertoireName.cp932, [inAll]), (.jisX0213, [inAll, inBothStandards]),
    (.unicode, [inAll, inBothStandards, inUnicode]),
  ])
  func knownCharactersAreInTheirSets(_ name: RepertoireName, _ inside: [String]) {
    let repertoire = Repertoire.named(name)
    let base = Set("渡邉葛か".unicodeScalars)
    for text in [Self.inAll, Self.inBothStandards, Self.inUnicode, Self.inNone] {
      for scalar in text.unicodeScalars where inside.contains(text) || !base.contains(scalar) {
        #expect(repertoire.contains(scalar.value) == inside.contains(text), "\(scalar.codePoint)")
      }
    }
  }

  /// By the standards: 6,355 kanji and 仝 of JIS X 0208 and 360 of IBM; 303 of JIS X 0213 beyond the first plane.
  @Test func theSetsAreWhole() {
    func count(_ name: RepertoireName, _ scalars: ClosedRange<UInt32>...) -> Int {
      let repertoire = Repertoire.named(name)
      return scalars.joined().count { repertoire.contains($0) }
    }
    #expect(count(.cp932, 0x4E00...0x9FFF, 0xF900...0xFAFF) == 6_355 + 1 + 360)
    #expect(count(.jisX0213, 0x20000...0x2FFFF) == 303)
    for name in RepertoireName.allCases {
      #expect(count(name, 0xE000...0xF8FF, 0xF0000...0x10FFFF) == 0)
    }
  }

  private func report(
    _ text: String,
    at path: String = "contract.remarks",
    _ name: RepertoireName = .cp932,
    mode: PacketMode = .blank
  ) -> [Diagnostic] {
    Binder(SmallDictionary.shared, repertoire: .named(name))
      .bind(.value(text, at: path), mode: mode, date: nil).diagnostics
      .filter { $0.code == .outsideRepertoire }
  }

  @Test(arguments: [
    ("𠮷野", "の１文字目は", "character 1."),
    ("見本𠮷", "の３文字目は", "character 3."),
    ("見本𠮷と𠮷", "の３文字目ほかは", "character 3 and others."),
    ("渡邉\u{E0100}さん", "の２文字目は", "character 2."),
    ("渡邉\u{E0100}𠮷", "の２文字目ほかは", "character 2 and others."),
    ("渡邉\u{FE00}", "の２文字目は", "character 2."),
    ("𠮷\u{E0100}", "の１文字目は", "character 1."),
    ("\u{E0100}", "の１文字目は", "character 1."),
    ("ｶﾞ\u{E000}", "の３文字目は", "character 3."),
    ("か\u{3099}𠮷", "の１文字目ほかは", "character 1 and others."),
    ("0123456789𠮷", "の11文字目は", "character 11."),
    ("一\n二𠮷\n三", "の２行目の２文字目は", "character 2 of line 2."),
    ("𠮷\n二", "の１行目の１文字目は", "character 1 of line 1."),
    ("é", "の１文字目は", "character 1."),
  ])
  func charactersAreCountedAsPeopleCountThem(_ text: String, _ ja: String, _ en: String) throws {
    let reports = report(text)
    #expect(reports.count == 1)
    let first = try #require(reports.first)
    #expect(first.severity == .warning)
    #expect(first.field == "contract.remarks")
    #expect(first.message.ja.contains("「備考」" + ja))
    #expect(first.messageWithPath.ja.contains("「備考」（contract.remarks）" + ja))
    #expect(first.message.en.hasSuffix(en))
  }

  @Test func everyModeTellsTheSame() {
    let reports = PacketMode.allCases.map { report("見本𠮷", mode: $0) }
    #expect(reports[0].count == 1)
    #expect(reports.allSatisfy { $0 == reports[0] })
  }

  @Test func nobodyAsksWithoutARepertoire() {
    let binding = SmallDictionary.shared.bind(
      .value("\u{E000}", at: "vendor.name"),
      mode: .blank,
      date: nil
    )
    #expect(binding.diagnostics.isEmpty)
  }

  @Test func theEditionDecides() {
    #expect(report("𠮷", .jisX0213).count == 1)
    #expect(report("𠮟", .jisX0213).isEmpty)
    #expect(report("邉\u{E0100}", .jisX0213).count == 1)
    #expect(report("𠮷邉\u{E0100}", .unicode).isEmpty)
    #expect(report("\u{E000}", .unicode).count == 1)
  }

  /// What Windows leaves to the user, F040 to F9FC, is read as private use.
  @Test func charactersOfTheUsersOwnAreReported() throws {
    for bytes in [[0xF0, 0x40], [0xF5, 0x80], [0xF9, 0xFC]] as [[UInt8]] {
      let text = try #require(CP932.shared?.decode(bytes[...]))
      for name in RepertoireName.allCases {
        #expect(report(String(decoding: text, as: UTF8.self), name).count == 1)
      }
    }
  }

  /// The value is printed as it was, and what is wrong in it is not repeated.
  @Test(arguments: RepertoireName.allCases)
  func theCharacterIsNotRepeated(_ name: RepertoireName) {
    for scalar in ["𠮷", "\u{E0100}", "\u{E000}", "é"] as [Unicode.Scalar] {
      for diagnostic in report("秘密\(scalar)", name) {
        for message in [diagnostic.message, diagnostic.hint ?? diagnostic.message] {
          let words = message.ja + message.en
          #expect(!words.unicodeScalars.contains(scalar))
          #expect(!words.contains(String(scalar.value, radix: 16, uppercase: true)))
          #expect(!words.contains("秘密"))
        }
      }
    }
  }
}
