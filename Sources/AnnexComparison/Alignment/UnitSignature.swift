import AnnexImport

/// What a unit is recognised by: its words and those of its parts, without its own number.
struct UnitSignature {
  let label: Scalars
  private let kind: Kind
  private let caption: Scalars
  private let words: Scalars
  /// Each two neighbours of the words, in order.
  private let pairs: [UInt64]

  /// Units of different kinds are never the same.
  private enum Kind {
    case division, article, supplement, appendix
    /// Whatever has the text's words: a reader may hold one for another.
    case words
  }

  /// A likeness that makes two units the same, wherever they stand.
  static let enough = 0.45
  /// A likeness that is enough for those in the same place.
  static let little = 0.2

  init(_ unit: TextUnit) {
    kind =
      switch unit.kind {
      case .division: .division
      case .article: .article
      case .supplement: .supplement
      case .appendix: .appendix
      case .title, .heading, .preamble, .paragraph, .item, .text, .note, .row: .words
      }
    label = unit.label.compact.narrowed
    caption = unit.caption.compact.narrowed
    words = (unit.words.compact + unit.parts.characters).narrowed
    pairs = zip(words, words.dropFirst()).map { UInt64($0.value) << 32 | UInt64($1.value) }.sorted()
  }

  /// More than nothing, so that an empty unit has its place, too.
  var weight: Int { words.count + caption.count + 1 }

  func isEqual(to other: UnitSignature) -> Bool {
    kind == other.kind && words == other.words && caption == other.caption
  }

  /// From 0 to 1.
  func likeness(to other: UnitSignature) -> Double {
    guard kind == other.kind else { return 0 }
    let likeWords =
      words == other.words ? 1 : Self.share(pairs, other.pairs)
    if caption.isEmpty || other.caption.isEmpty { return likeWords }
    if words.isEmpty && other.words.isEmpty { return Self.share(of: caption, other.caption) }
    return 0.35 * Self.share(of: caption, other.caption) + 0.65 * likeWords
  }

  private static func share(of a: Scalars, _ b: Scalars) -> Double {
    if a == b { return 1 }
    let pairs = [a, b].map { text in
      zip(text, text.dropFirst()).map { UInt64($0.value) << 32 | UInt64($1.value) }.sorted()
    }
    return share(pairs[0], pairs[1])
  }

  /// Twice what two sorted lists have in common, to what they have in all (Dice).
  private static func share(_ a: [UInt64], _ b: [UInt64]) -> Double {
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    // It cannot be more than this.
    let most = 2 * Double(min(a.count, b.count)) / Double(a.count + b.count)
    guard most >= little else { return 0 }
    var (i, j, common) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        common += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return 2 * Double(common) / Double(a.count + b.count)
  }
}
