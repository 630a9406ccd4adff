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

/// What a reference points to: provisions, and ranges of them.
struct ReferredTo: Hashable, Sendable {
  let spans: [Span]

  init(_ spans: [Span]) { self.spans = spans }

  /// A provision, or all from one through another.
  struct Span: Hashable, Sendable {
    let first: Address
    let last: Address?

    init(_ first: Address, through last: Address? = nil) {
      self.first = first
      self.last = last
    }

    /// Those that the words name.
    var ends: [Address] { [first] + (last.map { [$0] } ?? []) }
  }

  var first: Address? { spans.first?.first }

  var ends: [Address] { spans.flatMap(\.ends) }

  /// Nil for several.
  var single: Address? { spans.count == 1 && spans[0].last == nil ? spans[0].first : nil }
}

extension NumberedAnnex {
  /// Whether the names of two differ in their last step alone.
  func isWithinOne(_ first: Address, _ last: Address) -> Bool {
    let (from, to) = (name(of: first), name(of: last))
    return from.count == to.count && from.dropLast() == to.dropLast()
  }

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
