import Diagnostics
import Fixtures
import Foundation
import Records
@testable import TemplateCompiler
@testable import TemplateRuntime
import Testing

/// Annexes of random shapes: what is printed in either format is the text that the shape calls for, and nothing else.
struct RandomAnnexTests {
  private static let seeds = UInt64(0)..<(Ring.isThorough ? 10_000 : 300)

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

  /// Each pair of provisions as a range and as a list, from a provision behind them: read back by a reader of its own, the words
  /// name what was meant, or the run refuses.
  @Test func everyRangeAndListNamesItsEnds() throws {
    var (worded, refused) = (0, 0)
    for seed in Self.seeds {
      let annex = RandomAnnex(seed: seed)
      for pair in annex.pairs(seed: seed) {
        let (edition, diagnostics) = PrintedAnnex.compile(annex.referring(pair.xml))
        guard let edition else {
          let codes = Set(diagnostics.filter { $0.severity == .error }.map(\.code))
          #expect(codes == [.danglingReference] && pair.mayBeRefused, "seed \(seed): \(pair.xml)")
          refused += 1
          continue
        }
        let words = try PrintedAnnex.marked(edition)
        #expect(pair.isNamed(by: words), "seed \(seed): \(pair.xml) \(words)")
        worded += 1
      }
    }
    #expect(worded > refused && refused > 0)
  }

  /// 同条第２項 as one reads it, who has just read a name: 第３条第２項.
  private static func read(_ words: String, after last: [String]) -> String {
    guard words.hasPrefix("同"), let unit = words.dropFirst().first,
      let index = last.lastIndex(where: { $0.hasSuffix(String(unit)) })
    else { return words }
    return last[...index].joined() + words.dropFirst(2)
  }
}
