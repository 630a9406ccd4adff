import Batches
import Diagnostics
import Records
import Rosters

extension RosterScreen {
  /// The findings of the list as a whole: errors first, then what concerns its papers, then the rest.
  package var findings: [Finding] {
    let all = diagnostics.map { diagnostic in
      let place = diagnostic.location
      let isOfList = place.file.hasPrefix(list.roster.source.path)
      return finding(isOfList ? diagnostic.moved(to: place.withoutFolder) : diagnostic, .list)
    }
    let errors = all.filter { $0.diagnostic.severity == .error }
    return errors + all.filter(\.isCaution)
      + all.filter { !$0.isCaution && $0.diagnostic.severity == .warning }
  }

  /// What nearly all rows have alike.
  package var widespreadFindings: [Finding] {
    tally.widespread(among: count - summary.excluded, list.roster.dictionary)
  }

  /// What is to be known before papers are made, and before they are handed over.
  package var cautions: [Finding] {
    findings.filter(\.isCaution) + tally.cautions
  }

  func findings(of reading: ScreenReading) -> [Finding] {
    reading.diagnostics.map { diagnostic in
      if let column = column(of: diagnostic, in: reading) {
        return finding(diagnostic, .cell(column))
      }
      guard reading.isBeside(diagnostic.location) else { return finding(diagnostic, .row) }
      return finding(diagnostic.moved(to: diagnostic.location.withoutFolder), .sheet)
    }
  }

  private func finding(_ diagnostic: Diagnostic, _ scope: Finding.Scope) -> Finding {
    let dictionary = list.roster.dictionary
    let field = diagnostic.field.flatMap(dictionary.field)
    var finding = Finding(diagnostic: diagnostic, scope: scope)
    if let field {
      let (path, label) = (dictionary.fields[field].path, dictionary.fields[field].label)
      // A rule's own basis stands in its message.
      let basis = diagnostic.code == .ruleViolated ? nil : basisWords[field]
      finding.fields = [.init(path: path, label: label, basis: basis)]
    }
    switch (scope, field) {
    case (.list, _), (.cell, _), (.row, nil): break
    case (.sheet, _): finding.advice = .correctSheet
    case (.row, let field?):
      let canBeShared = list.roster.canBeShared(field)
      finding.advice =
        dictionary.fields[field].frame > 0 || dictionary.fields[field].itemFrame != nil
        ? .addColumnOrRows : canBeShared ? .addColumnOrShare : .addColumn
    }
    return finding
  }

  /// The column that a diagnostic concerns: that of its cell, or the only one that holds its field.
  private func column(of diagnostic: Diagnostic, in reading: ScreenReading) -> Int? {
    if let column = reading.column(at: diagnostic.location) { return column }
    guard reading.isInRow(diagnostic.location), let field = diagnostic.field else { return nil }
    let holding = columns.indices.filter { columns[$0].path == field }
    return holding.count == 1 ? holding[0] : nil
  }
}
