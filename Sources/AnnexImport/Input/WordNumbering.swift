import Markup

/// The automatic numbers of a document, counted in the order of its paragraphs (ECMA-376, 17.9).
struct WordNumbering {
  private struct Level {
    var start = 1
    var format = "decimal"
    /// %1 stands for the number of the first level.
    var text = ""
    var suffix = "tab"
  }

  /// A list: the abstract one that it counts with, and the levels, of which it may have its own.
  private struct List {
    let abstract: String
    var levels: [Int: Level]
    /// Numbers that it begins anew with.
    var overrides: [Int: Int]
  }

  private struct Use {
    var list: String?
    var level: Int?

    init() {}

    init(_ properties: Element) {
      list = properties.child("numId")?.value
      level = properties.child("ilvl")?.value.flatMap { Int($0) }
    }
  }

  private var lists: [String: List] = [:]
  private var styles: [String: Use] = [:]
  private var based: [String: String] = [:]
  private var counters: [String: [Int: Int]] = [:]
  private var started: Set<String> = []

  init(numbering: Element?, styles: Element?) {
    for style in styles?.elements ?? [] where style.name == "style" {
      guard let id = style.attributes.first(where: { $0.name == "styleId" })?.value else {
        continue
      }
      based[id] = style.child("basedOn")?.value
      if let use = style.child("pPr")?.child("numPr") { self.styles[id] = Use(use) }
    }
    var abstracts: [String: [Int: Level]] = [:]
    for element in numbering?.elements ?? [] where element.name == "abstractNum" {
      guard let id = element.attributes.first(where: { $0.name == "abstractNumId" })?.value else {
        continue
      }
      abstracts[id] = Self.levels(element)
    }
    for element in numbering?.elements ?? [] where element.name == "num" {
      guard let id = element.attributes.first(where: { $0.name == "numId" })?.value,
        let abstract = element.child("abstractNumId")?.value
      else { continue }
      var list = List(abstract: abstract, levels: abstracts[abstract] ?? [:], overrides: [:])
      for change in element.elements where change.name == "lvlOverride" {
        guard
          let level = change.attributes.first(where: { $0.name == "ilvl" }).flatMap({
            Int($0.value)
          })
        else { continue }
        list.levels.merge(Self.levels(change)) { $1 }
        list.overrides[level] = change.child("startOverride")?.value.flatMap { Int($0) }
      }
      lists[id] = list
    }
  }

  private static func levels(_ parent: Element) -> [Int: Level] {
    var levels: [Int: Level] = [:]
    for element in parent.elements where element.name == "lvl" {
      guard
        let index = element.attributes.first(where: { $0.name == "ilvl" }).flatMap({ Int($0.value) }
        )
      else { continue }
      var level = Level()
      level.start = element.child("start")?.value.flatMap { Int($0) } ?? 1
      level.format = element.child("numFmt")?.value ?? "decimal"
      level.text = element.child("lvlText")?.value ?? ""
      level.suffix = element.child("suff")?.value ?? "tab"
      levels[index] = level
    }
    return levels
  }

  /// The number of the next paragraph with these properties, and the space behind it; nil if it has none.
  mutating func label(_ properties: Element?, style: String?) -> String? {
    var use = properties.map { Use($0) } ?? Use()
    var name = style
    // A circle of styles ends, too.
    for _ in 0..<20 {
      guard let here = name, use.list == nil || use.level == nil else { break }
      use.list = use.list ?? styles[here]?.list
      use.level = use.level ?? styles[here]?.level
      name = based[here]
    }
    guard let id = use.list, id != "0", let list = lists[id] else { return nil }
    let index = use.level ?? 0
    guard let level = list.levels[index] else { return nil }
    count(list, id, index, level)
    if level.format == "none" { return nil }
    let label = level.format == "bullet" ? Self.bullet(level.text) : text(list, level)
    if label.isEmpty { return nil }
    return label + (level.suffix == "nothing" ? "" : "\u{3000}")
  }

  private mutating func count(_ list: List, _ id: String, _ index: Int, _ level: Level) {
    var counter = counters[list.abstract] ?? [:]
    if let start = list.overrides[index], started.insert("\(id) \(index)").inserted {
      counter[index] = start
    } else {
      counter[index] = counter[index].map { $0 + 1 } ?? level.start
    }
    for deeper in counter.keys where deeper > index { counter[deeper] = nil }
    counters[list.abstract] = counter
  }

  private func text(_ list: List, _ level: Level) -> String {
    var label = ""
    var isPlaceholder = false
    for character in level.text {
      if isPlaceholder, let place = character.wholeNumberValue {
        let other = list.levels[place - 1] ?? level
        let number = counters[list.abstract]?[place - 1] ?? other.start
        label += WordNumber.text(number, format: other.format)
        isPlaceholder = false
      } else if character == "%" {
        isPlaceholder = true
      } else {
        label.append(character)
      }
    }
    return label
  }

  /// Signs of symbol fonts stand in the private area.
  private static func bullet(_ text: String) -> String {
    let isPrivate = text.unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) }
    return isPrivate ? "・" : text
  }
}

/// A number in one of Word's formats (ECMA-376, 17.18.59); those that no Japanese document has are digits.
private enum WordNumber {
  static func text(_ number: Int, format: String) -> String {
    let numeral: Numeral? =
      switch format {
      case "decimalEnclosedCircle", "decimalEnclosedCircleChinese": .circled
      case "decimalEnclosedParen": .parenthesized
      case "aiueo", "aiueoFullWidth": .katakana
      case "iroha", "irohaFullWidth": .iroha
      case "japaneseCounting", "japaneseDigitalTenThousand", "ideographDigital", "chineseCounting",
        "taiwaneseCounting":
        .kanji
      case "lowerLetter": .latin
      case "upperLetter": .capital
      case "lowerRoman": .roman
      case _: nil
      }
    switch format {
    case "decimalFullWidth", "decimalFullWidth2":
      return "\(number)".unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }.string
    case "decimalZero": return number < 10 ? "0\(number)" : "\(number)"
    case "upperRoman": return Numeral.roman.sign(number)?.uppercased() ?? "\(number)"
    case _: return numeral?.sign(number) ?? "\(number)"
    }
  }
}
