import Foundation

/// The sources of the package as text.
enum SourceFiles {
  struct File {
    /// Relative to Sources.
    let path: String
    let text: String

    /// The first folder: the module.
    var module: String { String(path.prefix { $0 != "/" }) }

    /// The modules that the file imports, however it does.
    var imports: [String] {
      text.split(whereSeparator: \.isNewline).compactMap { line in
        line.firstMatch(
          of:
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:class|enum|func|let|protocol|struct|typealias|var)\s+)?(\w+)/
        ).map { String($0.1) }
      }
    }

    /// The text without comments.
    var code: String { text.replacing(/(?s)\/\*.*?\*\/|\/\/[^\n]*/, with: "") }
  }

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  /// Every file of the endings, by path.
  static func all(_ endings: [String] = ["swift"]) throws -> [File] {
    let root = folder.path(percentEncoded: false)
    let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return try paths.sorted().filter { path in endings.contains { path.hasSuffix("." + $0) } }
      .map { path in
        let data = try Data(contentsOf: folder.appending(path: path))
        return File(path: path, text: String(decoding: data, as: UTF8.self))
      }
  }
}
