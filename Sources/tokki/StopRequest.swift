import Glibc
import Synchronization

/// A signal that asks a batch to stop: Ctrl-C, a closing terminal, a closed pipe, the system going down.
enum StopRequest {
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGPIPE]
  private static let received = Atomic<Int32>(0)

  /// From here on the signals are only noted, and asked for by the batch.
  static func listen() {
    for signal in signals {
      let earlier = Glibc.signal(signal) { number in
        let isFirst = StopRequest.received.compareExchange(
          expected: 0,
          desired: number,
          ordering: .relaxed
        ).exchanged
        // A disk that is slow to sync must not keep anyone waiting: nothing is lost by ending at once.
        if isFirst { alarm(2) }
      }
      // nohup asks for it; of SIGPIPE the command itself does.
      if signal != SIGPIPE, isIgnored(earlier) { Glibc.signal(signal, SIG_IGN) }
    }
    Glibc.signal(SIGALRM) { _ in
      let words: StaticString =
        "tokki: 中断しました。同じコマンドで続きから再開できます。 Stopped; the same command goes on.\n"
      _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
      _exit(128 + StopRequest.received.load(ordering: .relaxed))
    }
  }

  private static func isIgnored(_ handler: __sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  static var isReceived: Bool { number != 0 }

  /// The signal's number; 0 if there was none.
  static var number: Int32 { received.load(ordering: .relaxed) }
}
