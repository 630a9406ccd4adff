@testable import DataFiles
import Diagnostics
import Fixtures
import Records
import TemplateRuntime
import Rosters
import Testing

struct SharedReadingTests {
  private static let binder = Binder(SmallDictionary.shared)

  /// Read apart or as one tree, the same record and the same remarks.
  @Test func whatIsSharedIsReadOnceAndMeansTheSame() {
    var generator = SeededGenerator(seed: 1)
    var compared = 0
    for seed in 0..<4000 as Range<UInt64> {
      var random = RandomData(SmallDictionary.shared, seed: seed)
      let shared = random.record().thinned(to: 2, &generator).placed(in: "shared")
      let own = random.record().thinned(to: 2, &generator).placed(in: "own")
      guard let reading = Self.binder.read(shared: shared) else { continue }
      for mode in PacketMode.allCases {
        guard let apart = Self.binder.bind(own, over: reading, mode: mode, date: 19_083) else {
          continue
        }
        let whole = Self.binder.bind(own.completed(with: shared), mode: mode, date: 19_083)
        #expect(apart.diagnostics == whole.diagnostics, "\(seed)")
        #expect(apart.hasNew == whole.hasNew, "\(seed)")
        #expect(apart.record.arena == whole.record.arena, "\(seed)")
        #expect(apart.record.slots == whole.record.slots, "\(seed)")
        #expect(
          apart.everything.canonicalBytes(SmallDictionary.shared)
            == whole.everything.canonicalBytes(SmallDictionary.shared),
          "\(seed)"
        )
        compared += 1
      }
    }
    #expect(compared > 500, "\(compared)")
  }

  @Test func whatMustBeReportedIsReadAsOneTree() throws {
    func tree(_ yaml: String) throws -> RawNode {
      try #require(DataFile.read(Array(yaml.utf8), named: "d", format: .yaml).root)
    }
    func binding(_ own: String, over shared: String) throws -> Binding? {
      try Self.binder.read(shared: tree(shared)).flatMap {
        try Self.binder.bind(tree(own), over: $0, mode: .final, date: nil)
      }
    }
    let shared = "contract: {number: C1, date: 2022-04-01}"
    #expect(try binding("contract: {number: C2}", over: shared) != nil)
    #expect(try binding("contract: {date: よく晴れた日}", over: shared) == nil)
    #expect(try binding("contract: [1]", over: shared) == nil)
    #expect(try binding("contract: {date: ~}", over: shared) == nil)
    #expect(try binding("[1]", over: shared) == nil)
    #expect(try binding("contract: {number: C2}", over: "contract: {date: 晴}") == nil)
  }
}

extension RawNode {
  /// With about one in `share` of its entries, at any depth.
  fileprivate func thinned(to share: Int, _ generator: inout SeededGenerator) -> RawNode {
    switch content {
    case .absent, .scalar: return self
    case .sequence(let items):
      return RawNode(.sequence(items.map { $0.thinned(to: share, &generator) }), at: location)
    case .mapping(let entries):
      var kept: [Entry] = []
      for entry in entries where Int.random(in: 0..<share, using: &generator) == 0 {
        kept.append(
          Entry(
            key: entry.key,
            keyLocation: entry.keyLocation,
            value: entry.value.thinned(to: share, &generator)
          )
        )
      }
      return RawNode(.mapping(kept), at: location)
    }
  }

  /// With a place of its own for each node and key.
  fileprivate func placed(in file: String) -> RawNode {
    var line = 0
    func place() -> Diagnostics.SourceLocation {
      line += 1
      return Diagnostics.SourceLocation(file: file, line: line)
    }
    func placed(_ node: RawNode) -> RawNode {
      switch node.content {
      case .absent, .scalar: RawNode(node.content, at: place())
      case .sequence(let items): RawNode(.sequence(items.map(placed)), at: place())
      case .mapping(let entries):
        RawNode(
          .mapping(
            entries.map { Entry(key: $0.key, keyLocation: place(), value: placed($0.value)) }
          ),
          at: place()
        )
      }
    }
    return placed(self)
  }
}
