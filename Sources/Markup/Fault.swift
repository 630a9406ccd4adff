import Diagnostics

/// What is wrong with XML that is not well formed, in few kinds that a template keeper can act on.
///
/// libxml2's own sentences quote the input, so they are never shown.
enum Fault: Hashable {
  /// An end tag that does not close the element that is open.
  case wrongEnd
  /// The file ends, and an element is still open.
  case unclosed
  case unfinishedTag
  case attribute, repeatedAttribute
  case reference
  case lessThan
  /// ]]> in text.
  case sectionEnd
  case character, namespace, comment, section, instruction, declaration, noRoot, extraContent
  case other

  /// From libxml2's `xmlParserErrors`, and what stands around the place.
  init(code: Int32, before: UInt8?, at: UInt8?) {
    self =
      switch code {
      case 76: .wrongEnd
      case 77: .unclosed
      case 66, 72...75: .unfinishedTag
      // A name is missing: of an element, an entity or an attribute.
      case 68 where before == UInt8(ascii: "<"): .lessThan
      case 68 where before == UInt8(ascii: "&"): .reference
      case 68 where at == UInt8(ascii: "<"): .unfinishedTag
      case 38...41, 65, 67, 68: .attribute
      case 42: .repeatedAttribute
      case 6...8, 10...28, 87...89: .reference
      case 9: before == UInt8(ascii: ";") ? .reference : .character
      case 35, 200...205: .namespace
      case 44, 45, 80: .comment
      case 63: .section
      case 62: .sectionEnd
      case 46, 47: .instruction
      case 31...34, 56, 57, 64, 70, 71, 78, 79, 81, 96, 108, 109: .declaration
      case 4: .noRoot
      case 5, 86: .extraContent
      case _: .other
      }
  }

  /// Behind it, start tags and end tags may be out of step.
  var confusesTags: Bool {
    switch self {
    case .wrongEnd, .unfinishedTag, .attribute, .repeatedAttribute, .lessThan: true
    case .unclosed, .reference, .sectionEnd, .character, .namespace, .comment, .section,
      .instruction, .declaration, .noRoot, .extraContent, .other:
      false
    }
  }

  /// Whether it lies in how a tag is written.
  var isOfTag: Bool {
    switch self {
    case .unfinishedTag, .attribute, .lessThan: true
    case .wrongEnd, .unclosed, .repeatedAttribute, .reference, .sectionEnd, .character, .namespace,
      .comment, .section, .instruction, .declaration, .noRoot, .extraContent, .other:
      false
    }
  }

  /// Nothing but that, if there was confusion before.
  var followsConfusion: Bool { [.wrongEnd, .unclosed, .extraContent].contains(self) }

  /// Where a person looks for the fault that libxml2 reports at `offset`.
  func start(in bytes: [UInt8], at offset: Int) -> Int {
    let read = bytes[..<min(offset, bytes.count)]
    return switch self {
    case .wrongEnd, .repeatedAttribute, .namespace, .instruction:
      read.lastIndex(of: UInt8(ascii: "<")) ?? offset
    case .reference: read.lastIndex(of: UInt8(ascii: "&")) ?? offset
    case .comment where offset == bytes.count: read.last("<!--") ?? offset
    case .section: read.last("<![CDATA[") ?? offset
    case .declaration: read.last("<?") ?? offset
    case .lessThan: offset - 1
    case .sectionEnd: bytes[read.endIndex...].first("]]>") ?? offset
    case .comment, .unclosed, .unfinishedTag, .attribute, .character, .noRoot, .extraContent,
      .other:
      offset
    }
  }
}

extension ArraySlice<UInt8> {
  /// The offset of the first place where `word` stands.
  fileprivate func first(_ word: String) -> Int? {
    indices.first { self[$0...].starts(with: word.utf8) }
  }

  /// The offset of the last place where `word` stands.
  func last(_ word: String) -> Int? {
    indices.last { self[$0...].starts(with: word.utf8) }
  }
}

extension Diagnostic {
  /// `open` is the element that is open at the fault, if that is known.
  static func notWellFormed(_ fault: Fault, open: Element? = nil, at location: SourceLocation)
    -> Self
  {
    let (ja, en) = sentences(fault, open)
    return Diagnostic(.notWellFormed, at: location, ja: ja, en: en, hint: hint(fault))
  }

  private static func sentences(_ fault: Fault, _ open: Element?) -> (ja: String, en: String) {
    switch fault {
    case .wrongEnd:
      guard let open else {
        return ("開始タグと終了タグが対応していません。", "A start tag and an end tag do not match.")
      }
      return (
        "この終了タグは、\(open.location.line)行目の開始タグ「\(open.name)」に対応していません。",
        "This end tag does not match the start tag “\(open.name)” in line \(open.location.line)."
      )
    case .unclosed:
      return (
        "要素\(open.map { "「\($0.name)」" } ?? "")を閉じる終了タグがありません。",
        "The element\(open.map { " “\($0.name)”" } ?? "") is never closed."
      )
    case .unfinishedTag: return ("タグが途中で終わっています。", "A tag is not finished.")
    case .attribute: return ("属性の書き方が正しくありません。", "An attribute is not written correctly.")
    case .repeatedAttribute: return ("同じ属性が２回書かれています。", "An attribute is written twice.")
    case .reference: return ("文字参照・実体参照が正しくありません。", "A reference is not valid.")
    case .lessThan: return ("「<」の後にタグの名前がありません。", "There is no name behind “<”.")
    case .sectionEnd: return ("文字として「]]>」は書けません。", "“]]>” cannot stand in text.")
    case .character: return ("XMLで使えない文字があります。", "A character here is not allowed in XML.")
    case .namespace: return ("名前空間の書き方が正しくありません。", "A namespace is not written correctly.")
    case .comment: return ("コメントの書き方が正しくありません。", "A comment is not written correctly.")
    case .section: return ("CDATAが閉じられていません。", "A CDATA section is not closed.")
    case .instruction:
      return ("処理命令（<?…?>）の書き方が正しくありません。", "A processing instruction is not written correctly.")
    case .declaration:
      return ("XML宣言の書き方が正しくありません。", "The XML declaration is not written correctly.")
    case .noRoot:
      return ("ここに根要素の開始タグがありません。", "The start tag of the root element is missing here.")
    case .extraContent:
      return ("最後の終了タグの後に余分な内容があります。", "There is content behind the last end tag.")
    case .other: return ("XMLとして正しくありません。", "This is not well-formed XML.")
    }
  }

  private static func hint(_ fault: Fault) -> Message? {
    switch fault {
    case .attribute, .repeatedAttribute:
      Message(
        ja: "名前=\"値\" と書きます。値の中の「<」は &lt; と書きます。",
        en: "Write name=\"value\"; a “<” within is &lt;."
      )
    case .reference:
      Message(
        ja: "使えるのは &lt; &gt; &amp; &quot; &apos; と &#…; だけです。文字としての「&」は &amp; と書きます。",
        en: "There are &lt; &gt; &amp; &quot; &apos; and &#…; only. A plain “&” is &amp;."
      )
    case .lessThan: Message(ja: "文字としての「<」は &lt; と書きます。", en: "A plain “<” is &lt;.")
    case .sectionEnd: Message(ja: "「]]&gt;」と書きます。", en: "Write “]]&gt;”.")
    case .namespace:
      Message(
        ja: "接頭辞を付けず、根要素の xmlns だけを使ってください。Wordから貼り付けた <o:p> などは、要素ごと削ります。",
        en:
          "Use no prefixes, only the xmlns of the root element; remove what came with a copy from Word, as <o:p>."
      )
    case .comment:
      Message(
        ja: "<!-- と --> で囲み、その中で「--」を使わないでください。",
        en: "It stands between <!-- and -->, without “--” within."
      )
    case .declaration:
      Message(
        ja: "ファイルの先頭に <?xml version=\"1.0\" encoding=\"UTF-8\"?> と書きます。",
        en: "Write <?xml version=\"1.0\" encoding=\"UTF-8\"?> at the very start of the file."
      )
    case .unclosed, .unfinishedTag:
      Message(
        ja: "終了タグを書いてください。ファイルの終わりが欠けていないかも確認してください。",
        en: "Write the end tag; see whether the end of the file is missing."
      )
    case .character:
      Message(
        ja: "PDFやWordから写した制御文字です。削ってください。",
        en: "It is a control character, as copies from a PDF or Word have; remove it."
      )
    case .wrongEnd, .section, .instruction, .noRoot,
      .extraContent,
      .other:
      nil
    }
  }
}
