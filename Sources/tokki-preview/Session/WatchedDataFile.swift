import DataEditing
import DataFiles
import Diagnostics
import Files
import Records
import TemplateCompiler

/// The data file that the preview was started with, or none.
struct WatchedDataFile {
  private var path: String?
  /// The version of the bytes that the page got last.
  private var seen: String?

  init(_ path: String?) {
    self.path = path
    seen = version
  }

  /// The file's name without its folder.
  var name: String? { path.flatMap { $0.split(separator: "/").last.map(String.init) } }

  /// The digest of the file's bytes; nil if there is no file, or it cannot be read.
  private var version: String? { bytes.map { Digest(of: $0).hexadecimal } }

  private var bytes: [UInt8]? {
    path.flatMap { try? FileSystem.read($0, atMost: DataLimits().bytes).get() }
  }

  /// What the file holds, if this is its name.
  func bytes(of name: String?) -> [UInt8]? { name == self.name ? bytes : nil }

  /// The file's version if it is another than at the last look.
  mutating func look() -> String? {
    let version = version
    guard version != seen else { return nil }
    seen = version
    return version
  }

  /// What the file says; an empty contract if it cannot be read.
  func tree(_ binder: Binder) -> DataTree {
    path.flatMap { DataFile.read($0).root }.map { DataTree($0, binder) } ?? DataTree(binder)
  }

  /// `Opened` as the page reads it.
  func opened(_ binder: Binder) -> JSONValue {
    guard let path else {
      return OpenedData(binder).json(name: nil, path: nil, version: nil)
    }
    // The version is that of the very bytes that are sent.
    let bytes = bytes
    let read =
      bytes.map { DataFile.read($0, named: path, format: DataFile.Format(path: path)) }
      ?? DataFile.read(path)
    return OpenedData(read, binder)
      .json(name: name, path: path, version: bytes.map { Digest(of: $0).hexadecimal })
  }

  /// Writes the data back, unless someone else has written to the file since the page read `version` of it.
  mutating func save(
    _ tree: DataTree,
    version: String,
    title: String,
    _ binder: Binder
  ) -> Reply {
    guard let path else { return .json(.object([("outcome", .string("nowhere"))])) }
    let known = Digest(hexadecimal: version)
    switch DataFileSaver.save(tree, at: path, version: known, title: title, binder) {
    case .failure(let failure):
      let diagnostic = failure.diagnosticOfSaving(at: SourceLocation(file: name ?? ""))
      return .problem(.internalError, diagnostic.message.ja, hint: diagnostic.remedyOnPage())
    case .success(let saved):
      // What was written beside the file is what she works on from now on.
      self.path = saved.path
      if saved.outcome != .conflict { seen = saved.version?.hexadecimal }
      return .json(
        .object([
          ("outcome", .string(saved.outcome.rawValue)),
          ("file", .optional(name)),
          ("version", .string(saved.version?.hexadecimal ?? "")),
        ])
      )
    }
  }
}
