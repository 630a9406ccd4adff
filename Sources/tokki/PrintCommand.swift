import ArgumentParser
import Batches
import Diagnostics

/// `tokki print`: the papers of a whole batch in one file for the printer.
struct PrintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "一括作成した書類を、印刷用の一つのファイルにまとめます。 Joins the papers of a batch into one file to print.",
    discussion: """
      書類ごとに新しい用紙から始まります。片面で印刷してください（両面では、前の書類の裏に次の書類が印刷されます）。\
      書類確認表（庁内用）と、一覧から外れた受注者の書類は含みません。作成時のままでない書類一式があるときは、何も書き出しません。

      Each document starts a sheet when printed on one side; on both, it may start on the back of another. \
      The office's own review sheet and vendors who are no longer on the list are left out. If a packet is not as it was made, nothing is written.
      """
  )

  @Argument(help: "一括作成の出力先。 The output folder of a batch.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("並べる順序。 The order of the papers.", valueName: "order")
  )
  var by: PrintOrder

  @Option(
    help: ArgumentHelp(
      "書き出すファイル。既定は、一括作成の出力先の print-vendor.html 又は print-document.html。 The file to write; else print-vendor.html or print-document.html in the folder.",
      valueName: "file"
    ),
    completion: .file()
  )
  var out: String?

  @Option(
    help: ArgumentHelp(
      "印刷する書類のid（コンマ区切り）。既定は全て。 The ids of the documents to print, comma-separated; else all.",
      valueName: "ids"
    )
  )
  var documents: DocumentIDs?

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if folder.isEmpty { throw ValidationError("FOLDER takes a folder.") }
    if out?.isEmpty == true { throw ValidationError("--out takes a file.") }
  }

  func run() throws {
    let (outcome, diagnostics) = BatchPrint.print(
      folder,
      by: by,
      documents: documents?.list,
      to: out
    )
    reporting.report(diagnostics)
    switch outcome {
    case .made(let file, let packets, let documents):
      if reporting.json {
        try report(
          [
            ("outcome", .string("made")), ("file", .string(file)),
            ("packets", .integer(Int64(packets))), ("documents", .integer(Int64(documents))),
          ],
          diagnostics
        )
      } else {
        try Output.result(
          reporting.say(
            "\(packets)件の書類一式の\(documents)通をまとめました：\(file)\n",
            "Joined \(documents) documents of \(packets) packets: \(file)\n"
          )
        )
      }
    case .refused:
      if reporting.json { try report([("outcome", .string("refused"))], diagnostics) }
      throw ExitCode.dataError
    case .notWritten:
      if reporting.json { try report([("outcome", .string("not-written"))], diagnostics) }
      throw ExitCode.cannotCreate
    }
  }

  private func report(
    _ members: [(name: String, value: JSONValue)],
    _ diagnostics: [Diagnostic]
  ) throws {
    try Output.result(
      JSONValue.object(members + [("diagnostics", diagnostics.json)]).indentedBytes
    )
  }
}

extension PrintOrder: ExpressibleByArgument {
  package static var allValueDescriptions: [String: String] {
    [
      vendor.rawValue: "受注者別。 Vendor after vendor.",
      document.rawValue: "書類別。 Document after document.",
    ]
  }
}
