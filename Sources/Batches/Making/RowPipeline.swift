import Diagnostics
import Files
import Rosters

/// Takes the rows of a list through workers, several at a time, and hands out what became of them in the list's order.
struct RowPipeline: Sendable {
  let roster: Roster
  let worker: RowWorker
  /// Rows that are worked on at the same time.
  let jobs: Int

  struct Finished: Sendable {
    /// 0-based, of the rows that were read.
    let position: Int
    let row: RosterRow
    let outcome: RowWorker.Outcome
    let diagnostics: [Diagnostic]
  }

  enum Ending: Sendable {
    case finished
    /// The list could not be read to its end.
    case failed(ReadFailure)
    /// `handle` wanted no more.
    case stopped
  }

  /// Goes on until `handle` answers false.
  func run(handle: (Finished) async -> Bool) async -> Ending {
    var rows: RosterRows
    do throws(ReadFailure) {
      rows = try roster.rows()
    } catch {
      return .failed(error)
    }
    return await withTaskGroup(of: Finished.self) { group in
      var read = 0
      var handled = 0
      var working = 0
      var isAtEnd = false
      // What waits for an earlier row, so that a slow one holds up no more than a few.
      var waiting: [Int: Finished] = [:]
      while true {
        do throws(ReadFailure) {
          while !isAtEnd, working < jobs, read - handled < 2 * jobs {
            guard let row = try rows.next() else {
              isAtEnd = true
              break
            }
            let position = read
            group.addTask { [worker] in
              let (outcome, diagnostics) = worker.outcome(of: row)
              return Finished(
                position: position,
                row: row,
                outcome: outcome,
                diagnostics: diagnostics
              )
            }
            read += 1
            working += 1
          }
        } catch {
          await group.waitForAll()
          return .failed(error)
        }
        guard let finished = await group.next() else { return .finished }
        working -= 1
        waiting[finished.position] = finished
        while let next = waiting.removeValue(forKey: handled) {
          handled += 1
          guard await handle(next) else {
            await group.waitForAll()
            return .stopped
          }
        }
      }
    }
  }
}
