import DataFiles
import Diagnostics
import Fixtures
import Records
import Testing

/// A person's data never stands in a message, whatever is wrong with it.
struct PrivacyTests {
  private static let secret = "秘密　花子"

  private func reveals(_ diagnostics: [Diagnostic]) -> Bool {
    diagnostics.contains { diagnostic in
      [diagnostic.message, diagnostic.hint ?? diagnostic.message].contains {
        $0.ja.contains("秘密") || $0.en.contains("秘密")
      }
    }
  }

  @Test(arguments: [
    secret, secret + "\n" + secret, secret + "\u{7}", "令和４年" + secret, "不明" + secret,
  ])
  func valuesAreNotRepeated(_ text: String) {
    let dictionary = SmallDictionary.shared
    let binder = Binder(dictionary)
    for field in dictionary.fields {
      let binding = binder.bind(.value(text, at: field.path), mode: .final, date: nil)
      #expect(!reveals(binding.diagnostics), "\(field.path)")
    }
  }

  @Test func keysThatAreNoFieldNamesAreNotRepeated() {
    let binder = Binder(SmallDictionary.shared)
    for parent in ["", "vendor.", "vendor.contact."] {
      let node = RawNode.value("x", at: parent + Self.secret)
      #expect(!reveals(binder.bind(node, mode: .final, date: nil).diagnostics))
    }
  }

  @Test(arguments: [
    "秘密: 秘密: 秘密", "- 秘密\n秘密", "a: '秘密", "a: [秘密", "秘密: 1\n秘密: 2", "a: &秘密 x", "a: *秘密", "a: !秘密 x",
    "{\"秘密\": 秘密}", "{\"秘密\": 1, \"秘密\": 2}", "[\"秘密", "\"秘密\\x\"", "{\"秘密\" 1}", "{秘密}", "\u{1}秘密",
  ])
  func brokenFilesAreNotRepeated(_ text: String) {
    for format in DataFile.Format.allCases {
      let data = DataFile.read(Array(text.utf8), named: "d", format: format)
      #expect(!reveals(data.diagnostics))
    }
  }
}
