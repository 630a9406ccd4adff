import AnnexImport
import ArgumentParser
import Diagnostics
import Files
import Packets

/// `tokki edition`: editions as a whole.
struct EditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edition",
    abstract: "版（条文と様式のひな形）を新しく作成します。 Makes a new edition.",
    subcommands: [NewEditionCommand.self]
  )
}

/// `tokki edition new`: a city's edition, made of its official text upon the common one.
struct NewEditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract:
      "条文の文書から、共通のひな形を継承する版を作成します。 Makes an edition of a city's official text, upon the common one.",
    discussion: """
      フォルダーに edition.xml、annex.xml、original.txt 及び見本データを作成し、検査して、次に行うことを表示します。既にあるファイルは変更しません。
      Writes edition.xml, annex.xml, original.txt and sample data into a new folder, checks them, and says what to do next. Files that are there are never changed.
      """
  )

  @Argument(help: "作成するフォルダー。 The folder to make.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "条文の文書（.txt、.html、.docx）。 The official text: .txt, .html or .docx.",
      valueName: "file"
    ),
    completion: .file()
  )
  var annex: String

  @Option(
    help: ArgumentHelp(
      "団体の名称（架空市など）。 The name of the city.",
      valueName: "city"
    )
  )
  var name: String?

  @Option(
    help: ArgumentHelp(
      "継承する版のフォルダー。既定は Templates/common。 The edition to extend; else Templates/common.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var base: String?

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if folder.isEmpty { throw ValidationError("FOLDER takes a folder.") }
    if annex.isEmpty { throw ValidationError("--annex takes a file.") }
  }

  func run() throws {
    guard let base = base ?? EditionFinder.common, FileSystem.isFile(base + "/edition.xml") else {
      return try refuse(
        "継承する版（Templates/common）が見つかりません。--base で指定してください。\n",
        "The edition to extend (Templates/common) is not found: name it with --base.\n"
      )
    }
    if FileSystem.exists(folder), FileSystem.entries(of: folder)?.isEmpty != true {
      return try refuse(
        "\(folder) は既にあります。新しいフォルダーを指定してください。\n",
        "\(folder) is there already: name a new folder.\n"
      )
    }
    let found: FoundAnnex
    do throws(ReadFailure) {
      found = AnnexReader.read(try ImportedText.read(annex))
    } catch {
      reporting.report([error.diagnostic])
      throw ExitCode.dataError
    }
    guard !found.diagnostics.hasErrors else {
      reporting.report(found.diagnostics)
      throw ExitCode.dataError
    }
    let usual = UsualProvision.all(of: EditionFinder.catalogue(of: base))
    let draft = EditionDraft(folder: folder, base: base, city: name, text: found)
    let written: (xml: String, diagnostics: [Diagnostic])
    do throws(FileSystem.Failure) {
      try FileSystem.makeFolders(folder + "/samples")
      // The files' paths begin at the folder, which is there now.
      written = AnnexWriter.write(found, usual: usual, grammar: draft.grammar)
      for (file, text) in draft.files(annex: written.xml) {
        _ = try FileSystem.write(Array(text.utf8), to: folder + "/" + file, mode: 0o644)
      }
    } catch {
      reporting.report([error.diagnostic(at: SourceLocation(file: folder))])
      throw ExitCode.cannotCreate
    }
    // What the import doubts first: it may be the cause of what the check finds.
    reporting.report((found.diagnostics + written.diagnostics).inReportOrder(), summing: false)
    let opening = Edition.open(folder)
    reporting.report(opening.diagnostics, quoting: opening.texts)
    try Output.result(next(isSound: !opening.diagnostics.hasErrors))
  }

  private func next(isSound: Bool) -> String {
    let steps = reporting.say(
      """
      「\(folder)」を作成しました。
      \(isSound ? "" : "・上のエラーを修正してください。記入されていない版の語句は、edition.xml の slots に書きます。\n")\
      ・条文を正本と照合：tokki check \(folder) --against \(folder)/original.txt
      ・共通のひな形の語句の確認：tokki check \(folder) --inherited
      ・見本の書類一式の作成：tokki packet \(folder)/samples/contract.yaml --mode final

      """,
      """
      Made “\(folder)”.
      \(isSound ? "" : "- Mend the errors above; slots that are not filled in stand in edition.xml.\n")\
      - Compare the annex with the official text: tokki check \(folder) --against \(folder)/original.txt
      - See which words are the common edition's: tokki check \(folder) --inherited
      - Make the sample's papers: tokki packet \(folder)/samples/contract.yaml --mode final

      """
    )
    return steps
  }

  private func refuse(_ ja: String, _ en: String) throws {
    Output.error(reporting.say(ja, en))
    throw ExitCode.cannotCreate
  }
}
