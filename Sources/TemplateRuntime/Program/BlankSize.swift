extension [Instruction] {
  /// See `Program.blankSize`.
  var blankSize: Int {
    var size = 0
    var rows = [1]
    for instruction in self {
      let own: Int
      switch instruction {
      case .literal(let literal): own = Int(literal.count)
      case .value(_, _, let blank), .lines(_, _, let blank): own = Int(blank.count)
      case .mark(_, _, let yes, let no): own = Int(Swift.max(yes.count, no.count))
      case .index, .count, .checkNumber, .branch, .jump: own = 0
      case .loop(_, _, let minimum, _):
        // Clamped: what counts is that it is far beyond any limit.
        rows.append(Swift.min((rows.last ?? 1) * Swift.max(1, Int(minimum)), 1 << 24))
        own = 0
      case .next:
        rows.removeLast()
        own = 0
      }
      size += own * (rows.last ?? 1)
    }
    return size
  }
}
