import Diagnostics

extension OutlineBuilder {
  /// Begins what the label stands for; false if it is none here.
  mutating func place(_ label: Label, _ index: Int) -> Bool {
    let line = lines[index]
    let rest = Array(line.text[label.length...]).trimmed
    let isOpen = goesOn(line.text.trimmed)
    if let rank = label.style.division {
      guard !isOpen, label.hasSpaceBehind, rest.count <= 40, !rest.contains("。") else {
        return false
      }
      beginDivision(rank, label, rest, line)
      return true
    }
    if label.style == article {
      guard mayBeArticle(label, isOpen: isOpen) else {
        return placeBelow(label, rest, line, isOpen)
      }
      beginArticle(label, rest, line)
      return true
    }
    return placeBelow(label, rest, line, isOpen)
  }

  private func mayBeArticle(_ label: Label, isOpen: Bool) -> Bool {
    if isOpen, pendingCaption == nil { return false }
    if lastArticle.isEmpty {
      return container == nil || label.number == [1] || pendingCaption != nil
    }
    if label.follows(lastArticle) { return true }
    guard lastArticle.lexicographicallyPrecedes(label.number) else { return false }
    return pendingCaption != nil || !layout.isWrapped && label.style.before == "第"
  }

  // MARK: Below the article

  private mutating func placeBelow(
    _ label: Label,
    _ rest: Scalars,
    _ line: ImportedText.Line,
    _ isOpen: Bool
  ) -> Bool {
    guard owner != nil else { return false }
    // A list goes on although its 号 end without 。
    if let depth = open.lastIndex(where: { $0.style == label.style && label.follows($0.number) }),
      !isOpen
        || depth > 0 && nodes[open[depth].node].text.openBrackets == 0
          && nodes[open[depth].node].text.last != "、"
    {
      begin(label, rest, line, at: depth)
      return true
    }
    if isOpen { return false }
    if let first = open.first, label.style.isBareNumber || label.style.isKanji && open.count == 1,
      isParagraph(label, behind: first)
    {
      begin(label, rest, line, at: 0)
      return true
    }
    let isAlone = rest.isEmpty && layout.isWrapped && label.style.isBareNumber && !open.isEmpty
    if label.number == [1], !isAlone, !open.contains(where: { $0.style == label.style }) {
      let isFirstParagraph = open.isEmpty && label.style.isBareNumber
      if open.isEmpty, !isFirstParagraph { beginUnmarkedParagraph(line) }
      begin(label, rest, line, at: open.count)
      return true
    }
    guard !layout.isWrapped || label.hasSpaceBehind,
      let depth = open.lastIndex(where: { $0.style == label.style }),
      label.hasSpaceBehind || label.style.after == ")"
    else { return false }
    let last = open[depth].number
    // All 号 may have the same number; and one may be missing where the text was cut.
    let isSame = label.number == last && label.style.before == "("
    let isAhead =
      label.number.count == 1 && label.number[0] > last[0] && label.number[0] <= last[0] + 5
    guard isSame || isAhead,
      !layout.isWrapped || isAhead && nodes[open[depth].node].text.last == "。"
    else { return false }
    if !isSame || !repeatsNumber(open[depth].node) {
      doubts.append(.numberOutOfOrder(at: place(line.number)))
    }
    begin(label, rest, line, at: depth)
    return true
  }

  /// Whether the node has the number of the one before it, too: said once of a list.
  private func repeatsNumber(_ node: Int) -> Bool {
    let before = nodes[..<node].last {
      $0.parent == nodes[node].parent && $0.kind == nodes[node].kind
    }
    return before?.label?.number == nodes[node].label?.number
  }

  /// Whether a bare number goes on with the paragraphs: 2 behind a first one without number.
  private func isParagraph(_ label: Label, behind first: OpenLevel) -> Bool {
    guard nodes[first.node].kind == .paragraph else { return false }
    if let style = first.style { return style == label.style && label.follows(first.number) }
    return label.number == [2]
  }

  /// Begins a provision at a depth below the article: paragraphs are 0, or items where the first paragraph has no number.
  private mutating func begin(
    _ label: Label,
    _ rest: Scalars,
    _ line: ImportedText.Line,
    at depth: Int
  ) {
    let kind: FoundNode.Kind = depth == 0 ? .paragraph : .item(depth - 1)
    let parent = depth == 0 ? owner : open[depth - 1].node
    open.removeLast(open.count - depth)
    let node = append(kind, label, parent: parent, line)
    open.append(OpenLevel(style: label.style, number: label.through ?? label.number, node: node))
    setText(rest, of: node, line)
  }

  mutating func beginUnmarkedParagraph(_ line: ImportedText.Line) {
    let node = append(.paragraph, nil, parent: owner, line)
    open = [OpenLevel(style: nil, number: [1], node: node)]
    (current, lastLine) = (node, line.text)
  }

  private mutating func append(
    _ kind: FoundNode.Kind,
    _ label: Label?,
    parent: Int?,
    _ line: ImportedText.Line
  ) -> Int {
    if let caption = pendingCaption, kind != .article, kind != .paragraph { dropCaption(caption) }
    var node = FoundNode(kind: kind, parent: parent, line: line.number, label: label)
    if let caption = pendingCaption, kind == .article || kind == .paragraph {
      node.caption = FoundNode.Caption(text: caption.text, place: .above)
      node.line = caption.line
      pendingCaption = nil
    }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func setText(_ text: Scalars, of node: Int, _ line: ImportedText.Line) {
    nodes[node].text = text
    nodes[node].isDeleted = text.compact.string == "削除"
    (current, lastLine) = (node, line.text)
  }

  // MARK: Articles

  private mutating func beginArticle(_ label: Label, _ rest: Scalars, _ line: ImportedText.Line) {
    if !lastArticle.isEmpty, !label.follows(lastArticle) {
      doubts.append(.numberOutOfOrder(at: place(line.number)))
    }
    let parent = container ?? divisions.last?.node
    let node = append(.article, label, parent: parent, line)
    (lastArticle, open) = (label.through ?? label.number, [])
    articleNode = node
    (current, lastLine) = (node, line.text)
    var text = rest
    if nodes[node].caption == nil, let end = captionEnd(rest) {
      text = Array(rest[end...]).trimmed
      nodes[node].caption = FoundNode.Caption(
        text: Array(rest[..<end]).withoutStraySpaces(),
        place: text.isEmpty ? .after : .runIn
      )
    }
    if text.compact.string == "削除" {
      setText(text, of: node, line)
    } else if !text.isEmpty {
      beginUnmarkedParagraph(line)
      setText(text, of: nodes.count - 1, line)
    }
  }

  /// Where a caption behind the number ends: a bracket, or a few words that are no sentence.
  private func captionEnd(_ rest: Scalars) -> Int? {
    if rest.opensCaption, let end = rest.closing(of: 0), end <= 60 {
      let words = rest[1..<end]
      let isDefinition = words.string.contains("以下") || words.contains("。") || words.contains("「")
      return isDefinition ? nil : end + 1
    }
    let isHeading =
      !rest.isEmpty && rest.count <= 30 && !layout.isFull(lastLine) && rest.compact.string != "削除"
      && !rest.contains { "、。「」".unicodeScalars.contains($0) }
      && !rest.ends(withOneOf: ["とおり", "する", "こと", "いう", "もの", "ある", "ない", "もと", "により", "には"])
      && rest.firstIndex(of: "は、") == nil
    return isHeading ? rest.count : nil
  }

  // MARK: Around the articles

  private mutating func beginDivision(
    _ rank: Int,
    _ label: Label,
    _ rest: Scalars,
    _ line: ImportedText.Line
  ) {
    divisions.removeAll { $0.rank >= rank }
    let node = append(.division(rank), label, parent: container ?? divisions.last?.node, line)
    nodes[node].text = rest.withoutStraySpaces()
    divisions.append((rank, node))
    (open, articleNode, current, lastLine) = ([], nil, node, [])
  }

  mutating func beginSupplement(_ text: Scalars, _ end: Int, _ line: ImportedText.Line) {
    let node = append(.supplement, nil, parent: nil, line)
    var head = end
    let rest = Array(text[end...])
    if let bracket = rest.firstIndex(where: { !$0.isSpace }), rest[bracket].folded == "(",
      let close = rest.closing(of: bracket)
    {
      head = end + close + 1
    }
    nodes[node].text = Array(text[..<head])
    (container, lastArticle, open, divisions, articleNode) = (node, [], [], [], nil)
    (current, lastLine) = (node, [])
    let words = Array(text[head...]).trimmed
    if !words.isEmpty {
      beginUnmarkedParagraph(line)
      setText(words, of: nodes.count - 1, line)
    }
  }

  mutating func beginAppendix(_ text: Scalars, _ end: Int, _ line: ImportedText.Line) {
    let node = append(.appendix, nil, parent: nil, line)
    nodes[node].text = text
    (container, open, divisions, articleNode) = (node, [], [], nil)
    (current, lastLine) = (node, [])
  }

  // MARK: Lines without a label

  mutating func add(_ kind: FoundNode.Kind, _ line: ImportedText.Line, _ text: Scalars) {
    let parent = parentOfUnlabelled(kind)
    let node = append(kind, nil, parent: parent, line)
    setText(text, of: node, line)
  }

  mutating func addRow(_ cells: [Scalars], _ line: ImportedText.Line) {
    let node = append(.row, nil, parent: parentOfUnlabelled(.row), line)
    nodes[node].cells = cells
    (current, lastLine) = (node, [])
  }

  private func parentOfUnlabelled(_ kind: FoundNode.Kind) -> Int? {
    if isInAppendix { return container }
    if kind == .unnumbered, let last = open.last { return last.node }
    return open.first?.node ?? owner ?? divisions.last?.node
  }

  mutating func addUnlabelled(_ index: Int, _ text: Scalars) {
    let line = lines[index]
    if let caption = pendingCaption, !(isInSupplement && open.isEmpty && articleNode == nil) {
      dropCaption(caption)
    }
    guard let here = current else { return add(.preamble, line, text) }
    switch nodes[here].kind {
    case .article where !nodes[here].isDeleted, .supplement:
      if open.isEmpty {
        beginUnmarkedParagraph(line)
        setText(text, of: nodes.count - 1, line)
        return
      }
    case .division:
      if owner == nil || nodes[here].text.isEmpty {
        if nodes[here].text.isEmpty {
          nodes[here].text = text
        } else {
          add(.unnumbered, line, text)
        }
        return
      }
    case .mark, .title, .heading, .contents, .preamble, .article, .paragraph, .item, .unnumbered,
      .closing, .note, .row, .appendix:
      break
    }
    if continues(here, text) {
      nodes[here].text.appendLine(text)
      lastLine = line.text
      return
    }
    if isHeadingOfParagraph(here) {
      nodes[here].caption = FoundNode.Caption(text: nodes[here].text, place: .after)
      setText(text, of: here, line)
      return
    }
    if Signpost.isNote(text) { return add(.note, line, text) }
    doubts.append(.unnumberedLine(at: place(line.number)))
    let closes = open.count > 1 && !listGoesOn(behind: index) && !addsToItem(here, text)
    add(closes ? .closing : .unnumbered, line, text)
  }

  private func continues(_ here: Int, _ text: Scalars) -> Bool {
    if nodes[here].kind == .row { return false }
    if nodes[here].text.isEmpty { return true }
    guard layout.isWrapped else { return false }
    return goesOn(text) || layout.isFull(lastLine)
      || nodes[here].text.last != "。" && nodes[here].kind == .paragraph
  }

  /// 「１　開始届の記入事項」 with its text on the next line.
  private func isHeadingOfParagraph(_ here: Int) -> Bool {
    let node = nodes[here]
    return node.kind == .paragraph && node.label != nil && node.caption == nil
      && node.text.count <= 30
      && !node.text.contains { "、。".unicodeScalars.contains($0) }
  }

  /// Whether a sentence adds to a 号 that is a sentence itself.
  private func addsToItem(_ here: Int, _ text: Scalars) -> Bool {
    guard case .item = nodes[here].kind, nodes[here].text.last == "。" else { return false }
    return text.has(oneOf: ["なお", "ただし", "但し", "また"], at: 0)
  }

  /// Whether the next label goes on with the list in hand.
  private func listGoesOn(behind index: Int) -> Bool {
    for next in lines[(index + 1)...].prefix(40) {
      guard let label = Label.candidates(next.text).first else { continue }
      return open.dropFirst().contains { $0.style == label.style && label.follows($0.number) }
    }
    return false
  }
}
