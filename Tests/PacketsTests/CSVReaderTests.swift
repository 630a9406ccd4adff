import Diagnostics
@testable import Files
import Fixtures
import Foundation
@testable import Tables
import Testing

/// Tables of random texts, written as CSV in every manner, read back as they were.
struct CSVReaderTests {
  /// A file of its own, gone at the end.
  static func withFile<Result>(
    _ bytes: [UInt8],
    name: String = "list.csv",
    _ body: (String) throws -> Result
  ) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return try body(file.path(percentEncoded: false))
  }

  static func rows(_ path: String) throws -> [TableRow] {
    let file = try InputFile(path)
    var reader = CSVSource(file, try InputSurvey(file)).reader()
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  private static let texts = [
    "", "", "a", "0040012", "髙﨑　例子", "一\n二", "一\r\n二", "\"", "\"\"", "a,b", "a\tb", " ", "神", "①",
    String(repeating: "長", count: 300),
  ]

  @Test(arguments: 0..<60)
  func whatIsWrittenIsRead(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let delimiter = seed % 2 == 0 ? "," : "\t"
    let lineEnd = ["\r\n", "\n", "\r"][Int(seed % 3)]
    let encoding = [TextEncoding.utf8, .utf8WithBOM, .cp932][Int(seed / 2 % 3)]
    var table: [[String]] = [["契約番号", "受注者番号"]]
    for _ in 0..<(seed % 7 == 0 ? 2000 : 20) {
      table.append(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          Self.texts.randomElement(using: &random) ?? ""
        }
      )
    }
    var text = ""
    for row in table {
      let cells = row.map { cell in
        let isSpecial = cell.unicodeScalars.contains { "\",\t\r\n".unicodeScalars.contains($0) }
        guard isSpecial || Bool.random(using: &random) else { return cell }
        return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      }
      text += cells.joined(separator: delimiter) + lineEnd
    }
    if Bool.random(using: &random) { text.unicodeScalars.removeLast(lineEnd.unicodeScalars.count) }
    let bytes =
      switch encoding {
      case .utf8: Array(text.utf8)
      case .utf8WithBOM: TextEncoding.byteOrderMark + text.utf8
      case .cp932: CP932.encode(Array(text.utf8))
      }
    try Self.withFile(bytes, name: delimiter == "," ? "list.csv" : "list.tsv") { path in
      let rows = try Self.rows(path)
      let expected = table.enumerated().compactMap { index, row -> [String]? in
        let cells = row.reversed().drop { $0.isEmpty }.reversed()
        return cells.isEmpty ? nil : ["\(index + 1)"] + cells
      }
      let actual = rows.map { row in
        ["\(row.number)"] + row.cells.map { String(decoding: $0.bytes, as: UTF8.self) }
      }
      #expect(actual.count == expected.count)
      if let index = zip(actual, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset {
        #expect(actual[index] == expected[index])
      }
      #expect(rows.allSatisfy { $0.fault == nil })
    }
  }
}
