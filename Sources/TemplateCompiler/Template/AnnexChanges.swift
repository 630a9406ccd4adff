import Diagnostics

extension [Provision] {
  /// Puts what `provisions` makes of a provision in its place, wherever it stands; false if there is none.
  mutating func replace(
    _ kind: ProvisionKind,
    _ id: String,
    with provisions: (Provision) -> [Provision]
  ) -> Bool {
    for index in indices {
      if self[index].kind == kind, self[index].id?.text == id {
        replaceSubrange(index...index, with: provisions(self[index]))
        return true
      }
      if self[index].parts.replace(kind, id, with: provisions) { return true }
    }
    return false
  }
}

extension [AnnexChange] {
  /// What several insertions put behind the same provision is put there at once, in their order.
  var insertionsJoined: [AnnexChange] {
    var joined: [AnnexChange] = []
    for change in self {
      if case .insert(let kind, let more, .after, let name) = change,
        let index = joined.firstIndex(where: {
          if case .insert(kind, _, .after, let other) = $0 {
            other.text == name.text
          } else {
            false
          }
        }), case .insert(_, let first, _, let place) = joined[index]
      {
        joined[index] = .insert(kind, first + more, .after, place)
      } else {
        joined.append(change)
      }
    }
    return joined
  }
}

extension AnnexChange {
  var target: (ProvisionKind, Name) {
    switch self {
    case .omit(let kind, let name), .replace(let kind, let name, _),
      .insert(let kind, _, _, let name):
      (kind, name)
    }
  }

  /// What stands where the provision stood.
  func provisions(_ provision: Provision) -> [Provision] {
    switch self {
    case .omit: []
    case .replace(_, _, let provisions): provisions
    case .insert(_, let provisions, .before, _): provisions + [provision]
    case .insert(_, let provisions, .after, _): [provision] + provisions
    }
  }
}
