import Foundation

/// The sources of the package as text.
enum SourceFiles {
  struct File {
    /// Relative to Sources.
    let path: String
    /// The modules that the file imports, however it does.
    let imports: [String]
    /// The text without comments.
    let code: String

    init(path: String, text: String) {
      self.path = path
      imports = text.split(separator: "\n").filter { $0.contains("import ") }.compactMap { line in
        line.firstMatch(
          of:
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:class|enum|func|let|protocol|struct|typealias|var)\s+)?(\w+)/
        ).map { String($0.1) }
      }
      code = text.replacing(/(?s)\/\*.*?\*\/|\/\/[^\n]*/, with: "")
    }

    /// The first folder: the module.
    var module: String { String(path.prefix { $0 != "/" }) }
  }

  /// The project's folder.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder = root.appending(path: "Sources")

  /// The text of a file, by its path from the root.
  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  /// Every file of the endings, by path.
  static func all(_ endings: [String] = ["swift"]) throws -> [File] {
    try every.get().filter { file in endings.contains { file.path.hasSuffix("." + $0) } }
  }

  /// Read once: the expressions take most of the tests' time.
  private static let every = Result {
    let root = folder.path(percentEncoded: false)
    let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    let endings = ["c", "css", "h", "html", "js", "png", "svg", "swift"]
    return try paths.sorted().filter { path in endings.contains { path.hasSuffix("." + $0) } }
      .map { path in
        let data = try Data(contentsOf: folder.appending(path: path))
        return File(path: path, text: String(decoding: data, as: UTF8.self))
      }
  }
}
