import Diagnostics

/// What was typed at the head of words though it is printed without: a number, the brackets of a caption, an indent.
struct TypedLabel {
  let words: String
  let location: SourceLocation

  /// A number at the head of a provision's words or of a clause: ２　, （１）, ①, ア　, 第１条　.
  static func number(in content: [Inline]) -> TypedLabel? {
    guard case .text(let text, var location)? = content.first else { return nil }
    let scalars = Array(text.unicodeScalars.prefix(24))
    let start = scalars.prefix(while: isSpace).count
    guard let end = endOfNumber(scalars[start...]) else { return nil }
    location.column += start
    return TypedLabel(words: String(scalars[start..<end]), location: location)
  }

  /// The brackets around a caption.
  static func brackets(around caption: [Inline]) -> TypedLabel? {
    guard case .text(let first, let location)? = caption.first,
      case .text(let last, _)? = caption.last,
      let opening = first.unicodeScalars.first(where: { !isSpace($0) }),
      let closing = last.unicodeScalars.last(where: { !isSpace($0) }),
      "（(".unicodeScalars.contains(opening), "）)".unicodeScalars.contains(closing)
    else { return nil }
    return TypedLabel(words: "（）", location: location)
  }

  /// An ideographic space at the head of words.
  static func indent(in content: [Inline]) -> TypedLabel? {
    guard case .text(let text, let location)? = content.first,
      text.unicodeScalars.first == "\u{3000}"
    else { return nil }
    return TypedLabel(words: "\u{3000}", location: location)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{3000}"
  }

  private static func endOfNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    guard let first = scalars.first else { return nil }
    let rest = scalars.dropFirst()
    switch first {
    case "第":
      let digits = rest.prefix(while: \.isNumeral).count
      let unit = rest.dropFirst(digits)
      guard digits > 0, let word = unit.first, "編章節款目条項号".unicodeScalars.contains(word) else {
        return nil
      }
      var end = unit.dropFirst()
      if end.first == "の" {
        let branch = end.dropFirst().prefix(while: \.isNumeral).count
        if branch > 0 { end = end.dropFirst(branch + 1) }
      }
      // 第１条の規定 is a reference.
      guard end.first.map({ isSpace($0) || $0 == "（" }) ?? true else { return nil }
      return end.startIndex
    case "（", "(", "〔":
      let counter = rest.prefix(while: \.isCounter).count
      guard counter > 0, counter <= 3, let closing = rest.dropFirst(counter).first,
        "）)〕".unicodeScalars.contains(closing)
      else { return nil }
      return rest.startIndex + counter + 1
    case "\u{2460}"..."\u{2473}": return rest.startIndex
    case _:
      let counter = scalars.prefix(while: \.isCounter).count
      guard counter > 0, counter <= 3 else { return nil }
      let behind = scalars.dropFirst(counter)
      let isNumber = scalars.prefix(counter).allSatisfy(\.isNumeral)
      switch behind.first {
      case let scalar? where isSpace(scalar): return behind.startIndex
      case "．", ".": return isNumber ? behind.startIndex + 1 : nil
      case _: return nil
      }
    }
  }

  private init(words: String, location: SourceLocation) {
    self.words = words
    self.location = location
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

extension Unicode.Scalar {
  /// What numbers of provisions are counted in: digits, ア to ン, a to z.
  fileprivate var isCounter: Bool {
    switch self {
    case "ア"..."ン", "a"..."z", "ａ"..."ｚ", "A"..."Z", "Ａ"..."Ｚ": true
    case _: isNumeral
    }
  }
}

extension Diagnostic {
  static func typedNumber(_ label: TypedLabel) -> Self {
    Diagnostic(
      .typedLabel,
      at: label.location,
      ja: "番号「\(label.words)」が文字で書かれています。番号は自動で付くため、二重に印刷されます。",
      en:
        "The number “\(label.words)” is typed; numbers are generated, so it would be printed twice.",
      hint: Message(
        ja: "「\(label.words)」とその後の空白を削ってください。番号の形は numbering に、飛ぶ番号は number に書きます。",
        en:
          "Remove it with the space behind it. How numbers look is declared in numbering; a number out of order in number."
      )
    )
  }

  static func typedBrackets(_ label: TypedLabel) -> Self {
    Diagnostic(
      .typedLabel,
      at: label.location,
      ja: "見出しの括弧が文字で書かれています。括弧は自動で付くため、二重に印刷されます。",
      en:
        "The brackets of the caption are typed; they are generated, so they would be printed twice.",
      hint: Message(
        ja: "括弧（ ）を削り、見出しの語だけを書いてください。",
        en: "Remove them, and write the words alone."
      )
    )
  }

  static func typedIndent(_ label: TypedLabel) -> Self {
    Diagnostic(
      .typedSpace,
      .warning,
      at: label.location,
      ja: "条文が全角空白で始まっています。字下げは自動で付きます。",
      en: "The words begin with an ideographic space; the indent is generated.",
      hint: Message(ja: "この空白を削ってください。", en: "Remove the space.")
    )
  }

  static func typedSpace(at location: SourceLocation) -> Self {
    Diagnostic(
      .typedSpace,
      .warning,
      at: location,
      ja: "日本語の文字の間に半角の空白があり、そのまま印刷されます。",
      en: "There is a space between Japanese characters, and it will be printed.",
      hint: Message(
        ja: "PDFから写した空白なら削ってください。全角の空白はそのまま使えます。",
        en: "If it came with a copy from a PDF, remove it; an ideographic space may stand."
      )
    )
  }
}
