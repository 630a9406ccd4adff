import Diagnostics
import TemplateRuntime

/// Reads the cells of a column: turns what a spreadsheet made of a value back into what was meant, or tells that it cannot.
///
/// What it makes of a cell is text that the binder reads as it reads a data file's; the binder judges it. A class, for all
/// threads read with the same plan: copies of its texts would have them count the same references.
final class CellReading: Sendable {
  let field: Field.ID
  private let kind: Kind
  private let label: String
  private let path: String

  private enum Kind { case text, identifier, code, day, minute, number, boolean }

  init(_ id: Field.ID, _ field: Field, _ type: FieldType) {
    self.field = id
    label = field.label
    path = field.path
    kind =
      switch type {
      case .text, .multiline, .choice, .email, .photo: .text
      case .identifier: .identifier
      case .postalCode, .phone, .corporateNumber: .code
      case .date: .day
      case .datetime: .minute
      case .integer, .decimal, .percent, .money: .number
      case .boolean: .boolean
      }
  }

  /// The text that the binder is to read; nil if there is none.
  func text(of cell: TableCell, at place: SourceLocation, _ diagnostics: inout [Diagnostic])
    -> [UInt8]?
  {
    func refuse(_ fault: CellFault) -> [UInt8]? {
      diagnostics.append(fault.diagnostic(label, path, at: place))
      return nil
    }
    let bytes = cell.bytes
    switch cell.kind {
    case .error: return refuse(.error)
    case .uncalculated: return refuse(.uncalculated)
    case .text where bytes.first == UInt8(ascii: "#") && bytes.isSpreadsheetError:
      return refuse(.error)
    case .date where kind != .day && kind != .minute: return refuse(.bornDate)
    case .text, .number, .numberSince1904, .date, .boolean: break
    }
    switch kind {
    case .text:
      if bytes.hasLostCharacter {
        diagnostics.append(CellFault.lostCharacter.diagnostic(label, path, at: place))
      }
    case .identifier, .code:
      if bytes.hasExponent { return refuse(.exponent) }
      guard kind == .identifier else { break }
      if cell.kind.isNumber {
        diagnostics.append(CellFault.numberCell.diagnostic(label, path, at: place))
      } else if bytes.looksLikeDate {
        diagnostics.append(CellFault.likeDate.diagnostic(label, path, at: place))
      }
    case .day, .minute:
      let day = ExcelDate.text(of: bytes, withTime: kind == .minute)
      // The rejected rows keep the number, but not from when it counts.
      if day != nil, cell.kind == .numberSince1904 { return refuse(.dayOf1904) }
      return day ?? bytes
    case .number:
      return cell.kind.isNumber ? bytes.withoutExponent ?? bytes : bytes
    case .boolean:
      if bytes.elementsEqual("TRUE".utf8) { return Array("true".utf8) }
      if bytes.elementsEqual("FALSE".utf8) { return Array("false".utf8) }
    }
    return bytes
  }
}

/// Days as spreadsheets count them: 44652 is 2022-04-01.
enum ExcelDate {
  /// Five digits, with a fraction for the time of day where `withTime` says so.
  ///
  /// Nil for anything else. Five digits are the days from 1927 to 2173; a day of eight digits is none of them.
  static func text(of bytes: [UInt8], withTime: Bool) -> [UInt8]? {
    guard bytes.count >= 5, bytes[..<5].allSatisfy(\.isDigit) else { return nil }
    let fraction = bytes[5...]
    guard fraction.isEmpty || withTime && fraction.first == UInt8(ascii: "."),
      fraction.dropFirst().allSatisfy(\.isDigit),
      let value = Double(String(decoding: bytes, as: UTF8.self)), value >= 10_000
    else { return nil }
    let seconds = Int64((value * 86_400).rounded())
    let day = CivilDate(dayNumber: seconds / 86_400 - 25_569)
    guard withTime, !fraction.isEmpty else { return Array(day.iso.utf8) }
    let time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    let shown = time.last == "00" ? time.dropLast() : time[...]
    return Array("\(day.iso)T\(shown.joined(separator: ":"))".utf8)
  }
}

extension TableCell.Kind {
  fileprivate var isNumber: Bool { self == .number || self == .numberSince1904 }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension [UInt8] {
  /// #N/A and its like, as a spreadsheet writes them into CSV.
  fileprivate var isSpreadsheetError: Bool {
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"]
      .contains { elementsEqual($0.utf8) } || count > 1 && allSatisfy { $0 == UInt8(ascii: "#") }
  }

  /// 1.23E+15: what is left of a number with more than fifteen digits.
  fileprivate var hasExponent: Bool {
    guard count >= 4, self[0].isDigit, let mark = firstIndex(of: UInt8(ascii: "E")) else {
      return false
    }
    let digits = self[(mark + 1)...].drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return self[..<mark].allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
      && digits.startIndex > mark + 1 && !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

  /// 15000000 for 1.5E+7; nil if that is no whole number.
  fileprivate var withoutExponent: [UInt8]? {
    guard let mark = firstIndex(of: UInt8(ascii: "E")),
      let exponent = Int(String(decoding: self[(mark + 1)...], as: UTF8.self)),
      (0...17).contains(exponent)
    else { return nil }
    let parts = self[..<mark].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? Array(parts[1]) : []
    guard parts.count <= 2, decimals.count <= exponent else { return nil }
    return parts[0] + decimals + repeatElement(0x30, count: exponent - decimals.count)
  }

  /// 2001/2/3, 2月3日: what a spreadsheet makes of 1-2-3 and 2-3.
  fileprivate var looksLikeDate: Bool {
    let slashes = split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if slashes.count == 3 {
      return slashes[0].count == 4
        && slashes.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(\.isDigit) }
    }
    let rest = drop(while: \.isDigit)
    guard rest.startIndex > 0, rest.starts(with: "月".utf8) else { return false }
    let day = rest.dropFirst(3)
    return day.first?.isDigit == true && day.drop(while: \.isDigit).elementsEqual("日".utf8)
  }

  /// U+FFFD and 〓, and a ? beside a kanji, stand where a character was lost on the way.
  fileprivate var hasLostCharacter: Bool {
    for (index, byte) in enumerated() {
      switch byte {
      case UInt8(ascii: "?"):
        if index >= 3 && self[index - 3].beginsKanji { return true }
        if index + 1 < count && self[index + 1].beginsKanji { return true }
      case 0xBD where index >= 2 && self[index - 1] == 0xBF && self[index - 2] == 0xEF: return true
      case 0x93 where index >= 2 && self[index - 1] == 0x80 && self[index - 2] == 0xE3: return true
      case _: break
      }
    }
    return false
  }
}

extension UInt8 {
  /// The first byte of U+4000 to U+9FFF.
  fileprivate var beginsKanji: Bool { (0xE4...0xE9).contains(self) }
}

/// What a spreadsheet or a conversion did to a cell.
private enum CellFault {
  case error, uncalculated, bornDate, likeDate, dayOf1904, exponent, numberCell, lostCharacter

  func diagnostic(_ label: String, _ path: String, at place: SourceLocation) -> Diagnostic {
    let (ja, en) = sentence
    return Diagnostic(
      code,
      severity,
      at: place,
      ja: "「\(label)」（\(path)）\(ja)",
      en: "\(path) (\(label)) \(en)",
      hint: hint,
      field: path
    )
  }

  private var code: DiagnosticCode {
    switch self {
    case .error, .uncalculated: .cellError
    case .bornDate, .likeDate, .dayOf1904, .exponent, .numberCell: .damagedCell
    case .lostCharacter: .lostCharacter
    }
  }

  private var severity: Diagnostic.Severity {
    switch self {
    case .error, .uncalculated, .bornDate, .dayOf1904, .exponent: .error
    case .likeDate, .numberCell, .lostCharacter: .warning
    }
  }

  private var sentence: (ja: String, en: String) {
    switch self {
    case .error: ("のセルがエラー値です。", "is an error value.")
    case .uncalculated: ("の数式の値が保存されていません。", "is a formula without a stored value.")
    case .bornDate: ("のセルが日付になっています。", "has become a date.")
    case .likeDate: ("が日付のように見えます。", "looks like a date.")
    case .dayOf1904:
      (
        "のセルが、日付の表示形式でない数値です。1904年から日を数えるブックなので、日付と決められません。",
        "is a number without a date's format, in a workbook that counts days from 1904."
      )
    case .exponent: ("が指数の形になり、下の桁が失われています。", "has become a power of ten and lost digits.")
    case .numberCell: ("のセルが数値です。先頭の0が失われていないか確かめてください。", "is a number; leading zeros may be lost.")
    case .lostCharacter: ("に、文字化けの跡（〓や?）があります。", "shows traces of lost characters.")
    }
  }

  private var hint: Message? {
    switch self {
    case .error: Message(ja: "数式を直すか、値を入力してください", en: "mend the formula or type the value")
    case .uncalculated:
      Message(ja: "Excelで開いて保存し直してください", en: "open it in a spreadsheet and save it again")
    case .dayOf1904:
      Message(ja: "2022-04-01 のように、日付を入力し直してください", en: "type the day anew, as 2022-04-01")
    case .bornDate, .likeDate, .exponent, .numberCell:
      Message(
        ja: "セルの表示形式を「文字列」にして、入力し直してください",
        en: "format the cell as text and type the value anew"
      )
    case .lostCharacter:
      Message(ja: "元の文字を確かめて、入力し直してください", en: "see what the character was, and type it anew")
    }
  }
}
