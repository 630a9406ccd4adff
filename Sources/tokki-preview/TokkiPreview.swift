import ArgumentParser
import Hummingbird

/// `tokki-preview`: the clerk's page, served on this machine only.
@main
struct TokkiPreview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tokki-preview")

  func run() async throws {
    let router = Router()
    router.get("/") { _, _ in "tokki" }
    let app = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: 0))
    )
    try await app.runService()
  }
}
