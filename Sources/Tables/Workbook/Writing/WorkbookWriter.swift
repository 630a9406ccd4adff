package import Files

/// Writes an XLSX workbook in which every cell is text, so that no spreadsheet program takes leading zeros away or makes a date
/// of a number.
///
/// Rows go to a temporary file until `close`, whatever sheet they are of; memory does not grow with them. The same rows make the
/// same bytes.
package final class WorkbookWriter {
  private let path: String
  private var sheets: [Sheet] = []

  private struct Sheet {
    let name: String
    let file: WorkbookTemporaryFile
    /// The columns that hold sentences: wide, and broken into lines.
    let prose: [Int]
    var rows = 0
    var buffer: [UInt8] = []
  }

  /// Nothing stands at `path` before `close`; a file that is there is replaced.
  package init(_ path: String) { self.path = path }

  /// A new sheet with its first row, which stays in sight; the number to append to it with.
  ///
  /// What Excel refuses in a name becomes `_`. `prose` are the columns, counted from 0, that hold sentences.
  package func addSheet(_ name: String, header: [[UInt8]], prose: [Int] = [])
    throws(FileSystem.Failure) -> Int
  {
    let file = try WorkbookTemporaryFile(beside: path)
    sheets.append(Sheet(name: unusedName(like: name), file: file, prose: prose))
    let index = sheets.count - 1
    sheets[index].buffer.append(xml: Part.start(of: header, prose, isFirst: index == 0))
    try append(header, to: index)
    return index
  }

  /// Appends a row of well-formed UTF-8; an empty cell is left out.
  package func append(_ cells: [[UInt8]], to sheet: Int) throws(FileSystem.Failure) {
    sheets[sheet].rows += 1
    sheets[sheet].buffer.append(row: sheets[sheet].rows, cells, sheets[sheet].prose)
    if sheets[sheet].buffer.count >= 1 << 16 { try flush(sheet) }
  }

  private func flush(_ sheet: Int) throws(FileSystem.Failure) {
    try sheets[sheet].file.write(sheets[sheet].buffer)
    sheets[sheet].buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the workbook; nothing may follow.
  package func close() throws(FileSystem.Failure) {
    let output = try WorkbookOutput(path)
    let names = sheets.map(\.name)
    try output.add("[Content_Types].xml", Array(Part.contentTypes(sheets: names.count).utf8))
    try output.add("_rels/.rels", Array(Part.rootRelations.utf8))
    try output.add("xl/workbook.xml", Array(Part.workbook(names).utf8))
    try output.add("xl/_rels/workbook.xml.rels", Array(Part.relations(sheets: names.count).utf8))
    try output.add("xl/styles.xml", Array(Part.styles.utf8))
    for index in sheets.indices {
      sheets[index].buffer.append(xml: Part.end)
      try flush(index)
      try output.add("xl/worksheets/sheet\(index + 1).xml", sheets[index].file)
    }
    try output.close()
  }

  /// 31 UTF-16 units at most, without []:*?/\ and without an apostrophe at either end; no two alike but for their case.
  private func unusedName(like name: String) -> String {
    var units: [Unicode.Scalar] = name.unicodeScalars.map {
      "[]:*?/\\".unicodeScalars.contains($0) || $0.value < 0x20 ? "_" : $0
    }
    if units.isEmpty { units = ["_"] }
    if units.first == "'" { units[0] = "_" }
    if units.last == "'" { units[units.count - 1] = "_" }
    let taken = sheets.map { $0.name.lowercased() }
    var number = 1
    while true {
      let suffix = number == 1 ? "" : "_\(number)"
      var result = String.UnicodeScalarView(units)
      while String(result).utf16.count + suffix.utf16.count > 31 { result.removeLast() }
      let candidate = String(result) + suffix
      if !taken.contains(candidate.lowercased()) { return candidate }
      number += 1
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(xml text: String) { append(contentsOf: text.utf8) }

  fileprivate mutating func append(row: Int, _ cells: [[UInt8]], _ prose: [Int]) {
    let number = Array("\(row)".utf8)
    append(xml: "<row r=\"\(row)\">")
    for (index, cell) in cells.enumerated() where !cell.isEmpty {
      append(xml: "<c r=\"")
      append(contentsOf: CellReference.letters(index + 1))
      append(contentsOf: number)
      let style = prose.contains(index) ? 2 : 1
      append(xml: "\" s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
      append(escaping: cell)
      append(xml: "</t></is></c>")
    }
    append(xml: "</row>")
  }

  /// Text as XML, with `_x000B_` for what XML cannot carry and `_x005F_` where the text itself looks like that.
  mutating func append(escaping text: [UInt8]) {
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "&"): append(xml: "&amp;")
      case UInt8(ascii: "<"): append(xml: "&lt;")
      case UInt8(ascii: ">"): append(xml: "&gt;")
      case 0x09, 0x0A: append(byte)
      case 0x00..<0x20:
        let digits = String(byte, radix: 16, uppercase: true)
        append(xml: byte < 0x10 ? "_x000\(digits)_" : "_x00\(digits)_")
      case UInt8(ascii: "_") where text[index...].prefix(7).workbookEscape != nil:
        append(xml: "_x005F_")
      // U+FFFE and U+FFFF
      case 0xBE where index >= 2 && text[index - 2] == 0xEF && text[index - 1] == 0xBF:
        removeLast(2)
        append(xml: "_xFFFE_")
      case 0xBF where index >= 2 && text[index - 2] == 0xEF && text[index - 1] == 0xBF:
        removeLast(2)
        append(xml: "_xFFFF_")
      case _: append(byte)
      }
    }
  }
}

/// The parts around the rows.
private enum Part {
  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let document =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."

  static func contentTypes(sheets: Int) -> String {
    let parts =
      [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
      + (0..<sheets).map { ("xl/worksheets/sheet\($0 + 1).xml", "worksheet") }
    return declaration + "<Types xmlns=\"\(package)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + parts.map { "<Override PartName=\"/\($0)\" ContentType=\"\(kind)\($1)+xml\"/>" }.joined()
      + "</Types>"
  }

  static let rootRelations = relations([("officeDocument", "xl/workbook.xml")])

  static func relations(sheets: Int) -> String {
    relations(
      (0..<sheets).map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
        + [("styles", "styles.xml")]
    )
  }

  private static func relations(_ targets: [(type: String, target: String)]) -> String {
    declaration + "<Relationships xmlns=\"\(package)/relationships\">"
      + targets.enumerated().map { index, link in
        "<Relationship Id=\"rId\(index + 1)\" Type=\"\(document)/\(link.type)\" Target=\"\(link.target)\"/>"
      }.joined() + "</Relationships>"
  }

  static func workbook(_ names: [String]) -> String {
    declaration + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(document)\"><sheets>"
      + names.enumerated().map { index, name in
        var escaped: [UInt8] = []
        escaped.append(escaping: Array(name.utf8))
        let attribute = String(decoding: escaped, as: UTF8.self).replacing("\"", with: "&quot;")
        return "<sheet name=\"\(attribute)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
      }.joined() + "</sheets></workbook>"
  }

  /// Style 1 is text: format 49, @; style 2 is text in lines.
  static let styles =
    declaration + "<styleSheet xmlns=\"\(main)\">"
    + "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Yu Gothic\"/></font></fonts>"
    + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    + "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
    + "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>"
    + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
    + "</styleSheet>"

  /// A sheet up to its rows: the first row frozen, columns as wide as their headers, and text even where nothing stands yet.
  static func start(of header: [[UInt8]], _ prose: [Int], isFirst: Bool) -> String {
    let columns = header.enumerated().map { index, cell in
      let (width, style) = prose.contains(index) ? (60, 2) : (width(of: cell), 1)
      return
        "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" style=\"\(style)\" customWidth=\"1\"/>"
    }.joined()
    return declaration + "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView"
      + (isFirst ? " tabSelected=\"1\"" : "") + " workbookViewId=\"0\">"
      + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
      + "</sheetView></sheetViews>" + (columns.isEmpty ? "" : "<cols>\(columns)</cols>")
      + "<sheetData>"
  }

  /// Without the green corners that Excel gives to numbers in text.
  static let end =
    "</sheetData><ignoredErrors><ignoredError sqref=\"A1:XFD1048576\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>"

  /// In characters of ASCII, of which a Japanese one takes two.
  private static func width(of header: [UInt8]) -> Int {
    let scalars = String(decoding: header, as: UTF8.self).unicodeScalars
    return min(max(scalars.reduce(2) { $0 + ($1.isASCII ? 1 : 2) }, 10), 40)
  }
}
