import Diagnostics
import Markup

/// The edition's style sheet, which becomes part of every page: nothing in it may leave the page or end the style block.
enum StyleSheet {
  /// What reaches outside, ends the block, or (the backslash) spells either in another way.
  private static let refused = ["<", "\\", "@import", "url(", "image-set(", "src("]

  private static func refusedWords(in css: [UInt8]) -> [(offset: Int, word: String)] {
    let folded = css.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
    let words = refused.map { (word: $0, bytes: Array($0.utf8)) }
    var found: [(offset: Int, word: String)] = []
    for (offset, byte) in folded.enumerated() {
      for (word, bytes) in words where byte == bytes[0] {
        if folded[offset...].starts(with: bytes) { found.append((offset, word)) }
      }
    }
    return found
  }

  /// Reads the style sheet, or reports what is wrong with it.
  ///
  /// `annexes` are the ids of the annexes, whose words the sheet must leave as they are; `documents`: the ids of all documents.
  static func check(
    _ source: EditionSource,
    annexes: [String],
    documents: [String],
    reader: ElementReader
  ) -> String {
    guard let text = source.style else { return String(decoding: source.baseStyle, as: UTF8.self) }
    if let offset = text.firstInvalidUTF8 {
      reader.report(.invalidEncoding(at: text.location(at: offset)))
      return ""
    }
    for (offset, word) in refusedWords(in: text.bytes) {
      reader.report(.refusedStyle(word, at: text.location(at: offset)))
    }
    // Where a brace is never closed it is not known which rule a declaration belongs to.
    if StyleSyntax.check(text, pages: documents, reader: reader) {
      for (offset, words) in AnnexStyle(text.bytes, annexes: annexes).refused {
        reader.report(.refusedOnAnnex(words, at: text.location(at: offset)))
      }
    }
    // In the middle of a page a byte order mark would spoil the first selector.
    let bytes =
      text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? text.bytes.dropFirst(3) : text.bytes[...]
    let css = String(decoding: bytes, as: UTF8.self)
    return css.hasSuffix("\n") ? css : css + "\n"
  }
}

extension Diagnostic {
  fileprivate static func refusedOnAnnex(_ words: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .refusedStyle,
      at: location,
      ja: "「\(words)」は、特記事項の文字を隠すか加えるおそれがあるため、使えません。",
      en: "“\(words)” could hide words of the annex, or add others.",
      hint: Message(
        ja:
          "様式だけの指定であれば、.form .title のように対象を限定してください。特記事項に使えるのは、書体、6pt以上の文字の大きさ、行間、余白、字下げ、罫線、改ページ、濃い文字色（#000〜#666）などです。",
        en:
          "If it is meant for forms only, say so in the selector: .form .title. The annex may have fonts of 6pt or more, line heights, margins, indents, borders, page breaks, dark ink (#000 to #666) and the like."
      )
    )
  }

  fileprivate static func refusedStyle(_ words: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .refusedStyle,
      at: location,
      ja: "スタイルシートで「\(words)」は使えません。書類は外部を参照せず、一つのファイルで完結します。",
      en: "A style sheet must not use “\(words)”: every page stands alone.",
      hint: Message(ja: "この指定を削除してください。", en: "Remove it.")
    )
  }
}
