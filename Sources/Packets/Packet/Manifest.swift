import Diagnostics
import TemplateRuntime

/// `manifest.json`: what a packet was made of, and every file's size and digest, sealed by a digest of its own.
package struct Manifest: Hashable, Sendable {
  /// The version that makes the papers; another one may word them differently.
  package static let tool = "tokki 1.0.0"
  static let format = "tokki-manifest-1"

  package var tool = Self.tool
  package var editionID: String
  package var editionDigest: String
  package var dataDigest: String
  package var mode: String
  package var date: String?
  package var checkNumber: String
  /// In the order of their names.
  package var files: [File]

  package struct File: Hashable, Sendable {
    package let name: String
    /// In bytes.
    package let size: Int
    package let digest: String
  }

  /// The digest that stands for the whole packet: of the manifest without this member.
  package var root: String { rootDigest.hexadecimal }

  var rootDigest: Digest { Digest(of: JSONValue.object(members).indentedBytes) }

  /// The file's bytes.
  package var bytes: [UInt8] {
    JSONValue.object(members + [("root", .string(root))]).indentedBytes
  }

  private var members: [(name: String, value: JSONValue)] {
    [
      ("format", .string(Self.format)),
      ("tool", .string(tool)),
      ("edition", .object([("id", .string(editionID)), ("sha256", .string(editionDigest))])),
      ("data_sha256", .string(dataDigest)),
      ("mode", .string(mode)),
      ("date", date.map(JSONValue.string) ?? .null),
      ("check_number", .string(checkNumber)),
      (
        "files",
        .array(
          files.map {
            .object([
              ("name", .string($0.name)), ("size", .integer(Int64($0.size))),
              ("sha256", .string($0.digest)),
            ])
          }
        )
      ),
    ]
  }
}

// MARK: Reading

extension Manifest {
  /// From a file's bytes; nil unless they are exactly those that this manifest would be written as.
  init?(bytes: [UInt8]) {
    let text = SourceText(file: PacketFileName.manifest, bytes: bytes)
    guard let root = JSONReader.read(text).root, let edition = root["edition"],
      let tool = root["tool"]?.text, let editionID = edition["id"]?.text,
      let editionDigest = edition["sha256"]?.text, let dataDigest = root["data_sha256"]?.text,
      let mode = root["mode"]?.text, let checkNumber = root["check_number"]?.text,
      let list = root["files"], case .sequence(let nodes) = list.content
    else { return nil }
    var files: [File] = []
    for node in nodes {
      guard let name = node["name"]?.text, let size = node["size"]?.text.flatMap({ Int($0) }),
        let digest = node["sha256"]?.text
      else { return nil }
      files.append(File(name: name, size: size, digest: digest))
    }
    self.init(
      tool: tool,
      editionID: editionID,
      editionDigest: editionDigest,
      dataDigest: dataDigest,
      mode: mode,
      date: root["date"]?.text,
      checkNumber: checkNumber,
      files: files
    )
    guard self.bytes == bytes else { return nil }
  }
}
