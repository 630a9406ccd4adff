import Glibc
import NIOCore
import NIOPosix

/// The port that the server is to have.
enum PortChoice {
  /// Ours, and the next ones where it is taken.
  static let usual = 8017...8048

  enum Failure: Error {
    case taken
    case notAllowed
    /// Something else, once the port was ours.
    case broken

    init(ofServing error: any Error) {
      self = (error as? IOError)?.errnoCode == EADDRINUSE ? .taken : .broken
    }
  }

  /// The first of the ports that is free.
  static func firstFree(
    of ports: ClosedRange<Int>,
    on group: any EventLoopGroup
  ) async throws(Failure) -> Int {
    for port in ports {
      do {
        let channel = try await ServerBootstrap(group: group)
          .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
          .bind(host: PreviewServer.host, port: port).get()
        try await channel.close().get()
        return port
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        continue
      } catch {
        throw .notAllowed
      }
    }
    throw .taken
  }
}
