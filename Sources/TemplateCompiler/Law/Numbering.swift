import Diagnostics
import Records
import TemplateRuntime

/// The annexes of an edition with their generated numbers.
struct NumberedAnnex: Sendable {
  let annexes: [Annex]
  /// In reading order, annex after annex; parts stand behind what they are part of.
  let provisions: [NumberedProvision]
  /// The annexes themselves, which are part of nothing.
  let roots: [Int]
  /// How forms call the annexes.
  let formNames: [String]
  /// Of provisions, by id.
  let indices: [String: Int]
  let digits: DigitStyle

  /// `formName`: how forms call the first annex.
  init(_ annexes: [Annex], formName: String, digits: DigitStyle, reader: ElementReader) {
    var numberer = Numberer(digits: digits, reader: reader)
    // One annex calls another by its mark, by which it is found among the papers: 別紙２第３条.
    let names = annexes.enumerated().map { index, annex in
      annex.name?.text
        ?? (annex.mark.isEmpty ? index == 0 ? formName : "" : annex.mark.plainText)
    }
    roots = zip(annexes, names).map { numberer.number($0, called: $1) }
    formNames = names.enumerated().map { $0 == 0 ? formName : $1 }
    provisions = numberer.provisions
    indices = numberer.indices
    self.annexes = annexes
    self.digits = digits
    checkNames(reader)
  }

  /// In the edition's digits.
  func number(_ number: Int) -> String {
    NumberPattern.Counter.edition.words(number, digits: digits)
  }
}

/// Gives the provisions of annexes their numbers, in reading order.
private struct Numberer {
  var numbering = Numbering()
  let digits: DigitStyle
  let reader: ElementReader
  var provisions: [NumberedProvision] = []
  var indices: [String: Int] = [:]

  /// The place of the annex.
  mutating func number(_ annex: Annex, called name: String) -> Int {
    let root = provisions.count
    numbering = annex.numbering
    var provision = NumberedProvision(provision: annex.root, parent: nil, depth: -1, level: nil)
    provision.cite = name
    provisions.append(provision)
    if let id = annex.root.id { register(id, root) }
    var counters = Counters()
    provisions[root].children = number(annex.root.parts, below: root, &counters)
    return root
  }

  /// The numbers given last; articles and appendices are counted through the whole annex, others within what they stand in.
  private struct Counters {
    var articles = Counter()
    var chapters: [ProvisionKind: Counter] = [:]
    var appendices = Counter()
    var others = Counter()
    /// 附則 and 別表 begin at 1, wherever the annex begins.
    var usesStart = true

    subscript(chapter kind: ProvisionKind) -> Counter {
      get { chapters[kind] ?? Counter() }
      set { chapters[kind] = newValue }
    }
  }

  private struct Counter {
    /// Nil: none yet.
    var main: Int?
    var branch = 1
    var position = 0
  }

  private mutating func number(_ parts: [Provision], below parent: Int, _ outer: inout Counters)
    -> [Int]
  {
    var counters = outer
    counters.others = Counter()
    counters.chapters = [:]
    let paragraphs = parts.count { $0.kind == .paragraph }
    let depth = provisions[parent].depth + 1
    var indices: [Int] = []
    for part in parts {
      let index = provisions.count
      indices.append(index)
      let level = numbering.level(of: part.kind, depth: depth)
      if level == nil, part.kind == .subitem { reader.report(.levelMissing(at: part.location)) }
      var provision = NumberedProvision(
        provision: part,
        parent: parent,
        depth: part.kind == .subitem ? depth : -1,
        level: level
      )
      if let level, part.mark == nil {
        number(part, level, &counters, &provision)
        if part.kind == .paragraph { mark(&provision, level, among: paragraphs, in: parent) }
      } else if let words = part.mark ?? part.kind.name {
        provision.label = part.mark ?? ""
        provision.cite = words
      }
      if part.deleted == 0, !part.caption.isEmpty, level?.caption == Level.CaptionPlace.none {
        reader.report(.captionUndeclared(part.kind, at: part.location))
      }
      provisions.append(provision)
      if let id = part.id { register(id, index) }
      // 附則 and 別表 count their articles for themselves.
      let countsOn = part.kind != .supplement && part.kind != .appendix
      var inner = countsOn ? counters : Counters(usesStart: false)
      provisions[index].children = number(part.parts, below: index, &inner)
      if countsOn { counters.articles = inner.articles }
    }
    outer.articles = counters.articles
    return indices
  }

  private mutating func register(_ id: Name, _ index: Int) {
    guard !id.text.isEmpty else { return }
    if indices.updateValue(index, forKey: id.text) != nil {
      reader.report(.duplicateName(id.text, at: id.location))
    }
  }

  // MARK: Numbers

  private func number(
    _ part: Provision,
    _ level: Level,
    _ counters: inout Counters,
    _ provision: inout NumberedProvision
  ) {
    let counter: WritableKeyPath<Counters, Counter> =
      switch part.kind {
      case .part, .chapter, .section, .subsection, .division:
        \.[chapter: part.kind]
      case .article: \.articles
      case .appendix: \.appendices
      case .annex, .paragraph, .item, .subitem, .supplement, .preamble, .text, .note, .table:
        \.others
      }
    var state = counters[keyPath: counter]
    switch part.numeral {
    case .branch where state.main != nil: state.branch += 1
    case .branch, .next:
      if case .branch = part.numeral { reader.report(.branchOfNothing(at: part.location)) }
      let start = counters.usesStart ? level.start : 1
      state = Counter(main: state.main.map { $0 + 1 } ?? start, position: state.position)
    case .own(let number): state = Counter(main: number, position: state.position)
    }
    state.position += 1
    let first = state.main ?? 1
    provision.position = state.position
    provision.label = words(level.label, level, first, state.branch)
    provision.cite = words(level.cite, level, first, state.branch)
    if part.deleted > 1 {
      state.main = first + part.deleted - 1
      let last = words(level.label, level, first + part.deleted - 1, 1)
      provision.label += part.deleted == 2 ? "及び\(last)" : "から\(last)まで"
    }
    for counter in [level.label.counter, level.cite.counter] {
      if let limit = counter.limit, (state.main ?? 1) > limit {
        reader.report(.counterExhausted(counter, limit, at: part.location))
        break
      }
    }
    counters[keyPath: counter] = state
  }

  /// Takes the number from an article's first paragraph, where the article's own stands, and from one that is alone; a number
  /// that the template writes itself stands.
  private func mark(
    _ provision: inout NumberedProvision,
    _ level: Level,
    among count: Int,
    in parent: Int
  ) {
    // Without an article around them there is no other number to stand for theirs.
    let isInArticle = provisions[parent].provision.kind == .article
    let first = isInArticle ? level.first : .auto
    if case .own = provision.provision.numeral {
      provision.isCited = count > 1 || first == .marked
      return
    }
    switch first {
    case .marked: break
    case .unmarked:
      if provision.position == 1 { provision.label = "" }
      provision.isCited = count > 1
    case .auto:
      if count == 1 { provision.label = "" }
      provision.isCited = count > 1
    }
  }

  private func words(
    _ pattern: NumberPattern,
    _ level: Level,
    _ main: Int,
    _ branch: Int
  ) -> String {
    let number = pattern.counter.words(main, digits: level.digits ?? digits)
    // 第二条の二: a branch is counted in the digits of what it branches from, where those are digits.
    let counter = pattern.counter.isDigits ? pattern.counter : .edition
    let suffix = branch > 1 ? "の" + counter.words(branch, digits: level.digits ?? digits) : ""
    return pattern.isBracketed
      ? pattern.prefix + number + suffix + pattern.suffix
      : pattern.prefix + number + pattern.suffix + suffix
  }
}

/// A provision with its place in the annex.
struct NumberedProvision: Sendable {
  let provision: Provision
  /// Places in `NumberedAnnex.provisions`; nil for an annex.
  let parent: Int?
  fileprivate(set) var children: [Int] = []
  /// From 0, of a subitem; −1 above them.
  let depth: Int
  /// Nil for a kind that carries no numbers.
  let level: Level?
  /// As it stands before the words: 第６条, ２, （１）; empty where it carries none.
  fileprivate(set) var label = ""
  /// As a reference names it: 第６条, 第２項, 第１号, 前文; empty if none can.
  fileprivate(set) var cite = ""
  /// 1-based, among those of its level that are counted together.
  fileprivate(set) var position = 0
  /// False: an article's only paragraph, which references pass over.
  fileprivate(set) var isCited = true

  fileprivate init(provision: Provision, parent: Int?, depth: Int, level: Level?) {
    self.provision = provision
    self.parent = parent
    self.depth = depth
    self.level = level
  }
}

extension ProvisionKind {
  /// How references name one that has no number.
  fileprivate var name: String? {
    switch self {
    case .supplement: "附則"
    case .preamble: "前文"
    case .table: "の表"
    case .annex, .part, .chapter, .section, .subsection, .division, .article, .paragraph, .item,
      .subitem, .appendix, .text, .note:
      nil
    }
  }
}

extension Diagnostic {
  fileprivate static func levelMissing(at location: SourceLocation) -> Self {
    Diagnostic(
      .beyondNumbering,
      at: location,
      ja: "この深さの subitem には、番号の付け方が決められていません。",
      en: "No level numbers a subitem as deep as this.",
      hint: Message(
        ja: "numbering に <level of=\"subitem\" …/> を、外側の段から順に、この段まで書いてください。",
        en: "Write a <level of=\"subitem\" …/> in numbering for each depth, the outermost first."
      )
    )
  }

  fileprivate static func captionUndeclared(_ kind: ProvisionKind, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .beyondNumbering,
      at: location,
      ja: "numbering の「\(kind.rawValue)」は caption=\"none\" なので、見出しを付けられません。",
      en: "The numbering says caption=\"none\" of “\(kind.rawValue)”, so it can have no caption.",
      hint: Message(
        ja: "caption 要素を消すか、level の caption を above、after、run-in のどれかにしてください。",
        en: "Remove the caption, or set the level's caption to above, after or run-in."
      )
    )
  }

  fileprivate static func branchOfNothing(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidAttribute,
      at: location,
      ja: "属性「branch」は、最初の条や号には書けません。枝番号は、前の番号に付きます。",
      en: "The first of its kind has no “branch”: it is counted under the number before it.",
      hint: Message(
        ja: "branch を削ってください。第１条の２ は、第１条の後に置きます。",
        en: "Remove it; 第１条の２ stands behind 第１条."
      )
    )
  }

  fileprivate static func counterExhausted(
    _ counter: NumberPattern.Counter,
    _ limit: Int,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .beyondNumbering,
      at: location,
      ja: "番号「{\(counter.rawValue)}」は\(limit)までしかありません。",
      en: "The counter {\(counter.rawValue)} goes to \(limit) only.",
      hint: Message(
        ja: "level の label を {n} など、数字の番号にしてください。",
        en: "Let the label of its level count in digits, as {n} does."
      )
    )
  }
}
