import Diagnostics

/// A SHA-256 digest: 32 bytes in place, for a batch holds one for each of its packets.
package struct Digest: Hashable, Sendable {
  /// Eight bytes each, the first one highest.
  private let a, b, c, d: UInt64

  package init(of data: [UInt8]) {
    var hash = SHA256()
    hash.update(data)
    self = hash.finalize()
  }

  /// That of each of several messages: faster than one after the other.
  package static func each(of messages: [[UInt8]]) -> [Digest] { SHA256.digests(of: messages) }

  /// Of several pieces, each with its length before it, so that no two lists of pieces are hashed alike.
  package init(ofPieces pieces: [[UInt8]]) {
    var hash = SHA256()
    for piece in pieces {
      hash.update((0..<8).map { UInt8(truncatingIfNeeded: piece.count >> (56 - 8 * $0)) })
      hash.update(piece)
    }
    self = hash.finalize()
  }

  /// Of a file's bytes, read piece by piece.
  package init(of file: InputFile) throws(FileSystem.Failure) {
    var hash = SHA256()
    var offset = 0
    var piece: [UInt8] = []
    while try file.read(1 << 18, at: offset, into: &piece) {
      offset += piece.count
      hash.update(piece)
      piece.removeAll(keepingCapacity: true)
    }
    self = hash.finalize()
  }

  /// Of a list as it lies on the disk: a file, or a folder of files with their names.
  package init(ofList path: String) throws(FileSystem.Failure) {
    guard FileSystem.isFolder(path) else {
      try self.init(of: InputFile(path))
      return
    }
    var pieces: [[UInt8]] = []
    for name in try FileSystem.names(in: path) ?? [] {
      let digest = try Digest(of: InputFile(path + "/" + name))
      pieces += [Array(name.utf8), Array(digest.hexadecimal.utf8)]
    }
    self.init(ofPieces: pieces)
  }

  /// Nil unless it is 64 small hexadecimal digits.
  package init?(hexadecimal text: String) { self.init(hexadecimal: text.utf8) }

  /// Nil unless it is 64 small hexadecimal digits.
  package init?(hexadecimal digits: some Sequence<UInt8>) {
    var rest = digits.makeIterator()
    func word() -> UInt64? {
      var word: UInt64 = 0
      for _ in 0..<16 {
        guard let value = rest.next()?.hexadecimalValue else { return nil }
        word = word << 4 | value
      }
      return word
    }
    guard let a = word(), let b = word(), let c = word(), let d = word(), rest.next() == nil else {
      return nil
    }
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
  }

  /// Of its 32 bytes.
  package init(bytes: some Sequence<UInt8>) {
    var rest = bytes.makeIterator()
    func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(rest.next() ?? 0) } }
    (a, b, c, d) = (word(), word(), word(), word())
  }

  package var bytes: [UInt8] {
    [UInt8](capacity: 32) { bytes in
      for var word in [a, b, c, d] {
        for _ in 0..<8 {
          bytes.append(UInt8(truncatingIfNeeded: word >> 56))
          word <<= 8
        }
      }
    }
  }

  package var hexadecimal: String {
    unsafe String(unsafeUninitializedCapacity: 64) { digits in
      var index = 0
      for var word in [a, b, c, d] {
        for _ in 0..<16 {
          unsafe digits[index] = UInt8(truncatingIfNeeded: word >> 60).hexadecimalDigit
          word <<= 4
          index += 1
        }
      }
      return index
    }
  }

  /// The 44 characters of base 64, as a Content Security Policy names a digest.
  package var base64: String {
    let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    // 32 bytes are ten groups of three and one of two.
    let bytes = bytes + [0]
    var text: [UInt8] = []
    for start in stride(from: 0, to: 33, by: 3) {
      let group = bytes[start..<(start + 3)].reduce(0) { $0 << 8 | Int($1) }
      for shift in [18, 12, 6, 0] { text.append(alphabet[group >> shift & 63]) }
    }
    text[43] = UInt8(ascii: "=")
    return String(decoding: text, as: UTF8.self)
  }
}

extension UInt8 {
  /// Of a value below 16.
  fileprivate var hexadecimalDigit: UInt8 {
    self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10
  }

  fileprivate var hexadecimalValue: UInt64? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(self - UInt8(ascii: "a") + 10)
    case _: nil
    }
  }
}
