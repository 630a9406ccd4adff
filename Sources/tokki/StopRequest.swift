import Glibc
import Synchronization

/// A signal that asks a run to stop: Ctrl-C, a closing terminal, a pipe that nobody reads any more, the system going down.
enum StopRequest {
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGPIPE]
  private static let received = Atomic<Int32>(0)

  /// From here on the signals are only noted, and asked for by the run.
  static func listen() {
    for signal in signals {
      Glibc.signal(signal) { number in
        _ = StopRequest.received.compareExchange(
          expected: 0,
          desired: number,
          ordering: .relaxed
        )
        // A disk that is slow to sync must not keep anyone waiting: nothing is lost by ending at once.
        alarm(2)
      }
    }
    Glibc.signal(SIGALRM) { _ in
      let words: StaticString =
        "tokki: 中断しました。同じコマンドで続きから再開できます。 Stopped; the same command goes on.\n"
      _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
      _exit(128 + StopRequest.received.load(ordering: .relaxed))
    }
  }

  static var isReceived: Bool { number != 0 }

  /// The signal's number; 0 if there was none.
  static var number: Int32 { received.load(ordering: .relaxed) }
}
