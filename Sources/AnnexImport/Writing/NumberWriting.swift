/// How the digits of an annex are written, as its template says it.
enum DigitStyle: String {
  case mixed, full, half

  /// Of labels: 第１条 and 第10条 are mixed.
  init(of labels: [Label]) {
    let numbers = labels.map { $0.text.drop { !$0.isDigit }.prefix(while: \.isDigit) }
      .filter { !$0.isEmpty }
    let short = numbers.filter { $0.count == 1 }
    let long = numbers.filter { $0.count > 1 }
    let isWide = short.count { $0.allSatisfy(\.isWide) } * 2 > short.count
    let isLongWide = long.isEmpty ? isWide : long.count { $0.allSatisfy(\.isWide) } * 2 > long.count
    self =
      isWide
      ? long.isEmpty || !isLongWide ? .mixed : .full : isLongWide && short.isEmpty ? .full : .half
  }

  func text(_ number: Int) -> String {
    let digits = "\(number)"
    let isWide: Bool =
      switch self {
      case .mixed: digits.count == 1
      case .full: true
      case .half: false
      }
    return isWide
      ? digits.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }.string : digits
  }
}

/// A level of the annex as its template declares it.
struct WrittenLevel {
  let element: String
  /// 第{n}条.
  let label: String
  let cite: String
  let digits: DigitStyle

  /// `article`: the level whose digits others cite with; where it is no 条, 号 are cited by their labels, too.
  init(_ level: FoundLevel, labels: [Label], article: (level: FoundLevel, labels: [Label])?) {
    let citesLabels = article.map { $0.level.style.before != "第" } ?? false
    element = level.kind.element
    let hasDigits = labels.contains { $0.text.contains(where: \.isDigit) }
    digits = DigitStyle(of: hasDigits ? labels : article?.labels ?? labels)
    let counter: String
    switch level.style.numeral {
    case .digits: counter = "n"
    case .kanji: counter = "一"
    case .circled: counter = "①"
    case .parenthesized: counter = "⑴"
    case .katakana: counter = "ア"
    case .iroha: counter = "イ"
    case .latin: counter = "a"
    case .capital: counter = "A"
    case .roman: counter = "i"
    case .capitalRoman: counter = "Ⅰ"
    }
    let isWide = labels.contains { label in
      label.text.contains { $0.isWide && ($0.folded == "(" || $0.folded == ")") }
    }
    let before = level.style.before == "(" && isWide ? "（" : level.style.before
    let after =
      level.style.after == ")" && isWide
      ? "）"
      : level.style.after == "." && labels.contains { $0.text.last == "．" }
        ? "．" : level.style.after
    label = "\(before){\(counter)}\(after)"
    let number = counter == "一" || article?.level.style.numeral == .kanji ? "一" : "n"
    cite =
      switch level.kind {
      case .paragraph where !citesLabels || level.style.isBareNumber: "第{\(number)}項"
      case .item(0)
      where !citesLabels && level.style.numeral != .katakana && level.style.numeral != .iroha:
        "第{\(number)}号"
      case .mark, .title, .heading, .contents, .preamble, .division, .article, .paragraph, .item,
        .unnumbered,
        .closing, .note, .row, .supplement, .appendix:
        label
      }
  }

  /// 第２項, of the provision's own label.
  func cite(_ label: Label?) -> String {
    let number = label?.number ?? [1]
    let digits = number.map { numeral($0, label) }
    let parts = cite.split(omittingEmptySubsequences: false) { $0 == "{" || $0 == "}" }.map(
      String.init
    )
    guard parts.count == 3, let first = digits.first else { return "" }
    return parts[0] + first + parts[2] + digits.dropFirst().map { "の" + $0 }.joined()
  }

  private func numeral(_ number: Int, _ label: Label?) -> String {
    if cite.contains("{一}") { return Numeral.kanji.sign(number) ?? "\(number)" }
    if cite.contains("{n}") { return digits.text(number) }
    return (label?.text ?? []).compact.filter { $0.folded != "(" && $0.folded != ")" }.string
  }
}

extension FoundNode.Kind {
  /// The element of the template language.
  var element: String {
    switch self {
    case .division(let rank): ["part", "chapter", "section", "subsection", "division"][rank]
    case .article: "article"
    case .paragraph: "paragraph"
    case .item(0): "item"
    case .item: "subitem"
    case .preamble: "preamble"
    case .heading, .contents, .unnumbered, .closing, .mark, .title: "text"
    case .note: "note"
    case .row: "row"
    case .supplement: "supplement"
    case .appendix: "appendix"
    }
  }
}
