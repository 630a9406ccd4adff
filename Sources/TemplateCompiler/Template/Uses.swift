import Records

/// What the templates of an edition make use of, gathered where names are resolved.
struct Uses: Sendable {
  /// Fields whose value a form prints.
  var printed: Set<Field.ID> = []
  /// Fields that a condition asks, or from which others are computed.
  var asked: Set<Field.ID> = []
  /// Slots, each with the words that conditions compare it with.
  var slots: [String: [Name]] = [:]

  mutating func formUnion(_ other: Uses) {
    printed.formUnion(other.printed)
    asked.formUnion(other.asked)
    slots.merge(other.slots) { $0 + $1 }
  }
}

extension ElementReader {
  /// Notes that a slot is used, and the words that it is compared with.
  func noteSlot(_ path: Name, _ scope: Scope, _ words: [Name] = []) {
    guard let slot = scope.slot(meantBy: path) else { return }
    uses.slots[slot.name.text, default: []] += words
  }
}
