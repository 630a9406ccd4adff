import Diagnostics
import Records
package import Tables

/// What a cell is sorted by: days and amounts by what they mean, before all texts; digits in a text by their value.
package enum SortKey: Comparable, Sendable {
  case number(Int64)
  case text(String)

  /// Nil for an empty cell; without a `reading` the column holds no field's values.
  package init?(_ cell: TableCell, _ reading: CellReading?) {
    guard !cell.isEmpty else { return nil }
    if let number = reading.map({ $0.number(in: cell) }) ?? Self.number(cell.shown) {
      self = .number(number)
    } else {
      self = .text(Self.comparable(cell.shown))
    }
  }

  /// Of a text whose column does not say what it is.
  private static func number(_ text: [UInt8]) -> Int64? {
    FieldType.money.sortNumber(meantBy: text) ?? FieldType.date.sortNumber(meantBy: text)
  }

  /// With digits filled up, so that 2 stands before 10, and full-width ones as half-width.
  private static func comparable(_ text: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var digits = String.UnicodeScalarView()
    func fillUp() {
      guard !digits.isEmpty else { return }
      result.append(contentsOf: repeatElement("0", count: max(0, 16 - digits.count)))
      result.append(contentsOf: digits)
      digits = String.UnicodeScalarView()
    }
    for scalar in String(decoding: text.trimmed(), as: UTF8.self).unicodeScalars.map(\.halfWidth) {
      if ("0"..."9").contains(scalar) {
        digits.append(scalar)
      } else {
        fillUp()
        result.append(scalar)
      }
    }
    fillUp()
    return String(result)
  }
}

extension CellReading {
  /// The day, minute or amount that a cell means; nil for one that means none.
  fileprivate func number(in cell: TableCell) -> Int64? {
    var remarks: [Diagnostic] = []
    return text(of: cell, at: SourceLocation(file: ""), &remarks).flatMap(type.sortNumber)
  }
}
