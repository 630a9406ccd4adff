import Diagnostics
import Markup

extension Diagnostic {
  /// What people write in place of an attribute's name.
  private static let habits = [
    "name": ["path", "id"], "field": ["path"], "ref": ["to", "path"], "href": ["to"],
    "target": ["to"], "in": ["for"], "test": ["if"], "if": ["test"], "title": ["label", "caption"],
    "cond": ["if"], "when": ["if", "test"],
  ]

  private static func suggestion(_ name: String, _ offered: [String]) -> Message? {
    let folded = name.foldingFullWidth
    if folded != name {
      return Message(ja: "全角の字です。半角で「\(folded)」と書きます。", en: "It is full-width; write “\(folded)”.")
    }
    if let meant = habits[name]?.first(where: offered.contains) {
      return Message(ja: "ここでは「\(meant)」と書きます。", en: "It is called “\(meant)” here.")
    }
    if let meant = didYouMean(name, among: offered) {
      return Message(ja: "「\(meant)」ではありませんか。", en: "Did you mean “\(meant)”?")
    }
    guard !offered.isEmpty else { return nil }
    let list = offered.joined(separator: ", ")
    return Message(ja: "ここで使えるもの：\(list)", en: "Accepted here: \(list)")
  }

  /// Elements of the annex that stand in one other only.
  private static let holders = [
    "subitem": "<item>", "item": "<paragraph>", "paragraph": "<article>",
  ]

  static func foreignNamespace(_ element: Element) -> Self {
    Diagnostic(
      .foreignNamespace,
      at: element.location,
      ja: "要素「\(element.name)」の名前空間が違います。",
      en: "The element “\(element.name)” is not in the template namespace.",
      hint: Message(
        ja: "根要素に一度だけ、xmlns=\"\(templateNamespace)\" と書いてください。",
        en: "Write xmlns=\"\(templateNamespace)\", once, on the root element."
      )
    )
  }

  static func unknownElement(_ element: Element, in parent: Element, offered: [String]) -> Self {
    Diagnostic(
      .unknownElement,
      at: element.location,
      ja: "「\(parent.name)」の中に要素「\(element.name)」は置けません。",
      en: "The element “\(element.name)” has no place in “\(parent.name)”.",
      hint: holders[element.name].map {
        Message(
          ja: "「\(element.name)」は \($0) の中に置きます。",
          en: "“\(element.name)” stands within \($0)."
        )
      } ?? suggestion(element.name, offered)
    )
  }

  static func unknownAttribute(
    _ attribute: Element.Attribute,
    of element: Element,
    offered: [String]
  ) -> Self {
    Diagnostic(
      .unknownAttribute,
      at: attribute.location,
      ja: "要素「\(element.name)」に属性「\(attribute.name)」はありません。",
      en: "The element “\(element.name)” has no attribute “\(attribute.name)”.",
      hint: suggestion(attribute.name, offered)
    )
  }

  static func missingAttribute(
    _ attribute: String,
    of element: Element,
    offered: [String]
  ) -> Self {
    Diagnostic(
      .missingAttribute,
      at: element.location,
      ja: "要素「\(element.name)」には属性「\(attribute)」が必要です。",
      en: "The element “\(element.name)” needs the attribute “\(attribute)”.",
      hint: offered.isEmpty
        ? nil
        : Message(
          ja: "書けるもの：\(offered.joined(separator: ", "))",
          en: "Accepted: \(offered.joined(separator: ", "))"
        )
    )
  }

  static func holeInAttribute(_ attribute: Element.Attribute) -> Self {
    Diagnostic(
      .invalidHole,
      at: attribute.location,
      ja: "属性「\(attribute.name)」には差込みを置けません。括弧のまま印刷されます。",
      en: "The attribute “\(attribute.name)” takes no hole; its braces would be printed.",
      hint: Message(
        ja:
          "差込みを置ける属性は、label、caption、help など、印刷や画面に出る語句のものだけです。ほかの属性には、パスか名前だけを書きます。",
        en:
          "Attributes whose words are printed or shown (label, caption, help and the like) take holes; others are paths or names alone."
      )
    )
  }

  static func invalidAttribute(_ attribute: String, at location: SourceLocation, expects: String)
    -> Self
  {
    invalidAttribute(
      attribute,
      at: location,
      hint: Message(ja: "書けるもの：\(expects)", en: "Accepted: \(expects)")
    )
  }

  static func invalidAttribute(_ attribute: String, at location: SourceLocation, hint: Message)
    -> Self
  {
    Diagnostic(
      .invalidAttribute,
      at: location,
      ja: "属性「\(attribute)」の値が正しくありません。",
      en: "The value of the attribute “\(attribute)” is not accepted.",
      hint: hint
    )
  }

  /// A name that is not made of the few characters that names may have.
  static func invalidName(_ attribute: String, at location: SourceLocation, joint: String) -> Self {
    Diagnostic(
      .invalidAttribute,
      at: location,
      ja: "属性「\(attribute)」の値が、名前として正しくありません。",
      en: "The value of the attribute “\(attribute)” is not a name.",
      hint: Message(
        ja: "半角の英小文字で始め、英小文字、数字、「\(joint)」だけで書きます（80字まで）。",
        en: "Begin with a small letter; small letters, digits and “\(joint)” may follow, 80 in all."
      )
    )
  }

  /// `isTagLike`: it was meant as a tag.
  static func misplacedText(
    in element: Element,
    at location: SourceLocation,
    isTagLike: Bool
  ) -> Self {
    Diagnostic(
      .misplacedText,
      at: location,
      ja: "「\(element.name)」の中に直接文字は書けません。",
      en: "“\(element.name)” does not take text of its own.",
      hint: isTagLike
        ? Message(
          ja: "「＜」「＞」が全角です。半角の < > で書いてください。",
          en: "“＜” and “＞” are full-width; write < and >."
        )
        : Message(
          ja: "文字は中の要素に書くか、メモなら <!-- --> で囲んでください。",
          en: "Put the words into an element within, or a remark into <!-- -->."
        )
    )
  }

  static func missingElement(_ name: String, in element: Element) -> Self {
    Diagnostic(
      .missingElement,
      at: element.location,
      ja: "「\(element.name)」には要素「\(name)」が必要です。",
      en: "“\(element.name)” needs an element “\(name)”."
    )
  }

  static func emptyElement(_ element: Element) -> Self {
    Diagnostic(
      .emptyElement,
      at: element.location,
      ja: "「\(element.name)」に文字がありません。",
      en: "“\(element.name)” has no words.",
      hint: Message(
        ja: "文字を書くか、要素ごと削ってください。",
        en: "Write its words, or remove the element."
      )
    )
  }

  static func repeatedElement(_ element: Element, in parent: Element) -> Self {
    Diagnostic(
      .repeatedElement,
      at: element.location,
      ja: "「\(parent.name)」の中に「\(element.name)」は一つだけです。",
      en: "“\(parent.name)” takes only one “\(element.name)”."
    )
  }

  static func invalidLoop(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidLoop,
      at: location,
      ja: "繰返しの書き方が正しくありません。",
      en: "This loop cannot be read.",
      hint: Message(ja: "例：worker in vendor.workers", en: "For example: worker in vendor.workers")
    )
  }
}
