import ArgumentParser
import Glibc

/// The command.
@main struct Tokki: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokki",
    abstract: "特記事項と提出書類を作ります。 Makes the papers of a contract from an edition and its data.",
    version: "1.0.0",
    subcommands: [
      PacketCommand.self, BatchCommand.self, PipeCommand.self, PrintCommand.self,
      PreviewCommand.self, CheckCommand.self,
      VerifyCommand.self, SchemaCommand.self,
    ]
  )

  /// On the thread that the process has: most commands need no other, and a new one's memory costs 300 calls of the system.
  @MainActor static func main() async {
    // A reader that goes away ends the output, not the program.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: error)
    }
  }
}
