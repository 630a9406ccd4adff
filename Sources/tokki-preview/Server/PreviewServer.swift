import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server of the page, on the loopback interface.
struct PreviewServer {
  static let host = "127.0.0.1"

  /// What can be asked for beside the page and its events.
  let routes: [Route]
  let events: Events
  let log: AccessLog
  let stop: StopRequest
  /// Ends what is running and removes what it made, in half a second.
  let end: @Sendable () async -> Void
  /// One thread is enough for one person; what takes time runs elsewhere.
  let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// Serves until the program is asked to end; `onOpen` gets the address for the first visit once it can be opened.
  func run(port: Int, onOpen: @escaping @Sendable (String) -> Void) async throws {
    let entrance = Secret()
    let services = ServiceGroup(
      services: [
        application(port, entrance) {
          onOpen("http://\(Self.host):\(port)/?token=\(entrance.text)")
        }
      ],
      logger: Self.silence
    )
    try await withThrowingDiscardingTaskGroup { tasks in
      tasks.addTask {
        while (try? await Task.sleep(for: .seconds(10))) != nil { events.keepAlive() }
      }
      tasks.addTask {
        guard await stop.isReceived() else { return }
        await services.triggerGracefulShutdown()
        // The answers in the making have no connection any more.
        guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
        await end()
        exit(EXIT_SUCCESS)
      }
      try await services.run()
      tasks.cancelAll()
    }
  }

  private func application(
    _ port: Int,
    _ entrance: Secret,
    onOpen: @escaping @Sendable () -> Void
  ) -> some ApplicationProtocol {
    let gate = Gate(port: port, entranceToken: entrance)
    let page = IndexPage(token: gate.pageToken)
    let own: [Route] = [
      .get("/") { _ in page.reply },
      .get(below: "/assets/") { Asset($0)?.reply },
      .get("/api/events") { _ in events.listen() },
    ]
    let register = ConnectionRegister()
    return Application(
      responder: PreviewResponder(
        gate: gate,
        routes: own + routes,
        log: log
      ),
      server: HTTPServerBuilder { GuardedChannel(register: register, responder: $0) },
      configuration: ApplicationConfiguration(
        address: .hostname(Self.host, port: port),
        // As many as may knock at once: the register decides who stays.
        backlog: 1024
      ),
      onServerRunning: { _ in onOpen() },
      eventLoopGroupProvider: .shared(group),
      logger: Self.silence
    )
  }

  /// Hummingbird's own words are for those who build servers; ours say what a clerk needs.
  private static var silence: Logger {
    Logger(label: "tokki-preview") { _ in SwiftLogNoOpLogHandler() }
  }
}
