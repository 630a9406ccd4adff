import Diagnostics
import Files
import Records
import Tables

// What the tables beside the first are.
extension TableSet {
  enum Kind {
    /// It goes on with the roster.
    case roster(RosterHeaderRow)
    /// It holds what may not be left out, or looks like it.
    case refused(Diagnostic)
    case other
  }

  /// Why a table is not read that would be if it were not hidden, nor called an example; nil if it would not.
  func remark(ofUnseen index: Int, beside main: RosterHeaderRow) throws(ReadFailure)
    -> Diagnostic?
  {
    let table = tables[index]
    if try table.source.isEmpty { return nil }
    let isNamed = subjects[index] != nil || Self.rosterNames.contains(HeaderText(table.name).text)
    if !isNamed, case .other = try kind(of: table, beside: main) { return nil }
    let place = SourceLocation(file: table.source.name)
    return .unseenSheet(isHidden: table.isHidden, mode, at: place)
  }

  /// What a table is whose name says nothing, by its first rows.
  func kind(
    of table: NamedTable,
    beside main: RosterHeaderRow
  ) throws(ReadFailure) -> Kind {
    let place = SourceLocation(file: table.source.name)
    let mainKeys = keys.filter { main.column(of: $0) != nil }
    // Only a row that names a key, or half of what the roster has, can be a header of what belongs to it.
    let head = try HeadReader(table.source) { row in
      row.cells.prefix(HeaderReading.mostGuessed).contains { cell in
        names.meaning(of: HeaderText(cell), among: mainKeys.contains) != .unknown
      } || sharesHalf(row, with: main)
    }
    guard !head.rows.isEmpty else {
      guard head.hasRows, let near = nearestList(to: table.name) else { return .other }
      return .refused(.misnamedSheet(near, hasHeader: false, mode, at: place))
    }
    var reader = head
    let (header, faults) = try RosterHeaderRow.find(
      in: &reader,
      HeaderReading(names, sheet: nil, keys: keys),
      keys: keys,
      given: nil
    )
    if let header {
      let hasKeys = mainKeys.allSatisfy { header.column(of: $0) != nil }
      guard let column = header.firstDifference(from: main) else { return .roster(header) }
      if hasKeys || sharesHalf(header.row, with: main), isOfContracts(header.row, beside: main) {
        return .refused(
          .otherColumns(
            mode,
            at: .cell(file: place.file, row: header.row.number, column: column + 1)
          )
        )
      }
    }
    // A list's own header, if with mistakes, under another name: of several lists the one that knows most of it.
    var best: (columns: Int, list: Field.ID)?
    for list in sheets {
      let reading = HeaderReading(names, sheet: list, keys: keys)
      let columns = head.rows.map { row in
        row.cells.prefix(HeaderReading.mostGuessed).count { cell in
          guard case .column(.field(let id, items: _)) = reading.meaning(of: cell, hasReport: false)
          else { return false }
          return !keys.contains(id)
        }
      }
      if let columns = columns.max(), columns > best?.columns ?? 0 { best = (columns, list) }
    }
    if let list = best?.list {
      return .refused(.misnamedSheet(label(list), hasHeader: true, mode, at: place))
    }
    // A row of headers that is the roster's but for its mistakes.
    if let fault = faults.first(where: \.isOfHeaders),
      let row = head.rows.first(where: { $0.number == fault.location.line }),
      mainKeys.allSatisfy({ names.isHeader(of: $0, in: row) }) || sharesHalf(row, with: main),
      isOfContracts(row, beside: main)
    {
      return .refused(.otherColumns(mode, at: fault.location))
    }
    if let near = nearestList(to: table.name) {
      return .refused(.misnamedSheet(near, hasHeader: false, mode, at: place))
    }
    return .other
  }

  /// Whether the rows below a header are contracts, as those of the list are, and not what is paid or done for them: a column has
  /// what every contract must have, if misspelt, and half of the list's columns are there, too, or no others.
  private func isOfContracts(_ row: TableRow, beside main: RosterHeaderRow) -> Bool {
    func isNeeded(_ id: Field.ID) -> Bool {
      names.dictionary.fields[id].declaration.isNeededPrefilled
    }
    let shared = fields(of: main).count { names.isHeader(of: $0, in: row) }
    let own = row.cells.count { !HeaderText($0).isEmpty }
    return (sharesHalf(row, with: main) || shared == own)
      && row.cells.prefix(HeaderReading.mostGuessed).contains { cell in
        let header = HeaderText(cell)
        return names.meaning(of: header, among: isNeeded) != .unknown
          || !names.suggestions(for: header, among: isNeeded).isEmpty
      }
  }

  private func fields(of header: RosterHeaderRow) -> [Field.ID] {
    header.columns.compactMap { if case .field(let id, items: []) = $0 { id } else { nil } }
  }

  /// Whether a row has the headers of half of another's fields, and of three.
  private func sharesHalf(_ row: TableRow, with main: RosterHeaderRow) -> Bool {
    guard row.cells.count >= 3 else { return false }
    let fields = fields(of: main)
    let shared = fields.count { names.isHeader(of: $0, in: row) }
    return shared >= 3 && shared * 2 >= fields.count
  }

  private func label(_ id: Field.ID) -> String { names.dictionary.fields[id].label }

  /// The label of the list whose name a table's begins with, or nearly is.
  private func nearestList(to name: String) -> String? {
    let name = HeaderText(name).text
    let labels = sheets.map(label)
    let begun = labels.filter { $0.unicodeScalars.count > 1 && name.hasPrefix($0) }
    return begun.max { $0.utf8.count < $1.utf8.count } ?? didYouMean(name, among: labels)
  }
}

extension TableSource {
  /// Whether it has no filled row, but for one that may be its header.
  fileprivate var isEmpty: Bool {
    get throws(ReadFailure) {
      var reader = try reader()
      var filled = 0
      while filled < 2, let row = try reader.next() {
        if row.cells.contains(where: { !$0.isEmpty }) { filled += 1 }
      }
      return filled < 2
    }
  }
}

extension HeaderNames {
  fileprivate func isHeader(of field: Field.ID, in row: TableRow) -> Bool {
    row.cells.contains {
      meaning(of: HeaderText($0), among: { $0 == field }) == .field(field)
    }
  }
}

extension RosterHeaderRow {
  /// The first column that holds something else than another header's; nil if all are alike.
  fileprivate func firstDifference(from other: RosterHeaderRow) -> Int? {
    (0..<max(columns.count, other.columns.count)).first { index in
      let own = index < columns.count ? columns[index] : .none
      return own != (index < other.columns.count ? other.columns[index] : .none)
    }
  }
}
