import Diagnostics
import Records
import TemplateRuntime

/// A place in the annex.
struct Address: Hashable, Sendable {
  /// 0-based, in reading order.
  var article: Int
  /// 1-based; nil: the article as a whole.
  var paragraph: Int?
  /// 1-based 号.
  var item: Int?
  /// 1-based ア, イ ….
  var subitem: Int?
  var part: SentencePart?
}

/// The annex with its generated numbers.
struct NumberedAnnex: Sendable {
  let annex: Annex
  let digits: DigitStyle
  /// 第６条, 第８条の２, by article.
  private(set) var articleLabels: [String] = []
  private(set) var addresses: [String: Address] = [:]

  init(_ annex: Annex, digits: DigitStyle, reader: ElementReader) {
    self.annex = annex
    self.digits = digits
    var main = 0
    var branch = 1
    for (index, article) in annex.articles.enumerated() {
      if article.isBranch, main > 0 {
        branch += 1
      } else {
        main += 1
        branch = 1
      }
      articleLabels.append(
        "第\(number(main))条" + (branch > 1 ? "の\(number(branch))" : "")
      )
      register(article.id, Address(article: index), reader)
      for (offset, paragraph) in article.paragraphs.enumerated() {
        let address = Address(article: index, paragraph: offset + 1)
        register(paragraph.id, address, reader)
        for (offset, item) in paragraph.items.enumerated() {
          var address = address
          address.item = offset + 1
          if let id = item.id { register(id, address, reader) }
          for (offset, subitem) in item.subitems.enumerated() {
            address.subitem = offset + 1
            if let id = subitem.id { register(id, address, reader) }
          }
        }
      }
    }
  }

  private mutating func register(_ id: Name, _ address: Address, _ reader: ElementReader) {
    guard !id.text.isEmpty else { return }
    if addresses.updateValue(address, forKey: id.text) != nil {
      reader.report(.duplicateName(id.text, at: id.location))
    }
  }

  func number(_ number: Int) -> String {
    String(writing: { $0.append(number: Int64(number), digits) })
  }

  /// The number before a paragraph: 第６条 for an article's first, ２ for its second.
  func label(ofParagraph paragraph: Int, in article: Int) -> String {
    paragraph == 1 ? articleLabels[article] : number(paragraph)
  }

  /// （１）.
  func label(ofItem item: Int) -> String { "（\(number(item))）" }

  /// ア, イ, ウ … in the order of 五十音.
  func label(ofSubitem subitem: Int) -> String {
    let kana = Array("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
    return String(kana[(subitem - 1) % kana.count])
  }

  /// 第６条第２項ただし書, for use outside the annex; a one-paragraph article without 第１項.
  func words(of address: Address) -> String {
    articleLabels[address.article] + words(within: address)
  }

  /// What follows the article's own words.
  func words(within address: Address) -> String {
    var words = ""
    if let paragraph = address.paragraph, annex.articles[address.article].paragraphs.count > 1 {
      words += "第\(number(paragraph))項"
    }
    return words + wordsBelowParagraph(address)
  }

  /// 第１号ア, ただし書.
  func wordsBelowParagraph(_ address: Address) -> String {
    (address.item.map { "第\(number($0))号" } ?? "")
      + (address.subitem.map(label(ofSubitem:)) ?? "") + (address.part?.words ?? "")
  }

  /// The address that a reference means; nil if there is none, or not with that part.
  func address(of id: String, part: SentencePart?) -> Address? {
    guard var address = addresses[id] else { return nil }
    let article = annex.articles[address.article]
    guard !article.isDeleted else { return nil }
    guard let part else { return address }
    if address.paragraph == nil, article.paragraphs.count == 1 { address.paragraph = 1 }
    guard let paragraph = address.paragraph, address.item == nil,
      article.paragraphs[paragraph - 1].sentences.contains(where: { $0.part == part })
    else { return nil }
    address.part = part
    return address
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
