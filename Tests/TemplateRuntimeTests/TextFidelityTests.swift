import Diagnostics
import Fixtures
import Records
import Testing

/// What a person typed is printed as it was typed.
struct TextFidelityTests {
  private let dictionary = SmallDictionary.shared

  @Test(arguments: [
    "髙﨑　例子", "𠮷野家", "神\u{FA19}", "福\u{FA1B}𣘺", "渡邉\u{E0100}", "か\u{3099}", "é e\u{301}",
    "①㈱ｶﾅ１２Ａ", "〜−‖", " 前後の空白 ", "\u{FEFF}BOM", "\u{A0}NBSP", "タブ\tあり", "👩‍👩‍👧‍👦",
  ])
  func namesKeepTheirBytes(_ name: String) {
    let binding = dictionary.bind(.value(name, at: "vendor.name"), mode: .blank, date: nil)
    let slot = binding.everything.slot(at: "vendor.name", dictionary)
    #expect(binding.diagnostics.isEmpty)
    #expect(slot.map { Array(binding.everything.bytes(of: $0)) } == Array(name.utf8))
  }

  @Test(arguments: [
    ("一\r\n二\r三\n四", "一\n二\n三\n四"), ("一\n二\n", "一\n二"), ("一\n\n二", "一\n\n二"), ("\n一", "\n一"),
  ])
  func lineEndsBecomeLineFeeds(_ typed: String, _ kept: String) {
    let binding = dictionary.bind(.value(typed, at: "contract.remarks"), mode: .blank, date: nil)
    let text = binding.everything.text(at: "contract.remarks", dictionary)
    #expect(text.map { Array($0.utf8) } == Array(kept.utf8))
  }

  @Test(arguments: ["", " ", "　", "\n", "\r\n", " \t　\n"])
  func nothingButSpaceIsNoValue(_ text: String) {
    for path in ["vendor.name", "contract.remarks", "contract.date", "contract.deposit"] {
      let binding = dictionary.bind(.value(text, at: path), mode: .blank, date: nil)
      #expect(binding.everything.slot(at: path, dictionary)?.kind == .absent)
      #expect(binding.diagnostics.isEmpty)
    }
  }

  @Test func everyForbiddenCharacterIsNamedAndNoOtherRefused() {
    let binder = Binder(dictionary)
    var wrong: [String] = []
    for value in UInt32(0)...0x10FFFF {
      let isInteresting =
        value < 0x3000 || value & 0xFF > 0xFA || (0xFD00...0xFE00).contains(value)
      guard isInteresting, let scalar = Unicode.Scalar(value) else { continue }
      let isRefused: Bool =
        switch value {
        case 0x09, 0x0A, 0x0D: false
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFDD0...0xFDEF: true
        case 0xFFFD: true
        case _: value & 0xFFFF >= 0xFFFE
        }
      let code: DiagnosticCode = value == 0xFFFD ? .lostCharacter : .forbiddenCharacter
      let node = RawNode.value("あ\(scalar)い", at: "contract.remarks")
      let diagnostics = binder.bind(node, mode: .blank, date: nil).diagnostics
      let isNamed = diagnostics.contains {
        $0.code == code && $0.message.en.contains(scalar.codePoint)
      }
      if isNamed != isRefused || diagnostics.isEmpty == isRefused { wrong.append(scalar.codePoint) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func aLineBreakInAOneLineFieldIsAnError() {
    let node = RawNode.value("株式会社\nみほん", at: "vendor.name")
    #expect(dictionary.bind(node, mode: .blank, date: nil).diagnostics.map(\.code) == [.lineBreak])
  }

  @Test func wordsMayCarryARemark() {
    let path = "vendor.incident.occurred_at"
    let text = "不明（10月７日から11日までの間）"
    let binding = dictionary.bind(.value(text, at: path), mode: .blank, date: nil)
    #expect(binding.everything.slot(at: path, dictionary)?.kind == .word)
    #expect(binding.everything.text(at: path, dictionary) == text)
    let longer = dictionary.bind(.value("不明瞭", at: path), mode: .blank, date: nil)
    #expect(longer.diagnostics.map(\.code) == [.wrongType])
  }

  @Test(arguments: [
    ("責任者", "責任者", 0), ("現場監督", "現場監督", -1), ("その他（現場監督）", "現場監督", -1), ("その他(監督)", "監督", -1),
    ("その他（従事者）", "従事者", 1),
    ("その他", "", -1),
  ])
  func aChoiceTakesTextOfItsOwn(_ typed: String, _ kept: String, _ option: Int64) {
    var builder = SmallDictionary()
    builder.add("role", "役割", .value(.choice(options: ["責任者", "従事者"], other: true)))
    let binding = builder.dictionary.bind(.value(typed, at: "role"), mode: .final, date: nil)
    #expect(binding.everything.text(at: "role", builder.dictionary) == kept)
    #expect(binding.everything.slots[0].number == option)
  }
}
