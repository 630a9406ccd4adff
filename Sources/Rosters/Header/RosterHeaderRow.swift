import Diagnostics
import Files
import Records
package import Tables

/// The header that was found in a table: which row it is, and what each column holds.
package struct RosterHeaderRow: Sendable {
  package let row: TableRow
  package let columns: [RosterColumn]

  /// Whether an earlier batch wrote the table as its rejects.
  var isCorrection: Bool { columns.contains(.report) }

  func column(of id: Field.ID?) -> Int? {
    id.flatMap { columns.firstIndex(of: .field($0, items: [])) }
  }

  /// The number of the first filled cell that no header stands over.
  func columnBeyond(in row: TableRow) -> Int? {
    row.cells.indices.first { index in
      (index >= columns.count || columns[index] == .none) && !row.cells[index].bytes.isEmpty
    }.map { $0 + 1 }
  }

  /// The rows among which it is looked for.
  package static let mostSearched = 50

  /// Looks for the header among the first rows: the first row in which a key and another column, or most cells, are known.
  static func find(
    in reader: inout some TableReader,
    _ reading: HeaderReading,
    keys: [Field.ID],
    given number: Int?
  ) throws(ReadFailure) -> (header: RosterHeaderRow?, diagnostics: [Diagnostic]) {
    var best: (known: [Field.ID], row: TableRow)?
    var passed: [Int] = []
    var units: Int?
    while passed.count < mostSearched, let row = try reader.next() {
      if let number, row.number < number { continue }
      let hasReport = row.cells.contains { HeaderText($0).text == HeaderReading.reportHeaders[0] }
      let meanings = row.cells.map { reading.meaning(of: $0, hasReport: hasReport) }
      let given = meanings.count { $0 != .column(.none) && $0 != .column(.unused) }
      let known = meanings.count {
        $0 != .column(.none) && $0 != .column(.unused) && $0 != .unknown
      }
      let hasKey = keys.contains { meanings.contains(.column(.field($0, items: []))) }
      if number == row.number || hasKey && known >= min(2, given) || known >= 2 && known * 2 > given
      {
        let skipped: [Diagnostic] =
          passed.isEmpty || number != nil ? [] : [.titleRows(above: row.number, in: reader.name)]
        let (header, faults) = resolve(row, meanings, reading, in: reader.name)
        if let units, header?.hasAmounts(reading.names.dictionary) ?? false {
          let place = SourceLocation.cell(file: reader.name, row: units)
          return (header, skipped + faults + [.unitBesideTable(at: place)])
        }
        return (header, skipped + faults)
      }
      if number != nil { break }
      passed.append(row.number)
      if row.cells.contains(where: \.bytes.namesUnitOfAmounts) { units = units ?? row.number }
      if known > best?.known.count ?? -1 { best = (meanings.compactMap(\.field), row) }
    }
    let near = best?.row.cells.prefix(HeaderReading.mostGuessed).lazy.compactMap {
      reading.suggestions(for: $0).first
    }.first
    guard let best, !best.known.isEmpty else {
      return (nil, [.noHeader(in: reader.name, given: number, near: near)])
    }
    let missing = keys.filter { !best.known.contains($0) }
    let labels = { (fields: [Field.ID]) in fields.map { reading.names.dictionary.fields[$0].label }
    }
    return (
      nil,
      [
        .nearlyHeader(
          known: labels(best.known),
          missing: labels(missing),
          near: near,
          at: .cell(file: reader.name, row: best.row.number)
        )
      ]
    )
  }

  /// Whether a column holds amounts of money.
  func hasAmounts(_ dictionary: FieldDictionary) -> Bool {
    columns.contains { column in
      if case .field(let id, items: _) = column {
        dictionary.fields[id].type == .money
      } else {
        false
      }
    }
  }

  private static func resolve(
    _ row: TableRow,
    _ meanings: [HeaderReading.Meaning],
    _ reading: HeaderReading,
    in table: String
  ) -> (RosterHeaderRow?, [Diagnostic]) {
    let known = meanings.map {
      if case .column(let column) = $0 { column } else { RosterColumn.none }
    }
    let taken = Set(known.compactMap(\.field))
    var diagnostics = Findings()
    for (index, meaning) in meanings.enumerated() {
      let place = SourceLocation.cell(file: table, row: row.number, column: index + 1)
      switch meaning {
      case .column(let column):
        guard column.holdsValues, let other = column.other(than: index, in: known) else { break }
        diagnostics.append(.repeatedHeader(other: other + 1, row: row.number, at: place))
      case .ambiguous(let fields):
        diagnostics.append(.ambiguousHeader(reading.fullLabels(of: fields), at: place))
      case .unknown:
        let near =
          index < HeaderReading.mostGuessed
          ? reading.suggestions(for: row.cells[index], without: taken) : []
        let header = HeaderText(row.cells[index]).quoted
        diagnostics.append(.unknownHeader(header, near: near, at: place))
      }
    }
    return (diagnostics.isEmpty ? RosterHeaderRow(row: row, columns: known) : nil, diagnostics.all)
  }
}

extension HeaderReading.Meaning {
  fileprivate var field: Field.ID? {
    if case .column(let column) = self { column.field } else { nil }
  }
}

extension RosterColumn {
  /// The field of each row's record that it holds; nil for what is no value, or an item's.
  fileprivate var field: Field.ID? { if case .field(let id, items: []) = self { id } else { nil } }

  /// Whether there may be one of its kind only.
  fileprivate var holdsValues: Bool {
    switch self {
    case .field, .itemNumber: true
    case .report, .unused, .none: false
    }
  }

  /// Where else it stands, from the left.
  fileprivate func other(than index: Int, in columns: [RosterColumn]) -> Int? {
    columns.indices.first { $0 != index && columns[$0] == self }
  }
}

extension HeaderReading {
  fileprivate func fullLabels(of fields: [Field.ID]) -> [String] {
    fields.map(names.fullLabel)
  }
}

extension Diagnostic {
  /// Of a unit that does not stand where its amounts do: they would be read as yen.
  static func unitBesideTable(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .damagedCell,
      at: location,
      ja: "金額の単位が千円や万円と書かれているため、金額を読み込めません。",
      en: "This row says that amounts are in thousands of yen; as yen they would be wrong.",
      hint: Message(
        ja: "金額を円単位で入力し、この記載を削除してください",
        en: "give the amounts in yen, and remove this"
      )
    )
  }

  fileprivate static func titleRows(above row: Int, in table: String) -> Diagnostic {
    Diagnostic(
      .titleRows,
      .warning,
      at: .cell(file: table, row: row),
      ja: "この行を見出しとみなし、上の行は読みません。",
      en: "This row is taken for the header; the rows above it are not read.",
      advice: .chooseHeaderRow
    )
  }

  fileprivate static func noHeader(in table: String, given row: Int?, near: String?) -> Diagnostic {
    Diagnostic(
      .headerNotFound,
      at: .cell(file: table, row: row ?? 0),
      ja: "見出しの行が見つかりません。",
      en: "There is no header row.",
      hint: near.map(misspelt),
      advice: near == nil ? .addHeaders : nil
    )
  }

  /// Of the row that came nearest to a header: what is known of it, and what it lacks.
  fileprivate static func nearlyHeader(
    known: [String],
    missing: [String],
    near: String?,
    at location: SourceLocation
  ) -> Diagnostic {
    func list(_ labels: [String]) -> String {
      labels.prefix(4).map { "「\($0)」" }.joined() + (labels.count > 4 ? "など" : "")
    }
    func listed(_ labels: [String]) -> String {
      labels.prefix(4).joined(separator: ", ") + (labels.count > 4 ? ", …" : "")
    }
    return Diagnostic(
      .headerNotFound,
      at: location,
      ja: "見出しの行が見つかりません。最も近いのはこの行で、\(list(known))は分かりますが、"
        + (missing.isEmpty ? "ほかの見出しが分かりません。" : "\(list(missing))がありません。"),
      en: "There is no header row. This one comes nearest: it has \(listed(known)), but "
        + (missing.isEmpty ? "its other headers are not known." : "lacks \(listed(missing))."),
      hint: near.map(misspelt),
      advice: near == nil ? .confirmHeaderRow : nil
    )
  }

  private static func misspelt(_ header: String) -> Message {
    Message(ja: "「\(header)」の書き間違いがないか確認してください", en: "is \(header) misspelt there?")
  }

  /// `header` is what a message may repeat of it.
  static func unknownHeader(_ header: String?, near: [String], at location: SourceLocation)
    -> Diagnostic
  {
    Diagnostic(
      .unknownHeader,
      at: location,
      ja: header.map { "見出し「\($0)」に対応する項目がありません。" } ?? "この見出しに対応する項目がありません。",
      en: header.map { "No field has the header “\($0)”." } ?? "No field has this header.",
      hint: near.count > 1
        ? Message(
          ja: near.map { "「\($0)」" }.joined() + "の列に分けてください",
          en: "split it into " + near.joined(separator: ", ")
        )
        : near.first.map { Message(ja: "「\($0)」ではありませんか", en: "did you mean \($0)?") },
      advice: near.isEmpty ? .matchHeader : nil
    )
  }

  fileprivate static func repeatedHeader(other: Int, row: Int, at location: SourceLocation)
    -> Diagnostic
  {
    let place = SourceLocation.cell(file: "", row: row, column: other).description.dropFirst()
    return Diagnostic(
      .duplicateHeader,
      at: location,
      ja: "同じ項目の列が、\(place)にもあります。",
      en: "The column in \(place) holds the same field.",
      advice: .keepOneColumn
    )
  }

  static func ambiguousHeader(_ labels: [String], at location: SourceLocation)
    -> Diagnostic
  {
    let shown = labels.prefix(6)
    return Diagnostic(
      .ambiguousHeader,
      at: location,
      ja: "この見出しの項目は複数あり、どれか分かりません。",
      en: "Several fields have this header.",
      hint: Message(
        ja: shown.map { "「\($0)」" }.joined() + "のどれかを見出しにしてください",
        en: "write one of " + shown.joined(separator: ", ")
      )
    )
  }
}

extension MergedCellRule {
  /// For the rows below a list's header.
  init(_ header: RosterHeaderRow, distinct: Int?) {
    self.init(
      belowRow: header.row.number,
      columns: Set(
        header.columns.indices.filter {
          switch header.columns[$0] {
          case .field, .itemNumber: true
          case .report, .unused, .none: false
          }
        }
      ),
      distinct: distinct
    )
  }
}
