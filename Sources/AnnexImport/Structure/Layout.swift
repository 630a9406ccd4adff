/// How a text is set: what its line ends mean, and what the pages add to it.
struct TextLayout {
  /// Whether lines were broken where the paper ended, so that a line end says nothing.
  let isWrapped: Bool
  /// Of a full line, in full-width characters.
  let width: Double
  /// Whether an empty line stands between any two lines.
  let isDoubleSpaced: Bool
  /// Lines that the pages add: page numbers and running heads, by their index.
  let furniture: Set<Int>

  init(_ text: ImportedText) {
    let lines = text.lines
    let filled = lines.indices.filter { !ImportedText.isBlank(lines[$0]) }
    let widths = filled.map { lines[$0].text.trimmedEnd.width }.sorted()
    isDoubleSpaced =
      text.format == .plain && filled.count > 4
      && Double(lines.count - filled.count) >= 0.7 * Double(filled.count)
    guard text.format == .plain, !widths.isEmpty else {
      (isWrapped, width, furniture) = (false, .infinity, [])
      return
    }
    let broken = zip(filled, filled.dropFirst()).filter { index, next in
      Self.goesOn(lines[index].text, into: lines[next].text)
    }.map { lines[$0.0].text.trimmedEnd.width }.sorted()
    // Lines that break off are as long as the paper is wide; in a short text there may be few.
    let widest = widths.last ?? 0
    isWrapped =
      Double(broken.count) >= 0.15 * Double(filled.count)
      || widest <= 60 && broken.first.map { $0 >= widest - 2 } ?? false
    width =
      broken.count > 2
      ? broken[broken.count / 2] : widths[min(widths.count - 1, widths.count * 9 / 10)]
    furniture = Self.furniture(lines, filled)
  }

  /// Whether a line is as long as the paper lets it be, so that its end was not chosen.
  func isFull(_ line: Scalars) -> Bool {
    isWrapped && line.trimmedEnd.width >= width - 3
  }

  /// Whether a sentence seems to go on over a line end.
  private static func goesOn(_ line: Scalars, into next: Scalars) -> Bool {
    let (line, next) = (line.trimmed, next.trimmed)
    guard line.count >= 15, let last = line.last, let first = next.first else { return false }
    return last != "。" && !last.closes && first.folded != "(" && Label.candidates(next).isEmpty
      && !next.compact.string.hasPrefix("附則")
  }

  private static func furniture(_ lines: [ImportedText.Line], _ filled: [Int]) -> Set<Int> {
    var found: Set<Int> = []
    for index in filled where isPageNumber(lines[index].text) { found.insert(index) }
    // Numbers alone that count from 1 to the end are those of pages; those of paragraphs begin anew.
    let bare = filled.filter { isNumber(lines[$0].text) }
    let numbers = bare.map { Numeral.number(lines[$0].text.compact, at: 0)?.value ?? 0 }
    if bare.count > 1, numbers == Array(1...bare.count) { found.formUnion(bare) }
    // By page: what stands at the edges of most pages, whatever its digits.
    var pages: [[Int]] = [[]]
    for index in filled {
      if lines[index].startsPage, pages.last?.isEmpty == false { pages.append([]) }
      pages[pages.count - 1].append(index)
    }
    guard pages.count > 1 else { return found }
    for edge in [{ $0.first }, { $0.last }] as [([Int]) -> Int?] {
      // The first page's head may be the title, which the others repeat.
      let edges = pages.enumerated().compactMap { number, page in
        edge(page.filter { !found.contains($0) })
          .flatMap { number == 0 && !isNumber(lines[$0].text) ? nil : $0 }
      }
      let words = Dictionary(grouping: edges) { withoutDigits(lines[$0].text) }
      for (word, group) in words where group.count >= max(2, pages.count - 2) {
        // A number alone is one of the pages' only where it counts them.
        if word.isEmpty ? counts(group.map { lines[$0].text }) : group.count > 1 {
          found.formUnion(group)
        }
      }
    }
    return found
  }

  /// 「- 3 -」, 「3/5」, 「3ページ」: no label looks like this.
  private static func isPageNumber(_ line: Scalars) -> Bool {
    let text = line.compact.map(\.folded)
    guard text.count <= 9, text.contains(where: \.isDigit) else { return false }
    let core = text.filter { !"-－‐‑–—―ー".unicodeScalars.contains($0) }
    let isDashed = core.count + 2 == text.count && core.allSatisfy(\.isDigit)
    let isPart =
      text.split(separator: "/").count == 2 && text.allSatisfy { $0.isDigit || $0 == "/" }
    let isNamed = text.string.hasSuffix("ページ") || text.string.hasSuffix("頁")
    let rest = text.filter { !$0.isDigit }.string
    return isDashed || isPart
      || isNamed && ["ページ", "頁"].contains(rest) || ["P", "p", "P.", "p."].contains(rest)
  }

  private static func isNumber(_ line: Scalars) -> Bool { line.compact.allSatisfy(\.isDigit) }

  private static func withoutDigits(_ line: Scalars) -> Scalars {
    line.compact.filter { !$0.isDigit }
  }

  private static func counts(_ texts: [Scalars]) -> Bool {
    let numbers = texts.compactMap { Numeral.number($0.compact, at: 0)?.value }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }
}
