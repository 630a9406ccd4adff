import ArgumentParser
import Diagnostics
import Packets
import TemplateCompiler

/// Tells what data an edition takes: `tokki schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "版の契約データの様式を出力します。 Writes the shape of an edition's data."
  )

  @Option(help: "版のフォルダー。 The edition's folder.", completion: .directory)
  var edition: String?

  @Flag
  var form: Form?

  @Option(
    name: .customLong("csv"),
    defaultAsFlag: "",
    help: ArgumentHelp(
      "契約・委託先一覧の見出し。sheet（vendor.workers など）を指定すると、一覧の項目の見出し。 The header of a roster, or of a list's sheet.",
      valueName: "sheet"
    )
  )
  var sheet: String?

  @OptionGroup var reporting: Reporting

  enum Form: EnumerableFlag {
    case yaml, jsonSchema

    static func help(for form: Form) -> ArgumentHelp? {
      switch form {
      case .yaml: "記入用の契約データ（既定）。 A blank data file with comments; this is the default."
      case .jsonSchema: "エディター用のJSON Schema（2020-12）。 For editors."
      }
    }
  }

  mutating func validate() throws {
    if edition?.isEmpty == true { throw ValidationError("--edition takes a folder.") }
    // swift-argument-parser 1.8.2 drops the value of --csv=sheet where another option follows it.
    let prefix = "--csv="
    if sheet == "", let attached = CommandLine.arguments.first(where: { $0.hasPrefix(prefix) }) {
      sheet = String(attached.dropFirst(prefix.count))
    }
    if sheet != nil, form != nil {
      throw ValidationError("--json-schema, --yaml and --csv exclude each other.")
    }
  }

  func run() throws {
    let (source, found) = EditionReader.read(edition ?? EditionFinder.find(near: "."))
    let (compiled, more) = source.map { Compiler.compile($0, outputs: .none) } ?? (nil, [])
    let diagnostics = found + more
    reporting.report(diagnostics, quoting: source?.texts ?? [])
    guard let compiled else {
      if reporting.json {
        try Output.result(JSONValue.object([("diagnostics", diagnostics.json)]).indentedBytes)
      }
      throw ExitCode.dataError
    }
    let guide = DataGuide(compiled)
    if let sheet {
      guard let header = RosterHeader(guide, sheet: sheet.isEmpty ? nil : sheet) else {
        let sheets = RosterHeader.sheetNames(guide).map { "  \($0)\n" }.joined()
        Output.error(
          reporting.say("--csv で指定できるのは次のものです。\n", "--csv takes one of these:\n") + sheets
        )
        throw ExitCode.validationFailure
      }
      try Output.result(header.csv)
      return
    }
    switch form ?? .yaml {
    case .yaml: try Output.result(BlankData.text(guide))
    case .jsonSchema: try Output.result(JSONSchema.value(guide).bytes(fitting: 120))
    }
  }
}
