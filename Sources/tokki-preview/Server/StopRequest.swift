import Glibc
import UnixSignals

/// Ctrl-C, a closing terminal, the system going down: from the moment that it is made they are waited for.
struct StopRequest: Sendable {
  private let received: UnixSignalsSequence

  init() async { received = await UnixSignalsSequence(trapping: Self.signals) }

  /// Waits for the first, or until the waiting task is cancelled.
  ///
  /// From then on the program has two seconds, whatever hangs.
  func isReceived() async -> Bool {
    for await _ in received {
      alarm(2)
      return true
    }
    return false
  }

  /// What nohup or a script has the program ignore, it ignores.
  private static var signals: [UnixSignal] {
    [(SIGINT, UnixSignal.sigint), (SIGTERM, .sigterm), (SIGHUP, .sighup)]
      .filter { number, _ in
        var action = sigaction()
        sigaction(number, nil, &action)
        return !isIgnored(action.__sigaction_handler.sa_handler)
      }
      .map(\.1)
  }

  private static func isIgnored(_ handler: __sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
