/// Lines that are known by their words, whatever stands around them.
enum Signpost {
  /// 附則, with what stands behind it: （令和２年条例第１号）, or the text itself.
  static func supplement(_ line: Scalars) -> Int? {
    guard let start = line.firstIndex(where: { !$0.isSpace }),
      line[start] == "附" || line[start] == "付"
    else { return nil }
    var at = start + 1
    while at < line.count, line[at].isSpace { at += 1 }
    guard at < line.count, line[at] == "則" else { return nil }
    at += 1
    return at == line.count || line[at].isSpace || line[at].folded == "(" ? at : nil
  }

  static func isContents(_ line: Scalars) -> Bool {
    ["目次", "[目次]"].contains(line.compact.map(\.folded).string)
  }

  /// How far 別紙２, 別記様式（第３条関係） or 様式第１号 reaches; nil if the line does not begin so.
  static func mark(_ line: Scalars) -> Int? {
    var at = skip(line, 0)
    let start = at
    // 第１号様式
    if at < line.count, line[at] == "第", let number = Numeral.number(line, at: skip(line, at + 1)) {
      let unit = skip(line, skip(line, at + 1) + number.count)
      guard line.has("号様式", at: unit) else { return nil }
      at = unit + 3
    } else {
      for word in ["別記様式", "別記", "別紙様式", "別紙", "別添様式", "別添", "別表", "別冊", "様式"] {
        if let end = spaced(word, in: line, at: at) {
          at = end
          break
        }
      }
      guard at > start else { return nil }
      at = numbered(line, at: at)
    }
    let bracket = skip(line, at)
    if bracket < line.count, line[bracket].folded == "(", let end = line.closing(of: bracket),
      line[bracket...end].string.contains("関係")
    {
      at = end + 1
    }
    return at == line.count || line[at].isSpace ? at : nil
  }

  /// 「第１号」, 「２」, 「－１」 behind the word.
  private static func numbered(_ line: Scalars, at start: Int) -> Int {
    var end = start
    var at = skip(line, start)
    if at < line.count, line[at] == "第" { at = skip(line, at + 1) }
    while let number = Numeral.number(line, at: at) {
      at += number.count
      end = at
      if at < line.count, "-－‐のノ".unicodeScalars.contains(line[at]) { at += 1 }
    }
    if end > start, line.has("号", at: skip(line, end)) { end = skip(line, end) + 1 }
    if let branch = Label.branch(line, at: end) { end = branch.end }
    return end
  }

  /// 平成12年３月１日, 規程第９号, 最終改正 …: what 例規集 print between the title and the text.
  static func isHeading(_ line: Scalars) -> Bool {
    let text = line.compact.map(\.folded)
    let core = text.isBracketed ? Array(text.dropFirst().dropLast()) : text
    let string = core.string
    guard !string.contains("。") else { return false }
    let eras = ["明治", "大正", "昭和", "平成", "令和"]
    if eras.contains(where: string.hasPrefix), string.contains("年"), core.count <= 40 {
      return true
    }
    if ["改正", "最終改正", "一部改正", "施行", "制定"].contains(where: string.hasPrefix) { return true }
    if core.last == "号", let at = core.lastIndex(of: "第"), at + 1 < core.count, core[at + 1].isDigit
    {
      return core.count <= 20
    }
    return text.isBracketed
  }

  /// この契約の締結を証するため、…: the words above the signatures, which belong to no article.
  static func isConclusion(_ line: Scalars) -> Bool {
    line.has(oneOf: ["この", "本", "上記", "以上"], at: 0)
      && ["を証するため", "証として"].contains { line.prefix(40).string.contains($0) }
  }

  /// Whether dots lead to a page number: a line of a table of contents.
  static func isLeader(_ line: Scalars) -> Bool {
    guard let last = line.compact.last, last.isDigit else { return false }
    return ["……", "・・・", "....", "‥‥", "．．．"].contains { line.compact.string.contains($0) }
  }

  /// （一部改正〔令和５年訓令１号〕）, 備考, （注）, ※.
  static func isNote(_ line: Scalars) -> Bool {
    let text = line.compact.map(\.folded)
    if text.isBracketed {
      return ["改正", "追加", "全改", "繰上", "繰下", "旧"].contains {
        text.string.dropFirst().hasPrefix($0) || text.string.contains($0 + "[")
      }
    }
    return ["備考", "(注", "※", "注)", "[注"].contains { text.string.hasPrefix($0) }
      || text.has("注", at: 0) && text.count > 1 && (text[1].isDigit || text[1] == ":")
  }

  private static func skip(_ line: Scalars, _ index: Int) -> Int {
    var index = index
    while index < line.count, line[index].isSpace { index += 1 }
    return index
  }

  /// Where the word ends whose characters may stand apart: 「別 紙」.
  private static func spaced(_ word: String, in line: Scalars, at start: Int) -> Int? {
    var at = start
    for scalar in word.unicodeScalars {
      at = skip(line, at)
      guard at < line.count, line[at] == scalar else { return nil }
      at += 1
    }
    return at
  }
}
