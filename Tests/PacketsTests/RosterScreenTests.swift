import Diagnostics
import Files
import Fixtures
import Foundation
import ListReview
import Packets
import Records
import Tables
import Testing

/// What a screen shows of a list is what a reader of the corrected list reports.
struct RosterScreenTests {
  private static let binder = Binder(SmallDictionary.shared)
  private static let common = RawNode(.mapping([]), at: Diagnostics.SourceLocation(file: "common"))

  private func open(_ path: String, _ corrections: CellCorrections = CellCorrections()) -> (
    screen: RosterScreen?, diagnostics: [Diagnostic]
  ) {
    RosterScreen.open(
      path,
      common: Self.common,
      binder: Self.binder,
      basisWords: [:],
      options: PacketOptions(),
      corrections: corrections
    )
  }

  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path(percentEncoded: false))
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  private func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  // MARK: Lists

  @Test func rowsAreRankedByWhatTheirCellsMean() throws {
    let csv = """
      契約番号,受注者番号,契約締結日,契約金額,商号又は名称
      A10,V1,R4.4.1,"12,000",10号棟
      A9,V1,2021/12/31,９００円,９号棟
      A2,V1,平成31年4月30日,,
      A1,V1,いつか,900,乙
      """
    try withFolder { folder in
      try write(Array(csv.utf8), to: folder + "/list.csv")
      var screen = try #require(open(folder + "/list.csv").screen)
      #expect(screen.ranks(inColumn: 0) == [3, 2, 1, 0])
      #expect(screen.ranks(inColumn: 2) == [2, 1, 0, 3])
      #expect(screen.ranks(inColumn: 3) == [2, 0, nil, 0])
      #expect(screen.ranks(inColumn: 4) == [1, 0, nil, 2])
      #expect(screen.ranks(inColumn: 5) == nil)
      _ = screen.correct(0, [(column: 3, text: "1")])
      #expect(screen.ranks(inColumn: 3) == [0, 1, nil, 1])
    }
  }

  @Test func aScreenShowsWhatTheListSays() throws {
    let csv = """
      令和４年度契約一覧
      契約番号,受注者番号,商号又は名称,契約締結日,従事者の氏名2,契約金額
      C1,V1,甲,令和４年４月１日,一,12345
      C1,V2,乙,いつか,,
      C1,V1,丙,,,,余り
      合計,,,,,12345
      """
    try withFolder { folder in
      try write(Array(csv.utf8), to: folder + "/一覧.csv")
      let (opened, diagnostics) = open(folder + "/一覧.csv")
      var screen = try #require(opened)
      #expect(screen.name == "一覧.csv" && screen.encoding == .utf8 && screen.sheets == [])
      #expect(diagnostics.map(\.code) == [.titleRows, .totalRow])
      #expect(
        screen.columns.map(\.path) == [
          "contract.number", "vendor.id", "vendor.name", "contract.date", "vendor.workers[2].name",
          "contract.amount", nil,
        ]
      )
      #expect(screen.columns.map(\.letter) == ["A", "B", "C", "D", "E", "F", "G"])
      #expect(screen.columns[0].header == "契約番号" && screen.columns[6].header == "")
      #expect(screen.count == 3 && screen.rowCount == 3)
      let rows = screen.rows(0..<10)
      #expect(rows.map(\.number) == [3, 4, 5])
      #expect(rows[0].cells == ["C1", "V1", "甲", "令和４年４月１日", "一", "12345", ""])
      #expect(rows[1].state == .error && rows[1].vendorName == "乙")
      #expect(rows[1].findings.map(\.column) == [3])
      #expect(rows[1].findings.first?.fields.first?.label == "契約締結日")
      // The first names the last, and the last the first.
      #expect(rows[0].findings.map(\.diagnostic.message.ja) == ["契約番号と受注者番号が同じ行が、5行目にもあります。"])
      #expect(rows[2].findings.map(\.column) == [nil, 6])
      #expect(screen.summary.errors == 3)

      // The key of the last row is mended, and the first is good again.
      guard case .taken(let others) = screen.correct(2, column: 1, to: "V3") else {
        Issue.record("not taken")
        return
      }
      #expect(others == [0] && screen.row(at: 0).state == .good)
      _ = screen.correct(2, column: 6, to: "")
      _ = screen.correct(1, column: 3, to: "R4.4.1")
      #expect(screen.summary.good == 3 && screen.summary.corrected == 3)
      #expect(screen.rows(0..<3).map(\.corrected) == [[], [3], [1, 6]])
      #expect(screen.rows(0..<3).map(\.originals) == [[], ["いつか"], ["V1", "余り"]])
      try screen.write(to: folder + "/直した.csv")
      let written = String(decoding: try bytes(of: folder + "/直した.csv"), as: UTF8.self)
      #expect(
        written
          == csv.replacing("いつか", with: "R4.4.1").replacing("C1,V1,丙,,,,余り", with: "C1,V3,丙,,,,")
      )

      // What was typed is what stands there: nothing is corrected any more.
      _ = screen.correct(1, column: 3, to: "いつか")
      #expect(screen.summary.corrected == 2 && screen.row(at: 1).corrected == [])
      _ = screen.correct(2, column: 6, to: nil)
      #expect(screen.row(at: 2).cells[6] == "余り" && screen.row(at: 2).corrected == [1])
      // Emptied, the row is passed over.
      for column in 0..<7 { _ = screen.correct(2, column: column, to: "") }
      #expect(
        screen.row(at: 2).findings.map(\.diagnostic.message.ja) == ["除いたか、空にした行なので、書類は作りません。"]
      )
      #expect(screen.row(at: 2).state == .excluded && screen.summary.excluded == 1)
      if case .noSuchCell = screen.correct(3, column: 0, to: "") {} else { Issue.record("a cell") }
      if case .noSuchCell = screen.correct(0, column: 7, to: "") {} else { Issue.record("a cell") }
    }
  }

  @Test func cellsOfARowAreCorrectedAllTogetherOrNotAtAll() throws {
    try withFolder { folder in
      // 契約番号 and 受注者番号 in CP932.
      let header: [UInt8] = [0x8C, 0x5F, 0x96, 0xF1, 0x94, 0xD4, 0x8D, 0x86]
      let vendor: [UInt8] = [0x8E, 0xF3, 0x92, 0x8D, 0x8E, 0xD2, 0x94, 0xD4, 0x8D, 0x86]
      try write(header + [0x2C] + vendor + Array("\nC1,V1\n".utf8), to: folder + "/list.csv")
      var screen = try #require(open(folder + "/list.csv").screen)
      guard case .refused = screen.correct(0, [(0, "C2"), (1, "V😀")]) else {
        Issue.record("taken")
        return
      }
      #expect(screen.row(at: 0).cells == ["C1", "V1"] && screen.corrections.isEmpty)
      #expect(screen.row(at: 0).findings.map(\.column) == [1])
      _ = screen.correct(0, [(0, "C2"), (1, "V2")])
      #expect(screen.row(at: 0).cells == ["C2", "V2"] && screen.row(at: 0).findings.isEmpty)
    }
  }

  @Test func aLongListIsShownInPart() throws {
    try withFolder { folder in
      let lines = (1...50).map { "C\($0 % 40),V1\n" }
      try write(Array(("契約番号,受注者番号\n" + lines.joined()).utf8), to: folder + "/list.csv")
      var limits = ScreenLimits()
      limits.rows = 20
      let (opened, diagnostics) = RosterScreen.open(
        folder + "/list.csv",
        common: Self.common,
        binder: Self.binder,
        basisWords: [:],
        options: PacketOptions(),
        limits: limits
      )
      var screen = try #require(opened)
      #expect(screen.count == 20 && screen.rowCount == 50)
      #expect(diagnostics.map(\.code) == [.fileTooLarge])
      #expect(diagnostics.first?.hint?.ja.contains("一覧を分けて") == true)
      // The other row with the key is not shown.
      #expect(screen.summary.errors == 10 && screen.row(at: 0).state == .error)
      _ = screen.correct(0, column: 0, to: "C99")
      #expect(screen.row(at: 0).state == .good)
      try screen.write(to: folder + "/out.csv")
      let written = String(decoding: try bytes(of: folder + "/out.csv"), as: UTF8.self)
      #expect(written == "契約番号,受注者番号\nC99,V1\n" + lines.dropFirst().joined())
    }
  }

  @Test(arguments: ["ndjson", "json", "yaml"])
  func itemsAreShownAndNotCorrected(_ format: String) throws {
    let items = [
      #"{"契約番号": "C1", "vendor": {"id": "V1", "workers": [{"name": "一"}, {"name": "二"}]}, "契約締結日": "いつか"}"#,
      #"{"contract": {"number": "C2"}, "受注者番号": "V2"}"#,
    ]
    let text =
      switch format {
      case "ndjson": items.joined(separator: "\n")
      case "json": "[" + items.joined(separator: ",\n") + "]"
      case _: items.map { "- " + $0 + "\n" }.joined()
      }
    try withFolder { folder in
      try write(Array(text.utf8), to: "\(folder)/list.\(format)")
      var screen = try #require(open("\(folder)/list.\(format)").screen)
      #expect(
        screen.columns.map(\.header) == [
          "契約番号", "vendor.id", "vendor.workers[1].name", "vendor.workers[2].name", "契約締結日",
          "contract.number", "受注者番号",
        ]
      )
      #expect(
        screen.columns.map(\.path) == [
          "contract.number", "vendor.id", "vendor.workers[1].name", "vendor.workers[2].name",
          "contract.date", "contract.number", "vendor.id",
        ]
      )
      let rows = screen.rows(0..<2)
      #expect(rows[0].cells == ["C1", "V1", "一", "二", "いつか", "", ""])
      #expect(rows[1].cells == ["", "", "", "", "", "C2", "V2"])
      #expect(rows[0].findings.map(\.column) == [4] && rows[1].state == .good)
      #expect(rows[1].contract == "C2" && rows[1].vendor == "V2")
      if case .notCorrectable = screen.correct(0, column: 4, to: "R4.4.1") {
      } else {
        Issue.record("corrected")
      }
      try screen.write(to: folder + "/out")
      #expect(try bytes(of: folder + "/out") == Array(text.utf8))
    }
  }

  // MARK: Properties

  @Test(arguments: 0..<120)
  func correctedTablesAreReadAsShown(_ seed: Int) throws {
    var list = RandomList(random: SeededGenerator(seed: UInt64(seed)))
    let encoding = [TextEncoding.utf8, .utf8WithBOM, .cp932][seed % 3]
    let delimiter = seed % 7 == 0 ? "\t" : ","
    let name = delimiter == "\t" ? "list.tsv" : "list.csv"
    try withFolder { folder in
      // Of an earlier run's rejects, with apostrophes before what looks like formulas.
      let header = seed % 4 == 0 ? list.header() + ["エラー理由"] : nil
      var bytes = list.csv(encoding, delimiter: delimiter, header: header)
      while bytes == nil { bytes = list.csv(encoding, delimiter: delimiter, header: header) }
      try write(bytes ?? [], to: "\(folder)/\(name)")
      try check("\(folder)/\(name)", into: "\(folder)/out/\(name)", &list)
    }
  }

  @Test(arguments: 0..<60)
  func correctedWorkbooksAreReadAsShown(_ seed: Int) throws {
    var list = RandomList(random: SeededGenerator(seed: UInt64(1000 + seed)))
    let prefix = seed % 5 == 0 ? "x:" : ""
    var parts = WorkbookParts(
      list.sheet(prefix: prefix),
      styles: "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"
    )
    if !prefix.isEmpty {
      parts.parts["xl/worksheets/sheet1.xml"] = parts.parts["xl/worksheets/sheet1.xml"]?
        .replacing("<worksheet xmlns=", with: "<x:worksheet xmlns:x=")
        .replacing("</worksheet>", with: "</x:worksheet>")
    }
    try parts.withFile { path in
      try withFolder { try check(path, into: "\($0)/out.xlsx", &list) }
    }
  }

  @Test(arguments: 0..<40)
  func correctedFoldersAreReadAsShown(_ seed: Int) throws {
    var list = RandomList(random: SeededGenerator(seed: UInt64(2000 + seed)))
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/list",
        withIntermediateDirectories: true
      )
      let header = list.header().filter { !$0.hasPrefix("従事者") }
      let roster = list.csv(.utf8, delimiter: ",", header: header) ?? []
      try write(roster, to: folder + "/list/契約・委託先一覧.csv")
      let byVendor = seed % 2 == 0
      let rows = (0..<6).map { index in
        (byVendor ? "" : "C\(index % 2 + 1),") + "V\(index % 3 + 1),従事者\(index)\n"
      }
      let head = (byVendor ? "" : "契約番号,") + "受注者番号,従事者の氏名\n"
      try write(Array((head + rows.joined()).utf8), to: folder + "/list/従事者.csv")
      try check(folder + "/list", into: folder + "/out", &list)
    }
  }

  /// Corrects a list at random and compares: the screen that went through it, one opened with the same corrections, and one of
  /// the list that was written.
  private func check(_ path: String, into out: String, _ list: inout RandomList) throws {
    let (opened, remarks) = open(path)
    guard var screen = opened else {
      // Such as a quote that is never closed.
      #expect(remarks.hasErrors)
      return
    }
    if let parent = out.lastIndex(of: "/") {
      try FileManager.default.createDirectory(
        atPath: String(out[..<parent]),
        withIntermediateDirectories: true
      )
    }
    try screen.write(to: out)
    try expectSameFiles(path, out)
    for _ in 0..<Int.random(in: 1...10, using: &list.random) where screen.count > 0 {
      let position = Int.random(in: 0..<screen.count, using: &list.random)
      let column = Int.random(in: 0..<screen.columns.count, using: &list.random)
      let text = list.correction()
      let before = screen.rows(0..<screen.count)
      let outcome = screen.correct(position, column: column, to: text)
      let after = screen.rows(0..<screen.count)
      switch outcome {
      case .taken(let others):
        #expect(after[position].cells[column].utf8.elementsEqual(text.utf8))
        for index in after.indices where index != position && !others.contains(index) {
          #expect(after[index] == before[index])
        }
      case .refused:
        #expect(screen.encoding == .cp932 && text.contains { !$0.isASCII })
        #expect(after[position].cells == before[position].cells)
        #expect(after[position].findings.contains { $0.column == column })
      case .noSuchCell, .notCorrectable: Issue.record("\(outcome)")
      }
      try expectSummary(screen)
    }
    let (reopened, diagnostics) = open(path, screen.corrections)
    let other = try #require(reopened)
    #expect(plain(other) == plain(screen))
    #expect(plain(diagnostics) == plain(screen.diagnostics))
    try FileManager.default.removeItem(atPath: out)
    try screen.write(to: out)
    let (written, more) = open(out)
    let result = try #require(written)
    #expect(plain(result) == plain(screen))
    #expect(plain(more) == plain(screen.diagnostics))
    #expect(result.summary.corrected == 0 && result.corrections.isEmpty)
    try expectSameRoster(screen, as: out, Self.common, Self.binder)
  }

  /// The rows that a reader of the list does not pass over, without what only the screen knows.
  private func plain(_ screen: RosterScreen) -> [[String]] {
    let passed = ["除いたか、空にした行なので、書類は作りません。", "合計の行とみなし、読み飛ばします。"]
    return screen.rows(0..<screen.count).filter { row in
      !row.findings.contains { passed.contains($0.diagnostic.message.ja) }
    }.map { row in
      var cells = row.cells
      while cells.last == "" { cells.removeLast() }
      let findings = row.findings.filter { !$0.diagnostic.message.ja.hasSuffix("元の値のままにしました。") }
      return ["\(row.number)", row.contract, row.title, row.vendor, row.vendorName]
        + cells + findings.map(plain)
    } + [summaries(screen)]
  }

  /// Without the place, whose file is another for each list.
  private func plain(_ finding: Finding) -> String {
    let diagnostic = finding.diagnostic
    return "\(finding.scope) \(diagnostic.severity) \(diagnostic.message) \(finding.fields)"
      + " \(finding.count ?? 0) \(String(describing: finding.advice))"
  }

  /// What rows have alike, without refusals.
  private func summaries(_ screen: RosterScreen) -> [String] {
    (screen.cautions + screen.widespreadFindings).map(plain).filter {
      !$0.contains("元の値のままにしました。")
    }
  }

  /// Without rows of totals, which a screen reports in the row where a correction made it one.
  private func plain(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.filter { $0.code != .totalRow }.map(\.message.ja)
  }

  private func expectSummary(_ screen: RosterScreen) throws {
    let states = screen.rows(0..<screen.count).map(\.state)
    #expect(screen.summary.good == states.count { $0 == .good })
    #expect(screen.summary.warnings == states.count { $0 == .warning })
    #expect(screen.summary.errors == states.count { $0 == .error })
    #expect(screen.summary.excluded == states.count { $0 == .excluded })
    #expect(
      screen.summary.corrected
        == screen.rows(0..<screen.count).reduce(0) { $0 + $1.corrected.count }
    )
    for row in screen.rows(0..<screen.count) {
      let worst: RosterScreen.State =
        row.findings.isEmpty
        ? .good : row.findings.contains { $0.diagnostic.severity == .error } ? .error : .warning
      // One that is passed over says why, and nothing else.
      #expect(row.state == worst || row.state == .excluded && row.findings.count == 1)
    }
  }

  private func expectSameFiles(_ a: String, _ b: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: a, isDirectory: &isFolder), isFolder.boolValue
    else {
      #expect(try bytes(of: a) == bytes(of: b))
      return
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: a).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: b).sorted() == names)
    for name in names { #expect(try bytes(of: "\(a)/\(name)") == bytes(of: "\(b)/\(name)")) }
  }
}

extension RosterScreen {
  /// A single cell.
  fileprivate mutating func correct(_ position: Int, column: Int, to text: String?) -> Correction {
    correct(position, [(column, text)])
  }
}
