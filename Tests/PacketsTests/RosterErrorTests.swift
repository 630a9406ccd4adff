import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Records
import Rosters
import Testing

/// Tests/Cases/roster-errors: a folder for each code, with a list that earns it and the report that a clerk gets.
///
/// `list.*` is read with `common.yaml`, if there is one, and every row is bound by a small dictionary in prefilled mode; a line of
/// `arguments` (`header-row 2`) changes how.
struct RosterErrorTests {
  @Test(arguments: Golden.folders(of: "roster-errors"))
  func theReportIsAsExpected(_ name: String) throws {
    let folder = Golden.cases.appending(path: "roster-errors").appending(path: name)
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

  /// With two fields of one label.
  private static let dictionary: FieldDictionary = {
    var dictionary = SmallDictionary.shared
    let declaration = Field.Declaration(
      name: "remarks",
      label: "備考",
      shape: .value(.multiline),
      location: Diagnostics.SourceLocation(file: "dictionary.xml")
    )
    _ = dictionary.add(declaration, under: dictionary.child("vendor", of: nil))
    return dictionary
  }()

  private func report(on folder: URL) throws -> [Diagnostic] {
    let path = folder.path(percentEncoded: false)
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    let list = try #require(names.first { $0.hasPrefix("list") })
    let common = names.contains("common.yaml") ? DataFile.read(path + "/common.yaml").root : nil
    let text = try? String(contentsOf: folder.appending(path: "arguments"), encoding: .utf8)
    let headerRow = text?.split(separator: " ").last.flatMap { Int($0.filter(\.isNumber)) }
    let mode: PacketMode = text?.contains("--mode final") == true ? .final : .prefilled
    let binder = Binder(Self.dictionary)
    var (roster, diagnostics) = Roster.open(
      ListSource(path + "/" + list, headerRow: headerRow),
      common: common,
      binder: binder,
      mode: mode
    )
    if let roster {
      var rows = try roster.rows()
      while let row = try rows.next() {
        let record = roster.record(of: row)
        diagnostics += record.diagnostics
        if let tree = record.tree {
          diagnostics += binder.bind(tree, mode: mode, date: nil).diagnostics
        }
      }
    }
    return diagnostics.map { $0.moved(from: path + "/") }.inReportOrder()
  }
}

extension Diagnostic {
  /// As if the file had been named without its folder, so that a report does not depend on where the tests lie.
  fileprivate func moved(from folder: String) -> Diagnostic {
    var place = location
    if place.file.hasPrefix(folder) { place.file.removeFirst(folder.count) }
    return moved(to: place)
  }
}
