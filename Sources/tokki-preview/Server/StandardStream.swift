import Glibc

/// Where the terminal is written to.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Writes in one go, so that lines of different requests never mix.
  ///
  /// A failure to write is ignored: nobody reads the stream any more.
  func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(rawValue, bytes, bytes.count)
  }
}
