import Diagnostics

/// Finds the provisions of a text by the rules that they are numbered by: a label counts if its number is the next one of a level
/// that is open, and if the sentence before it has ended.
struct OutlineBuilder {
  let file: String
  let lines: [ImportedText.Line]
  let layout: TextLayout
  /// How articles are labelled.
  let article: Label.Style
  var nodes: [FoundNode] = []
  var omitted: [ImportedText.Line] = []
  var doubts: [Diagnostic] = []

  /// 編, 章 and so on that are open, the greatest first.
  var divisions: [(rank: Int, node: Int)] = []
  /// The supplement or the appendix that is open.
  var container: Int?
  /// The number of the last article of the container.
  var lastArticle: [Int] = []
  /// The levels open below the article, or below a supplement without articles.
  var open: [OpenLevel] = []
  /// The node that the next line may go on with, and the line that it was read from last.
  var current: Int?
  var lastLine: Scalars = []
  var pendingCaption: (text: Scalars, line: Int)?

  struct OpenLevel {
    /// Nil for a first paragraph without number.
    let style: Label.Style?
    let number: [Int]
    let node: Int
  }

  /// The article that is open.
  var articleNode: Int?

  /// What the next paragraph belongs to: the article, or the supplement.
  var owner: Int? { articleNode ?? container }

  var isInAppendix: Bool { container.map { nodes[$0].kind == .appendix } ?? false }

  mutating func read(from first: Int) {
    var index = first
    while index < lines.count {
      let line = lines[index]
      let text = line.text.trimmed
      if ImportedText.isBlank(line) {
        if layout.isWrapped, !layout.isDoubleSpaced { lastLine = [] }
        index += 1
      } else if layout.furniture.contains(index) {
        omit(line)
        index += 1
      } else {
        index += readLine(index, text)
      }
    }
    if let caption = pendingCaption { dropCaption(caption) }
  }

  /// How many lines were read.
  private mutating func readLine(_ index: Int, _ text: Scalars) -> Int {
    let line = lines[index]
    if case .cells(let cells) = line.role {
      addRow(cells, line)
      return 1
    }
    if let end = Signpost.supplement(text), !goesOn(text) {
      beginSupplement(text, end, line)
      return 1
    }
    if let end = Signpost.mark(text), !isInSentence(text[end...]) {
      if articleFollows(index) {
        omit(line)
        return 1
      }
      if !goesOn(text) {
        beginAppendix(text, end, line)
        return 1
      }
    }
    if Signpost.isConclusion(text), !goesOn(text), !articleFollows(index) {
      (container, articleNode, open, divisions) = (nil, nil, [], [])
      add(.unnumbered, line, text)
      return 1
    }
    let fields = fields(of: line.text)
    if isInAppendix {
      if fields.count > 1 { addRow(fields, line) } else { add(.unnumbered, line, text) }
      return 1
    }
    if line.text.contains("\t"), fields.count > 1, !goesOn(text),
      Label.candidates(line.text).isEmpty
    {
      addRow(fields, line)
      return 1
    }
    if let count = captionLines(index) {
      if let caption = pendingCaption { dropCaption(caption) }
      let words = lines[index..<(index + count)].flatMap { $0.text.trimmed }
      pendingCaption = (words.withoutStraySpaces(), line.number)
      return count
    }
    for label in Label.candidates(line.text) where place(label, index) { return 1 }
    if isStrayNumber(text) {
      omit(line)
      return 1
    }
    addUnlabelled(index, text)
    return 1
  }

  /// What stands in columns, parted by tabs or several spaces.
  private func fields(of line: Scalars) -> [Scalars] {
    var fields: [Scalars] = [[]]
    var gap: Scalars = []
    for scalar in line.trimmed {
      if scalar.isSpace {
        gap.append(scalar)
        continue
      }
      if gap.contains("\t") || gap.count > 2 {
        fields.append([])
      } else {
        fields[fields.count - 1] += gap
      }
      gap = []
      fields[fields.count - 1].append(scalar)
    }
    return fields
  }

  /// Whether words behind 別表 make it a part of a sentence that stands at a line's head, as in 別表１のとおりとする.
  private func isInSentence(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    rest.count > 30 || rest.contains("。")
  }

  /// Whether the text goes on as the articles did, so that a mark in it is the page's.
  private func articleFollows(_ index: Int) -> Bool {
    guard container == nil, !lastArticle.isEmpty else { return false }
    for line in lines[(index + 1)...] {
      if Signpost.supplement(line.text) != nil { return false }
      if let label = Label.candidates(line.text).first(where: { $0.style == article }),
        label.follows(lastArticle)
      {
        return true
      }
    }
    return false
  }

  /// A number alone within a sentence is a page's.
  private func isStrayNumber(_ text: Scalars) -> Bool {
    layout.isWrapped && text.count <= 3 && text.allSatisfy(\.isDigit)
  }

  mutating func omit(_ line: ImportedText.Line) {
    omitted.append(line)
    doubts.append(.omittedLine(at: place(line.number)))
  }

  func place(_ line: Int) -> SourceLocation { SourceLocation(file: file, line: line) }

  // MARK: Captions

  /// How many lines from `index` on are a caption above an article.
  private func captionLines(_ index: Int) -> Int? {
    guard !goesOn(lines[index].text.trimmed) || layout.isWrapped else { return nil }
    var words: Scalars = []
    for end in index..<min(index + 3, lines.count) {
      let text = lines[end].text.trimmed
      if text.isEmpty || layout.furniture.contains(end) {
        guard words.isEmpty else { continue }
        return nil
      }
      words += text
      guard words.opensCaption, words.count <= 80 else { return nil }
      if words.isBracketed { return beginsArticle(behind: end) ? end - index + 1 : nil }
      if words.openBrackets == 0 { return nil }
    }
    return nil
  }

  /// Whether the next line that says something has the label of the next article.
  private func beginsArticle(behind index: Int) -> Bool {
    var next = index + 1
    while next < lines.count, lines[next].text.compact.isEmpty || layout.furniture.contains(next) {
      next += 1
    }
    guard next < lines.count else { return false }
    let labels = Label.candidates(lines[next].text)
    if isInSupplement, articleNode == nil {
      // 附則 may have captions above its paragraphs, and above a sentence without number.
      return labels.isEmpty
        ? open.isEmpty : labels.contains { isNextParagraph($0) || $0.style == article }
    }
    return labels.contains { label in
      label.style == article
        && (lastArticle.isEmpty || label.follows(lastArticle)
          || lastArticle.lexicographicallyPrecedes(label.number))
    }
  }

  /// A bracket above something that is no article after all.
  mutating func dropCaption(_ caption: (text: Scalars, line: Int)) {
    let line = ImportedText.Line(caption.line, caption.text)
    pendingCaption = nil
    add(.unnumbered, line, caption.text)
  }

  var isInSupplement: Bool { container.map { nodes[$0].kind == .supplement } ?? false }

  private func isNextParagraph(_ label: Label) -> Bool {
    guard label.style.isBareNumber else { return false }
    return open.first.map { label.follows($0.number) } ?? (label.number == [1])
  }

  // MARK: Sentences over line ends

  /// Whether the sentence of the node in hand has not ended before the line.
  func goesOn(_ line: Scalars) -> Bool {
    guard layout.isWrapped, let current else { return false }
    let text = nodes[current].text
    guard let last = text.last else { return false }
    if line.first?.closes == true || Scalars(text.suffix(600)).openBrackets > 0 { return true }
    if last == "。" { return false }
    switch nodes[current].kind {
    case .item, .note, .row, .unnumbered, .closing: return layout.isFull(lastLine) || last == "、"
    case .paragraph, .preamble: return layout.isFull(lastLine) || last == "、" || !isLead(text)
    case .mark, .title, .heading, .contents, .division, .article, .supplement, .appendix:
      return false
    }
  }

  /// Whether a list may follow the words.
  private func isLead(_ text: Scalars) -> Bool {
    let tail = text.suffix(24).string
    return text.count <= 30 || ["次", "以下", "下記", "とおり", "各号"].contains { tail.contains($0) }
  }
}
