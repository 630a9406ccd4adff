/// What a zip says of one of its files (APPNOTE 6.3, with ZIP64 where numbers need it).
struct ZipRecord {
  /// With slashes between folders; UTF-8.
  let name: String
  let isPacked: Bool
  let checksum: UInt32
  let size: UInt64
  let packedSize: UInt64
  /// Where in the zip its header stands.
  let offset: UInt64

  private static let most32 = UInt64(UInt32.max)
  private static let none16 = UInt64(UInt16.max)
  /// 1980-01-01 00:00, the first that a zip knows: the same files make the same bytes.
  private static let time: UInt32 = (1 << 5 | 1) << 16
  /// The name is UTF-8.
  private static let flags: UInt16 = 1 << 11
  /// An ordinary file that its owner may write and all may read.
  private static let mode: UInt32 = 0o100644 << 16
  private static let madeOnUnix: UInt16 = 3 << 8

  /// What stands before the file's bytes.
  var localHeader: [UInt8] {
    let isLarge = size >= Self.most32 || packedSize >= Self.most32
    var bytes: [UInt8] = []
    bytes.append(little: UInt32(0x0403_4B50))
    appendCommon(to: &bytes, isLarge: isLarge)
    bytes.append(little: UInt16(isLarge ? 20 : 0))
    bytes += name.utf8
    if isLarge {
      bytes.append(little: UInt16(1))
      bytes.append(little: UInt16(16))
      bytes.append(little: size)
      bytes.append(little: packedSize)
    }
    return bytes
  }

  /// What stands in the directory at the end.
  var directoryEntry: [UInt8] {
    let isLarge = size >= Self.most32 || packedSize >= Self.most32
    let isFar = offset >= Self.most32
    let extra = (isLarge ? 16 : 0) + (isFar ? 8 : 0)
    var bytes: [UInt8] = []
    bytes.append(little: UInt32(0x0201_4B50))
    bytes.append(little: Self.madeOnUnix | (isLarge || isFar ? 45 : 20))
    appendCommon(to: &bytes, isLarge: isLarge, isFar: isFar)
    bytes.append(little: UInt16(extra == 0 ? 0 : extra + 4))
    // Neither a comment nor a second disk.
    bytes.append(little: UInt16(0))
    bytes.append(little: UInt16(0))
    bytes.append(little: UInt16(0))
    bytes.append(little: Self.mode)
    bytes.append(little: UInt32(min(offset, Self.most32)))
    bytes += name.utf8
    if extra > 0 {
      bytes.append(little: UInt16(1))
      bytes.append(little: UInt16(extra))
      if isLarge {
        bytes.append(little: size)
        bytes.append(little: packedSize)
      }
      if isFar { bytes.append(little: offset) }
    }
    return bytes
  }

  private func appendCommon(to bytes: inout [UInt8], isLarge: Bool, isFar: Bool = false) {
    bytes.append(little: UInt16(isLarge || isFar ? 45 : 20))
    bytes.append(little: Self.flags)
    bytes.append(little: UInt16(isPacked ? 8 : 0))
    bytes.append(little: Self.time)
    bytes.append(little: checksum)
    bytes.append(little: isLarge ? UInt32.max : UInt32(packedSize))
    bytes.append(little: isLarge ? UInt32.max : UInt32(size))
    bytes.append(little: UInt16(name.utf8.count))
  }

  /// What ends a zip with so many files, whose directory stands at `offset` and has `size` bytes.
  static func end(count: UInt64, directoryAt offset: UInt64, size: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    if count >= none16 || offset >= most32 || size >= most32 {
      let place = offset + size
      bytes.append(little: UInt32(0x0606_4B50))
      bytes.append(little: UInt64(44))
      bytes.append(little: madeOnUnix | 45)
      bytes.append(little: UInt16(45))
      bytes.append(little: UInt32(0))
      bytes.append(little: UInt32(0))
      bytes.append(little: count)
      bytes.append(little: count)
      bytes.append(little: size)
      bytes.append(little: offset)
      bytes.append(little: UInt32(0x0706_4B50))
      bytes.append(little: UInt32(0))
      bytes.append(little: place)
      bytes.append(little: UInt32(1))
    }
    bytes.append(little: UInt32(0x0605_4B50))
    bytes.append(little: UInt16(0))
    bytes.append(little: UInt16(0))
    bytes.append(little: UInt16(min(count, none16)))
    bytes.append(little: UInt16(min(count, none16)))
    bytes.append(little: UInt32(min(size, most32)))
    bytes.append(little: UInt32(min(offset, most32)))
    bytes.append(little: UInt16(0))
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(little number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
