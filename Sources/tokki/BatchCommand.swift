import ArgumentParser
import Batches
import Diagnostics
import Glibc
import Records

/// `tokki batch`: the packets of a whole list.
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "一覧の全ての行の書類一式を作成します。 Makes the packet of every row of a list.",
    discussion: """
      一覧は、CSV、TSV、XLSX、NDJSON、JSON若しくはYAMLのファイル又はCSVを入れたフォルダーで、一行が一つの契約と一つの受注者です。\
      誤りのある行は作成せず、エラー理由を付けて出力先の rejects.* に書き出します。修正後、同じ出力先・同じ指定で再度読み込んでください。\
      中断したときは、同じコマンドで続きから再開します。

      The list is a CSV, TSV, XLSX, NDJSON, JSON or YAML file, or a folder of CSV files; a row is one contract with one vendor. \
      Rows with errors are written to rejects.* in the output folder, with the reasons: correct them, and run batch on that file with the same output folder and options. \
      After an interruption the same command continues.
      """
  )

  @Argument(
    help: "全ての行に共通のデータ（YAML、JSON）。 The data that all rows share: YAML or JSON.",
    completion: .file()
  )
  var data: String

  @Argument(
    help: "一覧のファイル、又はCSVを入れたフォルダー。 The list: a file, or a folder of CSV files.",
    completion: .file()
  )
  var roster: String

  @OptionGroup var edition: EditionOption

  @Option(
    help: ArgumentHelp("出力先のフォルダー。 The output folder.", valueName: "folder"),
    completion: .directory
  )
  var out = "Output/batch"

  @Option(
    help: ArgumentHelp(
      "同時に処理する行数。既定はプロセッサの数、上限はその２倍。 How many rows are processed at the same time; else, and at most twice, the number of processors.",
      valueName: "n"
    )
  )
  var jobs: Int?

  @OptionGroup var papers: PaperOptions

  @Flag(
    name: .customLong("only-new"),
    help:
      "新しいもの（誓約年月日のない従事者など）だけを印字します。 Prints only what is new in lists, such as workers without a pledge's date."
  )
  var onlyNew = false

  @Option(
    name: .customLong("header-row"),
    help: ArgumentHelp(
      "見出しの行番号（自動で見つからないとき）。 The number of the header's row, where it is not found automatically.",
      valueName: "n"
    )
  )
  var headerRow: Int?

  @Option(
    name: .customLong("max-errors"),
    help: ArgumentHelp(
      "エラーの行がこの数を超えたら中止します。 Stops when more rows than this have errors.",
      valueName: "n"
    )
  )
  var maximumErrors: Int?

  @Flag(
    name: .customLong("no-sync"),
    help: "ディスクへの書込みの完了を待ちません（試行用）。 Does not wait for the disk; for trials."
  )
  var noSync = false

  @Flag(
    help:
      "作成済みの書類一式を、日時だけでなく内容まで確認します。 Reads every byte of earlier packets, not only their files' dates."
  )
  var verify = false

  @Flag(
    name: .customLong("dry-run"),
    help: "検査だけを行い、何も書き出しません。 Checks every row and writes nothing."
  )
  var dryRun = false

  @OptionGroup var reporting: Reporting

  private static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes a folder.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes 1 or more.") }
    if let headerRow, headerRow < 1 { throw ValidationError("--header-row counts from 1.") }
    if let maximumErrors, maximumErrors < 0 {
      throw ValidationError("--max-errors takes 0 or more.")
    }
  }

  func run() async throws {
    let input = BatchInput(
      data: data,
      edition: edition.folder(near: data),
      list: roster,
      headerRow: headerRow
    )
    var options = BatchOptions(out: out)
    options.packet = papers.packetOptions
    options.selection = papers.selection
    options.onlyNew = onlyNew
    // More would wait for one another.
    options.jobs = min(jobs ?? Self.cores, 2 * Self.cores)
    options.maximumErrors = maximumErrors
    options.syncs = !noSync
    options.verifiesBytes = verify
    options.isDryRun = dryRun
    StopRequest.listen()
    let report = BatchReport(reporting)
    let result = await BatchRunner.run(
      input,
      options,
      isStopped: { StopRequest.isReceived },
      observe: { report.show($0) }
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
