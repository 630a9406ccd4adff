/// A condition as a formula of logic: what it asks stands as an atom, in canonical words, whatever the answers mean.
indirect enum Proposition: Hashable, Sendable {
  case atom(String)
  case not(Proposition)
  case all([Proposition])
  case any([Proposition])

  /// The most atoms whose cases are tried.
  private static let mostAtoms = 12

  /// Whether it holds whatever the answers are; false as well where there are too many cases to try.
  var alwaysHolds: Bool {
    let atoms = Array(self.atoms)
    return atoms.count <= Self.mostAtoms
      && (0..<1 << atoms.count).allSatisfy { number in
        var truths = Set<String>()
        for (index, atom) in atoms.enumerated() where number >> index & 1 == 1 {
          truths.insert(atom)
        }
        return holds(truths)
      }
  }

  private var atoms: Set<String> {
    switch self {
    case .atom(let words): [words]
    case .not(let inner): inner.atoms
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.atoms) }
    }
  }

  private func holds(_ truths: Set<String>) -> Bool {
    switch self {
    case .atom(let words): truths.contains(words)
    case .not(let inner): !inner.holds(truths)
    case .all(let parts): parts.allSatisfy { $0.holds(truths) }
    case .any(let parts): parts.contains { $0.holds(truths) }
    }
  }
}

extension Expression {
  /// With every path as `path` has it.
  func proposition(_ path: (Name) -> String) -> Proposition {
    switch self {
    case .path, .has, .compare: .atom(canonical(path))
    case .not(let inner): .not(inner.proposition(path))
    case .all(let parts): .all(parts.map { $0.proposition(path) })
    case .any(let parts): .any(parts.map { $0.proposition(path) })
    }
  }
}
