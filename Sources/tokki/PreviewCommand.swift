import ArgumentParser
import Files
import Glibc
import PreviewArguments

/// `tokki preview`: becomes the `tokki-preview` that lies beside it, so that nothing else of `tokki` knows a network.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: PreviewOptions.abstract,
    discussion: PreviewOptions.discussion
  )

  @OptionGroup var options: PreviewOptions

  func run() throws {
    let program = Self.folder + "/tokki-preview"
    // What stands behind `tokki preview`, which has been parsed, is parsed there once more.
    let arguments = [program] + CommandLine.arguments.dropFirst(2)
    // The signals that the server minds are its own affair; of SIGPIPE it says so itself.
    execv(program, arguments.map { strdup($0) } + [nil])
    let reason = errno
    Output.error(
      reason == ENOENT
        ? """
        tokki: プレビューのプログラム（\(program)）がありません。tokki のソースのフォルダーで make preview とすると作れます。
        tokki: There is no tokki-preview beside tokki; make preview builds it.

        """
        : "tokki: \(program) を起動できません（errno \(reason)）。 It cannot be started.\n"
    )
    throw ExitCode.unavailable
  }

  /// Where the running program lies.
  private static var folder: String {
    let path = FileSystem.program ?? CommandLine.arguments[0]
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

extension ExitCode {
  /// EX_UNAVAILABLE.
  fileprivate static let unavailable = ExitCode(69)
}
