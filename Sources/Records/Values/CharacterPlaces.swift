/// Where some characters stand in a value, never which they are.
///
/// Counted as people count: a mark or a variation selector belongs to the character before it.
struct CharacterPlaces {
  /// 1-based; the line of the first.
  private(set) var firstLine = 0
  /// 1-based, within its line.
  private(set) var first = 0
  /// Whether others follow the first.
  private(set) var hasMore = false
  /// How far the counting has come.
  private(set) var line = 1
  private var position = 0

  mutating func advance(over scalar: Unicode.Scalar, isOutside: Bool) {
    guard scalar != "\n" else {
      line += 1
      position = 0
      return
    }
    if position == 0 || !scalar.isMark { position += 1 }
    guard isOutside else { return }
    if first == 0 {
      (firstLine, first) = (line, position)
    } else if (firstLine, first) != (line, position) {
      hasMore = true
    }
  }

  /// As in ２行目の３文字目ほか.
  var japanese: String {
    let more = hasMore ? "ほか" : ""
    let within = line > 1 ? "\(firstLine.mixedDigits)行目の" : ""
    return "\(within)\(first.mixedDigits)文字目\(more)"
  }

  /// As in character 3 of line 2 and others.
  var english: String {
    "character \(first)\(line > 1 ? " of line \(firstLine)" : "")\(hasMore ? " and others" : "")"
  }
}

extension Unicode.Scalar {
  /// The sound marks of half-width kana are none: people count them.
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}
