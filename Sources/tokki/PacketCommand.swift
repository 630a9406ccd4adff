import ArgumentParser
import Diagnostics
import Packets
import TemplateRuntime

/// `tokki packet`: the papers of one contract with one vendor.
struct PacketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packet",
    abstract: "一つの契約の書類一式を作ります。 Makes the packet of one contract."
  )

  @Argument(help: "契約データ（YAML、JSON）。 The contract's data.", completion: .file())
  var data: String

  @Option(help: "版のフォルダー。 The edition's folder.", completion: .directory)
  var edition: String?

  @Option(help: "受注者番号（データに複数の受注者があるとき）。 The vendor's id, where the data has several.")
  var vendor: String?

  @Option(
    help: "出力先。前の書類一式は置き換わります。 Where packets go; an earlier one is replaced.",
    completion: .directory
  )
  var out = "Output"

  @Option(help: "blank 未記入様式、prefilled 一部印字様式、final 提出用。")
  var mode = PacketMode.prefilled

  @Flag(
    name: .customLong("no-split"),
    help: "書類ごとのファイルを作りません。 Leaves out the files of single documents."
  )
  var noSplit = false

  @Option(help: "html、docbook、又は両方。 One or both, with a comma between.")
  var format = "html,docbook"

  @Option(help: "作る書類のid（コンマ区切り）。 The ids of the documents to make.")
  var only: String?

  @Option(help: "書類の日付。 The date of the papers, as 2022-04-01.")
  var date: Day?

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes a folder.") }
    if let only, !only.contains(where: { $0 != "," && $0 != " " }) {
      throw ValidationError("--only takes the ids of documents, with commas between.")
    }
    for name in format.split(separator: ",", omittingEmptySubsequences: false)
    where OutputKind(rawValue: String(name)) == nil {
      throw ValidationError("--format takes html and docbook, not “\(name)”.")
    }
  }

  private enum OutputKind: String { case html, docbook }

  func run() throws {
    var options = PacketOptions()
    options.mode = mode
    options.printsHTML = format.split(separator: ",").contains("html")
    options.printsDocBook = format.split(separator: ",").contains("docbook")
    options.splits = !noSplit
    options.date = date?.number
    let folder = edition ?? EditionFinder.find(near: data)
    let ids = only?.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    let result = PacketRun.run(
      data: data,
      edition: folder,
      vendor: vendor,
      only: ids,
      out: out,
      options: options
    )
    reporting.report(result.diagnostics, quoting: result.quotable)
    if reporting.json { try Output.result(json(result).indentedBytes) }
    switch result.outcome {
    case .made(let path, _), .unchanged(let path, _):
      guard !reporting.json else { return }
      let isNew = if case .made = result.outcome { true } else { false }
      try Output.result(
        (isNew
          ? reporting.say("書類一式を作りました：", "Made the packet: ")
          : reporting.say("書類一式は変わっていません：", "The packet is unchanged: "))
          + path + "/packet.html\n"
      )
    case .refused: throw ExitCode.dataError
    case .notWritten: throw ExitCode.cannotCreate
    }
  }

  private func json(_ result: PacketRun.Result) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = []
    switch result.outcome {
    case .made(let path, let number):
      members = [
        ("outcome", .string("made")), ("path", .string(path)), ("check_number", .string(number)),
      ]
    case .unchanged(let path, let number):
      members = [
        ("outcome", .string("unchanged")), ("path", .string(path)),
        ("check_number", .string(number)),
      ]
    case .refused: members = [("outcome", .string("refused"))]
    case .notWritten: members = [("outcome", .string("not-written"))]
    }
    return .object(members + [("diagnostics", result.diagnostics.json)])
  }
}

extension PacketMode: ExpressibleByArgument {}

/// A day on the command line.
struct Day: ExpressibleByArgument {
  let number: Int64

  init?(argument: String) {
    guard let date = CivilDate(iso: argument) else { return nil }
    number = date.dayNumber
  }
}
