extension Unicode.Scalar {
  /// The columns that a terminal gives a character: two if it is East Asian wide (UAX #11, W and F), none if it only changes the
  /// one before it.
  var columns: Int {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    return switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: 0
    case .format: self == "\u{AD}" ? 1 : 0
    default: 1
    }
  }

  /// What could steer a terminal, or turn the order of what follows around.
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0x09: false
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// Safe to print: U+FFFD in place of whatever a terminal would obey.
  var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: unicodeScalars.map { $0.isUnprintable ? "\u{FFFD}" : $0 })
    return String(scalars)
  }
}
