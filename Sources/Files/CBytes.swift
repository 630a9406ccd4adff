extension [UInt8] {
  /// A copy of the bytes that C holds at `start`.
  package init(copying start: UnsafePointer<UInt8>, count: Int) {
    self = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}
