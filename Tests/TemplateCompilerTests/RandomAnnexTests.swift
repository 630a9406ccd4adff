import Diagnostics
import Fixtures
import Foundation
import Records
@testable import TemplateCompiler
@testable import TemplateRuntime
import Testing

/// Annexes of random shapes: what is printed in either format is the text that the shape calls for, and nothing else.
struct RandomAnnexTests {
  private static let seeds = UInt64(0)..<(Ring.isThorough ? 10_000 : 200)

  @Test func theTextIsTheSameInEveryFormat() throws {
    for seed in Self.seeds {
      let annex = RandomAnnex(seed: seed)
      let printed = try PrintedAnnex(annex.xml)
      #expect(printed.html == annex.text, "seed \(seed)")
      #expect(printed.docbook == annex.text, "seed \(seed)")
      #expect(printed.compared == annex.text, "seed \(seed)")
    }
  }

  /// A paragraph that refers to everything names each provision so that a reader finds it again.
  @Test func everyReferenceLeadsToItsTarget() throws {
    for seed in Self.seeds {
      let annex = RandomAnnex(seed: seed)
      let printed = try PrintedAnnex(annex.referringToAll)
      #expect(printed.links.map(\.target) == annex.names.map { "annex-" + $0.id }, "seed \(seed)")
      var last: [String] = []
      for (link, name) in zip(printed.links, annex.names) {
        #expect(
          Self.read(link.words, after: last) == name.words.joined(),
          "seed \(seed): \(name.id)"
        )
        #expect(printed.ids.contains(link.target), "seed \(seed): \(name.id)")
        last = name.words
      }
    }
  }

  /// 同条第２項 as one reads it, who has just read a name: 第３条第２項.
  private static func read(_ words: String, after last: [String]) -> String {
    guard words.hasPrefix("同"), let unit = words.dropFirst().first,
      let index = last.lastIndex(where: { $0.hasSuffix(String(unit)) })
    else { return words }
    return last[...index].joined() + words.dropFirst(2)
  }
}
