import Files
import Fixtures
import Foundation

/// Lists as clerks have them, made up by chance: good and bad cells, titles above, totals, empty and short rows, stray quotes.
struct RandomList {
  var random: SeededGenerator

  static let headers = [
    "契約番号", "受注者番号", "件名", "契約締結日", "契約金額", "履行期間の始期", "履行期間の終期", "個人", "担当者電話",
    "従事者の氏名1", "従事者の氏名2", "商号又は名称",
  ]

  private static let texts = [
    "", "", "C1", "C2", "c1", "V1", "V2", "V3", "2022-04-01", "令和４年４月１日", "44652", "R4.4.1", "誤り",
    "１２３４５", "12,345", "=1+1", "'=1", "-5", "@x", "a\"b", "\"", "一\n二", "髙﨑①", "1.23E+15", "#N/A",
    "合計", " ",
    "個人", "TRUE", "044-000-0001", "2001/2/3", "a,b\tc", "々〆〇", "�", "山?川", "'", "〓",
  ]

  mutating func text() -> String { Self.texts.randomElement(using: &random) ?? "" }

  /// A text that may stand in a corrected cell.
  mutating func correction() -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: "\r\n" + text()
    case 1: text() + "𠮷〜¥" + text()
    case 2: "\t_x000D_\u{0B}&<>" + text()
    case 3: text() + text()
    case _: text()
    }
  }

  /// Header names of some columns, the keys among them.
  mutating func header() -> [String] {
    var names = Self.headers.shuffled(using: &random).prefix(Int.random(in: 2...8, using: &random))
    for key in Self.headers.prefix(2) where !names.contains(key) { names.append(key) }
    return Array(names)
  }

  mutating func rows(_ width: Int) -> [[String]] {
    (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 0...(width + 1), using: &random)).map { _ in text() }
    }
  }

  // MARK: CSV

  /// A whole file; nil if the encoding cannot hold it.
  mutating func csv(_ encoding: TextEncoding, delimiter: String, header: [String]? = nil)
    -> [UInt8]?
  {
    let header = header ?? self.header()
    let end = ["\r\n", "\n", "\r"].randomElement(using: &random) ?? "\n"
    var lines: [String] = []
    if Bool.random(using: &random) { lines.append("令和４年度" + delimiter) }
    lines.append(header.map { quoted($0, delimiter) }.joined(separator: delimiter))
    for row in rows(header.count) {
      lines.append(row.map { field($0, delimiter) }.joined(separator: delimiter))
      if Int.random(in: 0..<6, using: &random) == 0 { lines.append("") }
    }
    let text = lines.joined(separator: end) + (Bool.random(using: &random) ? end : "")
    let mark: [UInt8] = encoding == .utf8WithBOM ? [0xEF, 0xBB, 0xBF] : []
    return encoding.encode(Array(text.utf8)).map { mark + $0 }
  }

  private mutating func field(_ text: String, _ delimiter: String) -> String {
    switch Int.random(in: 0..<20, using: &random) {
    // Text behind a closing quote.
    case 0 where !text.contains("\""): "\"\(text)\"余"
    case 1..<6: "\"\(text.replacing("\"", with: "\"\""))\""
    case _: quoted(text, delimiter)
    }
  }

  private func quoted(_ text: String, _ delimiter: String) -> String {
    let isPlain =
      !text.contains { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
      && !text.hasPrefix("\"") && !text.contains(delimiter)
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }

  // MARK: Workbooks

  /// What stands within `worksheet`; style 1 is a date.
  mutating func sheet(prefix: String = "") -> String {
    let header = header()
    var xml = "<\(prefix)sheetData>"
    let names = Bool.random(using: &random)
    var number = 0
    func open(_ number: Int) -> String {
      names ? "<\(prefix)row r=\"\(number)\" spans=\"1:3\">" : "<\(prefix)row>"
    }
    for cells in [header] + rows(header.count) {
      number += 1
      if names, Int.random(in: 0..<5, using: &random) == 0 { number += 1 }
      xml += open(number)
      for (index, text) in cells.enumerated() {
        let letter = Unicode.Scalar(UInt8(65 + index))
        let place = names ? " r=\"\(letter)\(number)\"" : ""
        if number > 1, names, text.isEmpty { continue }
        xml +=
          cells == header
          ? self.text(text, place, prefix) : cell(text, place, index, number, prefix)
      }
      xml += "</\(prefix)row>"
    }
    return xml + "<!-- <c r=\"A1\"> --></\(prefix)sheetData>"
  }

  private func text(_ text: String, _ place: String, _ prefix: String) -> String {
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return
      "<\(prefix)c\(place) t='inlineStr'><\(prefix)is><\(prefix)t>\(escaped)</\(prefix)t></\(prefix)is></\(prefix)c>"
  }

  private mutating func cell(
    _ text: String,
    _ place: String,
    _ column: Int,
    _ row: Int,
    _ prefix: String
  ) -> String {
    let p = prefix
    return switch Int.random(in: 0..<14, using: &random) {
    case 0: "<\(p)c\(place) s=\"1\"><\(p)v>44652</\(p)v></\(p)c>"
    case 1: "<\(p)c\(place)><\(p)v>\(row)</\(p)v></\(p)c>"
    case 2: "<\(p)c\(place) t=\"b\"><\(p)v>1</\(p)v></\(p)c>"
    case 3: "<\(p)c\(place) t=\"e\"><\(p)f>1/0</\(p)f><\(p)v>#DIV/0!</\(p)v></\(p)c>"
    case 4: "<\(p)c\(place)><\(p)f>A1*2</\(p)f></\(p)c>"
    case 5:
      "<\(p)c\(place) t=\"str\"><\(p)f t=\"shared\" si=\"\(column)\" ref=\"A1:Z99\">\"V\"&amp;1</\(p)f><\(p)v>V1</\(p)v></\(p)c>"
    case 6:
      "<\(p)c\(place) t=\"str\"><\(p)f t=\"shared\" si=\"\(column)\"/><\(p)v>V2</\(p)v></\(p)c>"
    case 7: "<\(p)c\(place) s=\"1\"/>"
    case 8:
      "<\(p)c\(place) t=\"str\"><\(p)f t=\"array\" ref=\"A\(row):C\(row + 1)\">1</\(p)f><\(p)v>C1</\(p)v></\(p)c>"
    case _: self.text(text, place, prefix)
    }
  }
}
