import Foundation
import Testing

/// What a clerk sees of a number is what an identifier, a postal code, a telephone number or a text holds.
struct NumberFormatTests {
  @Test(arguments: [
    // Zeros and literals.
    ("0000000", "40012", "shown:0040012"), ("0000000", "12345678", "shown:12345678"),
    ("000-0000", "600001", "shown:060-0001"), ("\"第\"0\"庁舎\"", "3", "shown:第3庁舎"),
    ("\"H\"yy", "44652", "date:2022-04-01"), ("\"R\"0\".\"00\".\"00", "40401", "shown:R4.04.01"),
    ("\\R0\\-000", "4012", "shown:R4-012"), ("!第0!号", "12", "shown:第12号"),
    ("第0号", "12", "shown:第12号"),
    ("General\"号\"", "12", "shown:12号"), ("@\"号\"", "12", "shown:12号"),
    ("0000-", "7", "shown:0007-"),
    ("[DBNum3]0000", "12", "shown:0012"), ("0\"部\"_ ", "3", "shown:3部"),
    ("00-00", "0", "shown:00-00"),
    // The formats that Excel offers for Japan.
    ("[<=999]000;[<=9999]000-00;000-0000", "600001", "shown:060-0001"),
    ("[<=999]000;[<=9999]000-00;000-0000", "60", "shown:060"),
    ("[<=99999999]####-####;\\(00\\)\\ ####-####", "440000001", "shown:(04) 4000-0001"),
    ("[<=99999999]####-####;\\(00\\)\\ ####-####", "12345678", "shown:1234-5678"),
    ("0\\-0000\\-0000\\-0000", "3020000823576", "shown:3-0200-0082-3576"),
    // Digits as they are.
    ("0", "40012", "number:40012"), ("#,##0", "40012", "number:40012"),
    ("0_);(0)", "12", "number:12"),
    ("0_);(0)", "-12", "number:-12"), ("#,##0;\"△\"#,##0", "-12", "number:-12"),
    ("@", "40012", "number:40012"),
    ("[$¥-411]#,##0", "12", "number:12"),
    ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "0", "number:0"),
    ("0.00", "1.5", "number:1.5"), ("# ?/?", "0.5", "number:0.5"), ("0.00E+00", "12", "number:12"),
    // A digit that is not seen is not lost.
    ("0\"円\"", "12.5", "number:12.5"), ("0000", "12.5", "number:12.5"),
    ("0000", "1230000000000000", "number:1.23E+15"),
    // Amounts.
    ("#,##0\"円\"", "12345678", "shown:12,345,678円"), ("\"金\"#,##0\"円也\"", "1000", "shown:金1,000円也"),
    ("0,000", "12", "shown:0,012"), ("0.0\"kg\"", "1.5", "shown:1.5kg"), ("0%", "0.8", "shown:80%"),
    ("0%", "0.805", "shown:81%"), ("0.0%", "0.8", "shown:80.0%"),
    ("#,##0\"千円\"", "12345", "shown:12,345千円"), ("#,##0,", "12345678", "scaled:12,346（千）"),
    ("#,##0,\"千円\"", "12345678", "scaled:12,346千円"), ("#,##0,,\"百万円\"", "12345678", "scaled:12百万円"),
    ("0.0,,", "12345678", "scaled:12.3（千千）"), ("[>999]#,##0,\"千円\";0\"円\"", "500", "shown:500円"),
    ("[>999]#,##0,\"千円\";0\"円\"", "12000", "scaled:12千円"),
    // What is not seen is not there.
    ("#,##0;;", "0", ""), ("#,##0;-#,##0;", "0", ""), (";;;", "12", ""),
    ("0;0;\"未定\"", "0", "shown:未定"),
    ("#,##0;-#,##0;", "12", "number:12"), ("#", "0", ""), ("#,###", "0", ""),
    ("#,###", "12", "number:12"), ("#,##0", "0", "number:0"),
    // A code without a piece that is seen hides nothing.
    ("", "12", "number:12"), ("[Red]", "12", "number:12"), ("[$-411]", "12", "number:12"),
  ])
  func aNumberIsReadAsItIsShown(_ code: String, _ stored: String, _ expected: String) throws {
    let escaped = code.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
      .replacing("<", with: "&lt;")
    let rows = try WorkbookParts(
      "<sheetData><row><c s='0'><v>\(stored)</v></c><c><v>1</v></c></row></sheetData>",
      styles:
        "<numFmts><numFmt numFmtId='200' formatCode=\"\(escaped)\"/></numFmts><cellXfs><xf numFmtId='200'/></cellXfs>"
    ).read()
    #expect(rows.first?.shown.first == expected)
  }

  @Test(arguments: [
    ("@", "甲", "甲"), ("\"V\"@", "001", "shown:V001"), ("0;0;0;\"第\"@\"号\"", "3", "shown:第3号"),
    ("@\"千円\"", "12,345", "shown:12,345千円"), (";;;", "甲", ""), ("0;-0;0;", "甲", ""),
    ("0;-0;0", "甲", "甲"), ("#,##0\"円\"", "甲", "甲"), ("General", "甲", "甲"),
  ])
  func aTextIsReadAsItIsShown(_ code: String, _ text: String, _ expected: String) throws {
    let escaped = code.replacing("\"", with: "&quot;")
    let rows = try WorkbookParts(
      "<sheetData><row><c s='0' t='inlineStr'><is><t>\(text)</t></is></c><c><v>1</v></c></row></sheetData>",
      styles:
        "<numFmts><numFmt numFmtId='200' formatCode=\"\(escaped)\"/></numFmts><cellXfs><xf numFmtId='200'/></cellXfs>"
    ).read()
    #expect(rows.first?.shown.first == expected)
  }

  @Test func aSheetMayHideItsZeros() throws {
    let cells = "<sheetData><row><c><v>0</v></c><c><v>10</v></c><c><v>0.0</v></c></row></sheetData>"
    let hidden = "<sheetViews><sheetView showZeros='0' workbookViewId='0'/></sheetViews>"
    #expect(try WorkbookParts(hidden + cells).read().first?.shown == ["", "number:10"])
    #expect(try WorkbookParts(cells).read().first?.shown == ["number:0", "number:10", "number:0"])
  }

  /// As Excel reads them: the text of an inline string, the value of any other cell.
  @Test func aTextOfItsOwnOutranksAValue() throws {
    let rows = try WorkbookParts(
      """
      <sheetData><row><c t="inlineStr"><is><t>甲</t></is><v>乙</v></c><c t="inlineStr"><v>乙</v><is><t>甲</t></is></c>
      <c><is><t>9</t></is><v>1</v></c><c t="str"><is><t>甲</t></is><v>乙</v></c><c t="inlineStr"><v>丙</v></c></row></sheetData>
      """
    ).read()
    #expect(rows.first?.shown == ["甲", "甲", "number:1", "乙", "丙"])
  }
}
