/// What a zip says of one of its files (APPNOTE 6.3): before its bytes its name, after them their sizes, at the zip's end all of it.
struct ZipRecord {
  /// With slashes between folders; UTF-8.
  let name: String
  /// Where in the zip its header stands.
  let offset: Int

  /// In bytes; packed it may be a little longer, and still has 32 bits for its sizes.
  static let largestFile = 4080 << 20

  private static let most32 = Int(UInt32.max)
  private static let most16 = Int(UInt16.max)
  /// Those of the format that know packed files, and files beyond 4 GiB.
  private static let version: UInt16 = 20
  private static let version64: UInt16 = 45
  private static let madeOnUnix: UInt16 = 3 << 8
  /// The sizes follow the bytes; the name is UTF-8.
  private static let flags: UInt16 = 1 << 3 | 1 << 11
  private static let packed: UInt16 = 8
  /// 1980-01-01 00:00, the first that a zip knows: the same files make the same bytes.
  private static let time: UInt32 = (1 << 5 | 1) << 16
  /// An ordinary file that its owner may write and all may read.
  private static let mode: UInt32 = 0o100644 << 16

  /// What stands before the file's bytes.
  var localHeader: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(little: UInt32(0x0403_4B50), Self.version, Self.flags, Self.packed, Self.time)
    bytes.append(little: UInt32(0), UInt32(0), UInt32(0), UInt16(name.utf8.count), UInt16(0))
    return bytes + name.utf8
  }

  /// What stands after the file's bytes.
  func descriptor(_ content: Deflation) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(little: UInt32(0x0807_4B50))
    bytes.append(sizesOf: content)
    return bytes
  }

  /// What stands in the directory at the end.
  func directoryEntry(_ content: Deflation) -> [UInt8] {
    let isFar = offset >= Self.most32
    let version = isFar ? Self.version64 : Self.version
    var bytes: [UInt8] = []
    bytes.append(little: UInt32(0x0201_4B50), Self.madeOnUnix | version, version)
    bytes.append(little: Self.flags, Self.packed, Self.time)
    bytes.append(sizesOf: content)
    // Neither a comment nor a second disk.
    bytes.append(little: UInt16(name.utf8.count), UInt16(isFar ? 12 : 0), UInt16(0), UInt32(0))
    bytes.append(little: Self.mode, UInt32(min(offset, Self.most32)))
    bytes += name.utf8
    if isFar { bytes.append(little: UInt16(1), UInt16(8), UInt64(offset)) }
    return bytes
  }

  /// What ends a zip with so many files, whose directory stands at `offset` and has `size` bytes.
  static func end(count: Int, directoryAt offset: Int, size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    if count >= most16 || offset >= most32 || size >= most32 {
      bytes.append(little: UInt32(0x0606_4B50), UInt64(44), madeOnUnix | version64, version64)
      bytes.append(little: UInt64(0), UInt64(count), UInt64(count), UInt64(size), UInt64(offset))
      bytes.append(little: UInt32(0x0706_4B50), UInt32(0), UInt64(offset + size), UInt32(1))
    }
    let count = UInt16(min(count, most16))
    bytes.append(little: UInt32(0x0605_4B50), UInt32(0), count, count)
    bytes.append(little: UInt32(min(size, most32)), UInt32(min(offset, most32)), UInt16(0))
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append<each N: FixedWidthInteger>(little number: repeat each N) {
    for number in repeat each number {
      for shift in stride(from: 0, to: number.bitWidth, by: 8) {
        append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
  }

  /// A file that grew meanwhile may have more than fits; its reader sees that it changed.
  fileprivate mutating func append(sizesOf content: Deflation) {
    append(
      little: content.checksum,
      UInt32(truncatingIfNeeded: content.packedSize),
      UInt32(truncatingIfNeeded: content.size)
    )
  }
}
