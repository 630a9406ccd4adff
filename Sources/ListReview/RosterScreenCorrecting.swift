import Diagnostics
import Tables

extension RosterScreen {
  /// What became of a correction.
  package enum Correction: Sendable {
    /// It is in place; `others` have other diagnostics than before.
    case taken(others: [Int])
    /// The row is as it was, and says why.
    case refused
    /// There is no such row, or no such cell in it.
    case noSuchCell
    /// A list of this kind is not corrected on a screen.
    case notCorrectable
  }

  /// What a spreadsheet holds in a cell, in UTF-16 units.
  private static let longestText = 32_767

  /// Puts texts in the place of what cells of a row hold, all of them or none; with nil, what the file has there comes back.
  ///
  /// They are read as if they had been typed into the list as text.
  package mutating func correct(_ position: Int, _ changes: [(column: Int, text: String?)])
    -> Correction
  {
    guard case .table(var table) = content else { return .notCorrectable }
    guard (0..<count).contains(position),
      changes.allSatisfy({ columns.indices.contains($0.column) })
    else { return .noSuchCell }
    var refused = refusals[position] ?? [:]
    for (column, text) in changes {
      refused[column] = text.flatMap { refusal(of: $0, at: position, column: column, in: table) }
    }
    let isRefused = changes.contains { refused[$0.column] != nil }
    var others: Set<Int> = []
    if !isRefused {
      for (column, text) in changes {
        others.formUnion(table.correct(position, column: column, text.map { Array($0.utf8) }))
      }
    }
    for changed in others.union([position]) { _ = tallyRow(at: changed, -1) }
    content = .table(table)
    refusals[position] = refused.isEmpty ? nil : refused
    summary.corrected = table.corrections.count
    for changed in others.union([position]) { states[changed] = tallyRow(at: changed, 1) }
    summary.hasSheetErrors = tally.hasSheetErrors
    return isRefused ? .refused : .taken(others: others.sorted())
  }

  private func refusal(of text: String, at position: Int, column: Int, in table: ScreenTable)
    -> Diagnostic?
  {
    guard text.utf16.count > Self.longestText else {
      return table.refusal(of: Array(text.utf8), at: position, column: column)
    }
    var place = table.place(at: position)
    place.column = column + 1
    return .textTooLong(Self.longestText, at: place)
  }
}

extension Diagnostic {
  fileprivate static func textTooLong(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .fileTooLarge,
      .warning,
      at: location,
      ja: "一つのセルに入るのは\(limit)字までです。元の値のままにしました。",
      en: "A cell holds \(limit) characters at most. It was left as it was."
    )
  }
}
