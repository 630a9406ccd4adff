import Diagnostics

extension RosterScreen {
  /// What became of a correction.
  package enum Correction: Sendable {
    /// It is in place; of `others` something else is to be told than before.
    case taken(others: [Int])
    /// The cell is as it was; its row says why.
    case refused
    /// There is no such cell.
    case noSuchCell
    /// A list of this kind is not corrected on a screen.
    case notCorrectable
  }

  /// What a spreadsheet holds in a cell, in UTF-16 units.
  private static let longestText = 32_767

  /// Puts a text in the place of what a cell holds; with nil, what the file has there comes back.
  ///
  /// It is read as if it had been typed into the list as text.
  package mutating func correct(_ position: Int, column: Int, to text: String?) -> Correction {
    guard case .table(var table) = content else { return .notCorrectable }
    guard (0..<count).contains(position), columns.indices.contains(column) else {
      return .noSuchCell
    }
    let place = SourceLocation.cell(
      file: list.roster.tableName,
      row: table.row(at: position).number,
      column: column + 1
    )
    let bytes = text.map { Array($0.utf8) }
    let refusal =
      text.map(\.utf16.count) ?? 0 > Self.longestText
      ? .textTooLong(Self.longestText, at: place)
      : bytes.flatMap { table.refusal(of: $0, at: position, column: column) }
    refusals[position, default: [:]][column] = refusal
    if refusals[position]?.isEmpty == true { refusals[position] = nil }
    var others: [Int] = []
    if refusal == nil {
      others = table.correct(position, column: column, bytes)
      content = .table(table)
      summary.corrected = table.corrections.count
    }
    for changed in [position] + others {
      summary.count(states[changed], -1)
      states[changed] = state(at: changed)
      summary.count(states[changed], 1)
    }
    return refusal == nil ? .taken(others: others) : .refused
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
