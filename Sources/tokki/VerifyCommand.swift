import ArgumentParser
import Diagnostics
import Packets

/// `tokki verify`: tells whether a packet is as it was made.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "書類一式が作成時のままか確かめます。 Verifies that a packet is as it was made."
  )

  @Argument(help: "書類一式のフォルダー。 The packet's folder.", completion: .directory)
  var folder: String

  @OptionGroup var reporting: Reporting

  func run() throws {
    let (manifest, findings) = PacketVerifier.verify(folder)
    reporting.report(findings)
    if reporting.json {
      try Output.result(
        JSONValue.object([
          ("intact", .bool(findings.isEmpty)),
          ("check_number", manifest.map { .string($0.checkNumber) } ?? .null),
          ("diagnostics", findings.json),
        ]).indentedBytes
      )
    } else if findings.isEmpty, let manifest {
      try Output.result(
        reporting.say(
          "一致：\(manifest.files.count)個のファイルは作成時のままです（照合番号 \(manifest.checkNumber)）。\n",
          "Intact: all \(manifest.files.count) files are as they were made (check number \(manifest.checkNumber)).\n"
        )
      )
    }
    if !findings.isEmpty { throw ExitCode.dataError }
  }
}
