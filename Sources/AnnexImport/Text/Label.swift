/// What stands before a provision: 「第３条の２」, 「２」, 「（１）」, 「ア」.
package struct Label: Hashable, Sendable {
  /// As it is written, spaces included.
  package let text: Scalars
  package let style: Style
  /// The number and its branch numbers: 第３条の２ is 3, 2.
  package let number: [Int]
  /// The last number, where the label stands for several: 第22条及び第23条　削除.
  package var through: [Int]?
  /// Scalars up to the text behind it, spaces included.
  let length: Int
  let hasSpaceBehind: Bool

  /// How a label is made, whatever the width of its characters.
  package struct Style: Hashable, Sendable {
    package let before: String
    package let numeral: Numeral
    package let after: String

    /// 第{n}条.
    package var pattern: String { "\(before){\(numeral.rawValue)}\(after)" }
    var isArticle: Bool { before == "第" && after == "条" }
    var isBareArticle: Bool { before == "第" && after.isEmpty }
    /// Whether it may be a paragraph's: 1, or 1 and a full stop.
    var isBareNumber: Bool {
      before.isEmpty && (numeral == .digits || numeral == .circled) && !after.hasPrefix(")")
    }
    /// 二 of a paragraph whose first has no number.
    var isKanji: Bool { before.isEmpty && numeral == .kanji && after.isEmpty }
    /// Divisions above the article, the greatest first.
    static let divisions = ["編", "章", "節", "款", "目"]
    var division: Int? { before == "第" ? Self.divisions.firstIndex(of: after) : nil }
  }

  /// Whether the number comes directly behind another one: 3 or 2の2 behind 2.
  func follows(_ last: [Int]) -> Bool {
    if number == last + [2] { return true }
    for length in 1...max(1, last.count) where last.count >= length {
      var next = Array(last.prefix(length))
      next[length - 1] += 1
      if number == next { return true }
    }
    return false
  }

  /// What a line can begin with as a label, the likelier first.
  static func candidates(_ line: Scalars) -> [Label] {
    let start = line.firstIndex { !$0.isSpace } ?? line.count
    guard start < line.count else { return [] }
    if line[start] == "第" { return ordinal(line, from: start).map { [$0] } ?? [] }
    let isOpen = line[start].folded == "("
    return Numeral.readings(line, at: skipSpaces(line, start + (isOpen ? 1 : 0))).compactMap {
      plain(line, from: start, isOpen: isOpen, reading: $0)
    }
  }

  /// 第３条の２, 第３, 第２章, 第22条から第25条まで.
  private static func ordinal(_ line: Scalars, from start: Int) -> Label? {
    var at = skipSpaces(line, start + 1)
    guard let first = Numeral.number(line, at: at) else { return nil }
    at += first.count
    var number = [first.value]
    var after = ""
    let unit = skipSpaces(line, at)
    if unit < line.count, line[unit] == "条" || Style.divisions.contains(String(line[unit])) {
      after = String(line[unit])
      at = unit + 1
    }
    while let (branch, end) = branch(line, at: at) {
      number.append(branch)
      at = end
    }
    var through: [Int]?
    if after == "条", let range = range(line, at: at) { (through, at) = (range.number, range.end) }
    return make(
      line,
      from: start,
      to: at,
      style: Style(before: "第", numeral: first.numeral, after: after),
      number: number,
      through: through
    )
  }

  /// 「の２」.
  static func branch(_ line: Scalars, at start: Int) -> (Int, end: Int)? {
    let at = skipSpaces(line, start)
    guard at < line.count, line[at] == "の" || line[at] == "ノ" else { return nil }
    let digits = skipSpaces(line, at + 1)
    guard let reading = Numeral.number(line, at: digits) else { return nil }
    let end = digits + reading.count
    // 第３条の２項目 and the like are no branches.
    if line.has(oneOf: ["つ", "人", "分", "件", "以"], at: end) { return nil }
    return (reading.value, end)
  }

  /// 「及び第23条」, 「から第25条まで」 before 削除.
  private static func range(_ line: Scalars, at start: Int) -> (number: [Int], end: Int)? {
    for word in ["及び", "から", "、"] where line.has(word, at: start) {
      guard let next = ordinal(line, from: start + word.unicodeScalars.count) else { continue }
      var end = start + word.unicodeScalars.count + next.text.count
      if line.has("まで", at: end) { end += 2 }
      guard Scalars(line[end...]).compact.string == "削除" else { continue }
      return (next.through ?? next.number, end)
    }
    return nil
  }

  private static func plain(
    _ line: Scalars,
    from start: Int,
    isOpen: Bool,
    reading: Numeral.Reading
  ) -> Label? {
    var at = skipSpaces(line, start + (isOpen ? 1 : 0)) + reading.count
    var number = [reading.value]
    var after = ""
    while let (branch, end) = branch(line, at: at), isOpen || end < line.count && line[end].isSpace
    {
      number.append(branch)
      at = end
    }
    let close = skipSpaces(line, at)
    if close < line.count, line[close].folded == ")" {
      after = ")"
      at = close + 1
    } else if isOpen {
      return nil
    } else if at < line.count, [".", "．", "｡"].contains(String(line[at])),
      at + 1 == line.count || !line[at + 1].isDigit
    {
      after = "."
      at += 1
    }
    return make(
      line,
      from: start,
      to: at,
      style: Style(before: isOpen ? "(" : "", numeral: reading.numeral, after: after),
      number: number
    )
  }

  private static func make(
    _ line: Scalars,
    from start: Int,
    to end: Int,
    style: Style,
    number: [Int],
    through: [Int]? = nil
  ) -> Label? {
    let text = Array(line[start..<end])
    let rest = skipSpaces(line, end)
    let label = Label(
      text: text,
      style: style,
      number: number,
      through: through,
      length: rest,
      hasSpaceBehind: rest > end || rest == line.count
    )
    return label.canStand(before: Array(line[rest...])) ? label : nil
  }

  /// Whether the words behind it let it be a label and no part of a sentence: 第５条の規定, ２以上の, 「イ」.
  private func canStand(before rest: Scalars) -> Bool {
    guard let next = rest.first else { return true }
    let isSelfContained =
      !style.after.isEmpty && !style.isArticle
      || style.numeral == .circled || style.numeral == .parenthesized
    if hasSpaceBehind || style.isArticle {
      // 第４条　第２条各号の: the space was typed, and the article begins with a reference.
      if style.isArticle, hasSpaceBehind, rest.first == "第" { return !Self.isWithin(rest) }
      let words = [
        "第", "の", "に", "を", "と", "及び", "又は", "から", "、", "。", "各", "中", "若しくは", "並びに", "ただし", "本文",
        "前段", "後段", "関係", "以", "で", "が", "は", "・", "例", "件", "約", "項", "号", ")", "）", "」",
      ]
      let units = ["条", "項", "号", "章", "節", "款", "編", "年", "月", "日", "時", "円", "％", "%", "様式"]
      if style.isArticle { return !rest.has(oneOf: words, at: 0) }
      if style.before == "第" {
        return !rest.has(oneOf: units + ["に", "を", "の", "及び", "又は"], at: 0)
      }
      return !rest.has(
        oneOf: units + [
          "に", "を", "の", "及び", "又は", "又", "から", "まで", "、", "。", "）", ")", "分の", "か月", "箇", "／", "/",
          "～",
        ],
        at: 0
      )
    }
    if isSelfContained {
      return !rest.has(oneOf: ["に", "を", "の", "から", "まで", "及び", "又は", "、", "。", "と", "で"], at: 0)
    }
    if style.isBareArticle { return rest.opensCaption && rest.closing(of: 0) != nil }
    // Without a space only a number directly before a word can be meant as a label.
    return style.numeral == .digits && style.before.isEmpty && next.isWide && !next.isDigit
      && (next.isKanji || next == "こ")
      && !rest.has(
        oneOf: [
          "年", "月", "日", "時", "分", "秒", "円", "条", "項", "号", "章", "節", "款", "編", "点", "件", "部", "名",
          "人", "以", "箇", "個", "回", "週", "割", "級", "次", "種", "類", "階", "社", "者", "通", "枚", "歳", "万",
          "千", "億", "百", "十", "倍", "桁", "本", "冊", "台", "月", "日", "営", "親", "段", "単", "第", "丁", "番",
        ],
        at: 0
      )
  }

  /// Whether 第１項 or 第２号 goes on with a reference.
  private static func isWithin(_ rest: Scalars) -> Bool {
    guard let number = Numeral.number(rest, at: skipSpaces(rest, 1)) else { return false }
    return rest.has(oneOf: ["項", "号"], at: skipSpaces(rest, skipSpaces(rest, 1) + number.count))
  }

  private static func skipSpaces(_ line: Scalars, _ index: Int) -> Int {
    var index = index
    while index < line.count, line[index].isSpace { index += 1 }
    return index
  }
}
