import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Records
import TemplateRuntime
import Testing

struct DataFileTests {
  private func read(_ bytes: [UInt8], _ format: DataFile.Format? = nil) -> ReadData {
    DataFile.read(bytes, named: "d", format: format)
  }

  @Test func theFormatFollowsTheNameAndElseTheContent() {
    #expect(DataFile.Format(path: "x/契約.yaml") == .yaml)
    #expect(DataFile.Format(path: "x.YML") == .yaml)
    #expect(DataFile.Format(path: "x.json") == .json)
    #expect(DataFile.Format(path: "x") == nil)
    #expect(read(Array("{\"a\": 01}".utf8)).diagnostics.map(\.code) == [.dataSyntax])
    #expect(read(Array("a: 01".utf8)).diagnostics.isEmpty)
  }

  @Test func aByteOrderMarkIsPassedOver() {
    for text in ["\u{FEFF}a: 1\n", "\u{FEFF}{\"a\": 1}"] {
      let data = read(Array(text.utf8))
      #expect(data.diagnostics.isEmpty)
      #expect(data.root?.location == Diagnostics.SourceLocation(file: "d", line: 1, column: 1))
    }
  }

  @Test func whatIsNotUTF8IsRefusedAtItsPlace() {
    let cp932: [UInt8] = Array("a: 1\nb: ".utf8) + [0x8C, 0x5F]
    let diagnostics = read(cp932).diagnostics
    #expect(diagnostics.map(\.code) == [.invalidEncoding])
    #expect(
      diagnostics.first?.location == Diagnostics.SourceLocation(file: "d", line: 2, column: 4)
    )
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0x61, 0], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] {
      #expect(read(bytes).diagnostics.map(\.code) == [.invalidEncoding])
    }
  }

  @Test func onlyRegularFilesAreRead() {
    for path in ["/dev/zero", "/", "/nonexistent/data.yaml", "a\u{0}b"] {
      #expect(DataFile.read(path).diagnostics.map(\.code) == [.fileUnreadable])
    }
  }

  /// Random data, written both ways, is read as one record, and never shows a value in a message.
  @Test func yamlAndJSONOfOneTreeBindToOneRecord() {
    let dictionary = SmallDictionary.shared
    let binder = Binder(dictionary)
    var records = 0
    for seed in 0..<400 as Range<UInt64> {
      var random = RandomData(dictionary, seed: seed)
      let tree = random.record()
      let yaml = DataFile.read(Array(DataWriter.yaml(tree).utf8), named: "d", format: .yaml)
      let json = DataFile.read(Array(DataWriter.json(tree).utf8), named: "d", format: .json)
      #expect(yaml.diagnostics.isEmpty && json.diagnostics.isEmpty)
      guard let a = yaml.root, let b = json.root else { continue }
      let bindings = [a, b, tree].map { binder.bind($0, mode: .final, date: 19_083) }
      let canonical = Set(bindings.map { $0.record.canonicalBytes(dictionary) })
      #expect(canonical.count == 1)
      #expect(Set(bindings.map(\.record.slots)).count == 1)
      #expect(Set(bindings.map { $0.diagnostics.map(\.message.ja).sorted() }).count == 1)
      #expect(
        !bindings[0].diagnostics.contains {
          $0.message.ja.contains("髙") || $0.message.ja.contains("𠮷")
        }
      )
      records += 1
    }
    #expect(records == 400)
  }
}
