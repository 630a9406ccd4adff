import ArgumentParser
import Packets
import Records
import TemplateCompiler

/// Which documents of a packet are made, and how.
struct PaperOptions: ParsableArguments {
  @Option(help: "印字する範囲。 What is printed.")
  var mode = PacketMode.prefilled

  @Flag(
    name: .customLong("no-split"),
    help: "書類ごとのファイルを作成しません。 Does not write a file for each document."
  )
  var noSplit = false

  @Option(
    help: ArgumentHelp(
      "出力形式（html、docbook。コンマ区切り）。 The output formats, comma-separated.",
      valueName: "formats"
    )
  )
  var format = "html,docbook"

  @Option(
    help: ArgumentHelp(
      "書類一式の作成時期（版の occasion の id。例：incident）。既定は最初のもの。 The occasion of the packet, an id of the edition such as incident; else its first.",
      valueName: "occasion"
    )
  )
  var packet: String?

  @Option(
    // --only is its former name, which scripts may still use.
    name: [.customLong("documents"), .customLong("only")],
    help: ArgumentHelp(
      "作成する書類のid（コンマ区切り）。既定は全て。 The ids of the documents to make, comma-separated; else all.",
      valueName: "ids"
    )
  )
  var ids: DocumentIDs?

  @Option(
    help:
      "書類に印字する日付（例：2022-04-01）。既定は空欄。 The date on the papers, such as 2022-04-01; else left blank."
  )
  var date: Day?

  private enum OutputKind: String { case html, docbook }

  func validate() throws {
    for name in format.split(separator: ",", omittingEmptySubsequences: false)
    where OutputKind(rawValue: String(name)) == nil {
      throw ValidationError("--format takes html and docbook, not “\(name)”.")
    }
  }

  var packetOptions: PacketOptions {
    var options = PacketOptions()
    options.mode = mode
    options.printsHTML = format.split(separator: ",").contains("html")
    options.printsDocBook = format.split(separator: ",").contains("docbook")
    options.splits = !noSplit
    options.date = date?.number
    return options
  }

  var selection: Selection { Selection(occasion: packet, documents: ids?.list) }
}

/// Ids of documents with commas between.
struct DocumentIDs: ExpressibleByArgument {
  let list: [String]

  init?(argument: String) {
    list = argument.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    if list.allSatisfy(\.isEmpty) { return nil }
  }
}

extension PacketMode: ExpressibleByArgument {
  package static var allValueDescriptions: [String: String] {
    [
      blank.rawValue: "未記入様式：全て空欄。 Nothing: blank papers.",
      prefilled.rawValue: "一部印字様式：契約と受注者。 The contract and the vendor.",
      final.rawValue: "提出用：全て。必須項目の記入漏れを検査。 Everything; what is required must be there.",
    ]
  }
}

/// A day on the command line.
struct Day: ExpressibleByArgument {
  let number: Int64

  init?(argument: String) {
    guard let date = CivilDate(iso: argument), CivilDate.readable.contains(date.dayNumber) else {
      return nil
    }
    number = date.dayNumber
  }
}
