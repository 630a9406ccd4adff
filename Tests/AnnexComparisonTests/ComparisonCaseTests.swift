import AnnexComparison
import Diagnostics
import Fixtures
import Foundation
import Testing

/// Folders of Tests/Cases/comparison: two texts, a style if there is one, and what becomes of them.
struct ComparisonCaseTests {
  @Test(arguments: Golden.folders(of: "comparison"))
  func theTableIsAsRecorded(_ name: String) throws {
    let folder = Golden.cases.appending(path: "comparison/\(name)")
    func path(_ file: String) -> String { folder.appending(path: file).path(percentEncoded: false) }
    let hasStyle = FileManager.default.fileExists(atPath: path("style.yaml"))
    let (style, diagnostics) =
      hasStyle ? ComparisonStyle.read(path("style.yaml")) : (ComparisonStyle(), [])
    #expect(diagnostics == [])
    let table = ComparisonTable(
      old: try OfficialText.read(path("old.txt")),
      new: try OfficialText.read(path("new.txt")),
      style: style
    )
    Golden.expect(table.html, matches: folder.appending(path: "expected.html"))
    Golden.expect(table.docbook, matches: folder.appending(path: "expected.xml"))
    let json = String(decoding: table.json.indentedBytes, as: UTF8.self)
      .replacing(path(""), with: "")
    Golden.expect(json, matches: folder.appending(path: "expected.json"))
  }

  @Test(arguments: [
    ("備考: たまに", DiagnosticCode.choiceNotOffered, 1),
    ("左の欄: 上", .choiceNotOffered, 1),
    ("新設: あり\n削除: （削除）", .unknownDataField, 2),
    ("略: [略, 略]", .wrongType, 1),
    ("- 改正後", .wrongType, 1),
  ])
  func aWrongStyleIsReported(_ text: String, _ code: DiagnosticCode, _ line: Int) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    let diagnostics = ComparisonStyle.read(file.path(percentEncoded: false)).diagnostics
    #expect(diagnostics.map(\.code) == [code])
    #expect(diagnostics.map(\.location.line) == [line])
  }

  @Test func aTextIsTheSameAsItself() throws {
    let folder = Golden.cases.appending(path: "comparison/amended/old.txt")
    let text = try OfficialText.read(folder.path(percentEncoded: false))
    let table = ComparisonTable(old: text, new: text, style: ComparisonStyle())
    #expect(table.groups.isEmpty)
    #expect(table.html.contains("改正箇所は、ありません。"))
  }
}
