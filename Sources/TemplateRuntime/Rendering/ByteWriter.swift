import Records

/// Writes bytes into memory of a fixed size.
///
/// When that is full it goes on counting, so that a caller that gave too little knows how much is needed.
///
/// The one file of the module that touches memory without bounds. What makes it safe:
/// - The maker of a writer owns `memory` for as long as the writer lives (`[UInt8].init(capacity:writing:)`).
/// - `count` only grows, and every write is behind a comparison of its end with `capacity`.
/// - Every read from a span is behind a comparison of its end with the span's count; spans hold what they show.
/// - Blocks may write behind `count`, never behind `capacity`; what follows writes over them.
@safe package struct ByteWriter: ~Copyable {
  private let start: UnsafeMutableRawPointer
  private let capacity: Int
  package private(set) var count = 0

  fileprivate init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
    unsafe start = UnsafeMutableRawPointer(memory.baseAddress.unsafelyUnwrapped)
    capacity = memory.count
  }

  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    if count < capacity { unsafe start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self) }
    count += 1
  }

  /// In eight bytes, the most significant first.
  @inline(__always)
  mutating func append(integer: Int) {
    if capacity - count >= 8 {
      unsafe start.storeBytes(of: integer.bigEndian, toByteOffset: count, as: Int.self)
    }
    count += 8
  }

  package mutating func append(_ text: StaticString) {
    unsafe append(
      Span(_unsafeStart: text.utf8Start, count: text.utf8CodeUnitCount),
      0,
      text.utf8CodeUnitCount
    )
  }

  package mutating func append(_ bytes: [UInt8]) { append(bytes.span, 0, bytes.count) }

  /// `length` bytes of `pool` from `first` on; few of them by blocks, which costs no call.
  @inline(__always)
  package mutating func append(_ pool: borrowing Span<UInt8>, _ first: Int, _ length: Int) {
    let size = (length &+ 31) & ~31
    guard length <= 256, hasRoom(size, for: pool, first, length) else {
      return appendWhole(pool, first, length)
    }
    unsafe pool.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let from = unsafe base + first
      let to = unsafe start + count
      var offset = 0
      while offset < size {
        unsafe to.copyBlock(of: from, at: offset)
        unsafe to.copyBlock(of: from, at: offset &+ 16)
        offset &+= 32
      }
    }
    count &+= length
  }

  /// Whether both the pool and what is left of the memory hold `size` bytes.
  @inline(__always)
  private func hasRoom(
    _ size: Int,
    for pool: borrowing Span<UInt8>,
    _ first: Int,
    _ length: Int
  ) -> Bool {
    first >= 0 && length >= 0 && size >= length && pool.count &- first >= size
      && capacity &- count >= size
  }

  @inline(never)
  private mutating func appendWhole(_ pool: borrowing Span<UInt8>, _ first: Int, _ length: Int) {
    precondition(first >= 0 && length >= 0 && pool.count - first >= length)
    if capacity - count >= length {
      unsafe pool.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        unsafe (start + count).copyMemory(from: base + first, byteCount: length)
      }
    }
    count += length
  }

  /// `length` bytes of `pool` from `first` on, for element content and for double-quoted attribute values of HTML and XML alike.
  ///
  /// Copied and looked at by blocks; only where a block shows a special character is the text gone through byte by byte.
  @inline(__always)
  package mutating func append(escaping pool: borrowing Span<UInt8>, _ first: Int, _ length: Int) {
    let size = (length &+ 15) & ~15
    guard hasRoom(size, for: pool, first, length) else {
      return appendByRuns(escaping: pool, first, length)
    }
    let isPlain = unsafe pool.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return true }
      let from = unsafe base + first
      let to = unsafe start + count
      var special = SIMD16<UInt8>(repeating: 0)
      var offset = 0
      while offset < size {
        let block = unsafe to.copyBlock(of: from, at: offset)
        special.replace(with: 1, where: block.isSpecial)
        offset &+= 16
      }
      return special.isZero
    }
    // A special character behind the text's end costs a second look, no more.
    if isPlain { count &+= length } else { appendByRuns(escaping: pool, first, length) }
  }

  @inline(never)
  private mutating func appendByRuns(
    escaping pool: borrowing Span<UInt8>,
    _ first: Int,
    _ length: Int
  ) {
    precondition(first >= 0 && length >= 0 && pool.count - first >= length)
    var run = first
    for index in first..<first + length {
      let byte = pool[index]
      guard byte.isSpecial else { continue }
      append(pool, run, index - run)
      switch byte {
      case UInt8(ascii: "&"): append("&amp;" as StaticString)
      case UInt8(ascii: "<"): append("&lt;" as StaticString)
      case UInt8(ascii: ">"): append("&gt;" as StaticString)
      case _: append("&quot;" as StaticString)
      }
      run = index + 1
    }
    append(pool, run, first + length - run)
  }
}

extension UInt8 {
  /// One of & and ", which differ in one bit, or of < and >, which do so, too.
  @inline(__always)
  fileprivate var isSpecial: Bool { self | 4 == 0x26 || self | 2 == 0x3E }
}

extension SIMD16<UInt8> {
  @inline(__always)
  fileprivate var isSpecial: SIMDMask<SIMD16<Int8>> {
    (self | SIMD16(repeating: 4) .== SIMD16(repeating: 0x26))
      .| (self | SIMD16(repeating: 2) .== SIMD16(repeating: 0x3E))
  }

  @inline(__always)
  fileprivate var isZero: Bool {
    let halves = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
    return halves.x | halves.y == 0
  }
}

extension UnsafeMutableRawPointer {
  @inline(__always)
  @discardableResult
  fileprivate func copyBlock(of source: UnsafeRawPointer, at offset: Int) -> SIMD16<UInt8> {
    let block = unsafe source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    unsafe storeBytes(of: block, toByteOffset: offset, as: SIMD16<UInt8>.self)
    return block
  }
}

extension [UInt8] {
  /// What `write` writes, which is done once more where `capacity` was too little.
  package init(capacity: Int = 64, writing write: (inout ByteWriter) -> Void) {
    var capacity = Swift.max(capacity, 32)
    while true {
      var needed = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { memory, count in
        var writer = unsafe ByteWriter(memory)
        write(&writer)
        needed = writer.count
        count = Swift.min(needed, capacity)
      }
      if needed <= capacity {
        self = bytes
        return
      }
      capacity = needed
    }
  }

  package mutating func append(escaping text: String) {
    guard text.utf8.contains(where: \.isSpecial) else { return append(contentsOf: text.utf8) }
    let text = Array(text.utf8)
    self += [UInt8](capacity: 2 * text.count) { $0.append(escaping: text.span, 0, text.count) }
  }
}

extension String {
  /// What `write` writes, which is UTF-8.
  package init(writing write: (inout ByteWriter) -> Void) {
    self.init(decoding: [UInt8](writing: write), as: UTF8.self)
  }
}

extension Span<UInt8> {
  /// The first line feed from `first` on and before `end`, found by blocks; nil if there is none.
  @inline(__always)
  func lineFeed(from first: Int, before end: Int) -> Int? {
    precondition(first >= 0 && end <= count)
    var index = first
    return unsafe withUnsafeBytes { bytes in
      while index + 16 <= end {
        let block = unsafe bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
        var found = SIMD16<UInt8>(repeating: 0)
        found.replace(with: 1, where: block .== SIMD16(repeating: 0x0A))
        if !found.isZero { break }
        index += 16
      }
      while index < end {
        if unsafe bytes[index] == 0x0A { return index }
        index += 1
      }
      return nil
    }
  }
}
