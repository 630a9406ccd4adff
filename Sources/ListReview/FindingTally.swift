import Diagnostics
package import Records
import Rosters

/// How many rows of a list have which finding, kept while rows are corrected.
///
/// Counted are the findings of rows that have papers all the same, and those of fields without a column or in sheets.
struct FindingTally: Sendable {
  /// By what rows have in common; `made` are the rows of which papers are made.
  private var counts: [Finding: (rows: Int, made: Int)] = [:]

  mutating func count(_ findings: [Finding], of state: RosterScreen.State, _ change: Int) {
    let isMade = state == .warning
    let counted = findings.filter { isMade || $0.scope == .sheet || $0.isBesideColumns }
    for finding in Set(counted.map(\.inCommon)) {
      var count = counts[finding] ?? (0, 0)
      count.rows += change
      if isMade { count.made += change }
      counts[finding] = count.rows > 0 ? count : nil
    }
  }

  /// Whether an error is to be put right in a sheet beside the list.
  var hasSheetErrors: Bool {
    counts.keys.contains { $0.scope == .sheet && $0.diagnostic.severity == .error }
  }

  /// What is to be known of papers that are made all the same, what few rows have first.
  var cautions: [Finding] {
    counts.filter { $0.value.made > 0 && $0.key.isCaution }
      .map { $0.key.found(in: $0.value.made) }.sorted { $0.count ?? 0 }
  }

  /// What nearly all of so many rows have alike, for the list, or a sheet beside it, has no column for it; missing values as one
  /// finding for each thing to do about them.
  func widespread(among rows: Int, _ dictionary: FieldDictionary) -> [Finding] {
    var found: [Finding] = []
    for (one, count) in counts
    where one.isBesideColumns && count.rows > 1 && count.rows * 10 >= rows * 9 {
      var finding = one.found(in: count.rows)
      finding.scope = .list
      if one.scope == .sheet { finding.advice = .addColumnToSheet }
      found.append(finding)
    }
    found = found.sorted { $0.diagnostic.field.flatMap(dictionary.field) ?? 0 }
    let missing = Finding.Advice.allCases.map { advice in
      found.filter { $0.advice == advice && $0.diagnostic.code == .missingValue }
    }
    return missing.filter { !$0.isEmpty }.map { .missing($0, dictionary) }
      + found.filter { $0.diagnostic.code != .missingValue }
  }
}

extension Finding {
  /// The same wherever it stands; of a missing value, in whichever item of a list.
  fileprivate var inCommon: Finding {
    var one = self
    let place = SourceLocation(file: scope == .sheet ? diagnostic.location.file : "")
    one.scope = column == nil ? scope : .row
    let (code, severity) = (diagnostic.code, diagnostic.severity)
    one.diagnostic =
      isBesideColumns && code == .missingValue
      ? Diagnostic(code, severity, at: place, ja: "", en: "", field: diagnostic.field)
      : diagnostic.moved(to: place)
    return one
  }

  fileprivate func found(in rows: Int) -> Finding {
    var one = self
    one.count = rows
    return one
  }

  /// Several values that nearly every row lacks, with the same thing to do about them.
  fileprivate static func missing(_ all: [Finding], _ dictionary: FieldDictionary) -> Finding {
    let most = 6
    let names = all.map { one in
      let field = one.diagnostic.field.flatMap(dictionary.field)
      let file = one.diagnostic.location.file
      guard file.isEmpty, let field else { return "「\(file)」の「\(one.fields[0].label)」" }
      return "「\(dictionary.columnName(of: field))」"
    }
    let rest = names.count > most ? "ほか\(names.count - most)項目" : ""
    var finding = all[0]
    finding.diagnostic = Diagnostic(
      .missingValue,
      all[0].diagnostic.severity,
      at: SourceLocation(file: ""),
      ja: "ほとんどの行に、\(names.prefix(most).joined())\(rest)がありません。",
      en: "Nearly every row lacks \(all.flatMap(\.fields).map(\.path).joined(separator: ", "))."
    )
    finding.fields = all.flatMap(\.fields)
    finding.count = all.compactMap(\.count).max()
    return finding
  }
}

extension FieldDictionary {
  /// The header of a column for a field: 件名; where lists are on the way, for the first item of each: 従事者1.従事者の氏名; where
  /// others have the same, with the records that it stands in: 受注者.複写・複製の指示.複写又は複製の目的.
  package func columnName(of id: Field.ID) -> String {
    let short = shortName(of: id)
    let isShared = fields.indices.contains { $0 != id && shortName(of: $0) == short }
    return isShared ? name(of: chain(to: id)[...]) : short
  }

  private func shortName(of id: Field.ID) -> String {
    let chain = chain(to: id)
    return name(of: chain[(chain.firstIndex { fields[$0].itemFrame != nil } ?? chain.count - 1)...])
  }

  private func name(of chain: ArraySlice<Field.ID>) -> String {
    chain.map { fields[$0].label + (fields[$0].itemFrame == nil ? "" : "1") }.joined(separator: ".")
  }
}

extension [Finding] {
  /// By a number, then by code and sentence, so that their order never depends on the order in which they were counted.
  fileprivate func sorted(by number: (Finding) -> Int) -> [Finding] {
    map { (number($0), $0.diagnostic.code.rawValue, $0.diagnostic.message.ja, $0) }
      .sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }.map(\.3)
  }
}
