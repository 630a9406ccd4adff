import Batches
import Diagnostics
import Synchronization

/// How far a run is; it may be told and asked from anywhere.
final class BatchProgress: Sendable {
  /// What the page is told of a run.
  struct State: Sendable {
    enum Name: String { case none, running, stopped, finished, failed }

    var name = Name.none
    var total = 0
    var counts = BatchCounts()
    /// Of the run that has ended, how many there are to take away: with those of the run that it completes.
    var packets = 0
    var hasRejects = false
    var message: String?
    var hint: String?
    /// Counts what was told of, so that what comes late is known.
    fileprivate var order = 0
    fileprivate var begin = ContinuousClock.now
    fileprivate var lastTold: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let stop = Atomic(false)
  /// Told a few times a second.
  private let tell: @Sendable (State) -> Void

  init(_ tell: @escaping @Sendable (State) -> Void) { self.tell = tell }

  var now: State { state.withLock { $0 } }

  var isStopped: Bool { stop.load(ordering: .relaxed) }

  /// Asks the run to stop.
  func askToStop() { stop.store(true, ordering: .relaxed) }

  /// Begins anew.
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
    let told = state.withLock { state -> State? in
      body(&state)
      state.order += 1
      let now = ContinuousClock.now
      if !isUrgent, let last = state.lastTold, now - last < .milliseconds(200) { return nil }
      state.lastTold = now
      return state
    }
    if let told { tell(told) }
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

  /// `Batch` as the page reads it; `list` is the name of what it was made of, `cautions` what was told of it.
  func json(of list: String?, isChanged: Bool, cautions: [String] = []) -> JSONValue {
    .object([
      ("state", .string(name.rawValue)), ("order", .integer(Int64(order))),
      ("total", .integer(Int64(total))),
      ("done", .integer(Int64(done))), ("made", .integer(Int64(counts.made))),
      ("unchanged", .integer(Int64(counts.unchanged))),
      ("rejected", .integer(Int64(counts.rejected))), ("packets", .integer(Int64(packets))),
      ("hasRejects", .bool(hasRejects)),
      ("secondsLeft", .optional(secondsLeft)), ("message", .optional(message)),
      ("hint", .optional(hint)), ("changed", .bool(isChanged)), ("list", .optional(list)),
      ("printable", .bool(isPrintable)), ("cautions", .array(cautions.map(JSONValue.string))),
    ])
  }
}
