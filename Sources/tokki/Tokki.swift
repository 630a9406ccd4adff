import ArgumentParser
import Glibc

@main struct Tokki: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokki",
    abstract: "契約の特記事項と提出書類を作成します。 Makes the papers of a contract from an edition and its data.",
    discussion: """
      終了コード：0 完了、64 指定の誤り、65 データ、版又は書類一式の誤り（batch では、誤りのある行があるとき）、69 プレビューを起動できない、\
      70 pipe を開始できない、73 書き出せない、74 読込み又は書込みの失敗、75 出力先が使用中、128+n シグナルnによる中断。

      Exit codes: 0 done, 64 usage, 65 an error in the data, the edition or a packet (of batch: in some rows), 69 the preview cannot be started, \
      70 pipe could not begin, 73 the output could not be put in place, 74 reading or writing failed, 75 another process works in the output folder, \
      128+n stopped by signal n.
      """,
    version: "1.0.0",
    subcommands: [
      PacketCommand.self, BatchCommand.self, PipeCommand.self, PrintCommand.self,
      PreviewCommand.self, CheckCommand.self, CompareCommand.self,
      VerifyCommand.self, SchemaCommand.self, ImportCommand.self,
      EditionCommand.self,
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
