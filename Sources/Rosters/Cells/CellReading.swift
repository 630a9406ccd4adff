import Diagnostics
import Records
package import Tables

/// Reads the cells of a column: turns what a spreadsheet made of a value back into what was meant, or reports that it cannot.
///
/// What it makes of a cell is text that the binder reads as it reads a data file's; the binder judges it. A class, for all
/// threads read with the same plan: copies of its texts would have them count the same references.
package final class CellReading: Sendable {
  let field: Field.ID
  let type: FieldType
  private let kind: Kind
  private let label: String
  private let path: String

  private enum Kind { case text, identifier, code, day, minute, number, amount, boolean }

  init(_ id: Field.ID, _ field: Field, _ type: FieldType) {
    self.field = id
    self.type = type
    label = field.label
    path = field.path
    kind =
      switch type {
      case .text, .multiline, .choice, .email, .photo: .text
      case .identifier: .identifier
      case .postalCode, .phone, .corporateNumber: .code
      case .date: .day
      case .datetime: .minute
      case .integer, .decimal: .number
      case .percent, .money: .amount
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
    switch cell.kind {
    case .error: return refuse(.error)
    case .uncalculated: return refuse(.uncalculated)
    case .covered: return refuse(.covered)
    case .scaled: return refuse(.scaled)
    case .text where cell.bytes.isSpreadsheetError: return refuse(.error)
    case .text where cell.bytes.isMojibake: return refuse(.mojibake)
    case .date where kind != .day && kind != .minute: return refuse(.bornDate)
    case .text, .number, .numberSince1904, .shown, .date, .boolean: break
    }
    let content = cell.kind == .text ? unwrapped(cell.bytes) : nil
    let bytes = content ?? cell.bytes
    switch kind {
    case .text:
      if bytes.hasLostCharacter {
        diagnostics.append(CellFault.lostCharacter.diagnostic(label, path, at: place))
      }
    case .identifier, .code:
      if bytes.hasExponent { return refuse(.exponent) }
      guard kind == .identifier else { break }
      if cell.kind.isNumber {
        if bytes.contains(UInt8(ascii: ".")) { return refuse(.likeAmount) }
        diagnostics.append(CellFault.numberCell.diagnostic(label, path, at: place))
      } else if bytes.looksLikeAmount {
        return refuse(.likeAmount)
      } else if content != nil {
        diagnostics.append(CellFault.wrapped.diagnostic(label, path, at: place))
      }
    case .day, .minute:
      guard cell.kind != .date, let day = ExcelDate.text(of: bytes, withTime: kind == .minute)
      else { break }
      // The rejected rows keep the number, but not from when it counts.
      if cell.kind == .numberSince1904 { return refuse(.dayOf1904) }
      if bytes.looksLikeYearMonthDay { return refuse(.dayOrYear) }
      diagnostics.append(CellFault.dayNumber(day).diagnostic(label, path, at: place))
      return day
    case .number, .amount:
      if bytes.namesMagnitude, bytes.contains(where: \.isDigit) { return refuse(.scaled) }
      if cell.kind.isNumber { return bytes.withoutExponent ?? bytes }
      // Without the unit that the cell's format puts behind a number: 12人.
      if cell.kind == .shown, kind == .number, let unit = bytes.firstIndex(where: { $0 >= 0x80 }) {
        return unit == 0 ? bytes : Array(bytes[..<unit])
      }
    case .boolean:
      if bytes.elementsEqual("TRUE".utf8) { return Array("true".utf8) }
      if bytes.elementsEqual("FALSE".utf8) { return Array("false".utf8) }
    }
    return bytes
  }

  /// What can be typed so that it is read as the cell is: what is seen, if that will do, and an error value for a cell that is refused
  /// although what is seen would be read.
  package func typed(_ cell: TableCell) -> [UInt8] {
    func read(_ cell: TableCell) -> [UInt8]? {
      var diagnostics: [Diagnostic] = []
      return text(of: cell, at: SourceLocation(file: ""), &diagnostics)
    }
    guard cell.kind != .text else { return cell.bytes }
    let meant = read(cell)
    return read(TableCell(cell.shown)) == meant ? cell.shown : meant ?? Array("#VALUE!".utf8)
  }

  /// What stands in `="…"`, and behind the apostrophe of what is no text; nil if neither is there.
  private func unwrapped(_ bytes: [UInt8]) -> [UInt8]? {
    switch kind {
    case .text: bytes.withoutFormula
    case .identifier: bytes.unwrappedIdentifier
    case .code, .day, .minute, .number, .amount, .boolean:
      bytes.withoutFormula ?? (bytes.first == UInt8(ascii: "'") ? Array(bytes.dropFirst()) : nil)
    }
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
