import Diagnostics
import Fixtures
import Markup
@testable import TemplateCompiler
import Testing

/// The grammar that editors use and our own parser must say the same of every file, as far as a grammar can speak.
struct SchemaAgreementTests {
  /// What a grammar can say, too.
  static let structure: Set<DiagnosticCode> = [
    .unknownElement, .unknownAttribute, .missingAttribute, .invalidAttribute, .misplacedText,
    .missingElement, .repeatedElement, .foreignNamespace,
  ]

  /// What our parser has to say on the structure of a file.
  static func codes(of text: String) throws -> Set<DiagnosticCode> {
    let source = SourceText(file: "case.xml", bytes: Array(text.utf8))
    let (parsed, diagnostics) = MarkupParser.parse(source)
    let root = try #require(parsed, "not well-formed: \(diagnostics)")
    let reader = ElementReader()
    reader.read(root)
    return Set(reader.diagnostics.map(\.code)).intersection(structure)
  }

  static let good = Repository.files(in: "Tests/Cases/schema/good")
  static let bad = Repository.files(in: "Tests/Cases/schema/bad")
  static let templates = ["common", "kawasaki-1985"].flatMap { edition in
    Repository.files(in: "Templates/\(edition)")
      + Repository.files(in: "Templates/\(edition)/forms")
  }

  @Test(arguments: Judge.allCases)
  func goodFilesAreGoodToAll(_ judge: Judge) throws {
    let files = try (Self.good + Self.templates).map { ($0, try Repository.text($0)) }
    let valid = try judge.valid(files)
    for (index, (name, text)) in files.enumerated() {
      #expect(try Self.codes(of: text) == [], "\(name)")
      #expect(valid.contains(index), "\(judge) refuses \(name)")
    }
  }

  /// A bad file says in a comment what is wrong with it: `<!-- misplaced-text -->`.
  @Test(arguments: Judge.allCases)
  func badFilesAreBadToAll(_ judge: Judge) throws {
    let files = try Self.bad.map { ($0, try Repository.text($0)) }
    #expect(files.count > 30)
    let valid = try judge.valid(files)
    for (index, (name, text)) in files.enumerated() {
      let expected = text.firstMatch(of: /<!-- ([a-z-]+) -->/).flatMap {
        DiagnosticCode(rawValue: String($0.1))
      }
      #expect(try Self.codes(of: text) == Set([expected].compactMap(\.self)), "\(name)")
      #expect(!valid.contains(index), "\(judge) accepts \(name)")
    }
  }

  /// Every sort of change, at every sort of place; every third of them, but for the long run.
  @Test(arguments: Judge.allCases)
  func mutationsAreJudgedAlike(_ judge: Judge) throws {
    let mutations = try Self.mutations.get()
    #expect(mutations.count > 500)
    let valid = try judge.valid(mutations.map { ($0.mutation.name, $0.mutation.text) })
    // Both verdicts occur, or nothing was compared.
    #expect(!valid.isEmpty && valid.count < mutations.count)
    for (index, (mutation, codes)) in mutations.enumerated() {
      // XML Schema has space around a date ignored; jing heeds that.
      if judge == .jing, mutation.name.hasSuffix(": from with a space") { continue }
      if judge == .jing, mutation.name.hasSuffix(": to with a space") { continue }
      #expect(
        codes.isEmpty == valid.contains(index),
        "\(mutation.name): \(judge) \(valid.contains(index) ? "accepts" : "refuses"), we say \(codes)"
      )
    }
  }

  /// What is allowed somewhere is allowed by both: a word that the mutations do not try cannot hide.
  @Test func vocabulariesAreTheSame() throws {
    let files = try Self.good.map { try #require(XMLNode(try Repository.text($0)), "\($0)") }
    let parser = Vocabulary(parser: files)
    let grammar = try Self.grammar.get()
    #expect(Set(parser.entries.keys) == Set(grammar.entries.keys))
    for (key, entry) in grammar.entries {
      #expect(parser.entries[key] == entry, "\(key)")
    }
  }

  static let grammar = Result {
    let schema = try Repository.text("Templates/schema/template.rng")
    return Vocabulary(grammar: try #require(XMLNode(schema)))
  }

  private static let mutations = Result {
    let files = try good.map { try #require(XMLNode(try Repository.text($0)), "\($0)") }
    return try Mutation.all(of: files).enumerated().compactMap { index, mutation in
      guard Ring.isThorough || index.isMultiple(of: 3) else { return nil }
      return (mutation, try codes(of: mutation.text))
    } as [(mutation: Mutation, codes: Set<DiagnosticCode>)]
  }
}
