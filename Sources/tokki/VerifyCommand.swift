import ArgumentParser
import Batches
import Diagnostics
import Files
import Packets

/// `tokki verify`: whether a packet, or a whole batch, is as it was made.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "書類一式が作成時のままかを確認します。 Verifies that a packet is as it was made.",
    discussion: """
      一括作成の出力先を指定すると、その全ての書類一式と verify.html を確認します。
      Given the output folder of a batch, it verifies every packet in it, and verify.html.
      """
  )

  @Argument(
    help: "書類一式のフォルダー、又は一括作成の出力先。 The folder of a packet, or the output folder of a batch.",
    completion: .directory
  )
  var folder: String

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if folder.isEmpty { throw ValidationError("FOLDER takes a folder.") }
  }

  func run() async throws {
    let isIntact = BatchVerifier.isRun(folder) ? try await verifyRun() : try verifyPacket()
    if !isIntact { throw ExitCode.dataError }
  }

  private func verifyPacket() throws -> Bool {
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
    return findings.isEmpty
  }

  private func verifyRun() async throws -> Bool {
    let (manifest, findings) = await BatchVerifier.verify(folder)
    reporting.report(findings)
    let root = manifest?.packetsRoot.hexadecimal
    if reporting.json {
      try Output.result(
        JSONValue.object([
          ("intact", .bool(findings.isEmpty)),
          ("packets", manifest.map { .integer(Int64($0.packets.count)) } ?? .null),
          ("packets_root", root.map(JSONValue.string) ?? .null),
          ("diagnostics", findings.json),
        ]).indentedBytes
      )
    } else if findings.isEmpty, let manifest, let root {
      try Output.result(
        reporting.say(
          "一致：\(manifest.packets.count)件の書類一式は作成時のままです（一覧の値 \(root)）。\n",
          "Intact: all \(manifest.packets.count) packets are as they were made (packets_root \(root)).\n"
        )
      )
    }
    return findings.isEmpty
  }
}
