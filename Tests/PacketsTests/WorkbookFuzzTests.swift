import Diagnostics
import Files
import Fixtures
import Foundation
import Tables
import Testing

/// Whatever the bytes, a workbook is read or refused.
struct WorkbookFuzzTests {
  private static let book = WorkbookParts(
    """
    <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44652.5</v></c></row>
    <row r="2" hidden="1"><c r="C2" t="inlineStr"><is><t>住所&amp;_x000B_</t></is></c><c r="D2" t="b"><v>1</v></c></row>
    <row r="9"><c r="A9" t="e"><v>#N/A</v></c><c r="B9"><f>A1</f></c></row></sheetData>
    <mergeCells><mergeCell ref="A1:B2"/></mergeCells>
    """,
    strings: "<si><t>秘密の値</t></si><si><r><t>一</t></r><rPh><t>イチ</t></rPh></si>",
    styles:
      "<numFmts><numFmt numFmtId='200' formatCode='[$-411]ge.m.d;@'/></numFmts><cellXfs><xf/><xf numFmtId='200'/></cellXfs>"
  )

  /// Bytes of the zip changed, cut and doubled.
  @Test func mutatedZipsAreReadOrRefused() throws {
    var generator = SeededGenerator(seed: 3)
    try Self.book.withFile { path in
      let url = URL(filePath: path)
      let bytes = Array(try Data(contentsOf: url))
      var refused = 0
      for _ in 0..<300 {
        try Data(Self.mutated(bytes, &generator)).write(to: url)
        if try !isRead(path) { refused += 1 }
      }
      #expect(refused > 50)
    }
  }

  /// The same within the parts, which a zip's checksums would hide.
  @Test func mutatedPartsAreReadOrRefused() throws {
    var generator = SeededGenerator(seed: 4)
    var refused = 0
    for _ in 0..<300 {
      try TemporaryFile.with { path in
        let output = try WorkbookOutput(path)
        let victim = Self.book.parts.keys.sorted().randomElement(using: &generator)
        for (name, text) in Self.book.parts.sorted(by: { $0.key < $1.key }) {
          let bytes = Array(text.utf8)
          try output.add(name, name == victim ? Self.mutated(bytes, &generator) : bytes)
        }
        try output.close()
        if try !isRead(path) { refused += 1 }
      }
    }
    #expect((50..<300).contains(refused))
  }

  private static func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let index = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
      guard index < bytes.count else { break }
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.removeSubrange(index..<min(index + 20, bytes.count))
      case 3: bytes.insert(contentsOf: bytes[index..<min(index + 40, bytes.count)], at: index)
      case _: bytes.removeSubrange(index...)
      }
    }
    return bytes
  }

  /// False if it was refused; then the message says nothing of the data.
  private func isRead(_ path: String) throws -> Bool {
    do throws(ReadFailure) {
      let book = try Workbook(path)
      for sheet in book.sheets {
        let reader = try book.reader(of: sheet)
        while let row = try reader.next() {
          for cell in row.cells {
            #expect(String(validating: cell.bytes, as: UTF8.self) != nil)
          }
        }
      }
      return true
    } catch {
      let message = error.diagnostic.message
      #expect(!message.ja.contains("秘密") && !message.en.contains("秘密"))
      return false
    }
  }
}
