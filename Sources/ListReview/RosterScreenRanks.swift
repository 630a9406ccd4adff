import Rosters
import Tables

extension RosterScreen {
  /// For each position, how many rows stand before it when they are sorted by a column, the same for equal values.
  ///
  /// Nil for an empty cell; nil altogether if there is no such column.
  package func ranks(inColumn column: Int) -> [Int?]? {
    guard columns.indices.contains(column) else { return nil }
    let keyed = (0..<count).compactMap { position in
      SortKey(cell(column, at: position), readings[column]).map { (key: $0, position: position) }
    }
    var ranks = [Int?](repeating: nil, count: count)
    var last: (key: SortKey, rank: Int)?
    for (index, entry) in keyed.sorted(by: { $0.key < $1.key }).enumerated() {
      if last?.key != entry.key { last = (entry.key, index) }
      ranks[entry.position] = last?.rank
    }
    return ranks
  }

  private func cell(_ column: Int, at position: Int) -> TableCell {
    switch content {
    case .table(let table): return table.cell(column, at: position)
    case .items(let items):
      let name = columns[column].header.utf8
      let value = items.values(at: position).first { $0.name.utf8.elementsEqual(name) }
      return TableCell(value?.text ?? [])
    }
  }
}
