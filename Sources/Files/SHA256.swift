import Libnettle

/// A SHA-256 (FIPS 180-4) of bytes that come in pieces, which Nettle computes.
package struct SHA256 {
  private var context = sha256_ctx()

  package init() { unsafe nettle_sha256_init(&context) }

  package mutating func update(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer {
      unsafe nettle_sha256_update(&context, $0.count, $0.baseAddress)
    }
  }

  package consuming func finalize() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    unsafe bytes.withUnsafeMutableBufferPointer {
      unsafe nettle_sha256_digest(&context, $0.count, $0.baseAddress)
    }
    return Digest(bytes: bytes)
  }
}
