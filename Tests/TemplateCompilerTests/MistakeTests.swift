import Diagnostics
import Fixtures
import Foundation
import Packets
import TemplateCompiler
import Testing

/// The mistakes of `Tests/Cases/mistakes`: what the first message says of each, and that it leads to the mend.
struct MistakeTests {
  @Test func theFirstMessageLeadsToTheMend() throws {
    var report = ""
    for mistake in try Mistake.all() {
      let diagnostics = try mistake.diagnostics()
      let first = diagnostics.first
      let message = first.map { diagnostic in
        [diagnostic.message.ja, diagnostic.remedyOnCommandLine?.ja].compactMap(\.self)
      }
      let words = message ?? ["（なし）"]
      #expect(
        words.contains { $0.contains(mistake.mend) },
        "\(mistake.name): \(words.joined(separator: " "))"
      )
      report += "# \(mistake.name)\n"
      if let first {
        report += "\(first.location) \(first.code.rawValue)"
        report += diagnostics.count > 1 ? " (1 of \(diagnostics.count))\n" : "\n"
      }
      report += words.joined(separator: "\n") + "\n\n"
    }
    Golden.expect(report, matches: Mistake.folder.appending(path: "expected.txt"))
  }
}

/// An edit of the small edition of `Tests/Cases/errors/_base`.
private struct Mistake {
  let name: String
  var edits: [(file: String, old: String, new: String)] = []
  /// What the first message must say.
  var mend = ""

  static let folder = Golden.cases.appending(path: "mistakes")
  private static let base = Golden.cases.appending(path: "errors/_base")

  static func all() throws -> [Mistake] {
    let text = try String(contentsOf: folder.appending(path: "mistakes.txt"), encoding: .utf8)
    var mistakes: [Mistake] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# ") {
        mistakes.append(Mistake(name: String(line.dropFirst(2))))
      } else if mistakes.isEmpty {
        continue
      } else if line.hasPrefix("mend ") {
        mistakes[mistakes.count - 1].mend = String(line.dropFirst(5))
      } else {
        let parts = line.components(separatedBy: " => ").map(unescaped)
        try #require(parts.count == 3, "\(line)")
        mistakes[mistakes.count - 1].edits.append((parts[0], parts[1], parts[2]))
      }
    }
    return mistakes
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("\\n", with: "\n").replacing(/\\u\{([0-9A-F]+)\}/) { match in
      UInt32(match.output.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }
  }

  /// What `tokki check` says, in its order.
  func diagnostics() throws -> [Diagnostic] {
    let files = FileManager.default
    let place = files.temporaryDirectory.appending(path: "tokki-mistake-\(UUID().uuidString)")
    try files.copyItem(at: Self.base, to: place)
    defer { try? files.removeItem(at: place) }
    for edit in edits {
      let file = place.appending(path: edit.file)
      let text = try String(contentsOf: file, encoding: .utf8)
      let range = try #require(text.firstRange(of: edit.old), "\(name): \(edit.old)")
      try text.replacingCharacters(in: range, with: edit.new)
        .write(to: file, atomically: true, encoding: .utf8)
    }
    return Edition.open(place.path(percentEncoded: false), outputs: .none, reportsUnused: true)
      .diagnostics.inReportOrder()
  }
}
