import Diagnostics

/// Words that refer to provisions and were typed, be it one name, a range or a list.
struct TypedReference {
  let words: String
  let location: SourceLocation
  /// In the text's scalars.
  let range: Range<Int>
  let reach: Reach
  /// Whether it names an article: 第６条, 同条第２項.
  let namesArticle: Bool
  /// Joined to a reference before it, whose name it may go on with.
  let isJoined: Bool

  enum Reach: Equatable {
    case own
    /// Behind the name of an annex of the edition, as forms have it.
    case byName(AnnexName)
    case otherLaw
    /// 平成15年法律第57号.
    case lawNumber
  }
}

extension TypedReference {
  /// With the name of an annex that is typed before it, which a `ref` writes, too.
  func with(_ name: AnnexName, in text: TypedText) -> TypedReference {
    let before = text.scalars[..<range.lowerBound].suffix(name.words.unicodeScalars.count)
    guard before.string == name.words else { return self }
    return TypedReference(
      words: name.words + words,
      location: text.location(at: before.startIndex),
      range: before.startIndex..<range.upperBound,
      reach: reach,
      namesArticle: namesArticle,
      isJoined: isJoined
    )
  }
}

/// What texts call an annex: 特記事項, and its title.
struct AnnexName: Equatable {
  let words: String
  /// In `NumberedAnnex.annexes`.
  let annex: Int
}

/// Finds typed references in a sentence, by the words of drafting practice.
struct TypedReferenceScanner {
  private let text: TypedText
  private let scalars: [Unicode.Scalar]
  private let names: [AnnexName]
  private let slot: (Name) -> String?

  init(_ text: TypedText, names: [AnnexName], slot: @escaping (Name) -> String?) {
    self.text = text
    scalars = text.scalars
    self.names = names
    self.slot = slot
  }

  /// `opensParagraph`: この場合 at its head takes up the paragraph before.
  func references(opensParagraph: Bool) -> [TypedReference] {
    var found: [TypedReference] = []
    var isOtherLaw = false
    var index = 0
    if opensParagraph, text.starts(with: "この場合", at: 0) {
      found.append(reference(0..<4, .own))
      index = 4
    }
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\u{FFFC}" { isOtherLaw = isCite(at: index) }
      guard Self.beginnings.contains(scalar), let name = name(at: index, behindName: false) else {
        index += 1
        continue
      }
      var reach = reach(of: index..<name.end, isNumber: name.isNumber)
      if scalar == "同", isOtherLaw, reach == .own { reach = .otherLaw }
      isOtherLaw = reach == .otherLaw
      let end = joined(from: name.end)
      found.append(reference(index..<end, reach))
      index = end
    }
    return found
  }

  private func reference(_ range: Range<Int>, _ reach: TypedReference.Reach) -> TypedReference {
    let words = scalars[range].string
    return TypedReference(
      words: words,
      location: text.location(at: range.lowerBound),
      range: range,
      reach: reach,
      namesArticle: words.contains("条"),
      isJoined: isJoined(at: range.lowerBound)
    )
  }

  // MARK: Names

  private static let beginnings = Set("第前次同本こた後附別".unicodeScalars)

  private typealias NameReading = (end: Int, isNumber: Bool)

  /// 前条第１項ただし書; `isNumber`: 第57号 alone, as laws have it.
  private func name(at start: Int, behindName: Bool) -> NameReading? {
    guard var end = first(at: start, behindName: behindName) else { return nil }
    let isNumber = scalars[start] == "第" && scalars[end - 1] == "号"
    var count = 1
    while let next = next(at: end) {
      end = next
      count += 1
    }
    return (end, isNumber && count == 1)
  }

  private func first(at start: Int, behindName: Bool) -> Int? {
    switch scalars[start] {
    case "第": return numbered(at: start)
    case "附": return text.starts(with: "附則第", at: start) ? numbered(at: start + 2) : nil
    case "別":
      guard text.starts(with: "別表第", at: start) else { return nil }
      let end = digits(from: start + 3)
      return end > start + 3 ? end : nil
    case "こ": return text.starts(with: "この", at: start) ? unit(at: start + 2) : nil
    case _: break
    }
    // 基本項目, 事前項目: part of a longer word.
    if !behindName, start > 0, scalars[start - 1].properties.isIdeographic { return nil }
    switch scalars[start] {
    case "前":
      let isAll = start + 1 < scalars.count && scalars[start + 1] == "各"
      return unit(at: isAll ? start + 2 : digits(from: start + 1)) ?? part(at: start)
    case "次": return unit(at: digits(from: start + 1))
    case "同", "本": return unit(at: start + 1)
    case _: return part(at: start)
    }
  }

  /// What a name goes on with.
  private func next(at index: Int) -> Int? {
    guard index < scalars.count else { return nil }
    let skipped = scalars[index] == "の" ? index + 1 : index
    guard skipped < scalars.count else { return nil }
    switch scalars[skipped] {
    case "第": return numbered(at: skipped)
    case "各":
      if text.starts(with: "各号列記以外の部分", at: skipped) { return skipped + 9 }
      return unit(at: skipped + 1)
    case "本": return text.starts(with: "本文", at: skipped) ? skipped + 2 : nil
    case "（", "(":
      guard skipped == index, index + 2 < scalars.count, scalars[index + 1].isKatakana,
        ["）", ")"].contains(scalars[index + 2]), isBehindItem(index)
      else { return nil }
      return index + 3
    case let scalar where scalar.isKatakana: return isBehindItem(index) ? kana(at: index) : nil
    case _: return part(at: skipped)
    }
  }

  private func isBehindItem(_ index: Int) -> Bool {
    index > 0 && (scalars[index - 1] == "号" || scalars[index - 1].isKatakana)
  }

  /// ア, but no カタカナ.
  private func kana(at index: Int) -> Int? {
    guard index < scalars.count, scalars[index].isKatakana,
      index + 1 == scalars.count || !scalars[index + 1].isKatakana
    else { return nil }
    return index + 1
  }

  private func part(at index: Int) -> Int? {
    ["ただし書", "前段", "後段"].first { text.starts(with: $0, at: index) }
      .map { index + $0.unicodeScalars.count }
  }

  private func digits(from index: Int) -> Int {
    index + scalars[min(index, scalars.count)...].prefix { $0.isNumeral }.count
  }

  /// The end of 第６条, 第２項, 第３号 or 第８条の２; nil for 第三者 and the like.
  private func numbered(at start: Int) -> Int? {
    let number = digits(from: start + 1)
    guard number > start + 1, var end = unit(at: number) else { return nil }
    while end < scalars.count, scalars[end] == "の" {
      let branch = digits(from: end + 1)
      guard branch > end + 1 else { break }
      end = branch
    }
    return end
  }

  /// Behind 条, 項 or 号, where no longer word goes on.
  private func unit(at index: Int) -> Int? {
    guard index < scalars.count else { return nil }
    let longer: [String]
    switch scalars[index] {
    case "条": longer = ["例", "件", "約", "文"]
    case "項": longer = ["目"]
    case "号": longer = ["様式", "議案", "棟", "室", "線", "機", "車", "館", "俸", "書式", "別"]
    case _: return nil
    }
    return longer.contains { text.starts(with: $0, at: index + 1) } ? nil : index + 1
  }

  // MARK: Ranges and lists

  /// The end of what is joined to a name: 第１号から第３号まで, 第１条、第３条及び第５条.
  private func joined(from start: Int) -> Int {
    var end = start
    while end < scalars.count, let joint = ReferenceReader.joint(scalars, at: end),
      joint.end < scalars.count
    {
      let next =
        scalars[end - 1].isKatakana
        ? kana(at: joint.end) : name(at: joint.end, behindName: true)?.end
      guard let next else { break }
      end = next
      if joint.isRange, text.starts(with: "まで", at: end) { end += 2 }
    }
    return end
  }

  private func isJoined(at index: Int) -> Bool {
    guard let mark = text.marks.last(where: { $0.index < index }),
      case .reference = mark.mark,
      let joint = ReferenceReader.joint(scalars, at: mark.index + 1)
    else { return false }
    return joint.end == index
  }

  // MARK: Whose provision it is

  private static let kinds = [
    "法律", "条例", "施行令", "施行規則", "規則", "規程", "基準", "要綱", "要領", "政令", "省令", "府令", "指針", "ガイドライン",
    "約款", "契約書", "契約", "協定書", "協定", "仕様書", "訓令", "告示", "特約", "条項", "憲法", "通達", "特記事項", "要項", "規約",
    "憲章", "条約", "法", "令",
  ]

  private func reach(of range: Range<Int>, isNumber: Bool) -> TypedReference.Reach {
    guard scalars[range.lowerBound] == "第" else { return .own }
    var before = self.before(range.lowerBound)
    // 別紙１０ is not 別紙１.
    let called = names.filter { before.hasSuffix($0.words) }
    if let name = called.max(by: { $0.words.count < $1.words.count }) { return .byName(name) }
    if before.hasSuffix("）"), let opening = Self.opening(of: before) {
      let inner = before[opening...]
      before = String(before[..<opening])
      // 個人情報の保護に関する法律（平成15年法律第57号）
      if inner.contains("第"), inner.contains("号") { return .otherLaw }
    }
    if before.hasSuffix("」") || before.hasSuffix("』") { return .otherLaw }
    if let kind = Self.kinds.first(where: { before.hasSuffix($0) }) {
      let stem = before.dropLast(kind.count)
      // 方法, 命令: no laws.
      let isWord =
        kind == "法" && ["方", "手", "用", "文", "技", "便"].contains { stem.hasSuffix($0) }
        || kind == "令" && ["命", "指", "年"].contains { stem.hasSuffix($0) }
      let isOwn =
        ["この", "本"].contains { stem.hasSuffix($0) } && names.contains { $0.words.contains(kind) }
      if isOwn { return .own }
      if !isWord { return isNumber ? .lawNumber : .otherLaw }
    }
    if isNumber, let last = before.unicodeScalars.last,
      last.properties.isIdeographic || last.isKatakana || "○●◯".unicodeScalars.contains(last)
    {
      return .lawNumber
    }
    return .own
  }

  /// The words before, as far as they can be a name, with what stands for holes and tags.
  private func before(_ index: Int) -> String {
    var words = ""
    for place in max(0, index - 60)..<index {
      guard scalars[place] == "\u{FFFC}" else {
        words.unicodeScalars.append(scalars[place])
        continue
      }
      guard let mark = text.marks.first(where: { $0.index == place })?.mark else { continue }
      switch mark {
      case .reference: words += "\u{FFFC}"
      case .words(let content, _): words += content.plainText
      case .hole(let hole): words += slot(hole.path) ?? "\u{FFFC}"
      }
    }
    return words
  }

  private static func opening(of words: String) -> String.Index? {
    var depth = 0
    for index in words.indices.reversed() {
      if words[index] == "）" { depth += 1 }
      if words[index] == "（" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  private func isCite(at index: Int) -> Bool {
    guard let mark = text.marks.first(where: { $0.index == index })?.mark else { return false }
    switch mark {
    case .words(_, let isCite): return isCite
    case .reference, .hole: return false
    }
  }
}

extension Sequence<Unicode.Scalar> {
  var string: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: self)
    return String(text)
  }
}

extension Unicode.Scalar {
  var isNumeral: Bool {
    switch self {
    case "0"..."9", "０"..."９", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百": true
    case _: false
    }
  }
}
