import ArgumentParser
import Diagnostics
import Glibc
import Packets

/// `tokki pipe`: a part of a run on a machine of many.
struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "一行一件のNDJSONを読み、一行ずつ結果を返します。 Answers each line of NDJSON with a line.",
    discussion: """
      For engines that run one program on many machines. Standard input has a record a line, as in an NDJSON list; standard output has a result a line, in the same order. \
      A record with errors has a result that says so, and the exit code is 0 all the same; 70 means that nothing could begin (a mistake in the edition or the shared data), 74 that reading or writing failed. \
      The same line has the same result wherever and however often it is run, but for its number.
      """
  )

  @Argument(help: "全ての行に共通のデータ（YAML、JSON）。 What all records share.", completion: .file())
  var data: String

  @Option(help: "版のフォルダー。 The edition's folder.", completion: .directory)
  var edition: String?

  @OptionGroup var papers: PaperOptions

  @Flag(
    name: .customLong("only-new"),
    help: "新しいものだけを印字します。 Prints only what is new in lists."
  )
  var onlyNew = false

  @Option(
    help: "ファイルの置き場所（名前はSHA-256）。 Writes files here under their SHA-256, not into the results.",
    completion: .directory
  )
  var store: String?

  @Flag(
    name: .customLong("no-contents"),
    help: "結果にファイルの中身を含めません。 Leaves the files out; results have their digests."
  )
  var noContents = false

  @Flag(name: .customLong("no-sync"), help: "Does not wait for the disk.")
  var noSync = false

  @Option(help: "n分のi番目の行だけ（1/4 など）。 Every n-th line only, from the i-th on: 1/4.")
  var shard = Shard.all

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if store?.isEmpty == true { throw ValidationError("--store takes a folder.") }
    if edition?.isEmpty == true { throw ValidationError("--edition takes a folder.") }
    if store != nil, noContents {
      throw ValidationError("--store and --no-contents exclude one another.")
    }
  }

  func run() throws {
    var options = Pipe.Options(data: data, edition: edition ?? EditionFinder.find(near: data))
    options.packet = papers.packetOptions
    options.only = papers.documents
    options.onlyNew = onlyNew
    options.contents =
      if let store { .store(store, syncs: !noSync) } else if noContents { .none } else { .inline }
    let (pipe, diagnostics, quotable) = Pipe.open(options)
    tell(diagnostics, quoting: quotable)
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
      tell([error.diagnosticOfStore])
      throw ExitCode.inputOutput
    }
  }

  /// On standard error in any form: results are all that may stand on standard output.
  private func tell(_ diagnostics: [Diagnostic], quoting texts: [SourceText] = []) {
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
