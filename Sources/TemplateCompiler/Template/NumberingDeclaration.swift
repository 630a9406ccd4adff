import Records
import TemplateRuntime

/// How an annex numbers its provisions: a level for each kind that carries numbers.
struct Numbering: Sendable {
  var part = Level("第{n}編", caption: .after)
  var chapter = Level("第{n}章", caption: .after)
  var section = Level("第{n}節", caption: .after)
  var subsection = Level("第{n}款", caption: .after)
  var division = Level("第{n}目", caption: .after)
  var article = Level("第{n}条", caption: .above)
  var paragraph = Level("{n}", cite: "第{n}項", caption: .above, first: .unmarked)
  var item = Level("（{n}）", cite: "第{n}号", caption: .runIn)
  /// From the outermost on: the levels below 号.
  var subitems = [
    Level("{ア}", caption: .runIn), Level("（{ア}）", caption: .runIn),
    Level("{a}", caption: .runIn), Level("（{a}）", caption: .runIn),
  ]
  var appendix = Level("別表第{n}", caption: .after)

  /// The level of a provision, for a subitem at a depth from 0; nil for a kind without numbers and below the last level.
  func level(of kind: ProvisionKind, depth: Int) -> Level? {
    switch kind {
    case .part: part
    case .chapter: chapter
    case .section: section
    case .subsection: subsection
    case .division: division
    case .article: article
    case .paragraph: paragraph
    case .item: item
    case .subitem: depth < subitems.count ? subitems[depth] : nil
    case .appendix: appendix
    case .annex, .supplement, .preamble, .text, .note, .table: nil
    }
  }
}

/// The numbers of one kind of provision, and where its captions stand.
struct Level: Sendable {
  /// As it stands before the provision: 第６条, （１）.
  var label: NumberPattern
  /// As references name it: 第６条, 第１号.
  var cite: NumberPattern
  /// 条 of 前条 and この条; empty where neighbours are named by their numbers.
  var unit: String
  var caption: CaptionPlace
  var brackets: CaptionBrackets
  var first: FirstMark
  var start = 1
  /// Those of {n}; nil: the edition's.
  var digits: DigitStyle?

  init(
    _ label: NumberPattern,
    cite: NumberPattern? = nil,
    caption: CaptionPlace,
    first: FirstMark = .marked
  ) {
    self.label = label
    self.cite = cite ?? label
    unit = (cite ?? label).unit
    self.caption = caption
    brackets = caption == .above ? .round : .none
    self.first = first
  }

  enum CaptionPlace: String, CaseIterable, Sendable {
    /// （見出し） in a line above the number.
    case above
    /// 第１　見出し, in a line of their own.
    case after
    /// Behind the number, with the words behind it.
    case runIn = "run-in"
    case none
  }

  /// What a caption stands in.
  enum CaptionBrackets: String, CaseIterable, Sendable {
    case none = "off"
    /// （見出し）.
    case round = "on"
    case narrow = "()"
    case lenticular = "【】"
    case shell = "〔〕"

    var ends: (opening: String, closing: String)? {
      switch self {
      case .none: nil
      case .round: ("（", "）")
      case .narrow: ("(", ")")
      case .lenticular: ("【", "】")
      case .shell: ("〔", "〕")
      }
    }
  }

  /// Whether the first of its level, as 第１項, carries its number.
  enum FirstMark: String, CaseIterable, Sendable {
    case marked, unmarked
    /// Marked where there are several.
    case auto
  }
}

/// 第{n}条: words around a counter.
struct NumberPattern: Sendable {
  let prefix: String
  let counter: Counter
  let suffix: String

  /// How a number is written; raw values as templates have them.
  enum Counter: String, CaseIterable, Sendable {
    /// In the edition's digits.
    case edition = "n"
    case full = "１"
    case half = "1"
    case kanji = "一"
    case circled = "①"
    /// One character each.
    case parenthesized = "⑴"
    /// In the order of 五十音.
    case kana = "ア"
    /// In the order of いろは.
    case iroha = "イ"
    case letter = "a"
    case capital = "A"
    case roman = "i"
    case capitalRoman = "Ⅰ"
  }

  /// Nil unless there is one counter, in braces, and no other brace.
  init?(reading text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "{" || $0 == "}" }
    guard parts.count == 3, let counter = Counter(rawValue: String(parts[1])),
      text.hasPrefix(parts[0] + "{")
    else { return nil }
    prefix = String(parts[0])
    self.counter = counter
    suffix = String(parts[2])
  }

  /// 条 of 第{n}条; empty where a bracket or nothing follows the number.
  var unit: String { ["編", "章", "節", "款", "目", "条", "項", "号"].contains(suffix) ? suffix : "" }

  /// Whether a bracket closes behind the number, within which a branch's number stands, too.
  var isBracketed: Bool { ["）", ")", "〕", "］"].contains(suffix) }
}

extension NumberPattern: ExpressibleByStringLiteral {
  init(stringLiteral text: String) {
    guard let pattern = NumberPattern(reading: text) else {
      preconditionFailure("“\(text)” has no counter.")
    }
    self = pattern
  }
}
