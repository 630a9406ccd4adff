import ArgumentParser
import Glibc
import Packets

/// `tokki-preview`: the clerk's page, served on this machine only.
@main
struct TokkiPreview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokki preview",
    abstract: "書類をブラウザーで見ながら作ります。 Shows a contract's papers in a browser while they are filled in.",
    discussion: """
      このパソコンの中だけで動き、外とは通信しません。保存を押すまで、契約データのファイルは変わりません。
      It serves this machine alone, and talks to nobody else. Files stay as they are until one saves.
      """
  )

  @Argument(help: "契約データ。 The contract's data; none: start from nothing.", completion: .file())
  var data: String?

  @Option(help: "版のフォルダー。 The edition's folder.", completion: .directory)
  var edition: String?

  @Option(help: "契約・委託先一覧。 A list of contracts and vendors.", completion: .file())
  var roster: String?

  @Option(help: "ポート番号（既定は8017、使用中なら次の空き）。 The port; 8017, or the next that is free.")
  var port: Int?

  @Flag(help: "ブラウザーを開きません。 Opens no browser.")
  var noOpen = false

  @Flag(help: "要求の記録（データは含みません）を標準エラーに出します。 Logs requests on stderr, without data.")
  var log = false

  func validate() throws {
    if let port, !(1...65_535).contains(port) {
      throw ValidationError("--port takes a number from 1 to 65535.")
    }
  }

  func run() async throws {
    // A browser that goes away ends its connection, not the program.
    signal(SIGPIPE, SIG_IGN)
    let stop = await StopRequest()
    let events = Events()
    let session = PreviewSession(
      edition: edition ?? EditionFinder.find(near: data ?? "."),
      data: data,
      roster: roster,
      work: try workFolder(),
      events: events
    )
    await session.lookAtEdition()
    let following = Task { await session.follow() }
    defer { following.cancel() }
    let server = PreviewServer(
      routes: session.routes,
      events: events,
      log: AccessLog(isOn: log),
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
      let ports = port.map { $0...$0 } ?? PortChoice.usual
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
      switch (failure, port) {
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
    if !noOpen { BrowserOpener.open(address) }
  }
}

extension ExitCode {
  /// EX_UNAVAILABLE.
  fileprivate static let unavailable = ExitCode(69)
}
