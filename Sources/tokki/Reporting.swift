import ArgumentParser
import Diagnostics
import Glibc

/// The options of every subcommand but preview: the language and form of what it prints.
struct Reporting: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "メッセージの言語。既定はLANGにより、日本語か英語。 The language of messages; else by LANG.",
      valueName: "language"
    )
  )
  var lang: Language?

  @Flag(help: "結果とメッセージをJSONで出力します。 Writes results and messages as JSON.")
  var json = false

  var language: Language {
    if let lang { return lang }
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let value =
      variables.lazy.compactMap { getenv($0).map { String(cString: $0) } }
      .first { !$0.isEmpty } ?? ""
    // A clerk's tool: Japanese unless another language is asked for.
    return value.isEmpty || value.hasPrefix("ja") || value.hasPrefix("C") || value == "POSIX"
      ? .ja : .en
  }

  /// Writes the diagnostics for people on stderr, or nothing where the result is JSON.
  func report(
    _ diagnostics: [Diagnostic],
    quoting texts: [SourceText] = [],
    summing: Bool = true
  ) {
    guard !json, !diagnostics.isEmpty else { return }
    let isTerminal = isatty(STDERR_FILENO) == 1
    let formatter = DiagnosticFormatter(
      language: language,
      isColored: isTerminal && getenv("NO_COLOR") == nil,
      quoting: texts
    )
    let summary = summing ? formatter.summary(diagnostics) + "\n" : ""
    Output.error(formatter.text(diagnostics) + summary)
  }

  /// What is said where another process works in the output folder.
  func busy(_ out: String) -> String {
    say(
      "\(out): 別の一括作成がこの出力先で動いています。終わってからやり直すか、--out で別の出力先を選んでください。\n",
      "\(out): another batch works in this folder. Try again when it is done, or choose another --out.\n"
    )
  }

  func say(_ ja: String, _ en: String) -> String {
    switch language {
    case .ja: ja
    case .en: en
    }
  }
}

extension Language: ExpressibleByArgument {}

extension ExitCode {
  /// EX_DATAERR: something in the data, the templates or the packet is wrong.
  static let dataError = ExitCode(65)
  /// EX_CANTCREAT.
  static let cannotCreate = ExitCode(73)
  /// EX_TEMPFAIL: it may go well later.
  static let temporaryFailure = ExitCode(75)
  /// EX_SOFTWARE.
  static let software = ExitCode(70)
  /// EX_IOERR.
  static let inputOutput = ExitCode(74)
}

/// The two streams.
///
/// A full disk ends the program with EX_IOERR and a word on stderr; `print` would say nothing.
enum Output {
  static func result(_ text: String) throws { try result(Array(text.utf8)) }

  static func result(_ bytes: [UInt8]) throws {
    let failure = write(bytes, to: STDOUT_FILENO)
    guard failure != 0 else { return }
    // A closed pipe is no fault: the reader has stopped reading.
    if failure != EPIPE {
      error("標準出力に書き込めません（errno \(failure)）。 Standard output cannot be written.\n")
    }
    throw ExitCode.inputOutput
  }

  static func error(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// 0 or an errno.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var written = 0
    return bytes.withUnsafeBytes { buffer in
      while written < buffer.count {
        let n = Glibc.write(
          descriptor,
          buffer.baseAddress?.advanced(by: written),
          buffer.count - written
        )
        if n < 0, errno != EINTR { return errno }
        if n > 0 { written += n }
      }
      return 0
    }
  }
}

enum Input {
  /// What is there next; empty at the end.
  static func read(atMost count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let n = Glibc.read(STDIN_FILENO, &bytes, count)
      if n >= 0 { return Array(bytes.prefix(n)) }
      guard errno != EINTR else { continue }
      Output.error("標準入力を読めません（errno \(errno)）。 Standard input cannot be read.\n")
      throw ExitCode.inputOutput
    }
  }
}
