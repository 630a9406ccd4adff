import ArgumentParser
import Diagnostics
import Guides
import Packets
import TemplateCompiler

/// `tokki schema`: what data an edition takes.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "版に対応する契約データの記入用ファイルなどを出力します。 Writes what data an edition takes: a blank file, a schema, a list's header; or the grammar of editions."
  )

  @OptionGroup var edition: EditionOption

  @Flag
  var form: Form?

  @Option(
    name: .customLong("csv"),
    defaultAsFlag: "",
    help: ArgumentHelp(
      "一覧の見出し（CSV）。sheet（vendor.workers など）を指定すると、そのシートの見出し。 The header of a list as CSV, or of one of its sheets, such as vendor.workers.",
      valueName: "sheet"
    )
  )
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "その作成時期の書類一式に印字する項目だけの記入用ファイル又は見出し（版の occasion の id）。 Only what the packet of an occasion prints, by its id; not with --json-schema.",
      valueName: "occasion"
    )
  )
  var packet: String?

  @OptionGroup var reporting: Reporting

  enum Form: EnumerableFlag {
    case yaml, jsonSchema, grammar

    static func help(for form: Form) -> ArgumentHelp? {
      switch form {
      case .yaml: "記入用の契約データ（YAML。既定）。 A blank data file with comments; this is the default."
      case .jsonSchema: "エディター用のJSON Schema（2020-12）。 A JSON Schema (2020-12) for editors."
      case .grammar:
        "版のXMLファイルのエディター用の文法（RELAX NG）。 The grammar of an edition's XML files (RELAX NG), for editors."
      }
    }
  }

  mutating func validate() throws {
    // swift-argument-parser 1.8.2 drops the value of --csv=sheet where another option follows it.
    let prefix = "--csv="
    if sheet == "", let attached = CommandLine.arguments.first(where: { $0.hasPrefix(prefix) }) {
      sheet = String(attached.dropFirst(prefix.count))
    }
    if sheet != nil, form != nil {
      throw ValidationError("--json-schema, --yaml, --grammar and --csv exclude each other.")
    }
    if packet != nil, form == .jsonSchema || form == .grammar {
      throw ValidationError("--packet goes with --yaml and --csv.")
    }
  }

  func run() throws {
    if let sheet { return try writeHeader(of: sheet) }
    switch form ?? .yaml {
    case .yaml: try Output.result(BlankData.text(guide()))
    case .jsonSchema: try Output.result(JSONSchema.value(guide()).bytes(fitting: 120))
    case .grammar: try Output.result(BuiltIn.grammar)
    }
  }

  private func writeHeader(of sheet: String) throws {
    let guide = try guide()
    guard let header = RosterHeader(guide, sheet: sheet.isEmpty ? nil : sheet) else {
      let sheets = RosterHeader.sheetNames(guide).map { "  \($0)\n" }.joined()
      Output.error(
        reporting.say("--csv で指定できるのは次のものです。\n", "--csv takes one of these:\n") + sheets
      )
      throw ExitCode.validationFailure
    }
    try Output.result(header.csv)
  }

  /// What data the edition takes; an edition with errors is reported.
  private func guide() throws -> DataGuide {
    let opening = Edition.open(
      edition.folder(near: "."),
      Selection(occasion: packet),
      outputs: .none
    )
    reporting.report(opening.diagnostics, quoting: opening.texts)
    guard let compiled = opening.edition?.compiled else {
      if reporting.json {
        try Output.result(
          JSONValue.object([("diagnostics", opening.diagnostics.json)]).indentedBytes
        )
      }
      throw ExitCode.dataError
    }
    return packet == nil ? DataGuide(whole: compiled) : DataGuide(packetOf: compiled)
  }
}
