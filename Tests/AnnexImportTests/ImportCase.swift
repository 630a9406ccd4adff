import AnnexImport
import Diagnostics
import Files
import Fixtures
import Foundation
import Tables
import TemplateCompiler
import Testing

/// A folder with a city's text, in words of our own: `input.txt`, `input.html` or another file of that name, or the `parts` of a
/// document of Word; and what is found in it.
struct ImportCase: CustomTestStringConvertible {
  let kind: String
  let name: String
  var testDescription: String { name }

  static let all = Golden.folders(of: "import").map { ImportCase(kind: "import", name: $0) }
  static let errors = Golden.folders(of: "import-errors").map {
    ImportCase(kind: "import-errors", name: $0)
  }

  /// The provisions that have names, as the common edition has them.
  static let usual: [UsualProvision] = {
    let file = Golden.cases.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Templates/common/catalogue.xml")
    guard let bytes = try? Data(contentsOf: file) else { return [] }
    let text = SourceText(file: "catalogue.xml", bytes: [UInt8](bytes))
    return Catalogue.read(text).catalogue.entries.map {
      UsualProvision(id: $0.id, parent: $0.parent, captions: $0.captions, words: $0.words)
    }
  }()

  var folder: URL { Golden.cases.appending(path: kind).appending(path: name) }
  var expected: URL { folder.appending(path: "expected.txt") }

  /// The text, or why it is not read.
  func text() throws -> Result<ImportedText, ReadFailure> {
    let names = try FileManager.default.contentsOfDirectory(atPath: path(folder))
    if names.contains("parts") { return try packed(folder.appending(path: "parts")) }
    guard let input = names.first(where: { $0.hasPrefix("input") }) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return Self.read(path(folder.appending(path: input)), as: input)
  }

  /// As if the file had been named on the command line by its name alone.
  static func read(_ path: String, as name: String) -> Result<ImportedText, ReadFailure> {
    do throws(ReadFailure) {
      let text = try ImportedText.read(path)
      return .success(ImportedText(file: name, format: text.format, lines: text.lines))
    } catch {
      var location = error.diagnostic.location
      location.file = name
      return .failure(ReadFailure(error.diagnostic.moved(to: location)))
    }
  }

  /// What is found, and what is said of it in both languages.
  func report() throws -> (listing: String, diagnostics: [Diagnostic], text: String) {
    let (listing, diagnostics): (String, [Diagnostic]) =
      switch try text() {
      case .success(let text): Self.found(AnnexReader.read(text))
      case .failure(let failure): ("", [failure.diagnostic])
      }
    let reports = Language.allCases.map { language in
      let formatter = DiagnosticFormatter(language: language)
      return diagnostics.isEmpty
        ? "" : formatter.text(diagnostics) + formatter.summary(diagnostics) + "\n"
    }
    return (listing, diagnostics, listing + "\n" + reports.joined(separator: "\n"))
  }

  private static func found(_ annex: FoundAnnex) -> (String, [Diagnostic]) {
    if annex.diagnostics.hasErrors { return ("", annex.diagnostics) }
    let written = AnnexWriter.write(annex, usual: usual)
    return (annex.listing, (annex.diagnostics + written.diagnostics).inReportOrder())
  }

  private func packed(_ parts: URL) throws -> Result<ImportedText, ReadFailure> {
    let place = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).docx")
    defer { try? FileManager.default.removeItem(at: place) }
    let output = try WorkbookOutput(path(place))
    for name in try FileManager.default.subpathsOfDirectory(atPath: path(parts)).sorted()
    where name.hasSuffix(".xml") {
      try output.add(name, Array(try Data(contentsOf: parts.appending(path: name))))
    }
    try output.close()
    return Self.read(path(place), as: "input.docx")
  }

  private func path(_ url: URL) -> String { url.path(percentEncoded: false) }
}

extension ImportedText {
  /// All that it says but white space and the lines left out.
  func characters(without omitted: [Line]) -> [Unicode.Scalar] {
    let left = Set(omitted.map { "\($0.number) \($0.text)" })
    return lines.filter { !left.contains("\($0.number) \($0.text)") }.flatMap { line in
      switch line.role {
      case .text, .title: line.text.characters
      case .cells(let cells): cells.flatMap(\.characters)
      }
    }
  }
}

extension [Unicode.Scalar] {
  var characters: [Unicode.Scalar] {
    filter { !$0.properties.isWhitespace && $0 != "\u{200B}" && $0 != "\u{FEFF}" }
  }
}
