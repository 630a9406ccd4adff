import Batches
import Files
import Fixtures
import Packets
import Testing

/// `run.json` comes back as it was written, and in no other way.
struct BatchManifestTests {
  static func manifest(_ packets: [BatchManifest.Packet]) -> BatchManifest {
    BatchManifest(
      editionID: "kawasaki-1985",
      editionDigest: Digest(of: Array("edition".utf8)),
      mode: "final",
      date: "2022-04-01",
      occasion: "incident",
      formats: ["html"],
      splits: false,
      only: ["annex", "pledge"],
      inputs: [
        .init(name: "一覧\n\"packets\": [.csv", digest: Digest(of: [1]), rows: 3, rejected: 1),
        .init(name: "直し.csv", digest: Digest(of: [2]), rows: 1, rejected: 0),
      ],
      rejectedCount: 0,
      packets: packets
    )
  }

  static func packets(_ paths: [String]) -> [BatchManifest.Packet] {
    paths.map {
      let root = Digest(of: Array($0.utf8))
      return .init(
        path: $0,
        root: root,
        checkNumber: "0ABC-12YZ-7QRS",
        isListed: !$0.hasSuffix("V2")
      )
    }
  }

  static let few = manifest(packets(["0040012/V2", "0040012/V10", "契約/Ｖ１", "a-b/\u{85}x%2E"]))

  @Test(arguments: [0, 1, 2, 1000])
  func itComesBack(_ count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let paths = Set((0..<count).map { _ in "\(generator.next())/V\(generator.next() % 100)" })
    let manifest = Self.manifest(Self.packets(Array(paths)))
    let bytes = manifest.bytes
    let read = try #require(BatchManifest(bytes: bytes))
    #expect(read == manifest)
    #expect(read.root == manifest.root)
    #expect(
      String(decoding: bytes, as: UTF8.self).hasSuffix(
        "\"root\": \"\(manifest.root.hexadecimal)\"\n}\n"
      )
    )
  }

  @Test func unusualNamesComeBack() {
    #expect(BatchManifest(bytes: Self.few.bytes) == Self.few)
    #expect(
      Self.few.packets.map(\.path) == ["0040012/V10", "0040012/V2", "a-b/\u{85}x%2E", "契約/Ｖ１"]
    )
    #expect(Self.few.notListedCount == 1)
  }

  @Test func aChangedByteIsSeen() {
    let bytes = Self.few.bytes
    for place in bytes.indices {
      for bit in [UInt8(1), 0x20, 0x80] {
        var damaged = bytes
        damaged[place] ^= bit
        #expect(BatchManifest(bytes: damaged) == nil, "\(place)")
      }
      var shortened = bytes
      shortened.remove(at: place)
      #expect(BatchManifest(bytes: shortened) == nil, "\(place)")
    }
  }

  /// A manifest that someone has sealed again, around paths that lead elsewhere.
  @Test(arguments: [
    "..", "../x", "a/../b", "/a", "a/", "a", "a/b/c", "a/.b", "a/b c", "a/\"", "a/<",
  ])
  func foreignPathsAreRefused(_ path: String) {
    #expect(BatchManifest(bytes: Self.manifest(Self.packets(["0/0", path])).bytes) == nil)
  }

  @Test func aPathTwiceIsRefused() {
    #expect(BatchManifest(bytes: Self.manifest(Self.packets(["0/0", "0/0"])).bytes) == nil)
  }

  /// By the words of the documentation.
  @Test func thePacketsRootIsAsDocumented() {
    #expect(BatchManifest.packetsRoot(of: []).hexadecimal.hasPrefix("e3b0c44298fc1c14"))
    let lines = Self.few.packets.map { $0.path + "\0" + $0.root.hexadecimal + "\n" }
    let root = Digest(of: Array(lines.joined().utf8))
    #expect(BatchManifest.packetsRoot(of: Self.few.packets.map { ($0.path, $0.root) }) == root)
    let text = String(decoding: Self.few.bytes, as: UTF8.self)
    #expect(text.contains("\"packets_root\": \"\(root.hexadecimal)\""))
  }
}
