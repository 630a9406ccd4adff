import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server of one session, on the loopback interface.
struct PreviewServer {
  let session: any Endpoints
  let events: Events
  let log: AccessLog

  enum Failure: Error {
    case portTaken
    case notOpened
  }

  /// Serves until the program is asked to end; `onOpen` gets the address for the first visit once it can be opened.
  func run(port: Int, onOpen: @escaping @Sendable (String) -> Void) async throws(Failure) {
    let entrance = Secret()
    let gate = Gate(port: port, entranceToken: entrance)
    let responder = PreviewResponder(
      gate: gate,
      page: IndexPage(token: gate.pageToken),
      session: session,
      events: events,
      log: log
    )
    let register = ConnectionRegister()
    let application = Application(
      responder: responder,
      server: HTTPServerBuilder { GuardedChannel(register: register, responder: $0) },
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port),
        // As many as may knock at once: the register decides who stays.
        backlog: 1024
      ),
      onServerRunning: { _ in onOpen("http://127.0.0.1:\(port)/?token=\(entrance.text)") },
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)),
      logger: Self.silence
    )
    let group = ServiceGroup(services: [application], logger: Self.silence)
    do {
      try await withThrowingDiscardingTaskGroup { tasks in
        tasks.addTask {
          while true {
            try await Task.sleep(for: .seconds(10))
            events.keepAlive()
          }
        }
        tasks.addTask {
          await StopRequest.wait()
          await group.triggerGracefulShutdown()
        }
        try await group.run()
        tasks.cancelAll()
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw .portTaken
    } catch is CancellationError {
    } catch {
      throw .notOpened
    }
  }

  /// Hummingbird's own words are for those who build servers; ours say what a clerk needs.
  private static var silence: Logger {
    Logger(label: "tokki-preview") { _ in SwiftLogNoOpLogHandler() }
  }
}
