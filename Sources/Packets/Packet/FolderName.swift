/// Names of folders, made from ids: letters, digits, hyphens and what is beyond ASCII stay, all else becomes %XX, so that no id
/// leaves its folder and no two share one.
///
/// The names of devices, which Windows gives to no folder, begin with a %XX, too.
package enum FolderName {
  /// Nil for an id that is too long for a file name.
  package static func name(for id: [UInt8]) -> String? {
    var name: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    let isDevice = isDevice(id)
    for (index, byte) in id.enumerated() {
      if isKept(byte), index > 0 || !isDevice {
        name.append(byte)
      } else {
        name += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    // Room for the staging folder's prefix and suffix within 255 bytes.
    guard !name.isEmpty, name.count <= 200 else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// What stands before the occasion in the name of a packet's folder; no id has it, for it would be %40.
  static let occasionMark: UInt8 = UInt8(ascii: "@")

  /// Whether a name can have this byte.
  package static func isAllowed(_ byte: UInt8) -> Bool {
    isKept(byte) || byte == UInt8(ascii: "%") || byte == occasionMark
  }

  /// CON, NUL, COM1 and the like, in any case; with something behind a dot they are reserved, too, but the dot becomes %2E.
  private static func isDevice(_ id: [UInt8]) -> Bool {
    guard id.count <= 5 else { return false }
    let name = String(decoding: id, as: UTF8.self).uppercased()
    if ["CON", "PRN", "AUX", "NUL"].contains(name) { return true }
    let digits = "0123456789\u{B9}\u{B2}\u{B3}"
    return ["COM", "LPT"].contains(name.prefix(3)) && name.count == 4
      && name.suffix(1).allSatisfy(digits.contains)
  }

  private static func isKept(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    case _: false
    }
  }
}
