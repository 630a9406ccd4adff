import DataFiles
import Diagnostics
package import Files
import Records
import TemplateRuntime

/// `manifest.json`: what a packet was made of, and every file's size and digest, sealed by a digest of its own.
package struct Manifest: Hashable, Sendable {
  /// The version that makes the papers; another one may word them differently.
  package static let tool = "tokki 1.0.0"
  static let format = "tokki-manifest-1"

  package let tool: String
  package let editionID: String
  package let editionDigest: String
  package let dataDigest: String
  package let mode: String
  package let date: String?
  /// The id of the occasion; nil for an edition that has none.
  package let occasion: String?
  package let checkNumber: String
  /// In the order of their names.
  package let files: [File]
  /// The digest that stands for the whole packet: of the manifest without this member.
  package let rootDigest: Digest
  package let bytes: [UInt8]

  package struct File: Hashable, Sendable {
    package let name: String
    /// In bytes.
    package let size: Int
    package let digest: String
  }

  init(
    tool: String = Self.tool,
    editionID: String,
    editionDigest: String,
    dataDigest: String,
    mode: String,
    date: String?,
    occasion: String?,
    checkNumber: String,
    files: [File]
  ) {
    self.tool = tool
    self.editionID = editionID
    self.editionDigest = editionDigest
    self.dataDigest = dataDigest
    self.mode = mode
    self.date = date
    self.occasion = occasion
    self.checkNumber = checkNumber
    self.files = files
    var members: [(name: String, value: JSONValue)] = [
      ("format", .string(Self.format)),
      ("tool", .string(tool)),
      ("edition", .object([("id", .string(editionID)), ("sha256", .string(editionDigest))])),
      ("data_sha256", .string(dataDigest)),
      ("mode", .string(mode)),
      ("date", date.map(JSONValue.string) ?? .null),
    ]
    if let occasion { members.append(("occasion", .string(occasion))) }
    members += [
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
    let unsealed = JSONValue.object(members).indentedBytes
    rootDigest = Digest(of: unsealed)
    // As if the root were written as the last of the members: before the line feed, the brace and the line feed that end them.
    var bytes = unsealed
    bytes.removeLast(3)
    bytes += ",\n  \"root\": \"\(rootDigest.hexadecimal)\"\n}\n".utf8
    self.bytes = bytes
  }

  /// As hexadecimal digits.
  package var root: String { rootDigest.hexadecimal }
}

// MARK: Reading

extension Manifest {
  /// In bytes; that of some hundred thousand files.
  static let largest = 16 << 20

  /// The names of all files of the packet, the manifest's own among them.
  var names: [String] { files.map(\.name) + [PacketFileName.manifest] }

  /// That of a packet's folder; nil if it has none, or none that is as it was made.
  package static func read(in folder: String) -> Manifest? {
    let path = folder + "/" + PacketFileName.manifest
    guard case .success(let bytes) = FileSystem.read(path, atMost: largest, followsLinks: false)
    else { return nil }
    return Manifest(bytes: bytes)
  }

  /// From a file's bytes; nil unless they are exactly those that this manifest would be written as.
  ///
  /// Every name is that of a file in the packet's own folder, and each has one.
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
      guard name != ".", name != "..", !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")),
        !name.utf8.contains(0), name != PacketFileName.manifest,
        files.last?.name.utf8.lexicographicallyPrecedes(name.utf8) ?? true
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
      occasion: root["occasion"]?.text,
      checkNumber: checkNumber,
      files: files
    )
    guard self.bytes == bytes else { return nil }
  }
}
