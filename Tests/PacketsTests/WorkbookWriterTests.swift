import Diagnostics
import Fixtures
import Foundation
import Tables
import Testing

struct WorkbookWriterTests {
  /// Every character comes back, those included that XML cannot carry.
  @Test func whatWasWrittenIsRead() throws {
    let texts =
      (0..<0x80).compactMap { Unicode.Scalar($0) }.map { "あ\($0)い" }
      + [
        "0040012", " 前後 ", "_x000B_", "_x005F_x0041_", "_", "__x0041_", "𠮷\u{E0100}",
        "\u{FFFE}\u{FFFF}", "]]>", "&lt;", "a\r\nb",
      ]
    try TemporaryFile.with { path in
      let writer = WorkbookWriter(path)
      let first = try writer.addSheet("一覧", header: [Array("列".utf8)])
      let second = try writer.addSheet("一覧", header: [[], Array("乙".utf8)])
      for text in texts {
        try writer.append([[], Array(text.utf8), []], to: first)
        try writer.append([Array(text.utf8)], to: second)
      }
      try writer.close()
      let book = try Workbook(path)
      #expect(book.sheets.map(\.name) == ["一覧", "一覧_2"])
      let expected = [["列"]] + texts.map { ["", $0] }
      #expect(
        try book.rows(of: 0).map(\.shown).map { $0.map { Array($0.utf8) } }
          == expected.map { $0.map { Array($0.utf8) } }
      )
      #expect(try book.rows(of: 1).dropFirst().map(\.shown) == texts.map { [$0] })
    }
  }

  @Test func theSameRowsMakeTheSameBytes() throws {
    let files = try (0..<2).map { _ in
      try TemporaryFile.with { path in
        let writer = WorkbookWriter(path)
        let sheet = try writer.addSheet("a[b]:*?/\\'", header: [Array("列".utf8)])
        for row in 0..<3000 { try writer.append([Array("\(row)".utf8)], to: sheet) }
        try writer.close()
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let name = URL(filePath: path).lastPathComponent
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
          $0.hasPrefix(name)
        }
        #expect(left == [name])
        return try Data(contentsOf: URL(filePath: path))
      }
    }
    #expect(files[0] == files[1])
  }
}
