import Synchronization

/// The stream of server-sent events: what is sent here reaches every open page.
final class Events: Sendable {
  enum Name: String {
    case edition
    case editionBroken = "edition-broken"
    case data
    case batch
  }

  /// How many pages may listen at once: a browser opens six connections to a server, and each page that listens holds one.
  private static let limit = 4
  /// What may wait for a page that does not read; beyond it the oldest is lost, for the newest has the state.
  private static let backlog = 64

  private struct Listeners {
    var next = 0
    var open: [Int: Stream.Continuation] = [:]
  }

  private typealias Stream = AsyncThrowingStream<[UInt8], any Error>

  private let listeners = Mutex(Listeners())

  func send(_ name: Name, _ json: [UInt8]) {
    send(Array("event: \(name.rawValue)\ndata: ".utf8) + json + Array("\n\n".utf8))
  }

  /// A comment line: it keeps connections open, and shows which are gone.
  func keepAlive() { send(Array(": \n\n".utf8)) }

  private func send(_ bytes: [UInt8]) {
    for listener in listeners.withLock({ Array($0.open.values) }) { listener.yield(bytes) }
  }

  /// What is sent from now on, until the connection is closed.
  func listen() -> Reply {
    listeners.withLock { listeners in
      guard listeners.open.count < Self.limit else {
        return .problem(.unavailable, "プレビューを開いているタブが多すぎます。", hint: "使っていないタブを閉じてください。")
      }
      let number = listeners.next
      listeners.next += 1
      let (stream, continuation) = Stream.makeStream(
        bufferingPolicy: .bufferingNewest(Self.backlog)
      )
      continuation.onTermination = { _ in
        _ = self.listeners.withLock { $0.open.removeValue(forKey: number) }
      }
      listeners.open[number] = continuation
      // At once, so that the page knows that it is connected.
      continuation.yield(Array("retry: 1000\n\n".utf8))
      return Reply(type: .events, body: .pieces(stream), whenClosed: { continuation.finish() })
    }
  }
}
