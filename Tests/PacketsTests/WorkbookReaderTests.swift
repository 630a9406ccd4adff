import Diagnostics
import Files
import Fixtures
import Foundation
import Tables
import Testing

struct WorkbookReaderTests {
  @Test func everyKindOfCellIsRead() throws {
    let rows = try WorkbookParts(
      """
      <sheetData><row r="2">
      <c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2"><v>0.10000000000000001</v></c>
      <c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2"><f>A1+1</f></c>
      <c r="H2"><f>A1</f><v/></c><c r="I2" t="str"><f>"x"</f><v>計算_x000D_</v></c>
      <c r="J2" t="inlineStr"><is><r><t>一</t></r><r><t> 二</t></r><rPh><t>イチ</t></rPh></is></c>
      <c r="K2" t="d"><v>2022-04-01T00:00:00Z</v></c><c r="L2" t="b"><v>0</v></c>
      <c r="M2" t="str"><f>""</f><v></v></c><c r="N2" s="7"/>
      </row></sheetData>
      """,
      strings: """
        <si><t>住所</t><rPh sb="0" eb="1"><t>ジュウショ</t></rPh><phoneticPr/></si>
        <si><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">甲 </t></r><r><t>_x005F_x000B_乙&amp;</t></r></si>
        """
    ).read()
    #expect(rows.map(\.number) == [2])
    #expect(
      rows.first?.shown == [
        "住所", "甲 _x000B_乙&", "", "number:0.1", "boolean:true", "error:#N/A", "uncalculated:",
        "uncalculated:", "計算\r", "一 二", "date:2022-04-01", "boolean:false",
      ]
    )
  }

  @Test func placesAreImpliedAndHiddenRowsMarked() throws {
    let rows = try WorkbookParts(
      """
      <sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r="5" hidden="1"><c r="C5"><v>3</v></c><c><v>4</v></c></row>
      <row r="6"/><row hidden="0"><c><v>5</v></c></row></sheetData>
      """
    ).read()
    #expect(rows.map(\.number) == [1, 5, 7])
    #expect(rows.map(\.isHidden) == [false, true, false])
    #expect(
      rows.map(\.shown) == [
        ["number:1", "number:2"], ["", "", "number:3", "number:4"], ["number:5"],
      ]
    )
  }

  /// What other programs write and Excel reads: small letters, empty attributes, white space around values.
  @Test func looseWritingIsReadAsExcelReadsIt() throws {
    let rows = try WorkbookParts(
      """
      <sheetData><row r=""><c r="a1" s=""><v> 1
      </v></c><c r="" t="s" s="x"><v>
      0 </v></c><c r="d1" t="b"><v> 1 </v></c><c r="ab1" t="e"><v> #N/A </v></c></row>
      <row r="2"><c r="A2" t="str"><v> 甲 </v></c></row></sheetData>
      """,
      strings: "<si><t xml:space='preserve'> 乙 </t></si>"
    ).read()
    #expect(rows.map(\.number) == [1, 2])
    #expect(rows[0].shown.prefix(4) == ["number:1", " 乙 ", "", "boolean:true"])
    #expect(rows[0].shown.count == 28 && rows[0].shown.last == "error:#N/A")
    #expect(rows[1].shown == [" 甲 "])
  }

  /// Names with backslashes, as some programs on Windows write them, and parts in UTF-16, in pieces of any size.
  @Test(arguments: [true, false])
  func foreignNamesAndEncodingsAreRead(_ isBigEndian: Bool) throws {
    let count = 3000
    var book = WorkbookParts(
      "<sheetData>"
        + (1...count).map { "<row r='\($0)'><c r='A\($0)' t='s'><v>0</v></c></row>" }.joined()
        + "</sheetData>",
      strings: "<si><t>髙﨑𠮷\u{E0100}</t></si>"
    )
    for (name, text) in book.parts where !name.hasSuffix(".rels") {
      book.parts[name] = "<?xml version='1.0' encoding='UTF-16' standalone='yes'?>\n" + text
    }
    try TemporaryFile.with { path in
      let output = try WorkbookOutput(path)
      for (name, text) in book.parts.sorted(by: { $0.key < $1.key }) {
        let units = ("\u{FEFF}" + text).utf16.flatMap { unit in
          let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
          return isBigEndian ? bytes : bytes.reversed()
        }
        try output.add(
          name.replacing("/", with: "\\"),
          name.hasSuffix(".rels") ? Array(text.utf8) : units
        )
      }
      try output.close()
      let rows = try Workbook(path).rows()
      #expect(rows.count == count)
      #expect(rows.allSatisfy { $0.shown.map { Array($0.utf8) } == [Array("髙﨑𠮷\u{E0100}".utf8)] })
    }
  }

  /// Numbers as the clerk sees them.
  @Test(arguments: [
    ("44652", "44652"), ("0.1", "0.1"), ("0.30000000000000004", "0.3"), ("-1.50", "-1.5"),
    ("1.23E+15", "1.23E+15"), ("1230000000000000", "1.23E+15"),
    ("123456789012345", "123456789012345"), ("1E-5", "1E-05"), ("1E+3", "1000"),
    ("1100.0000000000002", "1100"), ("0.99999999999999989", "1"), ("0.05", "0.05"), ("-0", "0"),
    ("1234567890123456789", "1.23456789012346E+18"), ("000", "0"),
    ("4.9E-324", "5E-324"),
  ])
  func numbersAreShortestDigits(_ stored: String, _ expected: String) throws {
    let rows = try WorkbookParts("<sheetData><row><c><v>\(stored)</v></c></row></sheetData>").read()
    #expect(rows.first?.shown == ["number:\(expected)"])
  }

  @Test(arguments: [
    ("44652", 14, false, "date:2022-04-01"), ("44652", 30, false, "date:2022-04-01"),
    ("44652", 57, false, "date:2022-04-01"), ("43190", 14, true, "date:2022-04-01"),
    ("44652.388888888891", 22, false, "date:2022-04-01T09:20"),
    ("44652.38890046296", 22, false, "date:2022-04-01T09:20:01"),
    ("44651.999999999", 14, false, "date:2022-04-01"), ("1", 14, false, "date:1900-01-01"),
    ("59", 14, false, "date:1900-02-28"), ("60", 14, false, "date:1900-02-29"),
    ("61", 14, false, "date:1900-03-01"), ("0", 14, true, "date:1904-01-01"),
    ("2958465.9999999", 14, false, "date:9999-12-31T23:59:59"),
    ("2958466", 14, false, "number:2958466"), ("-1", 14, false, "number:-1"),
    ("0.38888888888888889", 20, false, "09:20"), ("0.5", 14, false, "12:00"),
    ("1.0625", 46, false, "25:30"), ("44652", 2, false, "number:44652"),
    ("0.5", 9, false, "shown:50%"),
    ("44652.5", 20, false, "date:2022-04-01T12:00"), ("43190", 2, true, "numberSince1904:43190"),
  ])
  func serialsAreDatesByFormat(_ stored: String, _ id: Int, _ is1904: Bool, _ expected: String)
    throws
  {
    let rows = try WorkbookParts(
      "<sheetData><row><c s='1'><v>\(stored)</v></c></row></sheetData>",
      styles: "<cellXfs><xf numFmtId='0'/><xf numFmtId='\(id)'/></cellXfs>",
      workbook: "<workbookPr date1904='\(is1904)'/>"
    ).read()
    #expect(rows.first?.shown == [expected])
  }

  @Test(arguments: [
    ("yyyy/m/d", "date"), ("[$-411]ggge\"年\"m\"月\"d\"日\"", "date"), ("m\"月\"d\"日\";@", "date"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "date"), ("ge.m.d", "date"), ("aaaa", "date"),
    ("mmm", "date"), ("YYYY-MM-DD HH:MM", "date"), ("[h]:mm", "time"), ("h:mm AM/PM", "time"),
    ("mm:ss.0", "time"), ("General", "number"), ("GENERAL\"d\"", "number"), ("0.00E+00", "number"),
    ("#,##0\"円d\"", "number"), ("[Red]0;[Blue]-0", "number"), ("\\d0", "number"), ("0_d", "number"),
    ("@", "number"), ("[$¥-411]#,##0;yyyy", "number"), ("\"yyyy\"0", "number"), ("*d0", "number"),
  ])
  func formatsAreUnderstood(_ code: String, _ kind: String) throws {
    let escaped = code.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
    let rows = try WorkbookParts(
      "<sheetData><row><c s='0'><v>0.5</v></c><c s='0'><v>44652</v></c></row></sheetData>",
      styles:
        "<numFmts><numFmt numFmtId='200' formatCode=\"\(escaped)\"/></numFmts><cellXfs><xf numFmtId='200'/></cellXfs>",
      workbook: "<workbookPr date1904='1'/>"
    ).read()
    let expected = [
      "date": "date:1904-01-01T12:00", "time": "12:00", "number": "numberSince1904:0.5",
    ]
    #expect(rows.first?.shown.first == expected[kind])
  }

  /// The strict edition has namespaces of its own.
  @Test func theStrictEditionIsRead() throws {
    var book = WorkbookParts(
      "<sheetData><row><c t='s'><v>0</v></c></row></sheetData>",
      strings: "<si><t>厳</t></si>"
    )
    for (name, text) in book.parts {
      book.parts[name] = text.replacing(
        WorkbookParts.main,
        with: "http://purl.oclc.org/ooxml/spreadsheetml/main"
      )
      .replacing(
        WorkbookParts.relations,
        with: "http://purl.oclc.org/ooxml/officeDocument/relationships"
      )
    }
    #expect(try book.read().map(\.shown) == [["厳"]])
  }

  /// What other namespaces and extensions hold is not of the sheet.
  @Test func extensionsArePassedOver() throws {
    let rows = try WorkbookParts(
      """
      <x:sheetData xmlns:x="urn:x"><x:row><x:c><x:v>9</x:v></x:c></x:row></x:sheetData>
      <sheetData><row><c><v>1</v><extLst><ext><v>2</v></ext></extLst></c><x:c xmlns:x="urn:x"><v>3</v></x:c></row></sheetData>
      <extLst><sheetData><row><c><v>4</v></c></row></sheetData></extLst>
      """
    ).read()
    #expect(rows.map(\.shown) == [["number:1"]])
  }

  private func reader(of book: Workbook) throws -> WorkbookReader {
    try book.reader(of: try #require(book.sheets.first))
  }

  /// Rows in front of a fault are handed out, and the fault is reported with the row.
  @Test(arguments: [
    "<row r='3'/>", "<row r='x'/>", "<row r='1048577'/>", "<row><c r='A4'/></row>",
    "<row><c r='B5'/><c r='A5'/></row>", "<row><c r='XFE5'/></row>",
    "<row><c t='s'><v>1</v></c></row>",
    "<row><c t='z'/></row>", "<row><c><v>秘</v></c></row>", "<row><c><v>nan</v></c></row>",
    "<row><c t='b'><v>2</v></c></row>", "<row>", "<row>&x;</row>", "<row>\u{1}</row>",
    "<!DOCTYPE x>",
    "<row a='" + String(repeating: "' a='", count: 400) + "'/>",
    String(repeating: "<row>", count: 200),
  ])
  func whatNoSpreadsheetSaysIsRefused(_ faulty: String) throws {
    let book = WorkbookParts("<sheetData><row r='4'><c><v>1</v></c></row>\(faulty)</sheetData>")
    try book.withFile { path in
      let reader = try reader(of: Workbook(path))
      var rows = 0
      let failure = #expect(throws: ReadFailure.self) {
        while try reader.next() != nil { rows += 1 }
      }
      #expect(failure?.diagnostic.code == .workbookDamaged)
      #expect(rows <= 1)
      #expect(throws: ReadFailure.self) { try reader.next() }
    }
  }
}
