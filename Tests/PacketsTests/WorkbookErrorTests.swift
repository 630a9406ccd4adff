import Diagnostics
import Files
import Fixtures
import Foundation
import Tables
import Testing

/// Tests/Cases/workbook-errors: a folder for each code, with a workbook that earns it and the report that a clerk gets.
///
/// The workbook is `list.xlsx`, or a small right one over which `parts` is laid; lines of `arguments` (`remove xl/styles.xml`,
/// `unpacked 1000`, `entries 3`, `sheets 1`, `work 1000`) change how.
struct WorkbookErrorTests {
  @Test(arguments: Golden.folders(of: "workbook-errors"))
  func theReportIsAsExpected(_ name: String) throws {
    let folder = Golden.cases.appending(path: "workbook-errors").appending(path: name)
    let diagnostics = try report(on: folder)
    #expect(diagnostics.map(\.code.rawValue) == [String(name.prefix { $0 != "+" })])
    for diagnostic in diagnostics {
      #expect(diagnostic.faultsOfStyle == [], "\(diagnostic.message)")
    }
    let reports = Language.allCases.map { language in
      let formatter = DiagnosticFormatter(language: language)
      return formatter.text(diagnostics) + formatter.summary(diagnostics) + "\n"
    }
    Golden.expect(reports.joined(separator: "\n"), matches: folder.appending(path: "expected.txt"))
  }

  /// A zip with a password is distinguished from a damaged one.
  @Test func anEncryptedZipIsDistinguishedFromADamagedOne() throws {
    try WorkbookParts("<sheetData/>").withFile { path in
      let url = URL(filePath: path)
      var bytes = Array(try Data(contentsOf: url))
      // The first bit of the flags, in the local and in the central headers.
      for index in bytes.indices.dropLast(10) where bytes[index...].starts(with: [0x50, 0x4B]) {
        if bytes[index...].dropFirst(2).starts(with: [3, 4]) { bytes[index + 6] |= 1 }
        if bytes[index...].dropFirst(2).starts(with: [1, 2]) { bytes[index + 8] |= 1 }
      }
      try Data(bytes).write(to: url)
      let diagnostic = failure(of: path)
      #expect(diagnostic?.code == .unsupportedFile)
      #expect(diagnostic?.hint?.ja.contains("パスワードを解除し") == true)
    }
  }

  /// A bomb is noticed while it unfolds: 64 MiB of zeros take 64 KiB.
  @Test func aBombIsRefusedWhileItUnfolds() throws {
    var book = WorkbookParts("<sheetData/>")
    book.parts["xl/sharedStrings.xml", default: ""] += String(repeating: " ", count: 64 << 20)
    try book.withFile { #expect(failure(of: $0)?.code == .workbookTooLarge) }
    book.parts["xl/sharedStrings.xml"] = nil
    book.parts["xl/styles.xml"] =
      "<styleSheet>" + String(repeating: " ", count: 64 << 20) + "</styleSheet>"
    try book.withFile { #expect(failure(of: $0)?.code == .workbookTooLarge) }
  }

  /// Links that lead out of the zip, or to the outside, lead nowhere.
  @Test(arguments: ["../../worksheets/sheet1.xml", "/../etc/passwd", "file:///etc/passwd"])
  func linksStayWithinTheZip(_ target: String) throws {
    var book = WorkbookParts("<sheetData><row><c><v>1</v></c></row></sheetData>")
    let name = "xl/_rels/workbook.xml.rels"
    book.parts[name] = book.parts[name]?.replacing("worksheets/sheet1.xml", with: target)
    #expect(throws: ReadFailure.self) { try book.read() }
  }

  private func failure(of path: String) -> Diagnostic? {
    do throws(ReadFailure) {
      _ = try Workbook(path)
      return nil
    } catch {
      return error.diagnostic
    }
  }

  private func report(on folder: URL) throws -> [Diagnostic] {
    let arguments = Arguments(folder)
    var limits = WorkbookLimits()
    limits.unpacked = arguments["unpacked"].flatMap { Int($0) } ?? limits.unpacked
    limits.entries = arguments["entries"].flatMap { Int($0) } ?? limits.entries
    limits.sheets = arguments["sheets"].flatMap { Int($0) } ?? limits.sheets
    limits.work = arguments["work"].flatMap { Int($0) } ?? limits.work
    let file = folder.appending(path: "list.xlsx").path(percentEncoded: false)
    if FileManager.default.fileExists(atPath: file) { return report(on: file, limits) }
    var book = WorkbookParts("<sheetData><row><c><v>1</v></c></row></sheetData>")
    let parts = folder.appending(path: "parts").path(percentEncoded: false)
    for part in FileManager.default.enumerator(atPath: parts)?.compactMap({ $0 as? String }) ?? []
    where part.hasSuffix(".xml") {
      book.parts[part] = try String(contentsOfFile: "\(parts)/\(part)", encoding: .utf8)
    }
    if let part = arguments["remove"] { book.parts[part] = nil }
    return try book.withFile { report(on: $0, limits) }
  }

  private func report(on path: String, _ limits: WorkbookLimits) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    do throws(ReadFailure) {
      let book = try Workbook(path, limits: limits)
      for sheet in book.sheets {
        let reader = try book.reader(of: sheet)
        while try reader.next() != nil {}
        diagnostics += reader.remarks
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
    return diagnostics.map { diagnostic in
      var place = diagnostic.location
      place.file = "list.xlsx" + place.file.dropFirst(path.count)
      return diagnostic.moved(to: place)
    }
  }
}

/// Lines like `remove xl/styles.xml` beside a case.
private struct Arguments {
  private let lines: [Substring]

  init(_ folder: URL) {
    let text = try? String(contentsOf: folder.appending(path: "arguments"), encoding: .utf8)
    lines = (text ?? "").split(separator: "\n")
  }

  subscript(name: String) -> String? {
    lines.first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.count + 1)) }
  }
}
