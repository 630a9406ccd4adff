package import Diagnostics

/// What a batch reports while it works, in the order of the rows.
package enum BatchEvent: Sendable {
  /// The list was read once; `encoding` is how its text is written, where that had to be found out.
  case started(rows: Int, encoding: String?)
  case row(Row)

  package struct Row: Sendable {
    package enum Outcome: String, Sendable {
      case made, unchanged, checked, rejected
      case nothingNew = "nothing-new"
    }

    /// As the list numbers it.
    package let number: Int
    package let outcome: Outcome
    /// The packet's folder below the batch folder.
    package let path: String?
    package let diagnostics: [Diagnostic]
  }
}

/// How a batch ended.
package struct BatchResult: Sendable {
  package enum Ending: Sendable {
    /// Every row was seen.
    case finished
    /// The edition, the data or the list as a whole has errors; nothing was done.
    case refused
    /// Another process works in the folder.
    case locked
    /// A file could not be written, or the list not be read to its end.
    case failed
    /// As it was asked to.
    case stopped
    /// It was given rows that a batch rejected, but is no continuation of that run: the options that differ.
    case otherRun([String])
    case tooManyErrors
  }

  package var ending: Ending
  package var counts = BatchCounts()
  /// How many packets the folder holds now: with those of the batch that this one completes.
  package var packetCount = 0
  /// Of the batch as a whole; those of rows came with their events.
  package var diagnostics: [Diagnostic] = []
  /// The files of which a report may show lines: the templates', never the data's.
  package var quotable: [SourceText] = []
  /// The list of the rejected rows.
  package var rejects: String?
  /// Packets of vendors that are no longer on the list, by path.
  package var notListed: [String] = []
  /// Packets of rows that are rejected now, of an earlier batch, by path.
  package var stale: [String] = []
}

/// How many rows came to what.
package struct BatchCounts: Hashable, Sendable {
  package var made = 0
  package var unchanged = 0
  package var checked = 0
  package var nothingNew = 0
  package var rejected = 0

  package init() {}

  package var total: Int { made + unchanged + checked + nothingNew + rejected }

  /// Counts a row.
  package mutating func add(_ outcome: BatchEvent.Row.Outcome) {
    switch outcome {
    case .made: made += 1
    case .unchanged: unchanged += 1
    case .checked: checked += 1
    case .nothingNew: nothingNew += 1
    case .rejected: rejected += 1
    }
  }
}

/// Counts rows, and reports them.
final class BatchTally {
  private(set) var counts = BatchCounts()
  private let observe: @Sendable (BatchEvent) -> Void

  init(_ observe: @escaping @Sendable (BatchEvent) -> Void) {
    self.observe = observe
  }

  func add(_ row: BatchEvent.Row) {
    counts.add(row.outcome)
    observe(.row(row))
  }
}
