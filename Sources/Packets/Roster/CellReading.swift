import Diagnostics
import TemplateRuntime

/// Reads the cells of a column: turns what a spreadsheet made of a value back into what was meant, or tells that it cannot.
struct CellReading: Sendable {
  let field: Field.ID
  private let kind: Kind

  private enum Kind { case text, code, day, minute, number, boolean }

  init(_ field: Field.ID, _ type: FieldType) {
    self.field = field
    kind =
      switch type {
      case .text, .multiline, .choice, .email, .photo: .text
      case .identifier, .postalCode, .phone, .corporateNumber: .code
      case .date: .day
      case .datetime: .minute
      case .integer, .decimal, .percent, .money: .number
      case .boolean: .boolean
      }
  }

  /// The text that the binder is to read.
  func text(of cell: TableCell) -> [UInt8] { cell.bytes }
}
