import Records

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
      case .checkbox(_, _, let yes, let no): own = Int(Swift.max(yes.count, no.count))
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

extension Program {
  /// About how many bytes a record's papers take: the blank ones, what each item of the outermost loops adds, and its values twice.
  func expectedSize(of record: Record) -> Int {
    var size = blankSize + 2 * record.arena.count
    for loop in outerLoops {
      let items = record.slots[Int(loop.list.slot)].itemCount
      size += max(0, items - max(1, loop.minimum)) * loop.itemSize
    }
    return size
  }

  /// A loop over a list of the record itself.
  struct OuterLoop: Sendable {
    let list: Operand
    let minimum: Int
    let itemSize: Int
  }
}

extension [Instruction] {
  var outerLoops: [Program.OuterLoop] {
    indices.compactMap { index in
      guard case .loop(let list, _, let minimum, let end) = self[index], list.register == 0 else {
        return nil
      }
      let body = Array(self[index + 1..<Int(end) - 1])
      return Program.OuterLoop(list: list, minimum: Int(minimum), itemSize: body.blankSize)
    }
  }
}
