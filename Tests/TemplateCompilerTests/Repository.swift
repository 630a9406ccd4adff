import Diagnostics
import Foundation

/// The files that tests read.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The file's text; a file that is not there is a fault of the test.
  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  static func source(_ path: String) throws -> SourceText {
    SourceText(file: path, bytes: Array(try Data(contentsOf: root.appending(path: path))))
  }

  /// The XML files of a folder, by name.
  static func files(in folder: String, ending suffix: String = ".xml") -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path(percentEncoded: false)
    )
    return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted().map { folder + "/" + $0 }
  }

  /// The Swift files of a folder and of those within it.
  static func swiftFiles(in folder: String) -> [String] {
    let names = FileManager.default.enumerator(
      atPath: root.appending(path: folder).path(percentEncoded: false)
    )
    return (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
      .map { folder + "/" + $0 }
  }
}
