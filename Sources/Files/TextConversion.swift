import Glibc

/// The C library's conversion from one encoding to another, strictly.
@safe
package struct TextConversion: ~Copyable {
  private let descriptor: iconv_t

  /// Nil if the C library does not know one of the encodings.
  package init?(from source: String, to target: String) {
    guard let descriptor = unsafe iconv_open(target, source),
      unsafe descriptor != iconv_t(bitPattern: -1)
    else { return nil }
    unsafe self.descriptor = descriptor
  }

  deinit { unsafe iconv_close(descriptor) }

  /// Nil if a sequence is no character of one of the encodings.
  package func convert(_ bytes: [UInt8]) -> [UInt8]? {
    let capacity = bytes.count * 4 + 8
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: capacity)
    var left = capacity
    let isConverted = unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe output.withUnsafeMutableBufferPointer { to in
        var start = from.baseAddress
        var target = to.baseAddress
        var count = from.count
        let result = unsafe iconv(descriptor, &start, &count, &target, &left)
        if result != 0 { unsafe iconv(descriptor, nil, nil, nil, nil) }
        return result == 0
      }
    }
    return isConverted ? output[..<(capacity - left)].map { UInt8(bitPattern: $0) } : nil
  }

  /// Of each two bytes of a sequence, the two bytes that stand for them; 0, 0 for what is no character.
  ///
  /// As `convert` would do it, one by one, it takes ten times as long: 11,000 arrays for a table.
  func convertPairs(_ bytes: [UInt8]) -> [UInt8] {
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count)
    unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe output.withUnsafeMutableBufferPointer { to in
        guard let first = from.baseAddress, let out = to.baseAddress else { return }
        var offset = 0
        while offset + 1 < from.count {
          var start: UnsafeMutablePointer<CChar>? = unsafe first.advanced(by: offset)
          var target: UnsafeMutablePointer<CChar>? = unsafe out.advanced(by: offset)
          var count = from.count - offset
          var left = count
          if unsafe iconv(descriptor, &start, &count, &target, &left) != -1 { return }
          // It stops before what is no character: pairs became pairs up to there.
          unsafe iconv(descriptor, nil, nil, nil, nil)
          offset = from.count - count
          unsafe to[offset] = 0
          unsafe to[offset + 1] = 0
          offset += 2
        }
      }
    }
    return output.map { UInt8(bitPattern: $0) }
  }
}
