import Records

extension String {
  /// What would end a comment, or no YAML may hold, becomes a space.
  package var onOneLine: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      result.append(scalar.isForbidden || scalar == "\n" || scalar == "\u{FEFF}" ? " " : scalar)
    }
    return String(result)
  }
}
