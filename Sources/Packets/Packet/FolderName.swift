/// Names of folders, made from ids: letters, digits, hyphens and what is beyond ASCII stay, all else becomes %XX, so that no id
/// leaves its folder and no two share one.
package enum FolderName {
  /// Nil for an id that is too long for a file name.
  package static func name(for id: [UInt8]) -> String? {
    var name: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in id {
      if isKept(byte) {
        name.append(byte)
      } else {
        name += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    // Room for the staging folder's prefix and suffix within 255 bytes.
    guard !name.isEmpty, name.count <= 200 else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// Whether a name can have this byte.
  static func isAllowed(_ byte: UInt8) -> Bool { isKept(byte) || byte == UInt8(ascii: "%") }

  private static func isKept(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    case _: false
    }
  }
}
