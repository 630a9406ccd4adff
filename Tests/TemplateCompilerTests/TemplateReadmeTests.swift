import Diagnostics
import Fixtures
import Foundation
@testable import TemplateCompiler
import Testing

/// The manual of the template language is true in Japanese and in English: its examples are tested cases, and neither page leaves
/// anything out.
struct TemplateReadmeTests {
  static let pages = ["Templates/README.md", "Templates/README.en.md"]
  /// The languages of blocks that are no examples: the tasks of the Japanese page, which `Tests/Judges/test_manual.py` does.
  private static let taskLanguages = ["diff", "sh", "text"]

  @Test(arguments: pages) func everyExampleIsACase(_ page: String) throws {
    let templates = try Set(
      LanguageCase.all.map { example in
        try Repository.text("Tests/Cases/language/\(example.name)/template.xml")
      }
    )
    let blocks = try Repository.text(page).components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
    let examples = blocks.filter { $0.hasPrefix("xml\n") }
    #expect(examples.count > 30)
    for example in examples {
      #expect(templates.contains(String(example.dropFirst("xml\n".count))), "\(example.prefix(60))")
    }
    for block in blocks where !block.hasPrefix("xml\n") {
      let language = String(block.prefix { $0 != "\n" })
      #expect(Self.taskLanguages.contains(language), "\(block.prefix(60))")
    }
  }

  /// Every case that does not stand for a rule of its own is shown.
  @Test(arguments: pages) func everyCaseIsShown(_ page: String) throws {
    let readme = try Repository.text(page)
    for example in LanguageCase.all where !example.name.hasPrefix("test-") {
      let template = try Repository.text("Tests/Cases/language/\(example.name)/template.xml")
      #expect(readme.contains("```xml\n\(template)```"), "\(example.name)")
    }
  }

  /// Every element has its row, in the section of its file, with exactly its attributes.
  @Test(arguments: pages) func everyElementAndAttributeIsExplained(_ page: String) throws {
    let readme = try Repository.text(page)
    let grammar = try SchemaAgreementTests.grammar.get()
    for (key, entry) in grammar.entries {
      let row = try #require(
        rows(of: key.kind, in: readme).first { $0.elements.contains(key.element) },
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

  private func rows(of kind: String, in readme: String) -> [Row] {
    let heading = kind == "form" ? "## forms/*.xml" : "## \(kind).xml"
    let section = readme.components(separatedBy: heading + "\n").last?
      .components(separatedBy: "\n## ").first
    return (section ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      var attributes = words(in: cells[2])
      if cells[2].contains("*flow*") { attributes.formUnion(["if", "for", "min"]) }
      if cells[2].contains("*common*") { attributes.formUnion(common(in: readme)) }
      return Row(elements: words(in: cells[1]), attributes: attributes)
    }
  }

  /// What the tables call *common*: the names in the first brackets of the line that begins with it.
  private func common(in readme: String) -> Set<String> {
    words(in: readme.firstMatch(of: /\n\*common\*[^(\n]*\(([^)]*)\)/)?.1 ?? "")
  }

  private func words(in text: some StringProtocol) -> Set<String> {
    Set(String(text).matches(of: /`([^`]*)`/).map { String($0.1) })
  }

  /// Every code that reading and checking an edition can report.
  @Test(arguments: pages) func everyMessageIsExplained(_ page: String) throws {
    let readme = try Repository.text(page)
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
