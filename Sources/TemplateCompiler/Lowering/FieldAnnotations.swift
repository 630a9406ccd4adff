import Records

/// The path of the field that an operand stands for, with the items of the loops around it: `vendor.workers[2].name`.
///
/// A class, so that the bodies of loops enter and leave the one set of registers.
final class FieldAnnotations {
  private let dictionary: FieldDictionary
  /// The list whose items each register stands at, and the register that holds that list.
  private var lists: [Int: (list: Field.ID, outer: Int)] = [:]
  /// The fields that the papers read: those that they print, and those that decide what they print.
  private(set) var read: Set<Field.ID> = []

  init(_ dictionary: FieldDictionary) { self.dictionary = dictionary }

  func enter(_ loop: Loop) {
    lists[loop.register] = field(loop.list).map { ($0, Int(loop.list.register)) }
  }

  func leave(_ loop: Loop) { lists[loop.register] = nil }

  func note(_ operands: [Operand]) { read.formUnion(operands.compactMap(field)) }

  /// The field's path, each item's number in its place; nil for what no data gives, such as the packet's own date.
  func anchor(of operand: Operand) -> Anchor? {
    guard let id = field(operand), isData(id) else { return nil }
    return Anchor(pieces: pieces(of: id, at: Int(operand.register)))
  }

  /// The field's path without numbers.
  func path(of operand: Operand) -> String? {
    field(operand).flatMap { isData($0) ? dictionary.fields[$0].path : nil }
  }

  func isByHand(_ operand: Operand) -> Bool {
    var next = field(operand)
    while let id = next {
      if dictionary.fields[id].declaration.hand { return true }
      next = dictionary.fields[id].parent
    }
    return false
  }

  private func isData(_ id: Field.ID) -> Bool {
    dictionary.fields[dictionary.root(of: id)].name != "packet"
      && dictionary.fields[id].formula == nil
  }

  private func field(_ operand: Operand) -> Field.ID? {
    let register = Int(operand.register)
    guard register > 0 else {
      return dictionary.frames[0].fields.first { dictionary.fields[$0].slot == Int(operand.slot) }
    }
    guard let (list, _) = lists[register], let frame = dictionary.fields[list].itemFrame else {
      return nil
    }
    // An item of a list of values is the value.
    if dictionary.fields[list].type != nil { return list }
    return dictionary.frames[frame].fields.first {
      dictionary.fields[$0].slot == Int(operand.slot)
    }
  }

  private func pieces(of id: Field.ID, at register: Int) -> [Anchor.Piece] {
    guard let (list, outer) = lists[register] else { return [.text(dictionary.fields[id].path)] }
    let rest = dictionary.fields[id].path.dropFirst(dictionary.fields[list].path.count)
    return pieces(of: list, at: outer)
      + [.text("["), .index(register), .text("]" + rest)]
  }
}
