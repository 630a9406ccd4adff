import Diagnostics
import Fixtures
import Foundation
import Records
import TemplateCompiler
import TemplateRuntime
import Testing

/// Every piece of the template language: what it becomes as HTML, as DocBook and as a program, and what is said of it.
struct LanguageCaseTests {
  @Test(arguments: LanguageCase.all)
  func matchesItsGoldenFiles(_ example: LanguageCase) throws {
    let (source, subject) = try example.edition()
    let (compiled, diagnostics) = Compiler.compile(source)
    var report = diagnostics
    if let edition = compiled {
      let (binding, remarks) = try example.binding(edition.dictionary)
      report += remarks
      let record = binding.record
      let html = Output(edition.html, subject, record)
      let docbook = Output(edition.docbook, subject, record)
      expect(html.text, "expected.html", example)
      expect(docbook.text, "expected.xml", example)
      expect(html.listing, "expected.listing", example)
    } else {
      #expect(!report.isEmpty)
    }
    expect(report.isEmpty ? nil : report.map(\.line).joined(), "expected.txt", example)
  }

  /// Nil: there must be no such file.
  private func expect(_ text: String?, _ name: String, _ example: LanguageCase) {
    let file = example.folder.appending(path: name)
    if let text { return Golden.expect(text, matches: file) }
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return }
    Issue.record("\(name) of \(example.name) is not expected any more; remove it")
  }

  /// Every case makes a valid book, whatever its document holds.
  @Test func docBookIsValid() throws {
    var books: [(name: String, text: String)] = []
    for example in LanguageCase.all {
      guard let edition = Compiler.compile(try example.edition().source).edition else { continue }
      let blank = LanguageCase.nothing(edition.dictionary).record
      for record in [blank, try example.binding(edition.dictionary).binding.record] {
        let bytes = Renderer.render(edition.docbook, with: record, checkNumber: .example)
        books.append((example.name, String(decoding: bytes, as: UTF8.self)))
      }
    }
    let valid = try Judge.xmllint.valid(books, schema: Judge.docBook)
    for (index, book) in books.enumerated() {
      #expect(valid.contains(index), "\(book.name)")
    }
  }
}

/// What one program makes of a case.
private struct Output {
  var text: String?
  var listing: String?

  init(_ program: Program, _ subject: LanguageCase.Subject, _ record: Record) {
    switch subject {
    case .packet:
      let bytes = Renderer.render(program, with: record, checkNumber: .example)
      // Without the head, which holds the style of all documents.
      let page = String(decoding: bytes, as: UTF8.self)
      text = page.range(of: "<body>\n").map { String(page[$0.upperBound...]) } ?? page
      listing = program.sections.map(program.listing).joined(separator: "\n")
    case .document(let id):
      guard let section = program.sections.first(where: { $0.document == id }) else { return }
      let bytes = Renderer.render(
        section,
        instance: 0,
        of: program,
        with: record,
        checkNumber: .example
      )
      text = String(decoding: bytes, as: UTF8.self)
      listing = program.listing(of: section)
    }
  }
}

extension CheckNumber {
  fileprivate static var example: CheckNumber {
    CheckNumber(digest: [UInt8](repeating: 0, count: 8))
  }
}

extension Diagnostic {
  fileprivate var line: String {
    let hint = hint.map { "\n  \($0.ja)\n  \($0.en)" } ?? ""
    return "\(location): \(severity) \(code.rawValue)\n  \(message.ja)\n  \(message.en)\(hint)\n"
  }
}
