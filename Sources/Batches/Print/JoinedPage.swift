import Packets
import Records
import TemplateRuntime

/// The documents of many packets on one page, each on a fresh sheet, under its own packet's 照合番号.
///
/// Chromium counts the pages of the whole file; so that a sheet has the number that it has in its own packet, each packet counts
/// its pages itself. How many there are in all is not known before they are laid out, and left out.
struct JoinedPage {
  private let style: String
  /// With `checkNumberPlace` in place of the number.
  private let rules: [PaperPage.PageRule]
  private var packets: [Packet] = []

  private struct Packet {
    let path: String
    let checkNumber: String
    let articles: [PaperPage.Article]
  }

  /// `model` is a page of the batch's first packet.
  init(model: PaperPage, checkNumber: String) {
    style = model.style
    rules = Self.rules(of: model, checkNumber)
  }

  private static let checkNumberPlace = "\u{0}"

  private static func rules(of page: PaperPage, _ checkNumber: String) -> [PaperPage.PageRule] {
    page.rules.map {
      .init(document: $0.document, body: $0.body.replacing(checkNumber, with: checkNumberPlace))
    }
  }

  /// False for a page of another style, which would change the others' looks.
  mutating func add(_ page: PaperPage, path: String, checkNumber: String, only documents: [String]?)
    -> Bool
  {
    guard page.style == style, Self.rules(of: page, checkNumber) == rules else { return false }
    let articles = page.articles.filter { documents?.contains($0.document) ?? true }
    packets.append(Packet(path: path, checkNumber: checkNumber, articles: articles))
    return true
  }

  /// Of the edition's packet, in its order.
  var documents: [String] { rules.map(\.document) }

  var articleCount: Int { packets.reduce(0) { $0 + $1.articles.count } }

  // MARK: Bytes

  private static let head = """
    <!DOCTYPE html>
    <html lang="ja">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">

    """

  /// Whether a file is such a page.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: (head + "<title>まとめて印刷（").utf8)
  }

  func bytes(by order: PrintOrder) -> [UInt8] {
    let title =
      switch order {
      case .vendor: "まとめて印刷（委託先別）"
      case .document: "まとめて印刷（書類別）"
      }
    var result = Array((Self.head + "<title>\(title)</title>\n<style>\n").utf8)
    appendStyle(to: &result)
    result += "</style>\n</head>\n<body>\n<header class=\"contents\"><h1>\(title)</h1>".utf8
    result += "<nav aria-label=\"書類一式の一覧\"><ol>\n".utf8
    let ids = packets.map { Set($0.articles.flatMap { AnchorRewriting.ids(in: $0.markup) }) }
    for (index, packet) in packets.enumerated() {
      guard let first = packet.articles.first.flatMap({ AnchorRewriting.ids(in: $0.markup).first })
      else { continue }
      result += "<li><a href=\"#p\(index + 1)-".utf8
      result += first
      result += "\">".utf8
      result.append(escaping: packet.path)
      result += "</a>　照合番号 \(packet.checkNumber)</li>\n".utf8
    }
    result += "</ol></nav></header>\n<main>\n".utf8
    switch order {
    case .vendor:
      for index in packets.indices {
        for article in packets[index].articles { append(article, index, ids[index], to: &result) }
      }
    case .document:
      for document in documents {
        for index in packets.indices {
          for article in packets[index].articles where article.document == document {
            append(article, index, ids[index], to: &result)
          }
        }
      }
    }
    result += "</main>\n</body>\n</html>\n".utf8
    return result
  }

  private func append(
    _ article: PaperPage.Article,
    _ index: Int,
    _ ids: Set<ArraySlice<UInt8>>,
    to result: inout [UInt8]
  ) {
    let classes = result.count + PaperPage.articleOpen.count
    AnchorRewriting.append(article.markup, to: &result, prefix: "p\(index + 1)-", ids: ids)
    result.insert(contentsOf: "packet-\(index + 1) ".utf8, at: classes)
  }

  /// Each packet has pages of its own name, so that its number stands in its own margins only.
  private func appendStyle(to result: inout [UInt8]) {
    let printed = packets.map { Set($0.articles.map(\.document)) }
    result += style.utf8
    let named = Dictionary(grouping: NamedPageRule.rules(in: style), by: \.name)
    for (index, packet) in packets.enumerated() {
      let number = index + 1
      for rule in rules where printed[index].contains(rule.document) {
        let body = rule.body
          .replacing(Self.checkNumberPlace, with: packet.checkNumber)
          .replacing("counter(page) \" / \" counter(pages)", with: "counter(p\(number))")
          .replacing("counter(page)", with: "counter(p\(number))")
        let name = "p\(number)-\(rule.document)"
        result += ".packet-\(number).page-\(rule.document){page:\(name)}\n".utf8
        for rule in named[rule.document] ?? [] {
          result += "@page \(name)\(rule.pseudoClass) \(rule.block)\n".utf8
        }
        result += "@page \(name){counter-increment:p\(number);\(body)}\n".utf8
      }
    }
  }
}
