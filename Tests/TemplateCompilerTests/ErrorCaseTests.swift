import Diagnostics
import Fixtures
import Testing

/// Every mistake that a template keeper or a clerk can make, and its report.
struct ErrorCaseTests {
  @Test(arguments: ErrorCase.all)
  func theReportIsAsExpected(_ errorCase: ErrorCase) async throws {
    let report = try await errorCase.report()
    #expect(report.diagnostics.contains { $0.code.rawValue == errorCase.code })
    for diagnostic in report.diagnostics {
      #expect(diagnostic.faultsOfStyle == [], "\(diagnostic.message)")
    }
    Golden.expect(report.text, matches: errorCase.expected)
  }

  @Test func theBaseIsRight() async throws {
    #expect(try await ErrorCase.base.report().diagnostics.map(\.message.en) == [])
  }

  @Test func everyCodeHasACase() {
    let covered = Set(
      ["errors", "data-errors", "roster-errors", "workbook-errors", "import-errors"].flatMap(
        Golden.folders
      ).map {
        $0.prefix { $0 != "+" }
      }
    )
    #expect(DiagnosticCode.allCases.filter { !covered.contains($0.rawValue[...]) } == [])
  }

  @Test func everyCaseIsCalledByACode() {
    for errorCase in ErrorCase.all {
      #expect(DiagnosticCode(rawValue: errorCase.code) != nil, "\(errorCase.name)")
    }
  }
}
