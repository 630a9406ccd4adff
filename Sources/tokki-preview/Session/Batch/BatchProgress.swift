import Batches
import Diagnostics
import ListReview
import Synchronization

/// How far a batch is; may be changed and read from any thread.
final class BatchProgress: Sendable {
  /// What the page shows of a batch.
  struct State: Sendable {
    enum Name: String { case none, running, stopped, finished, failed }

    var name = Name.none
    var total = 0
    var counts = BatchCounts()
    /// Of the batch that has ended, how many there are to take away: with those of the batch that it completes.
    var packets = 0
    var hasRejects = false
    var message: String?
    var hint: String?
    /// Counts the changes, so that one that comes late is recognised.
    fileprivate var order = 0
    fileprivate var begin = ContinuousClock.now
    fileprivate var lastReported: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let stop = Atomic(false)
  /// Called a few times a second.
  private let report: @Sendable (State) -> Void

  init(_ report: @escaping @Sendable (State) -> Void) { self.report = report }

  var now: State { state.withLock { $0 } }

  var isStopped: Bool { stop.load(ordering: .relaxed) }

  func askToStop() { stop.store(true, ordering: .relaxed) }

  /// Starts over.
  func begin(_ name: State.Name) {
    stop.store(false, ordering: .relaxed)
    change { state in
      let order = state.order
      state = State()
      state.order = order
      state.name = name
    }
  }

  func note(_ event: BatchEvent) {
    change(isUrgent: false) { state in
      switch event {
      case .started(let rows, _): state.total = rows
      case .row(let row): state.counts.add(row.outcome)
      }
    }
  }

  func end(_ body: (inout State) -> Void) { change(body) }

  private func change(isUrgent: Bool = true, _ body: (inout State) -> Void) {
    let reported = state.withLock { state -> State? in
      body(&state)
      state.order += 1
      let now = ContinuousClock.now
      if !isUrgent, let last = state.lastReported, now - last < .milliseconds(200) { return nil }
      state.lastReported = now
      return state
    }
    if let reported { report(reported) }
  }
}

extension BatchProgress.State {
  /// Beyond so many packets no browser lays out the page that prints them.
  static let mostPrinted = 2000

  var isPrintable: Bool { packets <= Self.mostPrinted }

  private var done: Int { counts.total }

  /// At the rate so far; nil while that is not known.
  private var secondsLeft: Int? {
    let elapsed = (ContinuousClock.now - begin) / .seconds(1)
    guard name == .running, done > 0, elapsed > 0.5 else { return nil }
    return Int((Double(total - done) * elapsed / Double(done)).rounded(.up))
  }

  /// `Batch` as the page reads it; `list` is the name of what it was made of, `cautions` what is to be known of its papers.
  func json(of list: String?, isChanged: Bool, cautions: [Finding] = []) -> JSONValue {
    .object([
      ("state", .string(name.rawValue)), ("order", .integer(Int64(order))),
      ("total", .integer(Int64(total))),
      ("done", .integer(Int64(done))), ("made", .integer(Int64(counts.made))),
      ("unchanged", .integer(Int64(counts.unchanged))),
      ("rejected", .integer(Int64(counts.rejected))), ("packets", .integer(Int64(packets))),
      ("hasRejects", .bool(hasRejects)),
      ("secondsLeft", .optional(secondsLeft)), ("message", .optional(message)),
      ("hint", .optional(hint)), ("changed", .bool(isChanged)), ("list", .optional(list)),
      ("printable", .bool(isPrintable)), ("cautions", .array(cautions.map(\.json))),
    ])
  }
}
