import ArgumentParser
import Diagnostics
import Glibc
import Packets
import TemplateRuntime

/// `tokki batch`: the packets of a whole list.
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "一覧の全ての契約・委託先の書類一式を作ります。 Makes the packets of a whole list.",
    discussion: """
      一覧（契約・委託先一覧）は CSV、TSV、XLSX、NDJSON、JSON、YAML のファイル、又は CSV を入れたフォルダーです。一行が一つの契約と一つの委託先です。
      誤りのある行は飛ばして最後まで作り、理由を付けた一覧（rejects.*）を出力先に書きます。修正して、同じ出力先に読み込ませてください。
      途中で止まったときは、同じコマンドで続きから再開します。
      """
  )

  @Argument(help: "全ての行に共通のデータ（YAML、JSON）。 What all rows share.", completion: .file())
  var data: String

  @Argument(help: "契約・委託先一覧。 The list: a file, or a folder of CSV files.", completion: .file())
  var roster: String

  @Option(help: "版のフォルダー。 The edition's folder.", completion: .directory)
  var edition: String?

  @Option(help: "出力先。 The run folder.", completion: .directory)
  var out = "Output/batch"

  @Option(help: "同時に作る数。 Packets made at the same time.")
  var jobs: Int = cores

  @OptionGroup var papers: PaperOptions

  @Flag(
    name: .customLong("only-new"),
    help:
      "誓約年月日のない従事者など、新しいものだけを印字します。 Prints only what is new in lists, such as workers without a pledge."
  )
  var onlyNew = false

  @Option(
    name: .customLong("header-row"),
    help: "見出しの行（自動で見つからないとき）。 The header's row, where it cannot be found by itself."
  )
  var headerRow: Int?

  @Option(
    name: .customLong("max-errors"),
    help: "エラーの行がこの数を超えたら止めます。 Stops after more rows with errors than this."
  )
  var maximumErrors: Int?

  @Flag(
    name: .customLong("no-sync"),
    help: "ディスクへの確実な書込みを待ちません。 Does not wait for the disk; for trials."
  )
  var noSync = false

  @Flag(help: "前回の書類一式を、日時だけでなく内容まで確かめます。 Reads the bytes of what an earlier run made.")
  var verify = false

  @Flag(
    name: .customLong("dry-run"),
    help: "検査だけを行い、何も書きません。 Checks every row and writes nothing."
  )
  var dryRun = false

  @OptionGroup var reporting: Reporting

  private static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes a folder.") }
    if edition?.isEmpty == true { throw ValidationError("--edition takes a folder.") }
    if jobs < 1 { throw ValidationError("--jobs takes 1 or more.") }
    if let headerRow, headerRow < 1 { throw ValidationError("--header-row counts from 1.") }
    if let maximumErrors, maximumErrors < 0 {
      throw ValidationError("--max-errors takes 0 or more.")
    }
  }

  func run() async throws {
    var options = BatchOptions(
      data: data,
      roster: roster,
      edition: edition ?? EditionFinder.find(near: data),
      out: out
    )
    options.packet = papers.packetOptions
    options.only = papers.documents
    options.onlyNew = onlyNew
    options.headerRow = headerRow
    // More would wait for one another.
    options.jobs = min(jobs, 2 * Self.cores)
    options.maximumErrors = maximumErrors
    options.syncs = !noSync
    options.verifiesBytes = verify
    options.isDryRun = dryRun
    StopRequest.listen()
    let report = BatchReport(reporting)
    let result = await BatchRunner.run(
      options,
      isStopped: { StopRequest.isReceived },
      observe: { report.tell($0) }
    )
    try report.conclude(result, out: out, isDryRun: dryRun)
    switch result.ending {
    case .finished:
      if result.counts.rejected > 0 || result.diagnostics.hasErrors { throw ExitCode.dataError }
    case .refused, .tooManyErrors: throw ExitCode.dataError
    case .otherRun: throw ExitCode.validationFailure
    case .locked: throw ExitCode.temporaryFailure
    case .failed: throw ExitCode.inputOutput
    case .stopped: throw ExitCode(128 + StopRequest.number)
    }
  }
}
