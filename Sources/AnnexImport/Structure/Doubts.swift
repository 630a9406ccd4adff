import Diagnostics

extension Diagnostic {
  static func noProvisions(at location: SourceLocation) -> Self {
    Diagnostic(
      .noProvisions,
      at: location,
      ja: "条文が見つかりません。",
      en: "There are no provisions in the text.",
      hint: Message(
        ja: "行頭が「第１条」「第１」「１」などの番号で始まる条文の文書を指定してください",
        en: "give a text whose lines begin with labels such as 第１条, 第１ or １"
      )
    )
  }

  static func uncertainTitle(at location: SourceLocation) -> Self {
    Diagnostic(
      .uncertainTitle,
      .warning,
      at: location,
      ja: "題名を一つに決められません。",
      en: "It is not certain which line is the title.",
      hint: Message(ja: "annex.xml の title を確認してください", en: "see title in annex.xml")
    )
  }

  static func numberOutOfOrder(at location: SourceLocation) -> Self {
    Diagnostic(
      .numberOutOfOrder,
      .warning,
      at: location,
      ja: "番号が前の番号に続いていません。",
      en: "The number does not come next.",
      hint: Message(
        ja: "条文の抜け、又は番号の誤りがないか、正本で確認してください",
        en: "see in the official text whether a provision is missing or the number is wrong"
      )
    )
  }

  static func unnumberedLine(at location: SourceLocation) -> Self {
    Diagnostic(
      .unnumberedLine,
      .warning,
      at: location,
      ja: "番号のない行が、どの条・項・号に属するか決められません。",
      en: "It is not certain to which provision the line without a number belongs.",
      hint: Message(
        ja: "前の文の続きか、番号のない段落か、号の後の文かを確認してください",
        en: "see whether it goes on with the sentence before, is a paragraph, or closes a list"
      )
    )
  }

  static func notExpressible(at location: SourceLocation) -> Self {
    Diagnostic(
      .notExpressible,
      .warning,
      at: location,
      ja: "この番号又は見出しの形は、ひな形では表せません。",
      en: "The template language has no such number or caption.",
      hint: Message(
        ja: "annex.xml の numbering と、その条・項・号を確認してください",
        en: "see numbering in annex.xml, and the provision itself"
      )
    )
  }

  static func omittedLine(at location: SourceLocation) -> Self {
    Diagnostic(
      .omittedLine,
      .warning,
      at: location,
      ja: "ページ番号又はページの見出しとして、条文から除きました。",
      en: "The line is left out as a page number or a running head."
    )
  }

  static func emptyProvision(at location: SourceLocation) -> Self {
    Diagnostic(
      .emptyProvision,
      .warning,
      at: location,
      ja: "番号だけで、本文がありません。",
      en: "There is a number without a text.",
      hint: Message(ja: "文書が途中で切れていないか確認してください", en: "see whether the text was cut off")
    )
  }

  static func unresolvedReference(_ words: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unresolvedReference,
      .warning,
      at: location,
      ja: "「\(words)」の指す条・項・号が、この文書にありません。",
      en: "“\(words)” refers to a provision that the text does not have.",
      hint: Message(
        ja: "正本の誤りか、ほかの文書への引用かを確認してください",
        en: "see whether the official text is wrong, or another text is meant"
      )
    )
  }
}
