import AnnexComparison
import AnnexImport
import Diagnostics
import Records
@testable import TemplateCompiler
@testable import TemplateRuntime
import Testing

/// An annex in an edition that has nothing else, printed and read back.
struct PrintedAnnex {
  /// Without tags and white space.
  let html: String
  let docbook: String
  /// What `tokki check --against` compares.
  let compared: String
  let links: [(target: String, words: String)]
  /// Those that both formats have.
  let ids: Set<String>

  /// `other`: a further annex, whose id is `other`.
  static func compile(
    _ annex: String,
    other: String? = nil,
    form: String? = nil,
    digits: String = "mixed"
  ) -> (edition: CompiledEdition?, diagnostics: [Diagnostic]) {
    func source(_ name: String, _ text: String) -> SourceText {
      SourceText(file: name, bytes: Array(text.utf8))
    }
    let namespace = "xmlns=\"urn:tokki:template:1\""
    let document =
      (other == nil ? "" : "<document annex=\"other\"/>")
      + (form == nil ? "" : "<document form=\"paper\"/>")
    let layer = EditionSource.Layer(
      edition: source(
        "edition.xml",
        """
        <edition \(namespace) id="random"><name>例示市</name><style digits="\(digits)"/><packet><document annex="annex"/>\(document)</packet></edition>
        """
      ),
      dictionaries: [
        source(
          "dictionary.xml",
          """
          <dictionary \(namespace)><record name="contract" label="契約"><field name="number" label="番号" type="identifier" key="contract"/></record>
          <record name="vendor" label="受注者"><field name="id" label="受注者番号" type="identifier" key="vendor"/></record></dictionary>
          """
        )
      ],
      annex: source("annex.xml", annex),
      annexes: other.map { [source("annexes/other.xml", $0)] } ?? [],
      forms: form.map { [source("forms/paper.xml", $0)] } ?? [],
      style: nil
    )
    return Compiler.compile(EditionSource(layers: [layer]))
  }

  private static func printed(_ program: Program, of edition: CompiledEdition) -> String {
    let record = edition.dictionary.bind(
      RawNode(.absent, at: SourceLocation(file: "none")),
      mode: .blank,
      date: nil
    ).record
    return String(decoding: Renderer.render(program, with: record, checkNumber: nil), as: UTF8.self)
  }

  /// What is printed within 〔〕.
  static func marked(_ edition: CompiledEdition) throws -> String {
    let page = printed(edition.html, of: edition)
    let start = try #require(page.firstRange(of: "〔")).upperBound
    let end = try #require(page.firstRange(of: "〕")).lowerBound
    return plain(page[start..<end])
  }

  init(_ annex: String) throws {
    let (edition, diagnostics) = Self.compile(annex)
    let compiled = try #require(edition, "\(diagnostics.map(\.message.en)): \(annex)")
    func printed(_ program: Program, from start: String, to end: String) throws -> Substring {
      let text = Self.printed(program, of: compiled)
      let first = try #require(text.firstRange(of: start))
      let rest = text[first.lowerBound...]
      return rest[..<(try #require(rest.firstRange(of: end))).lowerBound]
    }
    let page = try printed(compiled.html, from: "<article class=\"document", to: "</article>")
    let chapter = try printed(compiled.docbook, from: "<chapter ", to: "</chapter>")
    html = Self.plain(page)
    docbook = Self.plain(chapter)
    compared = ComparedText(compiled.annexes[0]).units.characters.string
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
