package import Foundation
import Testing

/// A file that holds what the code is expected to say.
package enum Golden {
  /// Tests/Cases.
  package static let cases = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases")

  /// The folders of one kind of case, by name.
  ///
  /// Ends the process where there is none: a test without arguments would pass without having run.
  package static func folders(of kind: String) -> [String] {
    let folder = cases.appending(path: kind).path(percentEncoded: false)
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    let folders = (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    precondition(!folders.isEmpty, "there is no case in \(folder)")
    return folders
  }

  /// Holds `actual` against the file.
  ///
  /// With UPDATE_GOLDEN=1 it is recorded instead, and the test fails, so that no recording run
  /// counts as a check.
  package static func expect(_ actual: String, matches file: URL) {
    let path = file.path(percentEncoded: false)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      do {
        try Data(actual.utf8).write(to: file)
        Issue.record("recorded \(path); look at it, and run again without UPDATE_GOLDEN")
      } catch {
        Issue.record("cannot record \(path): \(error)")
      }
      return
    }
    guard let expected = try? Data(contentsOf: file) else {
      Issue.record("there is no \(path); record it with UPDATE_GOLDEN=1")
      return
    }
    #expect(actual == String(decoding: expected, as: UTF8.self), "differs from \(path)")
  }
}
