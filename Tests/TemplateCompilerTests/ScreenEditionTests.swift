import Fixtures
import Foundation
import Records
import TemplateCompiler
import TemplateRuntime
import Testing

/// What a screen shows is the paper, and its marks name fields.
struct ScreenEditionTests {
  @Test(arguments: LanguageCase.all)
  func withoutMarksItIsThePaper(_ example: LanguageCase) throws {
    let source = try example.edition().source
    guard let edition = Compiler.compile(source, forScreen: true).edition else { return }
    let screen = try #require(edition.screen)
    let records = [
      LanguageCase.nothing(edition.dictionary).record,
      try example.binding(edition.dictionary).binding.record,
    ]
    for record in records {
      for (document, (page, article)) in zip(
        screen.documents,
        zip(edition.splitHTML.sections, screen.articles.sections)
      ) {
        for instance in 0..<page.instanceCount(in: record) {
          let printed = text(page, instance, edition.splitHTML, record)
          let shown = text(article, instance, screen.articles, record)
          let empty = String(decoding: document.emptyPage, as: UTF8.self)
          // The head carries 照合番号, for which the empty page has no place to stand.
          let body = try #require(printed.range(of: "<main>\n")).upperBound
          #expect(
            shown.withoutMarks.withoutLinks
              == printed[body...].replacing("</main>\n</body>\n</html>\n", with: "").withoutLinks,
            "\(example.name): \(document.id)"
          )
          #expect(empty.hasSuffix("<main>\n</main>\n</body>\n</html>\n"))
        }
      }
    }
  }

  @Test(arguments: LanguageCase.all)
  func marksNameFieldsThatAreListed(_ example: LanguageCase) throws {
    let source = try example.edition().source
    guard let edition = Compiler.compile(source, forScreen: true).edition else { return }
    let screen = try #require(edition.screen)
    let record = try example.binding(edition.dictionary).binding.record
    for (document, (article, list)) in zip(
      screen.documents,
      zip(screen.articles.sections, screen.fieldLists.sections)
    ) {
      for instance in 0..<article.instanceCount(in: record) {
        let shown = text(article, instance, screen.articles, record)
        let listed = text(list, instance, screen.fieldLists, record).split(separator: "\n")
          .map { String($0).replacing(" -", with: "") }
        for path in listed {
          let plain = path.replacing(/\[[0-9]+\]/, with: "")
          #expect(edition.dictionary.field(at: plain) != nil, "\(example.name): \(path)")
          #expect(document.fields.contains(plain), "\(example.name): \(path)")
        }
        for mark in shown.matches(of: /data-field="([^"]*)"/) {
          let plain = String(mark.1).replacing(/\[[0-9]+\]/, with: "")
          #expect(edition.dictionary.field(at: plain) != nil, "\(example.name): \(mark.1)")
        }
      }
    }
  }

  private func text(
    _ section: Program.Section,
    _ instance: Int,
    _ program: Program,
    _ record: Record
  ) -> String {
    let bytes = Renderer.render(
      section,
      instance: instance,
      of: program,
      with: record,
      checkNumber: nil
    )
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// Without the attributes of marks, and the elements that are there for marks alone.
  fileprivate var withoutMarks: String {
    var text = self
    while let match = text.firstMatch(of: /<span data-field="[^"]*"(?: data-hand| data-blank)?>/) {
      var depth = 1
      var rest = match.range.upperBound
      while depth > 0, let tag = text[rest...].firstMatch(of: /<(\/?)span\b[^>]*>/) {
        depth += tag.1.isEmpty ? 1 : -1
        rest = tag.range.upperBound
        if depth == 0 { text.removeSubrange(tag.range) }
      }
      text.removeSubrange(match.range)
    }
    return text.replacing(/\ data-(?:field|option)="[^"]*"|\ data-(?:hand|blank)\b/, with: "")
  }
}

extension StringProtocol where SubSequence == Substring {
  /// Links to other documents lead to other places on a screen.
  fileprivate var withoutLinks: String {
    String(self).replacing(/\ data-(?:document|requires)="[^"]*"/, with: "")
      .replacing(/href="[^"#]*#/, with: "href=\"#")
  }
}
