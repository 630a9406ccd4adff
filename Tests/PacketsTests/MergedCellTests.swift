import Diagnostics
import Fixtures
import Foundation
import ListReview
import Packets
import Records
import Testing

/// Merged cells of data hold the value that is seen over them, in a batch, on the screen and among the rejects.
struct MergedCellTests {
  private static let binder = Binder(SmallDictionary.shared)
  private static let common = RawNode(.mapping([]), at: Diagnostics.SourceLocation(file: "common"))

  /// A sheet of texts; an empty one is no cell.
  private func sheet(_ rows: [[String]], merged: [String]) -> String {
    let lines = rows.enumerated().map { number, row in
      let cells = row.enumerated().map { index, text in
        let place = "\("ABCDEFG".map(String.init)[index])\(number + 1)"
        return text.isEmpty
          ? "" : "<c r='\(place)' t='inlineStr'><is><t>\(text)</t></is></c>"
      }
      return "<row r='\(number + 1)'>\(cells.joined())</row>"
    }
    let ranges = merged.map { "<mergeCell ref='\($0)'/>" }.joined()
    return
      "<sheetData>\(lines.joined())</sheetData><mergeCells count='\(merged.count)'>\(ranges)</mergeCells>"
  }

  private func screen(_ path: String) throws -> RosterScreen {
    let opened = RosterScreen.open(
      path,
      common: Self.common,
      binder: Self.binder,
      basisWords: [:],
      options: PacketOptions()
    )
    #expect(opened.diagnostics.flatMap(\.faultsOfStyle) == [])
    return try #require(opened.screen)
  }

  private static let header = ["契約番号", "受注者番号", "件名", "契約締結日", "商号又は名称"]

  @Test func coveredCellsTakeTheRangesValue() throws {
    let rows = [
      ["契約一覧"], Self.header, ["C1", "V1", "清掃", "2022-04-01", "甲"], ["", "V2", "", "", "乙"],
      ["", "V3", "", "", "丙"], ["C2", "V4", "警備", "", "丁"],
    ]
    let merged = ["A1:E1", "A3:A5", "C3:C5", "D3:D4"]
    try WorkbookParts(sheet(rows, merged: merged)).withFile { path in
      let screen = try screen(path)
      #expect(
        screen.rows(0..<4).map(\.cells) == [
          ["C1", "V1", "清掃", "2022-04-01", "甲"], ["C1", "V2", "清掃", "2022-04-01", "乙"],
          ["C1", "V3", "清掃", "", "丙"], ["C2", "V4", "警備", "", "丁"],
        ]
      )
      #expect(screen.summary.good == 4)
      #expect(
        screen.diagnostics.filter { $0.code == .mergedCells }.map(\.location.description) == [
          "\(path)/一覧!A3"
        ]
      )
    }
  }

  /// Over several fields, over vendors' ids, and where a value hides below, nobody knows whose a value is.
  @Test func whatIsNotCertainIsRefusedCellByCell() throws {
    let rows = [
      Self.header, ["C1", "V1", "清掃", "", "甲"], ["C2", "", "受付", "2022-04-01", "乙"],
      ["C3", "V3", "運搬", "2022-04-02", "丙"], ["C4", "V4", "運搬", "", "丁"],
    ]
    let merged = ["C2:D2", "B2:B3", "C3:C4"]
    try WorkbookParts(sheet(rows, merged: merged)).withFile { path in
      let screen = try screen(path)
      let findings = screen.rows(0..<4).map {
        $0.findings.map { "\($0.diagnostic.code.rawValue) \($0.column ?? -1)" }
      }
      #expect(findings == [["merged-cells 3"], ["merged-cells 1"], ["merged-cells 2"], []])
    }
  }

  /// A record over two rows of the sheet is one record.
  @Test func aRowOfNothingButCoveredCellsIsNone() throws {
    let rows = [
      Self.header, ["C1", "V1", "清掃", "2022-04-01", "甲"], ["", "", "", "", ""],
      ["C2", "V2", "受付", "2022-04-01", "乙"],
    ]
    let merged = "ABCDE".map { "\($0)2:\($0)3" }
    try WorkbookParts(sheet(rows, merged: merged)).withFile { path in
      let screen = try screen(path)
      #expect(screen.count == 2 && screen.summary.good == 2)
    }
  }

  /// Keys too, in the sheets beside the list, whose rows are nobody's alone.
  @Test func sheetsBesideTheListAreReadAlike() throws {
    var book = WorkbookParts(sheet([Self.header, ["C1", "V1", "", "", "甲"]], merged: ["A9:A10"]))
    let workers = sheet(
      [["契約番号", "受注者番号", "従事者の氏名"], ["C1", "V1", "一"], ["", "", "二"], ["", "", "三"]],
      merged: ["A2:A4", "B2:B4"]
    )
    book.parts["xl/worksheets/sheet2.xml"] =
      "<worksheet xmlns='\(WorkbookParts.main)'>\(workers)</worksheet>"
    let links = "xl/_rels/workbook.xml.rels"
    book.parts[links] = book.parts[links]?.replacing(
      "</Relationships>",
      with:
        "<Relationship Id='rId9' Type='\(WorkbookParts.relations)/worksheet' Target='worksheets/sheet2.xml'/></Relationships>"
    )
    book.parts["xl/workbook.xml"] = book.parts["xl/workbook.xml"]?.replacing(
      "</sheets>",
      with: "<sheet name='従事者' sheetId='2' r:id='rId9'/></sheets>"
    )
    try book.withFile { path in
      let screen = try screen(path)
      var node = screen.tree(at: 0)
      for name in ["vendor", "workers"] {
        guard case .mapping(let entries)? = node?.content else { break }
        node = entries.first { $0.key == name }?.value
      }
      guard case .sequence(let workers)? = node?.content else {
        Issue.record("no workers")
        return
      }
      #expect(workers.count == 3)
    }
  }

  /// What is typed over a cell is that cell's alone, and so it is in the list that is taken away.
  @Test(arguments: [0, 1])
  func aCorrectionOfOneRowLeavesTheOthers(_ position: Int) throws {
    let rows = [
      Self.header, ["C1", "V1", "清掃", "2022-04-01", "甲"], ["", "V2", "", "", "乙"],
      ["C2", "V3", "受付", "2022-04-01", "丙"], ["", "V4", "", "", "丁"],
    ]
    try WorkbookParts(sheet(rows, merged: ["A2:A3", "C2:C3", "D2:D3", "C4:C5", "A4:A5"])).withFile {
      path in
      var screen = try screen(path)
      _ = screen.correct(position, [(2, "警備")])
      let cells = screen.rows(0..<4).map(\.cells)
      #expect(
        cells.map { $0[2] } == (position == 0 ? ["警備", "清掃"] : ["清掃", "警備"]) + ["受付", "受付"]
      )
      #expect(
        screen.rows(0..<4).map { $0.findings.map(\.diagnostic.code) } == [
          [.contractDiffers], [.contractDiffers], [], [],
        ]
      )
      let copy = path + ".copy.xlsx"
      defer { try? FileManager.default.removeItem(atPath: copy) }
      try screen.write(to: copy)
      #expect(try self.screen(copy).rows(0..<4).map(\.cells) == cells)
      try expectSameRoster(screen, as: copy, Self.common, Self.binder)
    }
  }
}
