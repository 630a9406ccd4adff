import Diagnostics
import Files
import Fixtures
import Foundation
import Packets
import TemplateCompiler
import Testing

/// Packets whose manifest someone has sealed again.
struct ForgedPacketTests {
  /// A packet's folder, with its manifest changed and sealed by the documented rule.
  private static func forged(_ change: (String) -> String, in root: URL) throws -> [Diagnostic] {
    let base = Golden.cases.appending(path: "errors/_base").path(percentEncoded: false)
    let result = PacketMaking.make(
      data: base + "/data.yaml",
      edition: base,
      vendor: nil,
      selection: .usual,
      out: root.path(percentEncoded: false),
      options: PacketOptions()
    )
    guard case .made(let path, _) = result.outcome else {
      Issue.record("\(result.diagnostics)")
      return []
    }
    let file = URL(filePath: path + "/manifest.json")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let end = try #require(text.range(of: ",\n  \"root\": "))
    let body = change(String(text[..<end.lowerBound]))
    let root = Digest(of: Array((body + "\n}\n").utf8)).hexadecimal
    try Data((body + ",\n  \"root\": \"\(root)\"\n}\n").utf8).write(to: file)
    return PacketVerifier.verify(path).diagnostics
  }

  private static func inFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let root = FileManager.default.temporaryDirectory.appending(path: "tokki-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    return try body(root)
  }

  @Test func theRuleOfTheSealIsKnown() throws {
    #expect(try Self.inFolder { try Self.forged({ $0 }, in: $0) }.map(\.message.en) == [])
  }

  @Test(arguments: [
    "..", ".", "../annex.html", "/etc/passwd", "a/b", "", "a\\u0000b", "manifest.json",
    "02-application.html",
  ])
  func namesThatAreNoneOfThePacketsAreRefused(_ name: String) throws {
    let findings = try Self.inFolder {
      try Self.forged({ $0.replacing("\"01-annex.html\"", with: "\"\(name)\"") }, in: $0)
    }
    #expect(findings.map(\.code) == [.manifestDamaged])
  }

  /// The papers of one packet under the number of another.
  @Test(arguments: [
    ("check_number", "0000-0000-0000"), ("data_sha256", String(repeating: "0", count: 64)),
    ("mode", "final"),
  ])
  func aNumberThatIsNotThePacketsIsSeen(_ key: String, _ other: String) throws {
    let member = try Regex("\"\(key)\": \"[^\"]*\"")
    let findings = try Self.inFolder {
      try Self.forged({ $0.replacing(member, with: "\"\(key)\": \"\(other)\"") }, in: $0)
    }
    #expect(findings.map(\.code) == [.manifestDamaged])
  }
}
