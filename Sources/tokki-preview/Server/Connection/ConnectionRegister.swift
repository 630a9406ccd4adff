import NIOCore
import Synchronization

/// All open connections, oldest first.
///
/// Above the limit the oldest that has no complete request is closed. Not to accept any more, as servers do, would let
/// a client that opens many connections and sends nothing keep the others out.
final class ConnectionRegister: Sendable {
  static let limit = 64

  private struct Entry {
    let number: Int
    let channel: any Channel
    var isWaiting = true
  }

  private struct Entries {
    var next = 0
    var open: [Entry] = []
  }

  private let entries = Mutex(Entries())

  /// Notes a new connection, and gives its number.
  func open(_ channel: any Channel) -> Int {
    let (number, victim) = entries.withLock { entries in
      let number = entries.next
      entries.next += 1
      entries.open.append(Entry(number: number, channel: channel))
      guard entries.open.count > Self.limit,
        let index = entries.open.firstIndex(where: \.isWaiting)
      else { return (number, nil as (any Channel)?) }
      return (number, entries.open.remove(at: index).channel)
    }
    victim?.close(promise: nil)
    return number
  }

  /// Whether we wait for the other side to send a request, or the rest of one.
  func set(_ number: Int, isWaiting: Bool) {
    entries.withLock { entries in
      guard let index = entries.open.firstIndex(where: { $0.number == number }) else { return }
      entries.open[index].isWaiting = isWaiting
    }
  }

  func close(_ number: Int) {
    entries.withLock { $0.open.removeAll { $0.number == number } }
  }
}
