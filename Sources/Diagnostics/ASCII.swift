extension UInt8 {
  /// Whether it is one of 0 to 9 in ASCII.
  @inlinable package var isDigit: Bool { (0x30...0x39).contains(self) }
}
