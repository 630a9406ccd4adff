/// How the digits of numbers and dates are written.
package enum DigitStyle: String, CaseIterable, Sendable {
  /// One digit full-width, more half-width: ９, 10. The official text's own way.
  case mixed
  case full
  case half
  /// 十, 百.
  case kanji
}

/// How an integer is written.
package enum NumberStyle: Hashable, Sendable {
  /// 8,000.
  case grouped
  case digits(DigitStyle)
  /// 8000, as in an identifier.
  case plain
}
