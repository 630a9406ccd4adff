import Files

/// The one style block of a paper, as a policy names it: `sha256-…`.
///
/// The papers' own escaping keeps "</" out of the block (see `PageRules`). CR and CRLF count as LF, as they do for the browser.
enum StyleHash {
  static func of(page: [UInt8]) -> String {
    let open = Array("<style>".utf8)
    let close = Array("</style>".utf8)
    guard let start = page.firstRange(of: open)?.upperBound,
      let end = page[start...].firstRange(of: close)?.lowerBound
    else { return "sha256-" }
    var style: [UInt8] = []
    style.reserveCapacity(end - start)
    for (index, byte) in zip(start..., page[start..<end]) {
      switch byte {
      case 0x0D: if page[index + 1] != 0x0A { style.append(0x0A) }
      case _: style.append(byte)
      }
    }
    return "sha256-" + Digest(of: style).base64
  }
}
