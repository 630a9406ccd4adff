import Files

/// Gives the ids of one packet's documents, and the links to them, a prefix of their own.
///
/// A packet's attributes hold no value of the data, and its text no bare `<`: what stands between `<` and `>` is the compiler's.
enum AnchorRewriting {
  /// The ids in `markup`.
  static func ids(in markup: [UInt8]) -> [ArraySlice<UInt8>] {
    var ids: [ArraySlice<UInt8>] = []
    forEachTag(of: markup) { tag in
      if let range = value(of: id, in: tag) { ids.append(tag[range]) }
    }
    return ids
  }

  /// A link to a document that is not among `ids` leads nowhere, and is none any more.
  static func append(
    _ markup: [UInt8],
    to result: inout [UInt8],
    prefix: String,
    ids: Set<ArraySlice<UInt8>>
  ) {
    var copied = 0
    func replace(_ range: Range<Int>, with bytes: [UInt8]) {
      // In a page that is not the compiler's, attributes may stand in any order, or one within another.
      guard copied <= range.lowerBound else { return }
      result += markup[copied..<range.lowerBound]
      result += bytes
      copied = range.upperBound
    }
    forEachTag(of: markup) { tag in
      for name in [id, labelledBy] {
        guard let range = value(of: name, in: tag) else { continue }
        if name == labelledBy, tag.starts(with: "<section".utf8) {
          // It would be a landmark, and one of the same name would stand in each packet.
          replace((range.lowerBound - name.count)..<(range.upperBound + 1), with: [])
        } else {
          replace(range.lowerBound..<range.lowerBound, with: Array(prefix.utf8))
        }
      }
      guard let range = value(of: href, in: tag) else { return }
      guard tag[range].first == UInt8(ascii: "#") else { return }
      if ids.contains(tag[range].dropFirst()) {
        replace(range.lowerBound..<(range.lowerBound + 1), with: Array("#\(prefix)".utf8))
      } else {
        replace((range.lowerBound - href.count)..<(range.upperBound + 1), with: [])
      }
    }
    result += markup[copied...]
  }

  private static let id = Array(" id=\"".utf8)
  private static let labelledBy = Array(" aria-labelledby=\"".utf8)
  private static let href = Array(" href=\"".utf8)

  private static func forEachTag(of markup: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
    var rest = markup[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")),
      let end = rest[start...].firstIndex(of: UInt8(ascii: ">"))
    {
      body(markup[start..<end])
      rest = rest[end...]
    }
  }

  private static func value(of attribute: [UInt8], in tag: ArraySlice<UInt8>) -> Range<Int>? {
    guard let start = tag.firstPlace(of: attribute)?.upperBound,
      let end = tag[start...].firstIndex(of: UInt8(ascii: "\""))
    else { return nil }
    return start..<end
  }
}
