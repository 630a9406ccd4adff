import Crypto
import Diagnostics
package import TemplateCompiler

/// A SHA-256 digest.
package struct Digest: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(of data: [UInt8]) { bytes = Array(SHA256.hash(data: data)) }

  init(_ digest: SHA256Digest) { bytes = Array(digest) }

  /// Of several pieces, each with its length before it, so that no two lists of pieces are hashed alike.
  package init(ofPieces pieces: [[UInt8]]) {
    var hash = SHA256()
    for piece in pieces {
      hash.update(data: (0..<8).map { UInt8(truncatingIfNeeded: piece.count >> (56 - 8 * $0)) })
      hash.update(data: piece)
    }
    bytes = Array(hash.finalize())
  }

  /// Nil unless it is 64 small hexadecimal digits.
  init?(hexadecimal text: String) {
    let digits = Array("0123456789abcdef".utf8)
    let values = text.utf8.map { digits.firstIndex(of: $0) }
    guard values.count == 64, !values.contains(nil) else { return nil }
    let known = values.compactMap(\.self)
    bytes = (0..<32).map { UInt8(known[2 * $0] << 4 | known[2 * $0 + 1]) }
  }

  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}

extension EditionSource {
  /// The digest of every file of the edition and of those that it extends.
  package var digest: Digest {
    Digest(ofPieces: texts.flatMap { [Array($0.file.utf8), $0.bytes] })
  }
}
