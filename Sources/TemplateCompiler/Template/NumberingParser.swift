import Diagnostics
import Markup

/// Reads `numbering`, which says in what an annex departs from the usual levels.
struct NumberingParser {
  let reader: ElementReader

  private enum Kind: String, CaseIterable {
    case part, chapter, section, subsection, division, article, paragraph, item, subitem, appendix
  }

  func numbering(_ element: Element) -> Numbering {
    reader.allow([], on: element)
    var numbering = Numbering()
    var seen: Set<Kind> = []
    for child in reader.children(of: element, ["level"]) {
      let name = reader.required("of", of: child)
      let kind: Kind? = name.text.isEmpty ? nil : reader.choice("of", of: child, default: nil)
      let isFirst = kind.map { seen.insert($0).inserted } ?? true
      if !isFirst, kind != .subitem { reader.report(.duplicateLevel(name)) }
      func level(_ usual: Level) -> Level { self.level(child, kind, usual) }
      switch kind {
      case .part: numbering.part = level(numbering.part)
      case .chapter: numbering.chapter = level(numbering.chapter)
      case .section: numbering.section = level(numbering.section)
      case .subsection: numbering.subsection = level(numbering.subsection)
      case .division: numbering.division = level(numbering.division)
      case .article: numbering.article = level(numbering.article)
      case .paragraph: numbering.paragraph = level(numbering.paragraph)
      case .item: numbering.item = level(numbering.item)
      case .subitem:
        // Each of them is one level further in.
        if isFirst { numbering.subitems = [] }
        let usual = Numbering().level(of: .subitem, depth: numbering.subitems.count)
        numbering.subitems.append(level(usual ?? Level("{a}", caption: .runIn)))
      case .appendix: numbering.appendix = level(numbering.appendix)
      case nil: _ = level(numbering.article)
      }
    }
    return numbering
  }

  private func level(_ element: Element, _ kind: Kind?, _ usual: Level) -> Level {
    reader.allow(
      ["of", "label", "cite", "unit", "caption", "brackets", "start", "digits"]
        + (kind == .paragraph ? ["first"] : []),
      on: element,
      holes: ["label", "cite"]
    )
    reader.noContent(element)
    var level = usual
    let label = pattern("label", of: element)
    let cite = pattern("cite", of: element)
    if let label { level.label = label }
    switch kind {
    // 第２項 and 第１号 are named so, whatever their labels look like.
    case .paragraph, .item: if let cite { level.cite = cite }
    case .part, .chapter, .section, .subsection, .division, .article, .subitem, .appendix, nil:
      if let cite = cite ?? label { level.cite = cite }
    }
    level.unit = reader.name("unit", of: element)?.text ?? level.cite.unit
    level.caption =
      reader.choice("caption", of: element, default: usual.caption) ?? usual.caption
    level.brackets = brackets(of: element, default: level.caption == .above ? .round : .none)
    if kind == .paragraph {
      level.first = reader.choice("first", of: element, default: usual.first) ?? usual.first
    }
    level.start = reader.integer("start", of: element, in: 1...9999) ?? 1
    level.digits = reader.choice("digits", of: element, default: nil)
    return level
  }

  /// A flag, or the brackets themselves.
  private func brackets(of element: Element, default usual: Level.CaptionBrackets)
    -> Level.CaptionBrackets
  {
    switch reader.name("brackets", of: element)?.text {
    case "true": .round
    case "false": .none
    case _: reader.choice("brackets", of: element, default: usual) ?? usual
    }
  }

  private func pattern(_ attribute: String, of element: Element) -> NumberPattern? {
    guard let name = reader.name(attribute, of: element) else { return nil }
    if let pattern = NumberPattern(reading: name.text) { return pattern }
    let counters = NumberPattern.Counter.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
    reader.report(
      .invalidAttribute(
        attribute,
        at: name.location,
        hint: Message(
          ja: "番号の入る所に、次のどれか一つを書きます：\(counters)。例：第{n}条",
          en: "Write one of these where the number goes: \(counters), as in 第{n}条."
        )
      )
    )
    return nil
  }
}

extension Diagnostic {
  fileprivate static func duplicateLevel(_ kind: Name) -> Self {
    Diagnostic(
      .duplicateName,
      at: kind.location,
      ja: "「\(kind.text)」の level が二つあります。",
      en: "There are two levels of “\(kind.text)”.",
      hint: Message(
        ja: "一つにまとめてください。段の数だけ書くのは subitem だけです。",
        en: "Put them into one; only subitem has a level for each depth."
      )
    )
  }
}
