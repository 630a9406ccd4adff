import Batches
import Diagnostics
import Glibc
import Synchronization

/// Reports a batch while it runs, and sums it up: on a terminal with a line that moves, else in plain lines, and as NDJSON
/// for programs.
final class BatchReport: Sendable {
  private let reporting: Reporting
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let begin = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var total = 0
    var done = 0
    var rejected = 0
    /// Diagnostics of rows that were written.
    var shown = 0
    var lastLine = ContinuousClock.now
  }

  /// The number of rejected rows that are reported one by one; the list of rejects has them all.
  private static let mostShown = 200

  init(_ reporting: Reporting) {
    self.reporting = reporting
  }

  func show(_ event: BatchEvent) {
    state.withLock { state in
      switch event {
      case .started(let rows, let encoding):
        state.total = rows
        start(rows, encoding)
      case .row(let row):
        state.done += 1
        if row.outcome == .rejected { state.rejected += 1 }
        show(row, &state)
        progress(&state)
      }
    }
  }

  private func start(_ rows: Int, _ encoding: String?) {
    if reporting.json {
      let encoding = encoding.map(JSONValue.string) ?? .null
      write([
        ("event", .string("started")), ("rows", .integer(Int64(rows))), ("encoding", encoding),
      ])
    } else {
      let code = encoding.map { reporting.say("（文字コード：\($0)）", " (\($0))") } ?? ""
      Output.error(reporting.say("一覧：\(rows)行\(code)\n", "The list has \(rows) rows\(code).\n"))
    }
  }

  private func show(_ row: BatchEvent.Row, _ state: inout State) {
    if reporting.json {
      write([
        ("event", .string("row")), ("row", .integer(Int64(row.number))),
        ("outcome", .string(row.outcome.rawValue)),
        ("path", row.path.map(JSONValue.string) ?? .null), ("diagnostics", row.diagnostics.json),
      ])
      return
    }
    guard !row.diagnostics.isEmpty, state.shown <= Self.mostShown else { return }
    state.shown += row.diagnostics.count
    clearLine()
    reporting.report(row.diagnostics, summing: false)
    if state.shown > Self.mostShown {
      Output.error(reporting.say("（以下、行ごとの表示を省略します）\n", "(no more rows are shown)\n"))
    }
  }

  // MARK: Progress

  private func progress(_ state: inout State) {
    guard !reporting.json else { return }
    let now = ContinuousClock.now
    guard now - state.lastLine > (isTerminal ? .milliseconds(200) : .seconds(10)) else { return }
    state.lastLine = now
    let seconds = (now - begin) / .seconds(1)
    let rate = Double(state.done) / max(seconds, 0.001)
    let rest = Int((Double(state.total - state.done) / max(rate, 0.001)).rounded(.up))
    let line = reporting.say(
      "\(state.done)／\(state.total)行（エラー \(state.rejected)行、毎秒 \(Int(rate))行、残り約 \(rest)秒）",
      "\(state.done) of \(state.total) rows (\(state.rejected) with errors, \(Int(rate)) rows/s, \(rest) s left)"
    )
    Output.error(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
  }

  private func clearLine() {
    if isTerminal, !reporting.json { Output.error("\r\u{1B}[K") }
  }

  // MARK: The end

  func conclude(_ result: BatchResult, out: String, isDryRun: Bool) throws {
    clearLine()
    reporting.report(result.diagnostics, quoting: result.quotable, summing: false)
    if reporting.json {
      write(summary(result, out: out))
      return
    }
    switch result.ending {
    case .finished: try Output.result(sentence(result, out: out, isDryRun: isDryRun))
    case .tooManyErrors:
      try Output.result(
        sentence(result, out: out, isDryRun: isDryRun)
          + reporting.say(
            "エラーの行が多いため、途中で止めました。一覧を修正して、同じコマンドで続きから再開できます。\n",
            "Stopped early: too many rows have errors. Correct the list; the same command goes on.\n"
          )
      )
    case .stopped:
      Output.error(
        reporting.say(
          "中断しました。できた分はそのまま残っています。同じコマンドで続きから再開できます。\n",
          "Stopped. What was made stays; the same command goes on from there.\n"
        )
      )
    case .otherRun(let names):
      let list = names.joined(separator: reporting.say("、", ", "))
      Output.error(
        reporting.say(
          "エラー行一覧は、元の一括作成と同じ出力先に、同じ指定で読み込ませてください。異なるもの：\(list)\n",
          "Feed corrected rows back into the folder they came from, with the same options. These differ: \(list)\n"
        )
      )
    case .locked:
      Output.error(reporting.busy(out))
    case .failed:
      Output.error(
        reporting.say(
          "最後まで作れませんでした。原因を取り除けば、同じコマンドで続きから再開できます。\n",
          "The batch did not get to its end. When the cause is gone, the same command goes on from there.\n"
        )
      )
    case .refused: break
    }
  }

  private func sentence(_ result: BatchResult, out: String, isDryRun: Bool) -> String {
    let counts = result.counts
    var text =
      isDryRun
      ? reporting.say(
        "検査：問題のない行 \(counts.checked)行、エラー \(counts.rejected)行\n",
        "Checked: \(counts.checked) rows are good, \(counts.rejected) have errors.\n"
      )
      : reporting.say(
        "作成 \(counts.made)件、変更なし \(counts.unchanged)件、エラー \(counts.rejected)行：\(out)\n",
        "Made \(counts.made), unchanged \(counts.unchanged), rejected \(counts.rejected): \(out)\n"
      )
    if counts.nothingNew > 0 {
      text += reporting.say(
        "新しいもののない行 \(counts.nothingNew)行\n",
        "Rows with nothing new: \(counts.nothingNew)\n"
      )
    }
    if let rejects = result.rejects {
      text += reporting.say(
        "エラー行一覧（修正・再取込用）：\(rejects)\n  修正して、同じ出力先に同じ指定で読み込ませてください。エラー理由・項目・根拠条項の列は削除しないでください。\n",
        "Rows with errors: \(rejects)\n  Correct them and feed them back into the same folder with the same options; leave the three columns of reasons in.\n"
      )
    }
    if !result.stale.isEmpty {
      text += reporting.say(
        "エラーの行の、前回の書類一式が\(result.stale.count)件残っています（印刷の対象になりません）：\n",
        "Packets of an earlier batch, of rows with errors now (\(result.stale.count), not printed):\n"
      )
      text += list(result.stale, under: out)
    }
    if !result.notListed.isEmpty {
      text += reporting.say(
        "一覧にない委託先の書類一式が\(result.notListed.count)件あります（消していません）：\n",
        "Packets of vendors that are not on the list (\(result.notListed.count), left alone):\n"
      )
      text += list(result.notListed, under: out)
    }
    return text
  }

  private func list(_ paths: [String], under out: String) -> String {
    paths.prefix(20).map { "  \(out)/\($0)\n" }.joined() + (paths.count > 20 ? "  …\n" : "")
  }

  // MARK: JSON

  private func summary(_ result: BatchResult, out: String) -> [(name: String, value: JSONValue)] {
    let ending: String =
      switch result.ending {
      case .finished: "finished"
      case .refused: "refused"
      case .locked: "locked"
      case .failed: "failed"
      case .stopped: "stopped"
      case .tooManyErrors: "too-many-errors"
      case .otherRun: "other-run"
      }
    let counts = result.counts
    let numbers: [(name: String, value: Int)] = [
      ("made", counts.made), ("unchanged", counts.unchanged), ("checked", counts.checked),
      ("nothing_new", counts.nothingNew), ("rejected", counts.rejected),
      ("stale", result.stale.count),
    ]
    return [
      ("event", .string("summary")), ("ending", .string(ending)), ("out", .string(out)),
      ("counts", .object(numbers.map { ($0.name, .integer(Int64($0.value))) })),
      ("rejects", result.rejects.map(JSONValue.string) ?? .null),
      ("not_listed", .array(result.notListed.map(JSONValue.string))),
      ("diagnostics", result.diagnostics.json),
    ]
  }

  /// One event, one line, one write.
  ///
  /// Where nobody reads any more, the signal stops the batch.
  private func write(_ members: [(name: String, value: JSONValue)]) {
    try? Output.result(JSONValue.object(members).bytes + [0x0A])
  }
}
