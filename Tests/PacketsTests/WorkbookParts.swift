import Diagnostics
import Foundation
import Tables

/// A workbook put together by hand, part by part.
struct WorkbookParts {
  var parts: [String: String]
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// One sheet called 一覧; `sheet` is what stands within `worksheet`.
  init(_ sheet: String, strings: String = "", styles: String = "", workbook: String = "") {
    func links(_ targets: [(String, String)]) -> String {
      "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        + targets.enumerated().map {
          "<Relationship Id='rId\($0 + 1)' Type='\(Self.relations)/\($1.0)' Target='\($1.1)'/>"
        }.joined() + "</Relationships>"
    }
    parts = [
      "_rels/.rels": links([("officeDocument", "/xl/workbook.xml")]),
      "xl/_rels/workbook.xml.rels": links([
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "../xl/styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
      ]),
      "xl/workbook.xml":
        "<workbook xmlns='\(Self.main)' xmlns:r='\(Self.relations)'>\(workbook)<sheets><sheet name='一覧' sheetId='1' r:id='rId1'/></sheets></workbook>",
      "xl/styles.xml": "<styleSheet xmlns='\(Self.main)'>\(styles)</styleSheet>",
      "xl/sharedStrings.xml": "<sst xmlns='\(Self.main)'>\(strings)</sst>",
      "xl/worksheets/sheet1.xml": "<worksheet xmlns='\(Self.main)'>\(sheet)</worksheet>",
    ]
  }

  /// The rows of the sheet called 一覧, or why there are none.
  func read(limits: WorkbookLimits = WorkbookLimits()) throws -> [TableRow] {
    try withFile { try Workbook($0, limits: limits).rows() }
  }

  func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
    try TemporaryFile.with { path in
      let output = try WorkbookOutput(path)
      for (name, text) in parts.sorted(by: { $0.key < $1.key }) {
        try output.add(name, Array(text.utf8))
      }
      try output.close()
      return try body(path)
    }
  }
}

enum TemporaryFile {
  static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path(percentEncoded: false))
  }
}

extension Workbook {
  func rows(of index: Int = 0) throws -> [TableRow] {
    let reader = try reader(of: sheets[index])
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }
}

extension TableRow {
  /// The cells as "kind:text", for a number of a date too.
  var shown: [String] {
    cells.map { cell in
      let text = String(decoding: cell.bytes, as: UTF8.self)
      return cell.kind == .text ? text : "\(cell.kind):\(text)"
    }
  }
}
