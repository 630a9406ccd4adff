import ArgumentParser
import Files
import Glibc
import Packets
import PreviewArguments

/// `tokki-preview`: the clerk's page, served on this machine only.
@main
struct TokkiPreview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokki preview",
    abstract: PreviewOptions.abstract,
    discussion: PreviewOptions.discussion
  )

  @OptionGroup var options: PreviewOptions

  func run() async throws {
    // A browser that goes away ends its connection, not the program.
    signal(SIGPIPE, SIG_IGN)
    let stop = await StopRequest()
    let events = Events()
    let session = PreviewSession(
      edition: options.edition ?? EditionFinder.find(near: options.data ?? "."),
      data: options.data,
      roster: options.roster,
      work: try workFolder(),
      events: events
    )
    await session.lookAtEdition()
    let following = Task { await session.follow() }
    defer { following.cancel() }
    let server = PreviewServer(
      routes: session.routes,
      events: events,
      log: AccessLog(isOn: options.log),
      stop: stop,
      end: { await session.end() }
    )
    let failure = await serve(server)
    await session.end()
    if let failure { throw failure }
  }

  /// Where files lie while the page is open.
  private func workFolder() throws -> PrivateFolder {
    do throws(FileSystem.Failure) {
      return try PrivateFolder("tokki-preview")
    } catch {
      StandardStream.error.write(
        "tokki: 一時フォルダーを作れません。 No temporary folder can be made.\n"
      )
      throw ExitCode(73)
    }
  }

  /// On the port that was named, or the first that is free.
  private func serve(_ server: PreviewServer) async -> ExitCode? {
    do throws(PortChoice.Failure) {
      let ports = options.port.map { $0...$0 } ?? PortChoice.usual
      let port = try await PortChoice.firstFree(of: ports, on: server.group)
      do {
        try await server.run(port: port) { greet(at: $0) }
        return nil
      } catch {
        // Someone else may have been quicker.
        throw .init(ofServing: error)
      }
    } catch {
      StandardStream.error.write(words(for: error))
      return .unavailable
    }
  }

  private func words(for failure: PortChoice.Failure) -> String {
    let advice = ("--port で別の番号を指定してください。", "name another with --port.")
    let (ja, en) =
      switch (failure, options.port) {
      case (.taken, let port?):
        ("ポート\(port)は使用中です。\(advice.0)", "Port \(port) is taken; \(advice.1)")
      case (.taken, nil): ("空いているポートがありません。\(advice.0)", "No port is free; \(advice.1)")
      case (.notAllowed, _): ("このポートは開けません。\(advice.0)", "The port cannot be opened; \(advice.1)")
      case (.broken, _): ("プレビューを続けられなくなりました。", "The preview could not go on.")
      }
    return "tokki: \(ja) \(en)\n"
  }

  private func greet(at address: String) {
    StandardStream.output.write(
      """
      プレビューを始めました。ブラウザーが開かないときは、次のアドレスを開いてください（一度だけ使えます）。
        \(address)
      終わるときは Ctrl-C を押します。

      """
    )
    if !options.noOpen { BrowserOpener.open(address) }
  }
}

extension ExitCode {
  /// EX_UNAVAILABLE.
  fileprivate static let unavailable = ExitCode(69)
}
