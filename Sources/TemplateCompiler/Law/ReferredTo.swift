/// One step of a provision's name: 第６条, ただし書.
enum NameStep: Hashable, Sendable {
  /// In `NumberedAnnex.provisions`.
  case provision(Int)
  case part(SentencePart)

  var index: Int? {
    switch self {
    case .provision(let index): index
    case .part: nil
    }
  }
}

/// The steps of a name, outermost first.
typealias ProvisionName = [NameStep]

/// What a reference points to.
enum ReferredTo: Hashable, Sendable {
  /// One provision, or several.
  case each([Address])
  case range(Address, Address)

  var first: Address? {
    switch self {
    case .each(let targets): targets.first
    case .range(let first, _): first
    }
  }

  /// Those that the words name.
  var ends: [Address] {
    switch self {
    case .each(let targets): targets
    case .range(let first, let last): [first, last]
    }
  }
}

extension NumberedAnnex {
  /// The name that 同条 takes up behind a reference: of several, what they share.
  func naming(_ target: ReferredTo) -> ProvisionName {
    let names = target.ends.map(name)
    return names.dropFirst().reduce(names.first ?? []) { Array($0.shared(with: $1)) }
  }
}

extension ProvisionName {
  /// The steps that two names begin with.
  func shared(with other: ProvisionName) -> ProvisionName.SubSequence {
    prefix(zip(self, other).prefix { $0 == $1 }.count)
  }
}
