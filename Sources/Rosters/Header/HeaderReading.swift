import Diagnostics
import Guides
package import Records
import Tables

/// What a column of a roster or of a sheet beside it holds.
package enum RosterColumn: Equatable, Sendable {
  /// A field's value; of a field within lists, that of the items with these numbers, the outermost list's first.
  case field(Field.ID, items: [Int])
  /// The number of the item of a list around the sheet's own that the row belongs to.
  case itemNumber(of: Field.ID)
  /// What an earlier batch said of the row.
  case report
  /// A column that is not read, for its header says so.
  case unused
  /// A column without a header.
  case none

  /// How the column's cells are read; nil for one that holds no value of a field within `subject`.
  package func reading(_ dictionary: FieldDictionary, within subject: Field.ID?) -> CellReading? {
    guard case .field(let id, items: _) = self, let type = dictionary.fields[id].type,
      subject.map({ dictionary.isWithin(id, $0) }) ?? true
    else { return nil }
    return CellReading(id, dictionary.fields[id], type)
  }
}

package struct HeaderReading {
  let names: HeaderNames
  /// The list or record whose rows the table has; nil for the roster itself.
  private let sheet: Field.ID?
  /// The fields that the table has columns for without further numbers.
  private let own: Set<Field.ID>
  private let outerLists: [Field.ID]

  /// What the rejects have beside the columns of the input.
  package static let reportHeaders = ["エラー理由", "項目", "根拠条項"]
  /// Columns up to which it is looked for what a header that is not known may have meant.
  static let mostGuessed = 500
  /// What begins the header of a column that is not to be read.
  private static let unusedMark = "（使わない）"

  init(_ names: HeaderNames, sheet: Field.ID?, keys: [Field.ID]) {
    self.names = names
    self.sheet = sheet
    let dictionary = names.dictionary
    outerLists = sheet.map(dictionary.lists) ?? []
    let frame = sheet.map { dictionary.fields[$0].itemFrame ?? dictionary.fields[$0].frame } ?? 0
    own = Set(
      dictionary.fields.indices.filter { id in
        let field = dictionary.fields[id]
        guard !names.isBuiltIn(id) else { return false }
        if id == sheet { return field.type != nil }
        guard field.frame == frame, field.type != nil else { return false }
        return sheet == nil || dictionary.isWithin(id, sheet)
      } + keys
    )
  }

  enum Meaning: Equatable {
    case column(RosterColumn)
    case ambiguous([Field.ID])
    case unknown
  }

  func meaning(of cell: TableCell, hasReport: Bool) -> Meaning {
    let header = HeaderText(cell)
    if header.isEmpty { return .column(.none) }
    if Self.isUnused(header.text) { return .column(.unused) }
    if hasReport, Self.reportHeaders.contains(header.text) { return .column(.report) }
    switch names.meaning(of: header, among: isOwn) {
    case .field(let id):
      return .column(outerLists.contains(id) ? .itemNumber(of: id) : .field(id, items: []))
    case .ambiguous(let fields): return .ambiguous(fields)
    case .unknown: break
    }
    let (text, numbers) = header.withoutNumbers
    guard !numbers.isEmpty else { return .unknown }
    let counted = HeaderText(text)
    switch names.meaning(of: counted, among: { numbersNeeded(for: $0) == numbers.count }) {
    case .field(let id): return .column(.field(id, items: numbers))
    case .ambiguous(let fields): return .ambiguous(fields)
    case .unknown: return .unknown
    }
  }

  /// A header under which its column is not read.
  package static func unused(_ header: String) -> String { unusedMark + header }

  /// Whether a header, or the name of a sheet, says that what it heads is not to be read.
  static func isUnused(_ header: String) -> Bool {
    HeaderText(header).text.hasPrefix(HeaderText(unusedMark).text)
  }

  /// What a header of a column that is not read says behind its mark; nil for any other.
  package static func unmarked(_ header: String) -> String? {
    guard isUnused(header),
      let end = header.firstIndex(where: { $0 == "）" || $0 == ")" })
    else { return nil }
    return String(header[header.index(after: end)...])
  }

  /// What may have been meant by a header that is not known: of what a list has of contracts and vendors, all but the fields
  /// that other columns hold.
  func suggestions(for cell: TableCell, without taken: Set<Field.ID> = []) -> [String] {
    names.suggestions(for: HeaderText(cell)) { isOwn($0) && isOfSubject($0) && !taken.contains($0) }
  }

  /// Whether it is a contract's or a vendor's; a city's own data can have a column, but is hardly what was meant.
  private func isOfSubject(_ id: Field.ID) -> Bool {
    let dictionary = names.dictionary
    return dictionary.keyedRecords.contains { $0.record == dictionary.root(of: id) }
  }

  private func isOwn(_ id: Field.ID) -> Bool { own.contains(id) || outerLists.contains(id) }

  /// How many items must be named to reach the field from the table's rows; nil for one that cannot be.
  private func numbersNeeded(for id: Field.ID) -> Int? {
    let dictionary = names.dictionary
    guard dictionary.fields[id].type != nil, !names.isBuiltIn(id) else { return nil }
    if let sheet, !dictionary.isWithin(id, sheet) { return nil }
    var around = dictionary.lists(around: id).count
    if dictionary.fields[id].itemFrame != nil { around += 1 }
    guard let sheet else { return around }
    let outside = outerLists.count + (dictionary.fields[sheet].itemFrame == nil ? 0 : 1)
    return around - outside
  }
}

extension FieldDictionary {
  /// Whether a field is `ancestor` or stands somewhere in it.
  func isWithin(_ id: Field.ID, _ ancestor: Field.ID?) -> Bool {
    var current: Field.ID? = id
    while let field = current {
      if field == ancestor { return true }
      current = fields[field].parent
    }
    return false
  }
}
