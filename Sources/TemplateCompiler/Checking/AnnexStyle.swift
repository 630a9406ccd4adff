import Diagnostics

/// What a style sheet says of the annex's elements: nothing may hide its words, or add others.
///
/// A rule counts unless its selector names a class or an element that no annex has; so `.form .title` is free, `.title` is not. So do
/// the rules of pages, in whose margins words can stand.
struct AnnexStyle {
  private let css: [UInt8]
  /// `page-annex`: the classes of the annexes' own pages.
  private let pageClasses: Set<String>
  private var index = 0
  /// Declarations that are refused, with where they begin.
  private(set) var refused: [(offset: Int, words: String)] = []

  init(_ css: [UInt8], annexes ids: [String]) {
    self.css = css
    pageClasses = Set(ids.map { "page-" + $0 })
    // Behind a brace that closes nothing a browser goes on, though not with the next rule.
    while index < css.count { readBlock(.annex) }
  }

  // MARK: Rules

  /// What the declarations of a block are of.
  private enum Subject { case annex, annexOnScreen, annexCells, page, other }

  /// At-rules whose blocks style no element.
  private static let otherRules = ["@keyframes", "@counter-style", "@property"]

  /// Reads declarations and rules up to the end of a block, or of the sheet.
  private mutating func readBlock(_ subject: Subject) {
    var words: [UInt8] = []
    var start = index
    while index < css.count {
      skipComment()
      guard index < css.count else { break }
      let byte = css[index]
      switch byte {
      case UInt8(ascii: "{"):
        index += 1
        let prelude = Self.trimmed(words)
        if prelude.hasPrefix("@") {
          let rule = prelude.lowercased()
          // It can give any font's name to another, of any size.
          let isFont = rule.hasPrefix("@font-face")
          if isFont { refused.append((start, "@font-face")) }
          let isOther = isFont || Self.otherRules.contains(where: rule.hasPrefix)
          let isOfScreen = rule.hasPrefix("@media screen") && !rule.contains(",")
          if rule.hasPrefix("@page") {
            readBlock(.page)
          } else if isOther {
            readBlock(.other)
          } else {
            readBlock(isOfScreen && subject == .annex ? .annexOnScreen : subject)
          }
        } else {
          // A rule within another's may reach what that one does not: `.form { ~ .annex { … } }`.
          let mayLeave = prelude.contains(where: "~+(".contains)
          let around = subject == .other && mayLeave ? .annex : subject
          if Self.isOfCells(prelude), around == .annex {
            readBlock(.annexCells)
          } else {
            readBlock(mayBeOfAnnex(prelude) ? around : .other)
          }
        }
        words = []
        start = index
        continue
      case UInt8(ascii: "}"), UInt8(ascii: ";"):
        check(words, of: subject, at: start)
        words = []
        index += 1
        start = index
        if byte == UInt8(ascii: "}") { return }
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let end = endOfString()
        // There a browser ends it, and reads on.
        if css[index..<end].contains(UInt8(ascii: "\n")) { refused.append((index, "\"…")) }
        words += css[index..<end]
        index = end
      case _:
        if words.isEmpty { start = index }
        if !words.isEmpty || !Self.isSpace(byte) { words.append(byte) }
        index += 1
      }
    }
    check(words, of: subject, at: start)
  }

  private mutating func skipComment() {
    while index + 1 < css.count, css[index] == UInt8(ascii: "/"),
      css[index + 1] == UInt8(ascii: "*")
    {
      let end = css[(index + 2)...].indices.first {
        $0 + 1 < css.count && css[$0] == UInt8(ascii: "*") && css[$0 + 1] == UInt8(ascii: "/")
      }
      index = end.map { $0 + 2 } ?? css.count
    }
  }

  private func endOfString() -> Int {
    let rest = css[(index + 1)...]
    return rest.firstIndex(of: css[index]).map { $0 + 1 } ?? css.count
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || 0x09...0x0D ~= byte
  }

  private static func trimmed(_ words: [UInt8]) -> String {
    let end = words.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
    return String(decoding: words[..<end], as: UTF8.self)
  }

  // MARK: Selectors

  private static let elements: Set = [
    "html", "body", "main", "article", "section", "div", "h1", "h2", "h3", "h4", "h5", "p", "span",
    "ol",
    "li", "a", "dfn", "em", "br", "h6", "table", "caption", "colgroup", "col", "thead", "tbody",
    "tr", "th", "td",
  ]
  private static let classes: Set = [
    "document", "annex", "title", "article", "caption", "paragraph", "number", "items", "subitems",
    "mark", "part", "chapter", "section", "subsection", "division", "supplement", "appendix",
    "preamble", "text", "note", "table",
    "unnumbered",
  ]

  /// An escaped character could stand for any.
  private func mayBeOfAnnex(_ selectors: String) -> Bool {
    selectors.contains("\\") || selectors.split(separator: ",").contains(where: mayMatch)
  }

  /// Whether all that is selected are cells of tables, whose height is but the least that they have.
  private static func isOfCells(_ selectors: String) -> Bool {
    var depth = 0
    let outside = selectors.filter { character in
      if character == "(" { depth += 1 }
      defer { if character == ")" { depth -= 1 } }
      return depth == 0
    }
    return outside.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { selector in
      let name = selector.drop { $0 == " " }.prefix { $0 != ":" }
      return ["td", "th"].contains(name)
        && !selector.drop { $0 == " " }.contains(where: " >~+".contains)
    }
  }

  /// What stands in brackets says nothing for certain, nor does what stands before a sibling.
  private func mayMatch(_ selectors: Substring) -> Bool {
    var depth = 0
    var selector = selectors
    for (index, character) in zip(selectors.indices, selectors) {
      if character == "(" || character == "[" { depth += 1 }
      if character == ")" || character == "]" { depth -= 1 }
      if depth <= 0, character == "~" || character == "+" {
        selector = selectors[selectors.index(after: index)...]
      }
    }
    depth = 0
    var name = ""
    var kind: Character = "<"
    func isKnown() -> Bool {
      switch kind {
      case ".": pageClasses.contains(name) || Self.classes.contains(name)
      case "<": name.isEmpty || Self.elements.contains(name.lowercased())
      case _: true
      }
    }
    for character in selector {
      if character == "(" || character == "[" { depth += 1 }
      if depth == 0 {
        if character.isLetter || character.isNumber || "-_".contains(character) {
          name.append(character)
        } else {
          guard isKnown() else { return false }
          name = ""
          kind = ".#:".contains(character) ? character : "<"
        }
      }
      if character == ")" || character == "]" { depth -= 1 }
    }
    return isKnown()
  }

  // MARK: Declarations

  private mutating func check(_ declaration: [UInt8], of subject: Subject, at offset: Int) {
    guard subject != .other, let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else {
      return
    }
    let property = Self.trimmed(Array(declaration[..<colon])).lowercased()
    let value = Self.trimmed(Array(declaration[(colon + 1)...].drop(while: Self.isSpace)))
    var plain = value.lowercased()
    if plain.utf8.contains(UInt8(ascii: "!")) { plain = plain.replacing("!important", with: "") }
    plain = plain.split(separator: " ").joined(separator: " ")
    let isHarmless =
      switch subject {
      case .page: AnnexDeclaration.isHarmlessOfPages(property, plain)
      case .annexCells: AnnexDeclaration.isHarmlessOfCells(property, plain)
      case .annex, .annexOnScreen, .other:
        AnnexDeclaration.isHarmless(property, plain, onScreen: subject == .annexOnScreen)
      }
    if !isHarmless { refused.append((offset, "\(property): \(value)")) }
  }
}
