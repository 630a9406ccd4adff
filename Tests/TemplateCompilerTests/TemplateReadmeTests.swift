import Diagnostics
import Fixtures
import Foundation
@testable import TemplateCompiler
import Testing

/// Templates/README.en.md is true: its examples are tested cases, and it leaves nothing out.
struct TemplateReadmeTests {
  private let readme: String

  init() throws { readme = try Repository.text("Templates/README.en.md") }

  @Test func everyExampleIsACase() throws {
    let templates = try Set(
      LanguageCase.all.map { example in
        try Repository.text("Tests/Cases/language/\(example.name)/template.xml")
      }
    )
    let examples = readme.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
      .map(\.element)
    #expect(examples.count > 30)
    for example in examples {
      #expect(example.hasPrefix("xml\n"))
      #expect(templates.contains(String(example.dropFirst("xml\n".count))), "\(example.prefix(60))")
    }
  }

  /// Every case that does not stand for a rule of its own is shown.
  @Test func everyCaseIsShown() throws {
    for example in LanguageCase.all where !example.name.hasPrefix("test-") {
      let template = try Repository.text("Tests/Cases/language/\(example.name)/template.xml")
      #expect(readme.contains("```xml\n\(template)```"), "\(example.name)")
    }
  }

  /// Every element has its row, in the section of its file, with exactly its attributes.
  @Test func everyElementAndAttributeIsExplained() throws {
    let grammar = try SchemaAgreementTests.grammar.get()
    for (key, entry) in grammar.entries {
      let row = try #require(
        rows(of: key.kind).first { $0.elements.contains(key.element) },
        "\(key)"
      )
      let together = try row.elements.reduce(into: entry.attributes) { attributes, element in
        let key = Vocabulary.Key(kind: key.kind, element: element)
        try attributes.formUnion(
          #require(grammar.entries[key]?.attributes, "there is no \(key)")
        )
      }
      #expect(row.attributes == together, "\(key)")
    }
  }

  private struct Row {
    var elements: Set<String>
    var attributes: Set<String>
  }

  private func rows(of kind: String) -> [Row] {
    let heading = kind == "form" ? "## forms/*.xml" : "## \(kind).xml"
    let section = readme.components(separatedBy: heading + "\n").last?
      .components(separatedBy: "\n## ").first
    return (section ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      var attributes = words(in: cells[2])
      if cells[2].contains("*flow*") { attributes.formUnion(["if", "for", "min"]) }
      if cells[2].contains("*common*") { attributes.formUnion(common) }
      return Row(elements: words(in: cells[1]), attributes: attributes)
    }
  }

  /// What the tables call *common*.
  private var common: Set<String> {
    words(in: readme.firstMatch(of: /\n\*common\* are \(([^)]*)\)/)?.1 ?? "")
  }

  private func words(in text: some StringProtocol) -> Set<String> {
    Set(String(text).matches(of: /`([^`]*)`/).map { String($0.1) })
  }

  /// Every code that reading and checking an edition can report.
  @Test func everyMessageIsExplained() throws {
    let folders = ["Sources/Markup", "Sources/TemplateCompiler", "Sources/Packets/Edition"]
    var raised: Set<String> = []
    for file in folders.flatMap(Repository.swiftFiles) {
      for match in try Repository.text(file).matches(
        of: /(?:Diagnostic|unanswered)\(\s*\.([a-zA-Z]+)/
      ) {
        raised.insert(String(match.1))
      }
    }
    #expect(raised.count > 30)
    for code in DiagnosticCode.allCases where raised.contains("\(code)") {
      #expect(readme.contains("`\(code.rawValue)`"), "\(code.rawValue)")
    }
  }
}
