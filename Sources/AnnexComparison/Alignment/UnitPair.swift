import AnnexImport

/// A unit of the old text with the one of the new text that it has become.
package struct UnitPair: Sendable {
  /// Nil: added.
  package let old: TextUnit?
  /// Nil: removed.
  package let new: TextUnit?
  /// Whether it stands in another place among those around it, its number aside.
  package let isMoved: Bool
  /// In the new order, removed ones behind what they stood behind.
  package let parts: [UnitPair]
  package let change: Change

  package enum Change: Sendable {
    /// To the last character, white space aside.
    case same
    /// In nothing but its number.
    case renumbered
    case reworded
    case removed, added
  }

  /// Whether there is nothing to show of it.
  package var isUnchanged: Bool { change == .same && !isMoved }
}

extension UnitPair {
  static func removed(_ unit: TextUnit) -> UnitPair {
    UnitPair(
      old: unit,
      new: nil,
      isMoved: false,
      parts: unit.parts.map(UnitPair.removed),
      change: .removed
    )
  }

  static func added(_ unit: TextUnit) -> UnitPair {
    UnitPair(
      old: nil,
      new: unit,
      isMoved: false,
      parts: unit.parts.map(UnitPair.added),
      change: .added
    )
  }

  static func both(_ old: TextUnit, _ new: TextUnit, isMoved: Bool) -> UnitPair {
    let parts = UnitAlignment.pairs(old.parts, new.parts)
    let isReworded =
      old.words.compact != new.words.compact || old.caption.compact != new.caption.compact
      || !old.caption.isEmpty && old.isCaptionFirst != new.isCaptionFirst
      || !parts.allSatisfy(\.isUnchanged)
    return UnitPair(
      old: old,
      new: new,
      isMoved: isMoved,
      parts: parts,
      change: isReworded ? .reworded : old.label.compact == new.label.compact ? .same : .renumbered
    )
  }
}
