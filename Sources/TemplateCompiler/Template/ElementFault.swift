import Diagnostics
import Markup

// What is wrong with elements and attributes, whatever they mean.

extension Diagnostic {
  private static func suggestion(_ name: String, _ offered: [String]) -> Message? {
    if let meant = didYouMean(name, among: offered) {
      return Message(ja: "「\(meant)」ではありませんか。", en: "Did you mean “\(meant)”?")
    }
    guard !offered.isEmpty else { return nil }
    let list = offered.joined(separator: ", ")
    return Message(ja: "ここで使えるもの：\(list)", en: "Accepted here: \(list)")
  }

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
      hint: suggestion(element.name, offered)
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

  static func missingAttribute(_ attribute: String, of element: Element) -> Self {
    Diagnostic(
      .missingAttribute,
      at: element.location,
      ja: "要素「\(element.name)」には属性「\(attribute)」が必要です。",
      en: "The element “\(element.name)” needs the attribute “\(attribute)”."
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

  static func misplacedText(in element: Element, at location: SourceLocation) -> Self {
    Diagnostic(
      .misplacedText,
      at: location,
      ja: "「\(element.name)」の中に直接文字は書けません。",
      en: "“\(element.name)” does not take text of its own.",
      hint: Message(
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

  static func repeatedElement(_ element: Element, in parent: Element) -> Self {
    Diagnostic(
      .repeatedElement,
      at: element.location,
      ja: "「\(parent.name)」の中に「\(element.name)」は一つだけです。",
      en: "“\(parent.name)” takes only one “\(element.name)”."
    )
  }

  static func invalidCondition(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidCondition,
      at: location,
      ja: "条件の書き方が正しくありません。",
      en: "This condition cannot be read.",
      hint: Message(
        ja: "例：contract.deposit_paid > 0 and not vendor.individual",
        en: "For example: contract.deposit_paid > 0 and not vendor.individual"
      )
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
