import Diagnostics
import Fixtures
import Foundation
@testable import TemplateCompiler
@testable import TemplateRuntime
import Testing

/// The table of reference words, written by hand from drafting rules: what is printed is what it says.
struct ReferenceWordTests {
  private static let rows = try? String(
    contentsOf: Golden.cases.appending(path: "references/words.tsv"),
    encoding: .utf8
  ).split(separator: "\n").compactMap(ReferenceAnnex.Row.init)

  @Test func theWordsAreThoseOfTheTable() throws {
    let rows = try #require(Self.rows)
    #expect(rows.count > 300)
    for row in rows {
      let annex = ReferenceAnnex(row: row)
      let (edition, diagnostics) = PrintedAnnex.compile(
        annex.xml,
        other: annex.other,
        form: annex.form,
        digits: annex.digits
      )
      let words = try edition.map { try PrintedAnnex.marked($0) }
      let codes = Set(diagnostics.filter { $0.severity == .error }.map(\.code))
      if row.expected == "!" {
        #expect(words == nil, "\(row)")
        #expect(codes.isSubset(of: [.danglingReference, .falseReference]), "\(row)")
      } else {
        #expect(words == row.expected, "\(row) \(diagnostics.map(\.message.en))")
      }
    }
  }
}
