import Diagnostics

/// Finds the structure of a text: the table of contents of this folder.
package enum AnnexReader {
  package static func read(_ text: ImportedText) -> FoundAnnex {
    let text = text.withCaptionsApart
    var annex = FoundAnnex(file: text.file, format: text.format)
    let layout = TextLayout(text)
    guard let article = articleStyle(text), let first = firstProvision(text, article) else {
      annex.diagnostics = [.noProvisions(at: SourceLocation(file: text.file))]
      return annex
    }
    var builder = OutlineBuilder(
      file: text.file,
      lines: text.lines,
      layout: layout,
      article: article
    )
    let head = text.lines[..<first].enumerated().filter {
      !ImportedText.isBlank($0.element) && !layout.furniture.contains($0.offset)
    }
    let read = HeadReader.read(head.map { ($0.offset, $0.element) }, layout: layout)
    builder.nodes = read.nodes
    for index in 0..<first where layout.furniture.contains(index) {
      builder.omit(text.lines[index])
    }
    builder.read(from: first)
    if !read.isTitleCertain { builder.doubts.append(.uncertainTitle(at: builder.place(1))) }

    let isSpaced = isLetterSpaced(text)
    annex.nodes = builder.nodes.map { $0.tidied(spaced: isSpaced) }
    annex.omitted = builder.omitted
    annex.levels = FoundLevel.levels(of: annex)
    annex.terms = annex.nodes.indices.flatMap {
      FoundTerm.terms(in: annex.nodes[$0].text, node: $0)
    }
    annex.references = ReferenceResolver.references(in: annex)
    annex.proposals = annex.nodes.indices.flatMap {
      FoundProposal.proposals(in: annex.nodes[$0].text, node: $0)
    }
    annex.diagnostics = (builder.doubts + doubts(of: annex)).inReportOrder()
    return annex
  }

  private static func doubts(of annex: FoundAnnex) -> [Diagnostic] {
    let unresolved = annex.references.filter { $0.target == .unresolved }.map {
      Diagnostic.unresolvedReference(
        $0.words.string,
        at: SourceLocation(file: annex.file, line: annex.nodes[$0.node].line)
      )
    }
    let parents = Set(annex.nodes.compactMap(\.parent))
    let empty = annex.nodes.indices.filter { index in
      let node = annex.nodes[index]
      return node.label != nil && node.text.isEmpty && !node.isDeleted && !parents.contains(index)
    }
    return unresolved
      + empty.map {
        .emptyProvision(at: SourceLocation(file: annex.file, line: annex.nodes[$0].line))
      }
  }

  /// How articles are labelled: 第１条 if there is one, else 第１, else as the first label of all.
  private static func articleStyle(_ text: ImportedText) -> Label.Style? {
    let labels = text.lines.lazy.flatMap { line in
      Label.candidates(line.text).map { ($0, line.text) }
    }
    let isSure = { (label: Label, line: Scalars) in
      label.hasSpaceBehind || line[label.length...].first?.folded == "("
    }
    let ordinal =
      labels.first { $0.style.isArticle && isSure($0, $1) }
      ?? labels.first { label, _ in label.style.isArticle }
    return
      (ordinal ?? labels.first { label, _ in label.style.isBareArticle && label.hasSpaceBehind }
      ?? labels.first { label, _ in label.number == [1] && label.style.division == nil })?.0.style
  }

  /// The line where the provisions begin, with the headings directly above the first article.
  private static func firstProvision(_ text: ImportedText, _ article: Label.Style) -> Int? {
    let lines = text.lines
    guard
      var first = lines.indices.first(where: { index in
        !Signpost.isLeader(lines[index].text)
          && Label.candidates(lines[index].text).contains { $0.style == article }
      })
    else { return nil }
    var last: (rank: Int, number: [Int])?
    var index = first - 1
    while index >= 0 {
      let line = lines[index].text.trimmed
      defer { index -= 1 }
      if line.isEmpty { continue }
      if let label = Label.candidates(line).first, let rank = label.style.division {
        if line.string.contains("条") { break }
        if let last,
          rank > last.rank
            || rank == last.rank && label.number.lexicographicallyPrecedes(last.number) == false
        {
          break
        }
        last = (rank, label.number)
        first = index
      } else if last == nil, first - index <= 3, let end = bracketEnd(lines, index), end < first {
        first = index
      } else if !(last == nil && line.last?.closes == true && line.openBrackets == 0)
        || first - index > 2
      {
        break
      }
    }
    return first
  }

  /// The last line of the bracket that begins a line and fills it.
  private static func bracketEnd(_ lines: [ImportedText.Line], _ index: Int) -> Int? {
    var words: Scalars = []
    for end in index..<min(index + 3, lines.count) {
      words += lines[end].text.trimmed
      if words.isBracketed { return end }
    }
    return nil
  }

  /// Whether a PDF's letter spacing stands in the text: more than one space between wide characters in a hundred.
  private static func isLetterSpaced(_ text: ImportedText) -> Bool {
    var spaces = 0
    var characters = 0
    for line in text.lines {
      let scalars = line.text.trimmed
      characters += scalars.count
      for index in scalars.indices.dropFirst().dropLast()
      where scalars[index] == " " && scalars[index - 1].isWide && scalars[index + 1].isWide {
        spaces += 1
      }
    }
    return spaces * 100 > characters
  }
}

extension ImportedText {
  /// With a caption that stands before its number, in one line, in a line of its own.
  fileprivate var withCaptionsApart: ImportedText {
    let lines = lines.flatMap { line -> [Line] in
      let text = line.text.trimmed
      guard line.role == .text, text.opensCaption, let end = text.closing(of: 0), end <= 40,
        text[1..<end].allSatisfy({ $0 != "。" }),
        let label = Label.candidates(Array(text[(end + 1)...])).first, label.style.before == "第",
        label.style.division == nil
      else { return [line] }
      return [
        Line(line.number, Array(text[...end]), startsPage: line.startsPage),
        Line(line.number, Array(text[(end + 1)...])),
      ]
    }
    return ImportedText(file: file, format: format, lines: lines)
  }
}

extension FoundNode {
  fileprivate func tidied(spaced: Bool) -> FoundNode {
    var node = self
    let isItem = if case .item = kind { true } else { false }
    node.text = text.withoutStraySpaces(keepsFirst: isItem && !spaced)
    return node
  }
}
