/// Words that point to a provision, before it is known to which: 前条第１項ただし書.
struct ReferenceChain: Equatable {
  enum Unit: Int, Comparable {
    case article, paragraph, item, subitem

    static func < (a: Unit, b: Unit) -> Bool { a.rawValue < b.rawValue }
  }

  enum Position: Equatable {
    case number([Int])
    /// 前２項 is 2.
    case previous(Int)
    case allPrevious
    case next
    /// 同条.
    case same
    /// 本条, この条.
    case this
    /// 各号.
    case all
    /// ア of a list, be it in the order of アイウ or イロハ.
    case sign(Unicode.Scalar)
  }

  struct Step: Equatable {
    let unit: Unit
    let position: Position
  }

  enum Joint {
    /// 、 及び 又は.
    case list
    /// から, ないし.
    case range
  }

  enum Reach {
    case own, external, lawNumber
  }

  var range: Range<Int>
  var steps: [Step]
  var part: SentencePart?
  /// 附則第２項.
  var isOfSupplement = false
  var joint: Joint?
  var reach = Reach.own
  /// Without 第, as 「１号」, or by a label alone: it refers only if there is such a provision.
  var isWeak = false
}

/// Finds the words by which the drafting rules of law refer to provisions.
struct ReferenceScanner {
  let text: Scalars
  /// How articles are numbered, where they are 第１ without 条.
  let bareArticle: Numeral?
  /// Whether provisions are cited by their labels: （１）.
  let citesLabels: Bool
  /// Kinds of text that the annex is one of, by its title: 「本特約第３条」 is its own.
  let title: Scalars

  func chains() -> [ReferenceChain] {
    var chains: [ReferenceChain] = []
    var index = 0
    while index < text.count {
      if text[index] == "「" || text[index] == "『", let end = text.closing(of: index) {
        index = end + 1
        continue
      }
      guard var chain = chain(at: index) else {
        index += 1
        continue
      }
      if let last = chains.last { chain.joint = joint(last.range.upperBound, index) }
      chain = settled(chain, behind: chains.last)
      index = chain.range.upperBound
      chains.append(chain)
    }
    return chains
  }

  // MARK: Words of one chain

  private func chain(at start: Int) -> ReferenceChain? {
    let isOfSupplement = text.has("附則", at: start)
    guard let first = step(at: isOfSupplement ? start + 2 : start, behind: nil) else { return nil }
    var chain = ReferenceChain(range: start..<first.end, steps: [first.step])
    chain.isOfSupplement = isOfSupplement
    chain.isWeak = first.isWeak
    var end = first.end
    while let last = chain.steps.last {
      let skipped = end < text.count && text[end] == "の" ? end + 1 : end
      let bracket = text.has("(", at: end) ? text.closing(of: end).map { $0 + 1 } ?? end : end
      let next =
        step(at: end, behind: last.unit)
        ?? [skipped, bracket].first { $0 > end && text.has("第", at: $0) }
        .flatMap { step(at: $0, behind: last.unit) }
      guard let next else {
        break
      }
      chain.steps.append(next.step)
      end = next.end
    }
    let at = end < text.count && text[end] == "の" ? end + 1 : end
    for (word, part) in Self.parts where text.has(word, at: at) {
      chain.part = part
      end = at + word.unicodeScalars.count
      break
    }
    chain.range = start..<end
    return chain
  }

  private static let parts: [(String, SentencePart)] = [
    ("ただし書", .proviso), ("但し書", .proviso), ("但書", .proviso), ("本文", .main), ("前段", .former),
    ("後段", .latter),
  ]

  typealias StepReading = (step: ReferenceChain.Step, end: Int, isWeak: Bool)

  private func step(at index: Int, behind unit: ReferenceChain.Unit?) -> StepReading? {
    guard index < text.count else { return nil }
    let reading: StepReading? =
      switch text[index] {
      case "第": numbered(at: index)
      case "前": unit == nil && !isInWord(index) ? previous(at: index) : nil
      case "次": unit == nil && !isInWord(index) ? relative(.next, at: index + 1) : nil
      case "同": unit == nil ? relative(.same, at: index + 1) : nil
      case "本": unit == nil ? relative(.this, at: index + 1) : nil
      case "こ": unit == nil && text.has("この", at: index) ? relative(.this, at: index + 2) : nil
      case "各": unit != nil ? relative(.all, at: index + 1) : nil
      case _: labelled(at: index, behind: unit)
      }
    guard let reading, unit.map({ $0 < reading.step.unit }) ?? true else { return nil }
    return reading
  }

  /// 第３条の２, 第１項, 第２号.
  private func numbered(at index: Int) -> StepReading? {
    guard let number = Numeral.number(text, at: skip(index + 1)) else { return nil }
    var end = skip(skip(index + 1) + number.count)
    var numbers = [number.value]
    let unit: ReferenceChain.Unit
    var isWeak = false
    if let named = self.unit(at: end) {
      (unit, end) = (named, end + 1)
    } else if number.numeral == bareArticle {
      end = skip(index + 1) + number.count
      guard text.has("第", at: end) || isFollowedAsReference(end) else { return nil }
      (unit, isWeak) = (.article, true)
    } else {
      return nil
    }
    while unit != .paragraph, let branch = Label.branch(text, at: end) {
      numbers.append(branch.0)
      end = branch.end
    }
    return (.init(unit: unit, position: .number(numbers)), end, isWeak)
  }

  private func previous(at index: Int) -> StepReading? {
    if text.has("各", at: index + 1) { return relative(.allPrevious, at: index + 2) }
    guard let number = Numeral.number(text, at: index + 1) else {
      return relative(.previous(1), at: index + 1)
    }
    return relative(.previous(number.value), at: index + 1 + number.count)
  }

  private func relative(_ position: ReferenceChain.Position, at index: Int) -> StepReading? {
    unit(at: index).map { (.init(unit: $0, position: position), index + 1, false) }
  }

  private func unit(at index: Int) -> ReferenceChain.Unit? {
    guard index < text.count else { return nil }
    switch text[index] {
    case "条": return text.has(oneOf: ["例", "件", "約", "文"], at: index + 1) ? nil : .article
    case "項": return text.has("目", at: index + 1) ? nil : .paragraph
    case "号":
      return text.has(
        oneOf: ["様式", "議案", "棟", "室", "線", "機", "車", "館", "俸", "書式", "別"],
        at: index + 1
      )
        ? nil : .item
    case _: return nil
    }
  }

  /// 「１号」 without 第; 「ア」 behind 号, or from ア to ウ; 「（１）」 where labels are cited.
  private func labelled(at index: Int, behind unit: ReferenceChain.Unit?) -> StepReading? {
    let scalar = text[index]
    if scalar.isDigit, unit == nil,
      index == 0 || !text[index - 1].isDigit && text[index - 1] != "第" && !text[index - 1].isKanji,
      let number = Numeral.number(text, at: index)
    {
      let end = index + number.count
      if let named = self.unit(at: end), named != .article, isFollowedAsReference(end + 1) {
        return (.init(unit: named, position: .number([number.value])), end + 1, true)
      }
      if citesLabels, text.has(oneOf: ["の規定", "に規定", "に定め", "に掲げ"], at: end) {
        return (.init(unit: .article, position: .number([number.value])), end, true)
      }
      if citesLabels, end < text.count, text[end].folded == "(", bracketed(at: end) != nil {
        return (.init(unit: .article, position: .number([number.value])), end, false)
      }
      return nil
    }
    if scalar.folded == "(", citesLabels || unit == .item || unit == .paragraph,
      let reading = bracketed(at: index)
    {
      let isKana = reading.numeral == .katakana || reading.numeral == .iroha
      if isKana != (unit == .item) { return nil }
      guard unit != nil || isFollowedAsReference(reading.end) && !isBehindWord(index) else {
        return nil
      }
      return (
        .init(
          unit: isKana ? .subitem : .item,
          position: isKana ? .sign(text[index + 1]) : .number([reading.value])
        ), reading.end,
        unit == nil || unit == .paragraph
      )
    }
    if unit == .item, (0x2460...0x2487).contains(scalar.value) {
      return (.init(unit: .subitem, position: .sign(scalar)), index + 1, false)
    }
    if scalar.isKatakana,
      index + 1 == text.count || !text[index + 1].isKatakana && text[index + 1] != "ー",
      let kana = Numeral.readings(text, at: index).first,
      kana.numeral == .katakana || kana.numeral == .iroha
    {
      if unit == .item { return (.init(unit: .subitem, position: .sign(scalar)), index + 1, false) }
      guard unit == nil, isFollowedAsReference(index + 1), index > 0,
        text[..<index].ends(withOneOf: ["次の", "から", "及び", "又は", "、", "若しくは"])
      else { return nil }
      return (.init(unit: .subitem, position: .sign(scalar)), index + 1, true)
    }
    return nil
  }

  private func bracketed(at index: Int) -> (numeral: Numeral, value: Int, end: Int)? {
    guard let reading = Numeral.readings(text, at: index + 1).first,
      reading.numeral == .digits || reading.numeral == .katakana,
      text.has(")", at: index + 1 + reading.count)
    else { return nil }
    return (reading.numeral, reading.value, index + 2 + reading.count)
  }

  private func isFollowedAsReference(_ index: Int) -> Bool {
    text.has(
      oneOf: ["に", "の", "から", "まで", "及び", "又は", "または", "および", "、", "若しくは", "と", "で", "を"],
      at: index
    )
  }

  private func isBehindWord(_ index: Int) -> Bool {
    index > 0 && (text[index - 1].isKanji || text[index - 1].isKatakana || text[index - 1] == "」")
  }

  /// 事前, 以前, 年次: no 前条 or 次項 begins there.
  private func isInWord(_ index: Int) -> Bool {
    index > 0 && "事以直従午目年順逐高".unicodeScalars.contains(text[index - 1])
  }

  private func skip(_ index: Int) -> Int {
    var index = index
    while index < text.count, text[index].isSpace { index += 1 }
    return index
  }

  private func joint(_ end: Int, _ start: Int) -> ReferenceChain.Joint? {
    // 第１項（第２号に係る部分に限る。）
    if end < start, text[end].folded == "(", start == end + 1 { return .list }
    let behind = text.has("(", at: end) ? text.closing(of: end).map { $0 + 1 } ?? end : end
    guard behind <= start else { return nil }
    let between = text[behind..<start].filter { !$0.isSpace }.string
    let lists = [
      "、", "及び", "又は", "若しくは", "並びに", "と", "および", "または", "もしくは", "ならびに", "・", "、及び", "、又は", "まで及び",
      "まで、", "まで又は", "から", "ないし", "乃至", "及び同", "～", "/", "/第",
    ]
    guard lists.contains(between) else { return nil }
    return ["から", "ないし", "乃至", "～"].contains(between) ? .range : .list
  }
}
