import AnnexImport
import Fixtures
import Testing

/// Annexes of random shapes, printed as cities print them and read back.
struct RandomAnnexTests {
  @Test(arguments: 0..<300)
  func whatWasPrintedIsFound(_ seed: Int) {
    let annex = RandomAnnex(seed: UInt64(seed))
    let text = ImportedText.plain(Array(annex.text.unicodeScalars), file: "input.txt")
    let found = AnnexReader.read(text)
    let provisions = found.nodes.filter {
      switch $0.kind {
      case .article, .paragraph, .item: true
      case .mark, .title, .heading, .contents, .preamble, .division, .unnumbered, .closing, .note,
        .row, .supplement, .appendix:
        false
      }
    }
    let outline = provisions.map { node in
      "\(node.kind) \(String(String.UnicodeScalarView(node.text)))"
    }
    #expect(outline == annex.outline, "seed \(seed)\n\(annex.text)\n\(found.listing)")
    #expect(
      found.nodes.flatMap { $0.content.characters } == text.characters(without: found.omitted)
    )
    for reference in found.references {
      #expect(reference.target != .unresolved, "seed \(seed): \(reference.words)")
    }
  }
}

/// An annex whose shape a seed decides: labels, captions, width, hard line ends.
struct RandomAnnex {
  private(set) var text = ""
  /// The kind and the words of each provision, in order.
  private(set) var outline: [String] = []
  private var generator: SeededGenerator
  private let isWide: Bool
  private let width: Int?
  private let article: Int
  private let caption: Int
  private let item: Int

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    isWide = Bool.random(using: &generator)
    width = Bool.random(using: &generator) ? Int.random(in: 24...40, using: &generator) : nil
    article = Int.random(in: 0..<3, using: &generator)
    caption = Int.random(in: 0..<3, using: &generator)
    item = Int.random(in: 0..<3, using: &generator)
    print()
  }

  private mutating func print() {
    add("架空業務に関する特記事項")
    for number in 1...Int.random(in: 2...12, using: &generator) { printArticle(number) }
  }

  private mutating func printArticle(_ number: Int) {
    let label = ["第\(digits(number))条", "第\(digits(number))", "第\(kanji(number))条"][article]
    let words = "（" + word(2...8) + "）"
    if caption == 0 { add(words) }
    outline.append("article ")
    let count = Int.random(in: 1...4, using: &generator)
    for paragraph in 1...count {
      let hasItems = Int.random(in: 0..<4, using: &generator) == 0
      let sentence = hasItems ? "受注者は、次に掲げる事項を守る。" : sentence(number, paragraph)
      let head = paragraph == 1 ? label + (caption == 1 ? words : "") : digits(paragraph)
      add(head + "　" + sentence)
      outline.append("paragraph \(sentence)")
      if hasItems { printItems() }
    }
  }

  private mutating func printItems() {
    for number in 1...Int.random(in: 2...5, using: &generator) {
      let label = ["(\(digits(number)))", "（\(digits(number))）", circled(number)][item]
      let words = word(4...12) + "の管理"
      add(label + "　" + words)
      outline.append("item(0) \(words)")
    }
  }

  /// A sentence, maybe with a reference that leads somewhere.
  private mutating func sentence(_ article: Int, _ paragraph: Int) -> String {
    let reference =
      switch Int.random(in: 0..<4, using: &generator) {
      case 0 where paragraph > 1: "前項の規定により"
      case 1 where article > 1: "前条の規定により"
      case 2 where paragraph > 2: "第\(digits(1))項及び第\(digits(2))項の規定により"
      case _: ""
      }
    var words = "受注者は、" + reference + word(4...30) + "を行う。"
    if Int.random(in: 0..<5, using: &generator) == 0 { words += "ただし、発注者が承諾したときは、この限りでない。" }
    return words
  }

  private mutating func word(_ length: ClosedRange<Int>) -> String {
    let signs = Array("情報管理保護記録資料複写業務委託報告書面媒体廃棄返還教育検査")
    return String(
      (0..<Int.random(in: length, using: &generator)).map { _ in
        signs.randomElement(using: &generator) ?? "情"
      }
    )
  }

  /// A paragraph of the paper, broken into lines where the paper is narrow.
  private mutating func add(_ paragraph: String) {
    var rest = Array(paragraph)[...]
    let width = width ?? Int.max
    while !rest.isEmpty {
      text += String(rest.prefix(width)) + "\n"
      rest = rest.dropFirst(width)
    }
  }

  private func digits(_ number: Int) -> String {
    let signs = Array("０１２３４５６７８９")
    return isWide
      ? String("\(number)".compactMap { $0.wholeNumberValue.map { signs[$0] } }) : "\(number)"
  }

  private func kanji(_ number: Int) -> String {
    let signs = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    return number < 10 ? signs[number] : "十" + (number == 10 ? "" : signs[number - 10])
  }

  private func circled(_ number: Int) -> String { String(Array("①②③④⑤")[number - 1]) }
}
