import CFileSystem
import Diagnostics
import Files
import Packets
import Records
import Rosters
import TemplateCompiler
import TemplateRuntime

/// One run over a list: edition, data and list in, a packet for every good row out, and the bad rows with reasons.
///
/// Rows are read one by one, made into packets by as many tasks as there are jobs, and handled in the list's order again, so
/// that at most a few rows are in memory, and the number of jobs changes nothing.
package struct BatchRunner: Sendable {
  private let input: BatchInput
  private let options: BatchOptions
  private let isStopped: @Sendable () -> Bool
  private let observe: @Sendable (BatchEvent) -> Void

  package static func run(
    _ input: BatchInput,
    _ options: BatchOptions,
    isStopped: @escaping @Sendable () -> Bool,
    observe: @escaping @Sendable (BatchEvent) -> Void
  ) async -> BatchResult {
    // Each packet takes and frees the same large blocks; to hand them back to the kernel every time would cost a page fault for
    // each of their pages (measured: 50 µs a packet).
    tokki_keep_memory()
    return await BatchRunner(
      input: input,
      options: options,
      isStopped: isStopped,
      observe: observe
    ).run()
  }

  private func run() async -> BatchResult {
    var result = BatchResult(ending: .refused)

    // Edition and data
    let (shared, found, quotable) = input.openShared(
      options.selection,
      outputs: options.packet.outputs
    )
    result.diagnostics = found
    result.quotable = quotable
    guard let shared else { return result }
    let edition = shared.edition
    let binder = edition.binder

    // List
    let (opened, remarks) = PreparedList.open(
      input.list,
      common: shared.common,
      binder: binder,
      options: options.packet,
      onlyNew: options.onlyNew,
      occasion: edition.compiled.specialOccasion,
      beside: result.diagnostics
    )
    result.diagnostics = remarks
    guard let list = opened, !remarks.hasErrors else { return result }
    let roster = list.roster
    if options.packet.mode == .final {
      // The other papers are right, and yet the batch must not end as if all were: a row whose key is mistyped is missing in one.
      result.diagnostics = remarks.map { $0.code == .unmatchedRow ? $0.asError() : $0 }
    }

    // Rows
    observe(.started(rows: roster.rowCount, encoding: roster.encoding?.rawValue))
    let tally = BatchTally(observe)
    var worker = RowWorker(
      record: roster.record,
      reader: list.reader,
      builder: PacketBuilder(
        edition.folded(list.shared, given: roster.givenFields, mode: options.packet.mode),
        editionDigest: edition.digest,
        options: options.packet
      ),
      settings: options.digest(edition),
      common: Digest(of: shared.common.typedBytes),
      target: nil
    )
    if options.isDryRun {
      await check(roster, worker, tally, &result)
    } else {
      do throws(OutputFolder.Refusal) {
        let output = try BatchOutput(options, roster, edition, tally)
        if let differences = output.differences {
          result.ending = .otherRun(differences)
          return result
        }
        worker.target = output.target
        await make(roster, worker, tally, output, &result)
      } catch {
        switch error {
        case .locked: result.ending = .locked
        case .refused(let diagnostic): result.diagnostics.append(diagnostic)
        case .failed(let failure): result.fail(failure, writingTo: options.out)
        }
      }
    }
    result.counts = tally.counts
    return result
  }

  /// A dry run: the rows are checked, and nothing is written.
  private func check(
    _ roster: Roster,
    _ worker: RowWorker,
    _ tally: BatchTally,
    _ result: inout BatchResult
  ) async {
    var rejected = 0
    let ending = await RowPipeline(roster: roster, worker: worker, jobs: options.jobs).run {
      finished in
      tally.add(finished.checkedRow)
      return mayGoOn(after: finished, &rejected)
    }
    result.end(ending, wasStopped: isStopped())
  }

  private func make(
    _ roster: Roster,
    _ worker: RowWorker,
    _ tally: BatchTally,
    _ output: BatchOutput,
    _ result: inout BatchResult
  ) async {
    var rejected = 0
    var failure: FileSystem.Failure?
    let ending = await RowPipeline(roster: roster, worker: worker, jobs: options.jobs).run {
      finished in
      do throws(FileSystem.Failure) {
        try await output.add(finished)
        return mayGoOn(after: finished, &rejected)
      } catch {
        failure = error
        return false
      }
    }
    result.end(ending, wasStopped: isStopped())
    do throws(FileSystem.Failure) {
      if let failure { throw failure }
      switch result.ending {
      case .finished:
        try await output.finish(&result)
      // The list of rejects is of all rows, or it would be taken for that.
      case .tooManyErrors: try await output.publishRest()
      case .stopped, .failed, .refused, .locked, .otherRun: break
      }
    } catch {
      result.fail(error, writingTo: options.out)
    }
    await output.abandon()
  }

  private func mayGoOn(after finished: RowPipeline.Finished, _ rejected: inout Int) -> Bool {
    if case .rejected = finished.outcome { rejected += 1 }
    return !isStopped() && options.maximumErrors.map { rejected <= $0 } ?? true
  }
}

extension BatchOptions {
  /// The digest of all that a packet is made from but a row's data.
  fileprivate func digest(_ edition: Edition) -> Digest {
    let settings: [String] = [
      Manifest.tool, packet.mode.rawValue, packet.date.map { String($0) } ?? "",
      packet.splits ? "split" : "whole", onlyNew ? "only new" : "all",
      packet.formats.joined(separator: ","), edition.compiled.occasion?.id ?? "",
      selection.documents?.joined(separator: ",") ?? "all documents",
    ]
    return Digest(ofPieces: [edition.digest.bytes] + settings.map { Array($0.utf8) })
  }
}

extension PacketOptions {
  /// `html`, `docbook`.
  var formats: [String] { (printsHTML ? ["html"] : []) + (printsDocBook ? ["docbook"] : []) }
}

extension RowPipeline.Finished {
  fileprivate var checkedRow: BatchEvent.Row {
    let outcome: BatchEvent.Row.Outcome
    var path: String?
    switch self.outcome {
    case .rejected(let place): (outcome, path) = (.rejected, place)
    case .nothingNew(let place): (outcome, path) = (.nothingNew, place)
    case .staged, .unchanged, .checked, .failed: outcome = .checked
    }
    return .init(number: row.number, outcome: outcome, path: path, diagnostics: diagnostics)
  }
}

extension BatchResult {
  fileprivate mutating func end(_ ending: RowPipeline.Ending, wasStopped: Bool) {
    switch ending {
    case .finished: self.ending = .finished
    case .stopped: self.ending = wasStopped ? .stopped : .tooManyErrors
    case .failed(let failure):
      self.ending = .failed
      diagnostics.append(failure.diagnostic)
    }
  }

  fileprivate mutating func fail(_ failure: FileSystem.Failure, writingTo out: String) {
    ending = .failed
    diagnostics.append(
      failure.diagnosticOfWriting(at: SourceLocation(file: failure.path ?? out))
    )
  }
}
