import Files

/// An HTML page of a packet, taken apart again: the style that it shares with others, the margins of each document's pages, and
/// the documents.
struct PaperPage {
  /// The style sheet without the documents' page rules.
  let style: String
  /// In the order of the edition's packet.
  let rules: [PageRule]
  let articles: [Article]

  /// `@page pledge{…}`, in the form in which the compiler writes it.
  struct PageRule: Hashable {
    let document: String
    let body: String
  }

  struct Article {
    let document: String
    let markup: [UInt8]
  }

  /// Nil for a page that is not built as a packet's pages are.
  init?(_ bytes: [UInt8]) {
    guard let styleStart = bytes[...].firstPlace(of: Self.styleOpen)?.upperBound,
      let styleEnd = bytes[styleStart...].firstPlace(of: Self.styleClose)?.lowerBound,
      let mainStart = bytes[styleEnd...].firstPlace(of: Self.mainOpen)?.upperBound,
      bytes.ends(with: Self.mainClose)
    else { return nil }
    (style, rules) = Self.takeApart(String(decoding: bytes[styleStart..<styleEnd], as: UTF8.self))
    var articles: [Article] = []
    var rest = bytes[mainStart..<(bytes.count - Self.mainClose.count)]
    while !rest.isEmpty {
      guard rest.starts(with: Self.articleOpen),
        let end = rest.firstPlace(of: Self.articleClose)?.upperBound,
        let document = Self.document(of: rest)
      else { return nil }
      articles.append(Article(document: document, markup: Array(rest[..<end])))
      rest = rest[end...]
    }
    self.articles = articles
  }

  private static let styleOpen = Array("<style>\n".utf8)
  private static let styleClose = Array("</style>".utf8)
  private static let mainOpen = Array("<main>\n".utf8)
  private static let mainClose = Array("</main>\n</body>\n</html>\n".utf8)
  static let articleOpen = Array("<article class=\"document ".utf8)
  private static let articleClose = Array("</article>\n".utf8)

  /// Of `<article class="document form page-pledge" …>`.
  private static func document(of article: ArraySlice<UInt8>) -> String? {
    let classes = article.dropFirst(articleOpen.count).prefix { $0 != UInt8(ascii: "\"") }
    guard let range = classes.firstPlace(of: Array("page-".utf8)) else { return nil }
    return String(decoding: classes[range.upperBound...], as: UTF8.self)
  }

  /// The page rules stand on two lines each: `.page-pledge{page:pledge}` and `@page pledge{…}`.
  private static func takeApart(_ style: String) -> (String, [PageRule]) {
    var rest: [Substring] = []
    var rules: [PageRule] = []
    var document: Substring?
    for line in style.split(separator: "\n", omittingEmptySubsequences: false) {
      if let name = document, line.hasPrefix("@page \(name){"), line.hasSuffix("}") {
        let body = line.dropFirst("@page \(name){".utf8.count).dropLast()
        rules.append(PageRule(document: String(name), body: String(body)))
        document = nil
        continue
      }
      if let name = document { rest.append(".page-\(name){page:\(name)}") }
      document = nil
      if line.hasPrefix(".page-"), let brace = line.firstIndex(of: "{") {
        let name = line[..<brace].dropFirst(".page-".utf8.count)
        if line[brace...] == "{page:\(name)}" {
          document = name
          continue
        }
      }
      rest.append(line)
    }
    return (rest.joined(separator: "\n"), rules)
  }
}

extension [UInt8] {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
