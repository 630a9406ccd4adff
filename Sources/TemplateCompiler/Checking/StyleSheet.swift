import Diagnostics

/// The edition's style sheet, which becomes part of every page: nothing in it may leave the page or end the style block.
enum StyleSheet {
  static func check(_ source: EditionSource, reader: ElementReader) -> String {
    guard let text = source.layers.lazy.compactMap(\.style).first else { return "" }
    if let offset = text.firstInvalidUTF8 {
      reader.report(.refusedStyle("UTF-8", at: text.location(at: offset)))
      return ""
    }
    let css = String(decoding: text.bytes, as: UTF8.self)
    for match in css.matches(of: /(?i)<|url\s*\(|@import|image-set\s*\(|\\/) {
      let offset = css[..<match.range.lowerBound].utf8.count
      reader.report(.refusedStyle(String(match.0), at: text.location(at: offset)))
    }
    return css.hasSuffix("\n") ? css : css + "\n"
  }
}

extension Diagnostic {
  fileprivate static func refusedStyle(_ words: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .refusedStyle, at: location,
      ja: "スタイルシートで「\(words)」は使えません。書類は外部を参照せず、一つのファイルで完結します。",
      en: "A style sheet must not use “\(words)”: every page stands alone.")
  }
}
