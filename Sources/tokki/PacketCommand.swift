import ArgumentParser
import Diagnostics
import Packets
import Records

/// `tokki packet`: the papers of one contract with one vendor.
struct PacketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packet",
    abstract: "一つの契約の書類一式を作成します。 Makes the packet of one contract with one vendor.",
    discussion: """
      「出力先/契約番号/受注者番号」のフォルダーに作成します（--packet が最初のもの以外のときは「受注者番号@その id」）。誤りがあるときは、何も書き出しません。
      Writes the folder <out>/<contract number>/<vendor id>, with @<occasion> behind it for a packet of another than the first occasion. Where anything is wrong, nothing is written.
      """
  )

  @Argument(help: "契約データ（YAML、JSON）。 The contract's data: YAML or JSON.", completion: .file())
  var data: String

  @OptionGroup var edition: EditionOption

  @Option(
    help: ArgumentHelp(
      "受注者番号（データに複数の受注者があるとき）。 The vendor's id, where the data has several.",
      valueName: "id"
    )
  )
  var vendor: String?

  @Option(
    help: ArgumentHelp(
      "出力先のフォルダー。同じ契約・受注者の作成済みの書類一式は置き換えます。 The output folder; an earlier packet of the same contract and vendor is replaced.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var out = "Output"

  @OptionGroup var papers: PaperOptions

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes a folder.") }
  }

  func run() throws {
    let result = PacketMaking.make(
      data: data,
      edition: edition.folder(near: data),
      vendor: vendor,
      selection: papers.selection,
      out: out,
      options: papers.packetOptions
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
    case .locked:
      if !reporting.json { Output.error(reporting.busy(out)) }
      throw ExitCode.temporaryFailure
    }
  }

  private func json(_ result: PacketMaking.Result) -> JSONValue {
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
    case .locked: members = [("outcome", .string("locked"))]
    }
    return .object(members + [("diagnostics", result.diagnostics.json)])
  }
}
