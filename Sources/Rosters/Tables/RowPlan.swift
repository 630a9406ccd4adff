import Diagnostics
package import Records

/// How the cells of a row become the tree that the binder reads; made once for a roster.
struct RowPlan: Sendable {
  indirect enum Node: Sendable {
    /// A cell of the current row of a table: 0 is the roster, n + 1 the sheet n.
    case value(table: Int, column: Int, CellReading)
    case record([(key: String, node: Node)])
    /// Items from numbered columns, in the order of their numbers.
    case items([Node])
    /// An item for each row of a sheet.
    case rows(table: Int, item: Node)
  }

  let root: Node
  /// The sheets with one row for each row of the roster.
  let recordSheets: [Int]

  /// The columns of the roster come first.
  init(_ dictionary: FieldDictionary, columns: [RosterColumn], sheets: [SheetTable]) {
    let branch = Branch(field: nil)
    for (column, meaning) in columns.enumerated() {
      branch.add(meaning, dictionary, table: 0, column: column, sheet: nil)
    }
    for (index, sheet) in sheets.enumerated() {
      branch.descend(to: sheet.subject, dictionary).rows = index + 1
      for (column, meaning) in sheet.header.columns.enumerated() {
        branch.add(meaning, dictionary, table: index + 1, column: column, sheet: sheet.subject)
      }
    }
    root = branch.node(dictionary) ?? .record([])
    recordSheets = sheets.indices.filter {
      dictionary.fields[sheets[$0].subject].itemFrame == nil
    }
  }
}

/// A plan in the making.
private final class Branch {
  private let field: Field.ID?
  private var children: [Branch] = []
  private var items: [Int: Branch] = [:]
  private var source: (table: Int, column: Int)?
  /// The table whose rows are the list's items.
  var rows: Int?

  init(field: Field.ID?) { self.field = field }

  private func child(_ id: Field.ID) -> Branch {
    if let child = children.first(where: { $0.field == id }) { return child }
    let child = Branch(field: id)
    children.append(child)
    return child
  }

  /// The branch of a field, within the items of the lists around it that sheets hold.
  func descend(to id: Field.ID, _ dictionary: FieldDictionary) -> Branch {
    (dictionary.fields[id].parent.map { descend(to: $0, dictionary) } ?? self).child(id)
  }

  func add(
    _ column: RosterColumn,
    _ dictionary: FieldDictionary,
    table: Int,
    column index: Int,
    sheet: Field.ID?
  ) {
    guard case .field(let id, var numbers) = column else { return }
    // The keys of a sheet name the contract of its rows; they are no values of theirs.
    if let sheet, !dictionary.isWithin(id, sheet) { return }
    var branch = self
    for step in dictionary.chain(to: id) {
      branch = branch.child(step)
      guard dictionary.fields[step].itemFrame != nil, !numbers.isEmpty,
        sheet.map({ !dictionary.isWithin($0, step) }) ?? true
      else { continue }
      branch = branch.item(numbers.removeFirst())
    }
    branch.source = (table, index)
  }

  private func item(_ number: Int) -> Branch {
    let item = items[number] ?? Branch(field: field)
    items[number] = item
    return item
  }

  func node(_ dictionary: FieldDictionary) -> RowPlan.Node? {
    if !items.isEmpty {
      return .items(items.sorted { $0.key < $1.key }.compactMap { $0.value.content(dictionary) })
    }
    guard let field, case .list(let type) = dictionary.fields[field].declaration.shape else {
      return content(dictionary)
    }
    guard let rows else { return type == nil ? nil : content(dictionary) }
    return .rows(table: rows, item: content(dictionary) ?? .record([]))
  }

  private func content(_ dictionary: FieldDictionary) -> RowPlan.Node? {
    if let source, let field, let type = dictionary.fields[field].type {
      return .value(
        table: source.table,
        column: source.column,
        CellReading(field, dictionary.fields[field], type)
      )
    }
    let entries = children.compactMap { child in
      child.field.flatMap { id in
        child.node(dictionary).map { (key: dictionary.fields[id].name, node: $0) }
      }
    }
    return entries.isEmpty ? nil : .record(entries)
  }
}

extension FieldDictionary {
  /// From the root down to the field itself.
  package func chain(to id: Field.ID) -> [Field.ID] {
    (fields[id].parent.map(chain) ?? []) + [id]
  }
}
