/// What a reference means: a provision, or a part of its words.
struct Address: Hashable, Sendable {
  /// In `NumberedAnnex.provisions`.
  let index: Int
  let part: SentencePart?
}

/// How provisions are named from outside of the annex.
extension NumberedAnnex {
  /// The provisions whose names make up the name of one, outermost first: 第６条, 第２項, 第１号.
  ///
  /// An article's only paragraph has no part in it, and chapters only in the name of chapters and sections, as articles are
  /// counted through them.
  func chain(to index: Int, throughChapters: Bool) -> [Int] {
    var chain: [Int] = []
    var next: Int? = index
    while let index = next {
      let provision = provisions[index]
      let isChapter = provision.provision.kind == .chapter || provision.provision.kind == .section
      if provision.isCited, !provision.cite.isEmpty, throughChapters || !isChapter {
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

  func isChapter(_ index: Int) -> Bool {
    let kind = provisions[index].provision.kind
    return kind == .chapter || kind == .section
  }

  func cites(_ chain: some Sequence<Int>) -> String {
    chain.map { provisions[$0].cite }.joined()
  }

  /// 第６条第２項ただし書; a one-paragraph article without 第１項.
  func words(of address: Address) -> String {
    cites(chain(to: address.index)) + (address.part?.words ?? "")
  }

  /// What follows the name of the article: 第２項ただし書.
  func wordsWithinArticle(of address: Address) -> String {
    cites(chain(to: address.index).dropFirst()) + (address.part?.words ?? "")
  }

  /// The provision that the name begins with: an article, 附則, 別表.
  func outermost(of index: Int) -> Int { chain(to: index).first ?? index }

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
    guard var index = indices[id], provisions[index].provision.deleted == 0 else { return nil }
    guard let part else { return Address(index: index, part: nil) }
    let paragraphs = provisions[index].children.filter {
      provisions[$0].provision.kind == .paragraph
    }
    if provisions[index].provision.kind == .article, paragraphs.count == 1 { index = paragraphs[0] }
    guard provisions[index].provision.sentences.contains(where: { $0.part == part }) else {
      return nil
    }
    return Address(index: index, part: part)
  }

  /// 特記事項第６条第１項ただし書 for `subcontracting-ban#proviso`; nil if there is no such provision.
  func words(ofBasis basis: String, annexName: String) -> String? {
    let parts = basis.split(separator: "#", maxSplits: 1).map(String.init)
    guard let id = parts.first else { return nil }
    let part = parts.count > 1 ? SentencePart(rawValue: parts[1]) : nil
    if parts.count > 1, part == nil { return nil }
    return address(of: id, part: part).map { annexName + words(of: $0) }
  }
}
