import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Packets
import Records
import TemplateCompiler
import Testing

/// Tests/Cases/data-errors: a folder for each code, with data that earns it and the report that a clerk gets.
///
/// `data.yaml` or `data.json` is bound by `SmallDictionary` in final mode; lines of `arguments` (`vendor V003`, `bytes 16`, `mistakes 2`)
/// change how.
struct DataErrorTests {
  @Test(arguments: Golden.folders(of: "data-errors"))
  func theReportIsAsExpected(_ name: String) throws {
    let folder = Golden.cases.appending(path: "data-errors").appending(path: name)
    let diagnostics = try report(on: folder)
    #expect(diagnostics.contains { $0.code.rawValue == name.prefix { $0 != "+" } })
    for diagnostic in diagnostics {
      #expect(diagnostic.faultsOfStyle == [], "\(diagnostic.message)")
    }
    let reports = Language.allCases.map { language in
      let formatter = DiagnosticFormatter(language: language)
      return formatter.text(diagnostics) + formatter.summary(diagnostics) + "\n"
    }
    Golden.expect(reports.joined(separator: "\n"), matches: folder.appending(path: "expected.txt"))
  }

  private func report(on folder: URL) throws -> [Diagnostic] {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.path(percentEncoded: false)
    )
    let file = names.first { $0.hasPrefix("data.") } ?? "data.yaml"
    let path = folder.appending(path: file).path(percentEncoded: false)
    var limits = DataLimits()
    limits.bytes = argument("bytes", in: folder).flatMap { Int($0) } ?? limits.bytes
    limits.mistakes = argument("mistakes", in: folder).flatMap { Int($0) } ?? limits.mistakes
    let data = DataFile.read(path, limits: limits)
    let binder = Binder(SmallDictionary.shared, repertoire: .named(.cp932))
    var diagnostics = data.diagnostics
    if let root = data.root {
      let contract = ContractFile(root, binder)
      diagnostics += contract.diagnostics
      switch contract.tree(vendor: argument("vendor", in: folder)) {
      case .success(let tree): diagnostics += binder.bind(tree, mode: .final, date: nil).diagnostics
      case .failure(let failure): diagnostics.append(failure.diagnostic)
      }
    }
    return diagnostics.map { $0.moved(toFile: file) }.inReportOrder()
  }

  private func argument(_ name: String, in folder: URL) -> String? {
    let text = try? String(contentsOf: folder.appending(path: "arguments"), encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix(name + " ") }
    return line.map { String($0.dropFirst(name.count + 1)) }
  }
}

extension Diagnostic {
  /// As if the file had been named without its folder, so that a report does not depend on where the tests lie.
  fileprivate func moved(toFile file: String) -> Diagnostic {
    var place = location
    place.file = file
    return moved(to: place)
  }
}
