import Diagnostics
import Fixtures
import Foundation
import Tables
import Testing

/// Workbooks by other programs, and what other programs make of ours.
struct WorkbookCaseTests {
  /// Tests/Cases/workbooks, which Tests/Judges/workbooks.py makes.
  @Test(arguments: ["openpyxl", "libreoffice"])
  func workbooksOfOthersAreRead(_ program: String) throws {
    let folder = Golden.cases.appending(path: "workbooks")
    let file = folder.appending(path: "\(program).xlsx").path(percentEncoded: false)
    let book = try Workbook(file)
    var lines: [String] = []
    for sheet in book.sheets {
      lines.append("\(sheet.name)\(sheet.isHidden ? " (hidden)" : "")")
      let reader = try book.reader(of: sheet)
      while let row = try reader.next() {
        let cells = row.shown.map { "[\($0)]" }.joined()
        lines.append("\(row.number)\(row.isHidden ? " (hidden)" : ""): \(cells)")
      }
      lines += reader.remarks.map {
        "\($0.code.rawValue) \($0.location.line):\($0.location.column)"
      }
    }
    let text = lines.map { $0.replacing("\n", with: "\\n").replacing("\u{B}", with: "\\v") + "\n" }
    Golden.expect(text.joined(), matches: folder.appending(path: "\(program).txt"))
  }

  /// LibreOffice finds in a workbook of ours what was written, as text.
  @Test func libreOfficeReadsWhatWasWritten() throws {
    let rows = [
      ["契約番号", "商号", "メモ"], ["0040012", "髙﨑𠮷\u{E0100}", " 前後 "], ["1-2-3", "=1+1", "a\nb"],
      ["2022/4/1", "&<>", "_x0041_"],
    ]
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "rejects.xlsx").path(percentEncoded: false)
    let writer = WorkbookWriter(path)
    let sheet = try writer.addSheet("エラー行", header: rows[0].map { Array($0.utf8) })
    for row in rows.dropFirst() { try writer.append(row.map { Array($0.utf8) }, to: sheet) }
    try writer.close()

    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.currentDirectoryURL = folder
    process.arguments = [
      "soffice", "-env:UserInstallation=\(folder.appending(path: "profile").absoluteString)",
      // Comma, quotes, UTF-8, all text quoted.
      "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true", path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let read = try String(contentsOf: folder.appending(path: "rejects.csv"), encoding: .utf8)
    let written = rows.map { row in row.map { "\"\($0)\"" }.joined(separator: ",") + "\n" }
    #expect(Array(read.utf8) == Array(written.joined().utf8), "\(read)")
  }
}
