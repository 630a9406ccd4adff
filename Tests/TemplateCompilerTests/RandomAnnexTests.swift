import Diagnostics
import Fixtures
import Foundation
import Records
@testable import TemplateCompiler
@testable import TemplateRuntime
import Testing

/// Annexes of random shapes: what is printed in either format is the text that the shape calls for, and nothing else.
struct RandomAnnexTests {
  private static let seeds = UInt64(0)..<(Ring.isThorough ? 10_000 : 200)

  @Test func theTextIsTheSameInEveryFormat() throws {
    for seed in Self.seeds {
      let annex = RandomAnnex(seed: seed)
      let printed = try PrintedAnnex(annex.xml)
      #expect(printed.html == annex.text, "seed \(seed)")
      #expect(printed.docbook == annex.text, "seed \(seed)")
      #expect(printed.compared == annex.text, "seed \(seed)")
    }
  }

  /// A paragraph that refers to everything names each provision so that a reader finds it again.
  @Test func everyReferenceLeadsToItsTarget() throws {
    for seed in Self.seeds {
      let annex = RandomAnnex(seed: seed)
      let printed = try PrintedAnnex(annex.referringToAll)
      #expect(printed.links.map(\.target) == annex.names.map { "annex-" + $0.id }, "seed \(seed)")
      var last: [String] = []
      for (link, name) in zip(printed.links, annex.names) {
        #expect(
          Self.read(link.words, after: last) == name.words.joined(),
          "seed \(seed): \(name.id)"
        )
        #expect(printed.ids.contains(link.target), "seed \(seed): \(name.id)")
        last = name.words
      }
    }
  }

  /// 同条第２項 as one reads it, who has just read a name: 第３条第２項.
  private static func read(_ words: String, after last: [String]) -> String {
    guard words.hasPrefix("同"), let unit = words.dropFirst().first,
      let index = last.lastIndex(where: { $0.hasSuffix(String(unit)) })
    else { return words }
    return last[...index].joined() + words.dropFirst(2)
  }
}

/// An annex in an edition that has nothing else, printed and read back.
private struct PrintedAnnex {
  /// Without tags and white space.
  let html: String
  let docbook: String
  /// What `tokki check --against` compares.
  let compared: String
  let links: [(target: String, words: String)]
  /// Those that both formats have.
  let ids: Set<String>

  init(_ annex: String) throws {
    func source(_ name: String, _ text: String) -> SourceText {
      SourceText(file: name, bytes: Array(text.utf8))
    }
    let namespace = "xmlns=\"urn:tokki:template:1\""
    let layer = EditionSource.Layer(
      edition: source(
        "edition.xml",
        """
        <edition \(namespace) id="random"><name>例示市</name><style digits="mixed"/><packet><document annex="annex"/></packet></edition>
        """
      ),
      dictionary: source(
        "dictionary.xml",
        """
        <dictionary \(namespace)><record name="contract" label="契約"><field name="number" label="番号" type="identifier" key="contract"/></record>
        <record name="vendor" label="受注者"><field name="id" label="受注者番号" type="identifier" key="vendor"/></record></dictionary>
        """
      ),
      annex: source("annex.xml", annex),
      forms: [],
      style: nil
    )
    let (edition, diagnostics) = Compiler.compile(EditionSource(layers: [layer]))
    let compiled = try #require(edition, "\(diagnostics.map(\.message.en)): \(annex)")
    let record = compiled.dictionary.bind(
      RawNode(.absent, at: SourceLocation(file: "none")),
      mode: .blank,
      date: nil
    ).record
    func printed(_ program: Program, from start: String, to end: String) throws -> Substring {
      let bytes = Renderer.render(program, with: record, checkNumber: nil)
      let text = String(decoding: bytes, as: UTF8.self)
      let first = try #require(text.firstRange(of: start))
      let rest = text[first.lowerBound...]
      return rest[..<(try #require(rest.firstRange(of: end))).lowerBound]
    }
    let page = try printed(compiled.html, from: "<article class=\"document", to: "</article>")
    let chapter = try printed(compiled.docbook, from: "<chapter ", to: "</chapter>")
    html = Self.plain(page)
    docbook = Self.plain(chapter)
    compared = Self.plain(compiled.annexText.map(\.text).joined()[...])
    links = page.matches(of: /<a href="#([^"]*)">([^<]*)<\/a>/).map {
      (String($0.1), String($0.2))
    }
    let shown = Set(page.matches(of: /id="([^"]*)"/).map { String($0.1) })
    ids = shown.intersection(chapter.matches(of: /xml:id="([^"]*)"/).map { String($0.1) })
  }

  /// By hand: a Regex takes most of the run.
  private static func plain(_ markup: Substring) -> String {
    var text = String.UnicodeScalarView()
    var isInTag = false
    for scalar in markup.unicodeScalars {
      switch scalar {
      case "<": isInTag = true
      case ">": isInTag = false
      case _: if !isInTag, !scalar.properties.isWhitespace { text.append(scalar) }
      }
    }
    return String(text)
  }
}
