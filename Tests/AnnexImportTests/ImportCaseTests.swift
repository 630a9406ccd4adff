import AnnexImport
import Diagnostics
import Files
import Fixtures
import Foundation
import Testing

/// Tests/Cases/import and Tests/Cases/import-errors: texts, and what is found in them.
struct ImportCaseTests {
  @Test(arguments: ImportCase.all)
  func theStructureIsAsExpected(_ importCase: ImportCase) throws {
    let report = try importCase.report()
    #expect(!report.diagnostics.hasErrors)
    for diagnostic in report.diagnostics {
      #expect(diagnostic.faultsOfStyle == [], "\(diagnostic.message)")
    }
    Golden.expect(report.text, matches: importCase.expected)
  }

  @Test(arguments: ImportCase.all)
  func theAnnexIsAsExpected(_ importCase: ImportCase) throws {
    let xml = AnnexWriter.write(
      AnnexReader.read(try importCase.text().get()),
      usual: ImportCase.usual
    ).xml
    Golden.expect(xml, matches: importCase.folder.appending(path: "expected.xml"))
  }

  @Test(arguments: ImportCase.errors)
  func theReportIsAsExpected(_ importCase: ImportCase) throws {
    let report = try importCase.report()
    let code = importCase.name.prefix { $0 != "+" }
    #expect(report.diagnostics.contains { $0.code.rawValue == code })
    for diagnostic in report.diagnostics {
      #expect(diagnostic.faultsOfStyle == [], "\(diagnostic.message)")
    }
    Golden.expect(report.text, matches: importCase.expected)
  }

  @Test(arguments: ImportCase.all)
  func noCharacterIsLost(_ importCase: ImportCase) throws {
    let text = try importCase.text().get()
    let annex = AnnexReader.read(text)
    #expect(
      annex.nodes.flatMap { $0.content.characters } == text.characters(without: annex.omitted)
    )
  }

  /// Lines taken out, doubled and swapped: whatever is found, nothing is lost, and each node stands behind its parent.
  @Test(arguments: ImportCase.all)
  func noCharacterOfADamagedTextIsLost(_ importCase: ImportCase) throws {
    let text = try importCase.text().get()
    var generator = SeededGenerator(seed: 17)
    for _ in 0..<60 {
      var lines = text.lines
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: lines.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: lines.remove(at: index)
        case 1: lines.insert(lines[index], at: Int.random(in: lines.indices, using: &generator))
        case _: lines.swapAt(index, Int.random(in: lines.indices, using: &generator))
        }
        if lines.isEmpty { lines = text.lines }
      }
      let numbered = lines.enumerated().map {
        ImportedText.Line($0 + 1, $1.text, role: $1.role, startsPage: $1.startsPage)
      }
      let damaged = ImportedText(file: "input", format: text.format, lines: numbered)
      let annex = AnnexReader.read(damaged)
      if annex.diagnostics.hasErrors { continue }
      #expect(
        annex.nodes.flatMap { $0.content.characters } == damaged.characters(without: annex.omitted)
      )
      #expect(
        annex.nodes.enumerated().allSatisfy { index, node in node.parent.map { $0 < index } ?? true
        }
      )
    }
  }

  @Test func aTextOfTenMegabytesIsRefused() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(repeating: UInt8(ascii: "a"), count: 10 << 20).write(to: place)
    switch ImportCase.read(place.path(percentEncoded: false), as: "input.txt") {
    case .success: Issue.record("it was read")
    case .failure(let failure): #expect(failure.diagnostic.code == .fileTooLarge)
    }
  }
}
