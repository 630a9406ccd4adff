import Fixtures

/// An annex of a random shape, written as XML and as the text that it must become.
///
/// The text is put together here by rules of its own, so that it says what the compiler must, and not what it does.
struct RandomAnnex {
  private(set) var xml = ""
  /// Without white space.
  private(set) var text = ""
  /// The provisions that references can name, in reading order: the words that make up the name of each, outermost first.
  private(set) var names: [(id: String, words: [String])] = []
  private var random: SeededGenerator
  private let shape: Shape
  private var articles = 0

  /// What the numbering declares.
  private struct Shape {
    var article: Level
    var paragraph: Level
    var item: Level
    var subitems: [Level]
    var first: String
    var start: Int
  }

  private struct Level {
    var prefix: String
    var counter: String
    var suffix: String
    var caption: String
    var brackets: Bool

    var pattern: String { "\(prefix){\(counter)}\(suffix)" }

    func label(_ number: Int) -> String { prefix + counted(number) + suffix }

    private func counted(_ number: Int) -> String {
      switch counter {
      case "１":
        String(
          String(number).map { digit in
            Character(Unicode.Scalar(0xFF10 + UInt32(digit.wholeNumberValue ?? 0)) ?? "?")
          }
        )
      case "一":
        number < 10
          ? ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][number] : RandomAnnex.kanji(number)
      case "①": String(Character(Unicode.Scalar(0x2460 + UInt32(number) - 1) ?? "?"))
      case "ア": ["", "ア", "イ", "ウ", "エ", "オ", "カ", "キ"][number]
      case "イ": ["", "イ", "ロ", "ハ", "ニ", "ホ", "ヘ", "ト"][number]
      case "a": ["", "a", "b", "c", "d", "e", "f", "g"][number]
      case "i": ["", "i", "ii", "iii", "iv", "v", "vi", "vii"][number]
      case _: String(number)
      }
    }
  }

  fileprivate static func kanji(_ number: Int) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    let tens = number / 10
    return (tens > 1 ? digits[tens] : "") + "十" + digits[number % 10]
  }

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let isArticle = Bool.random(using: &random)
    let small = ["1", "１", "①", "ア", "イ", "a", "i", "一"]
    func level(_ patterns: [(String, String)], _ counters: [String], _ captions: [String]) -> Level
    {
      let (prefix, suffix) = patterns.randomElement(using: &random) ?? ("", "")
      return Level(
        prefix: prefix,
        counter: counters.randomElement(using: &random) ?? "1",
        suffix: suffix,
        caption: captions.randomElement(using: &random) ?? "above",
        brackets: Bool.random(using: &random)
      )
    }
    shape = Shape(
      article: level(
        isArticle ? [("第", "条")] : [("第", ""), ("", "")],
        ["1", "１", "一"],
        ["above", "after", "run-in", "none"]
      ),
      paragraph: level([("", ""), ("（", "）")], ["1", "１"], ["above", "after", "run-in"]),
      item: level([("(", ")"), ("（", "）"), ("", "")], small, ["above", "after", "run-in"]),
      subitems: (0..<3).map { _ in level([("", ""), ("(", ")"), ("", ".")], small, ["run-in"]) },
      first: ["marked", "unmarked", "auto"].randomElement(using: &random) ?? "marked",
      start: Int.random(in: 1...30, using: &random)
    )
    self.random = random
    articles = shape.start - 1
    write()
  }

  // MARK: Writing

  private mutating func write() {
    xml = "<annex xmlns=\"urn:tokki:template:1\" id=\"annex\"><title>題名</title>\n<numbering>"
    xml += level("article", shape.article, " start=\"\(shape.start)\"")
    xml += level("paragraph", shape.paragraph, " cite=\"第{1}項\" first=\"\(shape.first)\"")
    xml += level("item", shape.item, " cite=\"第{1}号\"")
    for subitem in shape.subitems { xml += level("subitem", subitem, "") }
    xml += "</numbering>\n"
    text = "題名"
    if chance(2) { loose("preamble") }
    let chapters = chance(3) ? Int.random(in: 1...3, using: &random) : 0
    for chapter in 0..<chapters {
      xml += "<chapter id=\"chapter-\(chapter)\">\(caption("章"))"
      names.append(("chapter-\(chapter)", ["第\(Self.mixed(chapter + 1))章"]))
      text += "第\(Self.mixed(chapter + 1))章章"
      articleGroup()
      xml += "</chapter>\n"
    }
    articleGroup()
    if chance(2) { loose("text") }
    if chance(2) { supplement() }
    if chance(2) { appendix() }
    xml += "</annex>"
  }

  private static func mixed(_ number: Int) -> String { ["", "１", "２", "３", "４"][number] }

  private func level(_ name: String, _ level: Level, _ more: String) -> String {
    "<level of=\"\(name)\" label=\"\(level.pattern)\" caption=\"\(level.caption)\""
      + " brackets=\"\(level.brackets)\"\(more)/>\n"
  }

  private mutating func articleGroup() {
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      if chance(6) {
        articles += 2
        xml += "<article id=\"a\(articles)\" deleted=\"true\" count=\"2\"/>\n"
        let level = shape.article
        text += "\(level.label(articles - 1))及び\(level.label(articles))削除"
      } else {
        articles += 1
        article("a\(articles)", shape.article.label(articles))
      }
    }
  }

  /// 第３条: `label` is what it is numbered.
  private mutating func article(_ id: String, _ label: String, in outer: [String] = []) {
    xml += "<article id=\"\(id)\">"
    let name = outer + [label]
    names.append((id, name))
    let count = Int.random(in: 1...3, using: &random)
    let isMarked = shape.first == "marked" || shape.first == "auto" && count > 1
    let hasCaption = shape.article.caption != "none" && !chance(4)
    var own = label
    var runIn = ""
    if hasCaption {
      xml += caption("条見出し")
      let words = shape.article.brackets ? "（条見出し）" : "条見出し"
      switch shape.article.caption {
      case "after": text += label + words; own = ""
      case "run-in": runIn = words
      case _: text += words
      }
    }
    // What the article's number stands before: its own line, or its first paragraph.
    if isMarked { text += own + runIn; own = ""; runIn = "" }
    for index in 1...count {
      let isLabelled = index > 1 || isMarked
      paragraph(
        "\(id)-\(index)",
        isLabelled ? shape.paragraph.label(index) : own,
        runIn,
        name: name + (count > 1 || isMarked ? ["第\(index)項"] : [])
      )
      own = ""
      runIn = ""
      if chance(5) { loose("text") }
    }
    if chance(6) { loose("note") }
    xml += "</article>\n"
  }

  private mutating func paragraph(
    _ id: String,
    _ label: String,
    _ before: String = "",
    name: [String]
  ) {
    xml += "<paragraph id=\"\(id)\">"
    names.append((id, name))
    opening(shape.paragraph, label, before, "項見出し")
    words()
    if chance(3) {
      for index in 1...Int.random(in: 1...5, using: &random) { item(id, index, in: name) }
      if chance(3) { loose("text") }
    }
    if chance(8) { table() }
    xml += "</paragraph>\n"
  }

  private mutating func item(_ parent: String, _ index: Int, in outer: [String]) {
    let id = "\(parent)-\(index)"
    if chance(8) {
      xml += "<item deleted=\"true\"/>"
      text += shape.item.label(index) + "削除"
      return
    }
    xml += "<item id=\"\(id)\">"
    let name = outer + ["第\(index)号"]
    names.append((id, name))
    opening(shape.item, shape.item.label(index), "", "号見出し")
    words()
    subitems(id, depth: 0, in: name)
    if chance(5) { loose("text") }
    xml += "</item>\n"
  }

  private mutating func subitems(_ parent: String, depth: Int, in outer: [String]) {
    guard depth < shape.subitems.count, chance(3) else { return }
    for index in 1...Int.random(in: 1...3, using: &random) {
      let id = "\(parent)-\(index)"
      xml += "<subitem id=\"\(id)\">"
      let name = outer + [shape.subitems[depth].label(index)]
      names.append((id, name))
      opening(shape.subitems[depth], shape.subitems[depth].label(index), "", "細別")
      words()
      subitems(id, depth: depth + 1, in: name)
      xml += "</subitem>"
    }
  }

  /// The number and, now and then, a caption.
  private mutating func opening(_ level: Level, _ label: String, _ before: String, _ words: String)
  {
    guard chance(5) else { return text += label + before }
    xml += caption(words)
    let words = level.brackets ? "（\(words)）" : words
    text += level.caption == "above" ? words + label + before : label + before + words
  }

  private func caption(_ words: String) -> String { "<caption>\(words)</caption>" }

  private mutating func words() {
    if chance(4) {
      xml += "<sentence part=\"main\">本文。</sentence><sentence part=\"proviso\">ただし、例外。</sentence>"
      text += "本文。ただし、例外。"
    } else {
      xml += "文\n  である。"
      text += "文である。"
    }
  }

  private mutating func loose(_ name: String) {
    xml += "<\(name)>　番号のない文</\(name)>"
    text += "番号のない文"
  }

  private mutating func table() {
    let hasHead = Bool.random(using: &random)
    xml += "<table><caption>表題</caption><column\(hasHead ? " label=\"甲\"" : "")/><column/>"
    xml += "<row><cell>一</cell><cell>二</cell></row><row><cell/><cell>四</cell></row></table>"
    text += "表題\(hasHead ? "甲" : "")一二四"
  }

  private mutating func supplement() {
    xml += "<supplement id=\"supplement\">"
    names.append(("supplement", ["附則"]))
    text += "附則"
    if chance(2) {
      for index in 1...Int.random(in: 1...3, using: &random) {
        article("s\(index)", shape.article.label(index), in: ["附則"])
      }
    } else {
      let count = Int.random(in: 1...3, using: &random)
      for index in 1...count {
        paragraph(
          "sp\(index)",
          count > 1 ? shape.paragraph.label(index) : "",
          name: ["附則"] + (count > 1 ? ["第\(index)項"] : [])
        )
      }
    }
    xml += "</supplement>\n"
  }

  private mutating func appendix() {
    for index in 1...Int.random(in: 1...2, using: &random) {
      xml += "<appendix id=\"appendix-\(index)\">\(caption("表題"))"
      names.append(("appendix-\(index)", ["別表第\(Self.mixed(index))"]))
      text += "別表第\(Self.mixed(index))表題"
      table()
      xml += "</appendix>\n"
    }
  }

  private mutating func chance(_ of: Int) -> Bool { Int.random(in: 1...of, using: &random) == 1 }

  /// The same annex, with 附則 behind it that refer to everything in turn.
  var referringToAll: String {
    let references = names.map { "<ref to=\"\($0.id)\"/>" }.joined(separator: "、")
    let supplement =
      "<supplement id=\"all\"><paragraph id=\"all-1\">\(references)</paragraph></supplement></annex>"
    return xml.replacing("</annex>", with: supplement)
  }

  /// The same annex, with 附則 behind it that say something.
  func referring(_ words: String) -> String {
    xml.replacing(
      "</annex>",
      with:
        "<supplement id=\"all\"><paragraph id=\"all-1\">〔\(words)〕</paragraph></supplement></annex>"
    )
  }

  /// Two provisions as a range or a list, and how a reader finds them.
  struct Pair {
    let xml: String
    let isRange: Bool
    let first: [String]
    let last: [String]
    /// Names of all that are counted with the first.
    let siblings: [[String]]
    let isOfOneKind: Bool

    /// Ranges go forward, and from like to like.
    var mayBeRefused: Bool {
      guard isRange else { return false }
      return !isOfOneKind || first.count != last.count || !siblings.contains(last)
        || (siblings.firstIndex(of: first) ?? 0) >= (siblings.firstIndex(of: last) ?? 0)
        || first.dropLast() != last.dropLast()
    }

    /// Reads from the outside, where all is named in full.
    func isNamed(by words: String) -> Bool {
      let shared = Array(zip(first, last).prefix { $0 == $1 }.map(\.0))
      let full = { (name: [String]) in name.joined() }
      // The last says what it does not share, and what it shares where it cannot do without.
      let ends = [full(last), last[min(shared.count, last.count - 1)...].joined()]
      if ends.contains(where: { words == full(first) + "及び" + $0 }) { return true }
      guard isRange else { return false }
      if ends.contains(where: { words == full(first) + "から" + $0 + "まで" }) { return true }
      guard words.hasPrefix(shared.joined()), words.contains("各") else { return false }
      return siblings.first == first && siblings.last == last
    }
  }

  /// a of a12, a- of its first paragraph a12-1.
  private static func kind(_ id: String) -> String { id.filter { !$0.isNumber } }

  /// Some pairs of provisions, in either order.
  func pairs(seed: UInt64) -> [Pair] {
    var random = SeededGenerator(seed: seed ^ 0x5EED)
    let all = names.filter { name in !name.words.joined().contains("章") }
    guard all.count > 1 else { return [] }
    return (0..<3).compactMap { index in
      guard let first = all.randomElement(using: &random) else { return nil }
      let siblings = all.filter {
        $0.words.count == first.words.count && $0.words.dropLast() == first.words.dropLast()
          && Self.kind($0.id) == Self.kind(first.id)
      }
      // Mostly of one sequence, now and then of any.
      let others = index == 2 ? all : siblings
      guard let last = others.randomElement(using: &random), last.id != first.id,
        !last.words.starts(with: first.words), !first.words.starts(with: last.words)
      else { return nil }
      let isRange = Bool.random(using: &random)
      return Pair(
        xml: isRange
          ? "<ref to=\"\(first.id)\" through=\"\(last.id)\"/>"
          : "<ref to=\"\(first.id) \(last.id)\"/>",
        isRange: isRange,
        first: first.words,
        last: last.words,
        siblings: siblings.map(\.words),
        isOfOneKind: Self.kind(first.id) == Self.kind(last.id)
      )
    }
  }
}
