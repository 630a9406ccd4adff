import Glibc

extension ArraySlice<UInt8> {
  /// Where `pattern` first stands.
  ///
  /// The standard library's `firstRange(of:)` took most of the time of a join.
  package func firstPlace(of pattern: [UInt8]) -> Range<Int>? {
    let found: Int? = unsafe withUnsafeBytes { bytes in
      unsafe pattern.withUnsafeBytes { wanted in
        guard let base = bytes.baseAddress, let first = unsafe wanted.first,
          let wantedBase = wanted.baseAddress
        else { return nil }
        var offset = 0
        while bytes.count - offset >= wanted.count {
          let length = bytes.count - offset - wanted.count + 1
          guard let next = unsafe memchr(base.advanced(by: offset), Int32(first), length) else {
            return nil
          }
          offset = unsafe base.distance(to: UnsafeRawPointer(next))
          if unsafe memcmp(next, wantedBase, wanted.count) == 0 { return offset }
          offset += 1
        }
        return nil
      }
    }
    return found.map { startIndex + $0..<startIndex + $0 + pattern.count }
  }
}
