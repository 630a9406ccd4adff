import Diagnostics
package import Files
import Packets

/// `run.json`: what a batch was made of, and the root of every packet in its folder, sealed by a digest of its own.
package struct BatchManifest: Hashable, Sendable {
  static let format = "tokki-run-1"

  package let tool: String
  package let editionID: String
  package let editionDigest: Digest
  package let mode: String
  package let date: String?
  /// The id of the occasion; nil for an edition that has none.
  package let occasion: String?
  /// `html`, `docbook`.
  package let formats: [String]
  package let splits: Bool
  /// The ids of the documents that were asked for; nil: all.
  package let only: [String]?
  /// Whether packets show only what is new.
  package let onlyNew: Bool
  /// The lists that the batch was made from, in the order in which they were given.
  package let inputs: [Input]
  /// The rows that stand in the list of rejects now.
  package let rejectedCount: Int
  /// By the bytes of their paths.
  package let packets: [Packet]

  package struct Input: Hashable, Sendable {
    /// The file's name, without its folder.
    package let name: String
    package let digest: Digest
    package let rows: Int
    package let rejected: Int

    package init(name: String, digest: Digest, rows: Int, rejected: Int) {
      self.name = name
      self.digest = digest
      self.rows = rows
      self.rejected = rejected
    }
  }

  package struct Packet: Hashable, Sendable {
    /// `<contract folder>/<vendor folder>`.
    package let path: String
    package let root: Digest
    package let checkNumber: String
    /// Whether the list still has its vendor.
    package internal(set) var isListed: Bool
    /// Whether it was made of a row that had been rejected before, and corrected.
    package internal(set) var isMended: Bool

    package init(
      path: String,
      root: Digest,
      checkNumber: String,
      isListed: Bool = true,
      isMended: Bool = false
    ) {
      self.path = path
      self.root = root
      self.checkNumber = checkNumber
      self.isListed = isListed
      self.isMended = isMended
    }
  }

  /// `packets` in any order; no two have the same path.
  package init(
    tool: String = Manifest.tool,
    editionID: String,
    editionDigest: Digest,
    mode: String,
    date: String?,
    occasion: String?,
    formats: [String],
    splits: Bool,
    only: [String]?,
    onlyNew: Bool = false,
    inputs: [Input],
    rejectedCount: Int,
    packets: [Packet]
  ) {
    self.tool = tool
    self.editionID = editionID
    self.editionDigest = editionDigest
    self.mode = mode
    self.date = date
    self.occasion = occasion
    self.formats = formats
    self.splits = splits
    self.only = only
    self.onlyNew = onlyNew
    self.inputs = inputs
    self.rejectedCount = rejectedCount
    self.packets = packets.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  package var packetsRoot: Digest { Self.packetsRoot(of: packets.lazy.map { ($0.path, $0.root) }) }

  package var notListedCount: Int { packets.count { !$0.isListed } }

  /// The digest that stands for all packets together, whatever list they were made from.
  ///
  /// It is the SHA-256 of a line for each packet, sorted by the bytes of the path: the path (`0040012/V001`), a NUL, the 64
  /// small hexadecimal digits of the root of the packet's manifest, a line feed. So it can be had from the packets alone.
  package static func packetsRoot(of packets: some Sequence<(path: String, root: Digest)>) -> Digest
  {
    var hash = SHA256()
    for packet in packets {
      hash.update(Array((packet.path + "\0" + packet.root.hexadecimal + "\n").utf8))
    }
    return hash.finalize()
  }
}

// MARK: Writing

extension BatchManifest {
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(1024 + 160 * packets.count)
    writePieces { result += $0 }
    return result
  }

  /// The digest that stands for the whole batch: of the file without this member.
  package var root: Digest { writePieces { _ in } }

  /// Hands out the file's bytes piece by piece; the root comes out on the way.
  @discardableResult
  func writePieces(_ sink: ([UInt8]) -> Void) -> Digest {
    var hash = SHA256()
    var piece = head
    for (index, packet) in packets.enumerated() {
      piece += (index == 0 ? "\n    " : ",\n    ").utf8
      piece.append(packet: packet)
      if piece.count >= 1 << 16 {
        hash.update(piece)
        sink(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    piece += (packets.isEmpty ? "]" : "\n  ]").utf8
    hash.update(piece)
    hash.update(Array("\n}\n".utf8))
    let root = hash.finalize()
    piece += ",\n  \"root\": \"\(root.hexadecimal)\"\n}\n".utf8
    sink(piece)
    return root
  }

  static let packetsKey = Array(",\n  \"packets\": [".utf8)

  /// Everything before the first packet.
  private var head: [UInt8] {
    var members: [(name: String, value: JSONValue)] = [
      ("format", .string(Self.format)),
      ("tool", .string(tool)),
      (
        "edition",
        .object([("id", .string(editionID)), ("sha256", .string(editionDigest.hexadecimal))])
      ),
      ("mode", .string(mode)),
      ("date", date.map(JSONValue.string) ?? .null),
    ]
    if let occasion { members.append(("occasion", .string(occasion))) }
    members += [
      ("formats", .array(formats.map(JSONValue.string))),
      ("split", .bool(splits)),
      ("only", only.map { .array($0.map(JSONValue.string)) } ?? .null),
      ("only_new", .bool(onlyNew)),
      ("inputs", .array(inputs.map(\.json))),
      (
        "counts",
        .object([
          ("packets", .integer(Int64(packets.count))),
          ("rejected", .integer(Int64(rejectedCount))),
          ("not_listed", .integer(Int64(notListedCount))),
        ])
      ),
      ("packets_root", .string(packetsRoot.hexadecimal)),
    ]
    // Without the brace that would end it.
    return JSONValue.object(members).indentedBytes.dropLast(3) + Self.packetsKey
  }
}

extension BatchManifest.Input {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)), ("sha256", .string(digest.hexadecimal)),
      ("rows", .integer(Int64(rows))), ("rejected", .integer(Int64(rejected))),
    ])
  }
}

extension [UInt8] {
  fileprivate mutating func append(packet: BatchManifest.Packet) {
    self += "{\"path\":".utf8
    // Almost every path; JSONValue goes character by character.
    if packet.path.utf8.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != 0x22 && $0 != 0x5C }) {
      append(UInt8(ascii: "\""))
      self += packet.path.utf8
      append(UInt8(ascii: "\""))
    } else {
      self += JSONValue.string(packet.path).bytes
    }
    self += ",\"root\":\"".utf8
    self += packet.root.hexadecimal.utf8
    self += "\",\"check_number\":\"".utf8
    self += packet.checkNumber.utf8
    append(UInt8(ascii: "\""))
    if !packet.isListed { self += ",\"listed\":false".utf8 }
    if packet.isMended { self += ",\"mended\":true".utf8 }
    append(UInt8(ascii: "}"))
  }
}
