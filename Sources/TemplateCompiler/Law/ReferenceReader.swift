/// Reads the words of references as one does who knows where they stand: 前条第１項, 第１号から第３号まで.
///
/// Provisions are looked up by the annex's own names, whatever digits and brackets they are written in.
struct ReferenceReader {
  let numbered: NumberedAnnex
  /// Nil: outside of the annexes.
  let place: Int?
  /// What 同条 takes up.
  var named: ProvisionName = []
  private let surroundings: ProvisionName

  /// `annex`: the one in which names are looked up from outside; else the first.
  init(
    _ numbered: NumberedAnnex,
    from place: Int?,
    annex: Int? = nil,
    named: ProvisionName = []
  ) {
    self.numbered = numbered
    self.place = place
    self.named = named
    surroundings =
      place.map { numbered.chain(to: $0, throughChapters: true).map(NameStep.provision) }
      ?? [.provision(annex ?? numbered.roots[0])]
  }

  /// What the words point to; nil unless all of them are read, and all that they name is there.
  func read(_ words: String) -> ReferredTo? {
    let text = FoldedWords(words).scalars
    guard var last = name(text, at: 0, behind: nil) else { return nil }
    var found = last.target.spans
    while last.end < text.count {
      guard let joint = Self.joint(text, at: last.end),
        var next = name(text, at: joint.end, behind: last.path)
      else { return nil }
      if joint.isRange {
        guard let from = found.popLast(), from.last == nil, let to = next.target.single else {
          return nil
        }
        if text[next.end...].starts(with: "まで".unicodeScalars) { next.end += 2 }
        next.target = ReferredTo([.init(from.first, through: to)])
      }
      found += next.target.spans
      last = next
    }
    return ReferredTo(found)
  }

  // MARK: Joints

  private static let lists =
    ["、及び", "、又は", "及び", "又は", "並びに", "若しくは", "および", "または", "ならびに", "もしくは", "と", "、", "・"]
    .map { Array($0.unicodeScalars) }
  private static let ranges = ["から", "ないし", "乃至", "～", "〜"].map { Array($0.unicodeScalars) }

  static func joint(_ text: [Unicode.Scalar], at index: Int) -> (end: Int, isRange: Bool)? {
    if let word = ranges.first(where: { text[index...].starts(with: $0) }) {
      return (index + word.count, true)
    }
    return lists.first { text[index...].starts(with: $0) }.map { (index + $0.count, false) }
  }

  // MARK: One name

  private struct Reading {
    var target: ReferredTo
    /// The provisions that the name goes through, for what is named behind it.
    var path: ProvisionName
    var end: Int
  }

  private func name(_ text: [Unicode.Scalar], at start: Int, behind path: ProvisionName?)
    -> Reading?
  {
    guard start < text.count, var reading = first(text, at: start, behind: path) else {
      return nil
    }
    while reading.end < text.count, let here = reading.target.single, here.part == nil {
      let skipped = text[reading.end] == "の" ? reading.end + 1 : reading.end
      guard
        let next = child(of: here.index, text, at: reading.end)
          ?? child(of: here.index, text, at: skipped) ?? part(of: here.index, text, at: skipped)
          ?? all(of: here.index, text, at: reading.end)
      else { break }
      reading = next
    }
    return reading
  }

  private func first(_ text: [Unicode.Scalar], at start: Int, behind path: ProvisionName?)
    -> Reading?
  {
    let rest = text[start...]
    switch text[start] {
    case "同":
      guard let step = named.lastIndex(where: { starts(rest.dropFirst(), with: unit($0)) }),
        let index = named[step].index
      else { return nil }
      return reading(index, end: start + 1 + (unit(named[step])?.count ?? 0))
    case "本", "こ":
      let length = text[start] == "本" ? 1 : 2
      guard length == 1 || rest.starts(with: "この".unicodeScalars),
        let index = own(rest.dropFirst(length))
      else { return nil }
      return reading(index, end: start + length + (unit(.provision(index))?.count ?? 0))
    case "前", "次":
      if let relative = relative(text, at: start) { return relative }
    case _: break
    }
    if path == nil, let place {
      let paragraph = numbered.enclosing(.paragraph, of: place) ?? place
      if let part = part(of: paragraph, text, at: start) { return part }
    }
    // 前条第１項（第２号に係る部分に限る。）: within what was named, where the place has none.
    for context in (path.map { [$0.dropLast()[...]] } ?? []) + [surroundings[...], named[...]] {
      for count in (0...context.count).reversed() {
        let parent = count == 0 ? nil : context[count - 1].index
        if let found = child(of: parent, text, at: start) { return found }
      }
    }
    return nil
  }

  private func reading(_ index: Int, end: Int) -> Reading {
    let address = Address(index: index, part: nil)
    return Reading(target: ReferredTo([.init(address)]), path: numbered.name(of: address), end: end)
  }

  private func range(_ first: Int, _ last: Int) -> ReferredTo {
    let (from, to) = (Address(index: first, part: nil), Address(index: last, part: nil))
    return ReferredTo([.init(from, through: to)])
  }

  private func unit(_ step: NameStep) -> [Unicode.Scalar]? {
    guard let index = step.index, let level = numbered.provisions[index].level else { return nil }
    // 第７ and １ are read as 条 and 項, though they are not written so.
    let unit =
      level.unit.isEmpty
      ? level.usualUnit(of: numbered.provisions[index].provision.kind) : level.unit
    return unit.isEmpty ? nil : Array(unit.unicodeScalars)
  }

  private func starts(_ text: ArraySlice<Unicode.Scalar>, with word: [Unicode.Scalar]?) -> Bool {
    word.map { text.starts(with: $0) } ?? false
  }

  /// What the place is part of and is called by the unit that follows; `isCounted`: no paragraph that is alone.
  private func own(_ text: ArraySlice<Unicode.Scalar>, isCounted: Bool = false) -> Int? {
    var next = place
    while let index = next {
      if starts(text, with: unit(.provision(index))),
        !isCounted || numbered.provisions[index].isCited
      {
        return index
      }
      next = numbered.provisions[index].parent
    }
    return nil
  }

  /// 前条, 前２項, 前各号, 次項.
  private func relative(_ text: [Unicode.Scalar], at start: Int) -> Reading? {
    var end = start + 1
    var count = 1
    let isAll = end < text.count && text[end] == "各"
    if isAll {
      end += 1
    } else if let number = FoldedWords.number(text, at: end) {
      (count, end) = (number.value, number.end)
    }
    let isBefore = text[start] == "前"
    if isAll, isBefore, let place, numbered.provisions[place].cite.isEmpty,
      let whole = all(of: numbered.provisions[place].parent ?? place, text, at: end - 1),
      whole.target.ends.allSatisfy({ $0.index < place })
    {
      return whole
    }
    guard let here = own(text[end...], isCounted: true), let unit = unit(.provision(here)) else {
      return nil
    }
    let all = numbered.countedTogether(with: here)
    guard let position = all.firstIndex(of: here) else { return nil }
    end += unit.count
    let others = isBefore ? all[..<position] : all[(position + 1)...]
    guard let first = isAll ? others.first : nth(count, of: Array(others), isBefore),
      let last = isBefore ? others.last : first == others.first ? first : others.first
    else { return nil }
    if first == last { return reading(first, end: end) }
    let (from, to) = (min(first, last), max(first, last))
    var reading = reading(from, end: end)
    reading.target = range(from, to)
    return reading
  }

  /// So many steps away; what is deleted counts.
  private func nth(_ count: Int, of others: [Int], _ isBefore: Bool) -> Int? {
    var left = count
    for index in isBefore ? others.reversed() : others {
      left -= max(1, numbered.provisions[index].provision.deleted)
      if left <= 0 { return left == 0 ? index : nil }
    }
    return nil
  }

  private func child(of parent: Int?, _ text: [Unicode.Scalar], at start: Int) -> Reading? {
    guard start < text.count else { return nil }
    var best: (index: Int, end: Int)?
    let names = numbered.nameable(in: parent).flatMap { index in
      numbered.names(of: index).map { (index, $0) }
    }
    for (index, name) in names {
      var cite = FoldedWords(name).scalars
      // 第１号 may be called １号.
      if cite.first == "の" || cite.first == "第" && cite.last == "号",
        !text[start...].starts(with: cite)
      {
        cite.removeFirst()
      }
      let end = start + cite.count
      guard !cite.isEmpty, text[start...].starts(with: cite), end > best?.end ?? start else {
        continue
      }
      // 第１ is not the beginning of 第１０, nor イ of イロ.
      if end < text.count, let last = cite.last, last.continues(with: text[end]) { continue }
      best = (index, end)
    }
    guard let best, numbered.provisions[best.index].provision.deleted == 0 else { return nil }
    return reading(best.index, end: best.end)
  }

  private func part(of index: Int, _ text: [Unicode.Scalar], at start: Int) -> Reading? {
    guard start < text.count,
      let part = SentencePart.allCases.first(where: {
        text[start...].starts(with: $0.words.unicodeScalars)
      }), let address = numbered.address(of: index, part: part)
    else { return nil }
    return Reading(
      target: ReferredTo([.init(address)]),
      path: numbered.name(of: address),
      end: start + part.words.unicodeScalars.count
    )
  }

  /// 各号 of what was named.
  private func all(of parent: Int, _ text: [Unicode.Scalar], at start: Int) -> Reading? {
    guard start < text.count, text[start] == "各" else { return nil }
    let below = numbered.nameable(in: parent).filter {
      starts(text[(start + 1)...], with: unit(.provision($0)))
    }
    guard let first = below.first, let last = below.last, first != last,
      let unit = unit(.provision(first))
    else { return nil }
    var reading = reading(first, end: start + 1 + unit.count)
    reading.target = range(first, last)
    return reading
  }
}

extension NumberedAnnex {
  /// What a provision is called right within what it is part of.
  func names(of index: Int) -> [String] {
    provisions[index].parent == nil
      ? names(ofAnnex: annexNumber(of: index)) : [provisions[index].cite]
  }

  /// What names begin or go on with right within a provision; nil: the annexes.
  ///
  /// Articles are named without their chapter, and what stands in an article's only paragraph without that; a chapter within another
  /// is named behind that one.
  func nameable(in parent: Int?) -> [Int] {
    (parent.map { provisions[$0].children } ?? roots).flatMap { index -> [Int] in
      let provision = provisions[index]
      if provision.cite.isEmpty || !provision.isCited || isChapter(index) {
        let inner = nameable(in: index).filter { !isChapter(index) || !isChapter($0) }
        return (provision.cite.isEmpty ? [] : [index]) + inner
      }
      return [index]
    }
  }

  /// The provisions one by one; of a range from one article to another, its ends.
  func members(of target: ReferredTo) -> [Address] {
    target.spans.flatMap { span -> [Address] in
      guard let last = span.last else { return [span.first] }
      let all = countedTogether(with: span.first.index)
      guard all.contains(last.index) else { return [span.first, last] }
      return all.filter { span.first.index...last.index ~= $0 }
        .map { Address(index: $0, part: nil) }
    }
  }

  /// Whether two point to the same, be the words 第１条 or 第１条第１項.
  func areSame(_ one: ReferredTo, _ other: ReferredTo) -> Bool {
    members(of: one).map(name) == members(of: other).map(name)
  }
}

extension Level {
  /// What neighbours are called that their own names give no unit: 前条 of 第７, 前項 of １.
  fileprivate func usualUnit(of kind: ProvisionKind) -> String {
    switch kind {
    case .article: cite.prefix.isEmpty ? "項" : "条"
    case .paragraph: "項"
    case .item: "号"
    case .annex, .part, .chapter, .section, .subsection, .division, .subitem, .supplement,
      .appendix, .preamble, .text, .note,
      .table:
      ""
    }
  }
}

extension Unicode.Scalar {
  fileprivate func continues(with next: Unicode.Scalar) -> Bool {
    isASCIIDigit && next.isASCIIDigit || isKatakana && next.isKatakana
  }

  fileprivate var isASCIIDigit: Bool { "0"..."9" ~= self }
  var isKatakana: Bool { "ァ"..."ヶ" ~= self || self == "ー" }
}
