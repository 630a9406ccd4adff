/// The target of a request, taken apart; nil for all that no route has.
///
/// A list of what is forbidden has always missed something. So this is the list of what there is: a path of names made of
/// letters, digits, `.`, `_` and `-`, and a query of names and values made of the same. An escape, a backslash, a dot
/// segment or another server's address is nothing that it could misread.
struct Target {
  let path: String
  let query: [String: String]

  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.utf8.count <= 256, let path = parts.first, path.utf8.first == UInt8(ascii: "/"),
      path.utf8.allSatisfy({ $0.isNamePart || $0 == UInt8(ascii: "/") })
    else { return nil }
    var query: [String: String] = [:]
    if parts.count == 2 {
      for pair in parts[1].split(separator: "&", omittingEmptySubsequences: false) {
        let pair = pair.split(separator: "=", omittingEmptySubsequences: false)
        guard pair.count == 2, !pair[0].isEmpty,
          pair.allSatisfy({ $0.utf8.allSatisfy(\.isNamePart) }),
          query.updateValue(String(pair[1]), forKey: String(pair[0])) == nil
        else { return nil }
      }
    }
    self.path = String(path)
    self.query = query
  }

  /// The numbers that stand for each # of a pattern, such as `/paper/#` or `/rows?from=#&count=#`; nil if it is of another.
  func numbers(of pattern: String) -> [Int]? {
    let parts = pattern.split(separator: "?")
    let steps = path.split(separator: "/", omittingEmptySubsequences: false)
    let wanted = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    let names = (parts.count == 2 ? parts[1].split(separator: "&") : []).map { $0.dropLast(2) }
    guard steps.count == wanted.count, query.count == names.count else { return nil }
    var texts: [String?] = []
    for (step, wanted) in zip(steps, wanted) where step != wanted {
      texts.append(wanted == "#" ? String(step) : nil)
    }
    texts += names.map { query[String($0)] }
    let numbers = texts.compactMap { text in text.flatMap { Int(plain: $0) } }
    return numbers.count == texts.count ? numbers : nil
  }
}

extension UInt8 {
  fileprivate var isNamePart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"):
      true
    case _: false
    }
  }
}

extension Int {
  /// A number as our own pages write it: digits, no more than nine.
  init?(plain text: some StringProtocol) {
    guard (1...9).contains(text.utf8.count) else { return nil }
    var value = 0
    for byte in text.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    self = value
  }
}
