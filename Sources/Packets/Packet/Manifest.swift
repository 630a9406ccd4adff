import TemplateRuntime

/// `manifest.json`: what a packet was made of, and every file's size and digest, sealed by a digest of its own.
package struct Manifest: Hashable, Sendable {
  /// The version that makes the papers; another one may word them differently.
  package static let tool = "tokki 1.0.0"
  private static let format = "tokki-manifest-1"

  package var editionID: String
  package var editionDigest: String
  package var dataDigest: String
  package var mode: String
  package var date: String?
  package var checkNumber: String
  package var files: [File]

  package struct File: Hashable, Sendable {
    package let name: String
    /// In bytes.
    package let size: Int
    package let digest: String
  }

  /// The digest that stands for the whole packet.
  package var root: String { Digest(of: Array(body.utf8)).hexadecimal }

  /// The file's bytes. Nothing in it needs escaping: ids, digests, dates and numbers.
  package var bytes: [UInt8] { Array((body + "  \"root\": \"\(root)\"\n}\n").utf8) }

  private var body: String {
    let list = files.map {
      "    {\"name\": \"\($0.name)\", \"size\": \($0.size), \"sha256\": \"\($0.digest)\"}"
    }.joined(separator: ",\n")
    return """
      {
        "format": "\(Self.format)",
        "tool": "\(Self.tool)",
        "edition": {"id": "\(editionID)", "sha256": "\(editionDigest)"},
        "data_sha256": "\(dataDigest)",
        "mode": "\(mode)",
        "date": \(date.map { "\"\($0)\"" } ?? "null"),
        "check_number": "\(checkNumber)",
        "files": [
      \(list)
        ],

      """
  }
}
