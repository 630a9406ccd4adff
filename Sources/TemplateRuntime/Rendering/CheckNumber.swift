import Records

/// 照合番号: 60 bits in Crockford's base 32, written 4-4-4.
///
/// Its alphabet is closed, so that it may stand in a style block.
package struct CheckNumber: Hashable, Sendable {
  package let bytes: [UInt8]

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// From the first 60 bits of a digest of at least eight bytes.
  package init(digest: [UInt8]) {
    let bits = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 4
    var bytes: [UInt8] = []
    for group in 0..<12 {
      if group == 4 || group == 8 { bytes.append(UInt8(ascii: "-")) }
      bytes.append(Self.alphabet[Int(bits >> UInt64(55 - 5 * group) & 31)])
    }
    self.bytes = bytes
  }
}

extension CheckNumber: CustomStringConvertible {
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}
