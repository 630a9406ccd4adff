import Diagnostics

/// What is wrong with XML that is not well formed, in few kinds that a template keeper can act on. libxml2's own sentences
/// quote the input, so they are never shown.
enum Fault {
  case tagMismatch, attribute, entity, character, namespace, cdataOrComment, declaration, noRoot, extraContent
  case unfinished, other

  /// From libxml2's `xmlParserErrors`.
  init(code: Int32) {
    self =
      switch code {
      case 76: .tagMismatch
      case 38...43, 65, 67, 68: .attribute
      case 6...8, 10...28, 87...89: .entity
      case 9: .character
      case 35, 200...205: .namespace
      case 44, 45, 62, 63, 80: .cdataOrComment
      case 31...34, 56, 57, 70, 71, 78, 79, 81, 96, 108, 109: .declaration
      case 4: .noRoot
      case 5, 86: .extraContent
      case 66, 72...75, 77: .unfinished
      case _: .other
      }
  }
}

extension Diagnostic {
  /// `open`: the element that an end tag should have closed.
  static func notWellFormed(_ fault: Fault, at location: SourceLocation, open: Element? = nil)
    -> Self
  {
    let (ja, en) =
      switch fault {
      case .tagMismatch: ("開始タグと終了タグが対応していません。", "A start tag and an end tag do not match.")
      case .attribute: ("属性の書き方が正しくありません。", "An attribute is not written correctly.")
      case .entity:
        ("文字参照・実体参照が正しくありません。使えるのは &lt; &gt; &amp; &quot; &apos; と &#…; だけです。",
          "A reference is not valid; only &lt; &gt; &amp; &quot; &apos; and &#…; exist.")
      case .character: ("XMLで使えない文字があります。", "A character here is not allowed in XML.")
      case .namespace: ("名前空間の書き方が正しくありません。", "A namespace is not written correctly.")
      case .cdataOrComment:
        ("コメント又はCDATAの書き方が正しくありません。", "A comment or CDATA section is not written correctly.")
      case .declaration: ("XML宣言の書き方が正しくありません。", "The XML declaration is not written correctly.")
      case .noRoot: ("要素がありません。", "There is no element.")
      case .extraContent: ("最後の終了タグの後に余分な内容があります。", "There is content behind the last end tag.")
      case .unfinished: ("タグが途中で終わっています。", "A tag is not finished.")
      case .other: ("XMLとして正しくありません。", "This is not well-formed XML.")
      }
    let hint = open.map { open in
      Message(
        ja: "\(open.location.line)行目の <\(open.name)> が、まだ閉じられていません。",
        en: "The <\(open.name)> of line \(open.location.line) is still open.")
    }
    return Diagnostic(.notWellFormed, at: location, ja: ja, en: en, hint: hint)
  }
}
