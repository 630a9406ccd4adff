package import Diagnostics

/// What is wrong with a list, or to be known of it: in how much of the list, and what to do about it there.
package struct Finding: Hashable, Sendable {
  /// Where it is to be put right.
  package enum Scope: Hashable, Sendable {
    /// In the list as a whole, or in nearly all of its rows alike.
    case list
    /// In a sheet beside the table with the records.
    case sheet
    case row
    /// By the cell's column, counted from 0.
    case cell(Int)
  }

  /// A field that it concerns, by its path `vendor.workers.name`, and the provision that asks for it.
  package struct Field: Hashable, Sendable {
    package let path: String
    package let label: String
    package let basis: String?
  }

  /// What to do about it in the list, beside what the diagnostic says.
  package enum Advice: CaseIterable, Sendable {
    case addColumn
    /// Or give the value in the data that all rows share.
    case addColumnOrShare
    /// Or add rows to the sheet of the field's list.
    case addColumnOrRows
    case addColumnToSheet
    case correctSheet
  }

  /// Its place is named as the owner of the list knows it.
  package internal(set) var diagnostic: Diagnostic
  package internal(set) var scope: Scope
  package internal(set) var fields: [Field] = []
  /// In how many rows it was found; nil if it is not of rows.
  package internal(set) var count: Int?
  package internal(set) var advice: Advice?

  /// The column of the cell; nil for all that is no cell of the row itself.
  package var column: Int? {
    if case .cell(let column) = scope { column } else { nil }
  }

  /// Whether papers that are made in spite of it may be wrong.
  var isCaution: Bool { diagnostic.severity == .warning && diagnostic.code.concernsPapers }

  /// Whether it is of a value for which the list, or a sheet beside it, has no column.
  var isBesideColumns: Bool {
    switch scope {
    case .row: diagnostic.field != nil
    case .sheet: diagnostic.field != nil && diagnostic.code == .missingValue
    case .list, .cell: false
    }
  }
}
