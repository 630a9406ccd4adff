/// What a reference means: a provision, or a part of its words.
struct Address: Hashable, Sendable {
  /// In `NumberedAnnex.provisions`.
  let index: Int
  let part: SentencePart?
}

/// How provisions are named from outside of the annex.
extension NumberedAnnex {
  /// The provisions whose names make up the name of one, outermost first: the annex, 第６条, 第２項, 第１号.
  ///
  /// An article's only paragraph has no part in it, and chapters only in the name of chapters and the like, as articles are
  /// counted through them.
  func chain(to index: Int, throughChapters: Bool) -> [Int] {
    var chain: [Int] = []
    var next: Int? = index
    while let index = next {
      let provision = provisions[index]
      let isChapter = isChapter(index)
      let isNamed = provision.parent == nil || provision.isCited && !provision.cite.isEmpty
      if isNamed, throughChapters || !isChapter {
        chain.append(index)
      }
      next = provision.parent
    }
    return chain.reversed()
  }

  /// The chain of a reference's target.
  func chain(to index: Int) -> [Int] {
    chain(to: index, throughChapters: isChapter(index))
  }

  /// Whether it is a 章 or the like.
  func isChapter(_ index: Int) -> Bool {
    ProvisionKind.chapters.contains(provisions[index].provision.kind)
  }

  func name(of address: Address) -> ProvisionName {
    chain(to: address.index).map(NameStep.provision)
      + (address.part.map { [.part($0)] } ?? [])
  }

  /// 第６条第２項; の of a step that is named の２ falls away where no name stands before it.
  ///
  /// `inForm`: an annex is called as forms call it.
  func words(
    of steps: some Sequence<NameStep>,
    behindName: Bool = false,
    inForm: Bool = false
  ) -> String {
    var words = ""
    for step in steps {
      switch step {
      case .provision(let index):
        let isAnnex = provisions[index].parent == nil
        let cite = inForm && isAnnex ? formName(of: index) : provisions[index].cite
        let isFirst = words.isEmpty && !behindName
        words += isFirst && cite.hasPrefix("の") ? String(cite.dropFirst()) : cite
      case .part(let part): words += part.words
      }
    }
    return words
  }

  /// 第６条第２項ただし書, within its annex; a one-paragraph article without 第１項.
  func words(of address: Address) -> String { words(of: name(of: address).dropFirst()) }

  /// 特記事項第６条第２項ただし書, as forms have it.
  func fullWords(of address: Address) -> String { words(of: name(of: address), inForm: true) }

  /// The provision that the name within the annex begins with: an article, 附則, 別表.
  func outermost(of index: Int) -> Int { chain(to: index).dropFirst().first ?? index }

  func areOfOneKind(_ index: Int, _ other: Int) -> Bool {
    let (one, two) = (provisions[index], provisions[other])
    return one.provision.kind == two.provision.kind && one.depth == two.depth
  }

  /// Whether one follows the other where their kind is counted.
  func areNeighbours(_ index: Int, _ next: Int) -> Bool {
    areOfOneKind(index, next) && provisions[next].position == provisions[index].position + 1
  }

  /// Provisions that follow each other.
  struct Stretch {
    /// Those that are deleted count.
    let count: Int
    /// In the digits of their level; nil where it has none.
    let countWords: String?
    let isFromFirst: Bool
    let isWhole: Bool
  }

  func stretch(from first: Int, through last: Int) -> Stretch {
    let all = countedTogether(with: first)
    let within = all.filter { first...last ~= $0 }
    let count = within.reduce(0) { $0 + max(1, provisions[$1].provision.deleted) }
    let level = provisions[first].level
    return Stretch(
      count: count,
      countWords: level.map { $0.cite.counter.words(count, digits: $0.digits ?? digits) },
      isFromFirst: all.first == first,
      isWhole: all.first == first && all.last == last
    )
  }

  /// All that are numbered in one sequence.
  func countedTogether(with index: Int) -> [Int] {
    let sequence = self.sequence(of: index)
    return provisions.indices.filter {
      areOfOneKind($0, index) && self.sequence(of: $0) == sequence
    }
  }

  /// What a provision's number is counted within.
  private func sequence(of index: Int) -> Int? {
    switch provisions[index].provision.kind {
    case .article:
      enclosing(.supplement, of: index) ?? enclosing(.appendix, of: index) ?? root(of: index)
    case .annex, .part, .chapter, .section, .subsection, .division, .paragraph, .item, .subitem,
      .supplement, .appendix, .preamble,
      .text,
      .note, .table:
      provisions[index].parent
    }
  }

  /// The last provision of what stands in one, or itself.
  func end(of index: Int) -> Int {
    provisions[index].children.last.map(end) ?? index
  }

  /// The nearest provision of a kind around one, or itself.
  func enclosing(_ kind: ProvisionKind, of index: Int) -> Int? {
    var next: Int? = index
    while let index = next {
      if provisions[index].provision.kind == kind { return index }
      next = provisions[index].parent
    }
    return nil
  }

  /// The address that a reference means; nil if there is none, or not with that part.
  func address(of id: String, part: SentencePart?) -> Address? {
    guard let index = indices[id], provisions[index].provision.deleted == 0 else { return nil }
    return address(of: index, part: part)
  }

  func address(of index: Int, part: SentencePart?) -> Address? {
    guard let part else { return Address(index: index, part: nil) }
    var index = index
    let paragraphs = provisions[index].children.filter {
      provisions[$0].provision.kind == .paragraph
    }
    if provisions[index].provision.kind == .article, paragraphs.count == 1 { index = paragraphs[0] }
    guard provisions[index].provision.sentences.contains(where: { $0.part == part }) else {
      return nil
    }
    return Address(index: index, part: part)
  }

  /// What `subcontracting-ban#proviso` means; nil if there is no such provision.
  func address(ofBasis basis: String) -> Address? {
    let parts = basis.split(separator: "#", maxSplits: 1).map(String.init)
    guard let id = parts.first else { return nil }
    let part = parts.count > 1 ? SentencePart(rawValue: parts[1]) : nil
    if parts.count > 1, part == nil { return nil }
    return address(of: id, part: part)
  }

  /// The id of the provision that someone means who writes its number: 6, 第６条, 第６条第２項.
  func id(numbered text: String) -> String? {
    func plain(_ words: String) -> String {
      String(
        String.UnicodeScalarView(
          words.unicodeScalars.compactMap { scalar in
            switch scalar {
            case "０"..."９": Unicode.Scalar(scalar.value - 0xFEE0)
            case "-", "の", ".": "の"
            case _: scalar
            }
          }
        )
      )
    }
    let wanted = plain(text)
    guard wanted.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) else { return nil }
    return provisions.indices.lazy.compactMap { index -> String? in
      guard let id = provisions[index].provision.id?.text else { return nil }
      let address = Address(index: index, part: nil)
      let words = plain(self.words(of: address))
      let isMeant =
        words == wanted || plain(fullWords(of: address)) == wanted
        || provisions[index].provision.kind == .article && words == "第\(wanted)条"
      return isMeant ? id : nil
    }.first
  }
}
