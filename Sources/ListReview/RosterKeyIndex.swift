import Rosters

/// The keys of all rows of a list of which some may change, found in memory of 24 bytes a row.
struct RosterKeyIndex: Sendable {
  /// By key, then by row.
  private var entries: [RepeatedKeys.Entry]

  init(_ entries: consuming [RepeatedKeys.Entry]) {
    var entries = entries
    entries.sort { ($0.print, $0.row) < ($1.print, $1.row) }
    self.entries = entries
  }

  /// Another row with the same key: the first of them, as `RepeatedKeys` reports it.
  func other(than row: Int, print: KeyPrint) -> Int? {
    let first = place(of: print, row: 0)
    guard first < entries.count, entries[first].print == print else { return nil }
    if Int(entries[first].row) != row { return Int(entries[first].row) }
    guard first + 1 < entries.count, entries[first + 1].print == print else { return nil }
    return Int(entries[first + 1].row)
  }

  mutating func insert(_ print: KeyPrint, row: Int) {
    let row = UInt32(clamping: row)
    entries.insert(.init(print: print, row: row), at: place(of: print, row: row))
  }

  mutating func remove(_ print: KeyPrint, row: Int) {
    let row = UInt32(clamping: row)
    let place = place(of: print, row: row)
    guard place < entries.count, entries[place].print == print, entries[place].row == row else {
      return
    }
    entries.remove(at: place)
  }

  private func place(of print: KeyPrint, row: UInt32) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if (entries[middle].print, entries[middle].row) < (print, row) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
