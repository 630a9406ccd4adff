/// A provision that annexes usually have, of the catalogue: an article, or a paragraph of one.
package struct UsualProvision: Sendable {
  package let id: String
  /// The article that it is of, as an index.
  package let parent: Int?
  /// What captions have in them.
  package let captions: [String]
  /// What the words have in them.
  package let words: [String]

  package init(id: String, parent: Int?, captions: [String], words: [String]) {
    self.id = id
    self.parent = parent
    self.captions = captions
    self.words = words
  }
}

/// The ids of the provisions: of usual captions a name, of others their number.
struct ProvisionIDs {
  /// By node; nil for what has no id.
  private(set) var ids: [Int: String] = [:]
  private var taken: Set<String> = []

  private let usual: [UsualProvision]
  /// The articles whose captions are usual, by node.
  private var entries: [Int: Int] = [:]

  init(_ annex: FoundAnnex, usual: [UsualProvision]) {
    self.usual = usual
    var counts: [Int?: Int] = [:]
    for (index, node) in annex.nodes.enumerated() {
      let parent = node.parent.flatMap { ids[$0] }
      switch node.kind {
      case .article:
        let number = (node.label?.number ?? []).map(String.init).joined(separator: "-")
        let entry = entry(node)
        entries[index] = entry
        add(
          index,
          entry.map { usual[$0].id }
            ?? (parent.map { $0.hasPrefix("supplement") ? $0 + "-" : "" } ?? "")
            + "article-\(number)"
        )
      case .paragraph, .item:
        counts[node.parent, default: 0] += 1
        add(
          index,
          paragraphName(node, annex)
            ?? "\(parent ?? "paragraph")-\(counts[node.parent, default: 1])"
        )
      case .division:
        add(
          index,
          "\(node.kind.element)-\((node.label?.number ?? []).map(String.init).joined(separator: "-"))"
        )
      case .supplement: add(index, "supplement")
      case .appendix: add(index, "appendix")
      case .mark, .title, .heading, .contents, .preamble, .unnumbered, .closing, .note, .row: break
      }
    }
  }

  /// The first entry of which the caption has a word.
  private func entry(_ node: FoundNode) -> Int? {
    guard let words = node.caption?.words.compact.string else { return nil }
    return usual.indices.first { index in
      usual[index].parent == nil && usual[index].captions.contains { words.contains($0) }
    }
  }

  /// Of an article whose caption is usual: the first entry below it, not yet given, of which the paragraph has a word.
  private func paragraphName(_ node: FoundNode, _ annex: FoundAnnex) -> String? {
    guard node.kind == .paragraph, let entry = node.parent.flatMap({ entries[$0] }) else {
      return nil
    }
    let words = node.text.compact.string
    return usual.first { usual in
      usual.parent == entry && !taken.contains(usual.id)
        && usual.words.contains { words.contains($0) }
    }?.id
  }

  private mutating func add(_ index: Int, _ id: String) {
    var own = id
    var count = 2
    while !taken.insert(own).inserted {
      own = "\(id)-\(count)"
      count += 1
    }
    ids[index] = own
  }
}
