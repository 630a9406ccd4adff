import ArgumentParser
import Packets
import TemplateRuntime

/// What is printed of a packet, and how.
struct PaperOptions: ParsableArguments {
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

  private enum OutputKind: String { case html, docbook }

  func validate() throws {
    if let only, !only.contains(where: { $0 != "," && $0 != " " }) {
      throw ValidationError("--only takes the ids of documents, with commas between.")
    }
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

  /// The ids of the documents to make; nil for all.
  var documents: [String]? {
    only?.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
  }
}

extension PacketMode: ExpressibleByArgument {}

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
