import ArgumentParser
import Batches
import Diagnostics
import Files
import Glibc

/// `tokki pipe`: a part of a batch on a machine of many.
struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "一行一件のNDJSONを読み、一行ずつ結果を返します。 Answers each line of NDJSON with a line.",
    discussion: """
      多数の計算機で分担して処理する基盤（Sparkなど）用です。標準入力の一行が一件で、標準出力に同じ順序で結果を一行ずつ書き出します。\
      誤りのある件の結果は誤りを示す一行で、終了コードは0のままです。70は版又は共通のデータの誤りにより開始できないこと、74は読込み又は書込みの失敗を示します。\
      同じ行の結果は、行番号を除き、いつどこで処理しても同じです。

      For engines that run one program on many machines, such as Spark. Standard input has a record a line, as in an NDJSON list; standard output has a result a line, in the same order. \
      A record with errors has a result that says so, and the exit code is 0 all the same; 70 means that nothing could begin (an error in the edition or the shared data), 74 that reading or writing failed. \
      The same line has the same result wherever and however often it is run, but for its number.
      """
  )

  @Argument(
    help: "全ての行に共通のデータ（YAML、JSON）。 The data that all lines share: YAML or JSON.",
    completion: .file()
  )
  var data: String

  @OptionGroup var edition: EditionOption

  @OptionGroup var papers: PaperOptions

  @Flag(
    name: .customLong("only-new"),
    help:
      "新しいもの（誓約年月日のない従事者など）だけを印字します。 Prints only what is new in lists, such as workers without a pledge's date."
  )
  var onlyNew = false

  @Option(
    help: ArgumentHelp(
      "ファイルを結果に含めず、このフォルダーに書き出します（名前は内容のSHA-256）。 Writes files into this folder under their SHA-256, not into the results.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var store: String?

  @Flag(
    name: .customLong("no-contents"),
    help:
      "結果にファイルの内容を含めません。 Leaves the files' contents out of the results, which keep their digests."
  )
  var noContents = false

  @Flag(
    name: .customLong("no-sync"),
    help: "ディスクへの書込みの完了を待ちません（試行用）。 Does not wait for the disk; for trials."
  )
  var noSync = false

  @Option(
    help: ArgumentHelp(
      "i番目からn行ごとの行だけを処理します（例：1/4）。 Processes every n-th line only, from the i-th on, such as 1/4.",
      valueName: "i/n"
    )
  )
  var shard = Shard.all

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if store?.isEmpty == true { throw ValidationError("--store takes a folder.") }
    if store != nil, noContents {
      throw ValidationError("--store and --no-contents exclude one another.")
    }
  }

  func run() throws {
    var options = Pipe.Options(data: data, edition: edition.folder(near: data))
    options.packet = papers.packetOptions
    options.selection = papers.selection
    options.onlyNew = onlyNew
    options.contents =
      if let store { .store(store, syncs: !noSync) } else if noContents { .none } else { .inline }
    let (pipe, diagnostics, quotable) = Pipe.open(options)
    report(diagnostics, quoting: quotable)
    guard var pipe else { throw ExitCode.software }
    var lines = LineInput()
    while let line = try lines.next() {
      guard shard.has(line.number) else { continue }
      try Output.result(try answer(of: &pipe, to: line))
    }
  }
}

extension PipeCommand {
  private func answer(of pipe: inout Pipe, to line: (bytes: [UInt8], number: Int)) throws -> [UInt8]
  {
    do throws(FileSystem.Failure) {
      return try pipe.answer(to: line.bytes, number: line.number)
    } catch {
      report([error.diagnosticOfStore])
      throw ExitCode.inputOutput
    }
  }

  /// On standard error in any form: results are all that may stand on standard output.
  private func report(_ diagnostics: [Diagnostic], quoting texts: [SourceText] = []) {
    reporting.report(diagnostics, quoting: texts)
    if reporting.json, !diagnostics.isEmpty {
      let line = JSONValue.object([("diagnostics", diagnostics.json)]).bytes + [0x0A]
      Output.error(String(decoding: line, as: UTF8.self))
    }
  }
}

/// Every n-th line, so that n machines that are given the same input share it.
struct Shard: ExpressibleByArgument {
  let index: Int
  let count: Int

  static let all = Shard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }

  var defaultValueDescription: String { "1/1" }

  func has(_ line: Int) -> Bool { (line - 1) % count == index - 1 }
}

/// The lines of standard input.
private struct LineInput {
  private var buffer: ArraySlice<UInt8> = []
  private var number = 0

  /// The next line without its line feed; nil at the end.
  ///
  /// Empty lines count, and have an answer like any other. Of a line that is too long no more is kept than shows it.
  mutating func next() throws -> (bytes: [UInt8], number: Int)? {
    var line: [UInt8] = []
    while true {
      let end = buffer.firstIndex(of: 0x0A)
      line += buffer[..<(end ?? buffer.endIndex)].prefix(Pipe.longestLine + 1 - line.count)
      if let end {
        buffer = buffer[(end + 1)...]
        number += 1
        return (line, number)
      }
      buffer = try Input.read(atMost: 1 << 16)[...]
      if buffer.isEmpty {
        guard !line.isEmpty else { return nil }
        number += 1
        return (line, number)
      }
    }
  }
}
