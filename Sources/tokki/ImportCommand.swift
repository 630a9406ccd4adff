import AnnexImport
import ArgumentParser
import Diagnostics
import Files
import Packets
import TemplateCompiler

/// `tokki import`: the structure of a city's official text.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "条文の文書から特記事項のひな形を作成します。 Makes an annex of a city's official text.",
    discussion: """
      テキスト（UTF-8又はShift_JIS）、例規集のHTML、Word文書（.docx）を読み、条・項・号、見出し、附則、引用、定義語を見つけます。\
      確かでない箇所は、行ごとに警告します。
      Reads plain text (UTF-8 or Shift_JIS), pages of a collection of ordinances (HTML) and documents of Word (.docx), and finds articles, paragraphs, items, \
      captions, supplements, references and terms. Whatever is not certain is a warning with its line.
      """
  )

  @Argument(
    help: "条文の文書（.txt、.html、.docx）。 The official text: .txt, .html or .docx.",
    completion: .file()
  )
  var file: String

  @Flag(
    help:
      "annex.xml の代わりに、見つけた構造の一覧を出力します。 Prints the structure that was found, instead of annex.xml."
  )
  var listing = false

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if file.isEmpty { throw ValidationError("FILE takes a file.") }
  }

  func run() throws {
    let annex: FoundAnnex
    do throws(ReadFailure) {
      annex = AnnexReader.read(try ImportedText.read(file))
    } catch {
      return try finish([error.diagnostic], "")
    }
    if annex.diagnostics.hasErrors { return try finish(annex.diagnostics, "") }
    let written = AnnexWriter.write(annex, usual: UsualProvision.all(of: EditionFinder.catalogue()))
    let diagnostics = (annex.diagnostics + written.diagnostics).inReportOrder()
    try finish(diagnostics, listing ? annex.listing : written.xml)
  }

  private func finish(_ diagnostics: [Diagnostic], _ result: String) throws {
    reporting.report(diagnostics)
    if reporting.json {
      try Output.result(
        JSONValue.object([("annex", .string(result)), ("diagnostics", diagnostics.json)])
          .indentedBytes
      )
    } else {
      try Output.result(result)
    }
    if diagnostics.hasErrors { throw ExitCode.dataError }
  }
}

extension UsualProvision {
  /// The entries of a catalogue.
  static func all(of catalogue: Catalogue?) -> [UsualProvision] {
    (catalogue?.entries ?? []).map {
      UsualProvision(id: $0.id, parent: $0.parent, captions: $0.captions, words: $0.words)
    }
  }
}
