import Diagnostics
import Records

extension Diagnostic {
  /// Whether it is of a row of headers with mistakes.
  var isOfHeaders: Bool {
    code == .unknownHeader || code == .ambiguousHeader || code == .duplicateHeader
  }

  static func joinedSheet(to main: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .joinedSheet,
      .warning,
      at: location,
      ja: "「\(main)」と同じ見出しのシートなので、一つの一覧として続けて読み込みます。",
      en: "The sheet has the headers of \(main); the two are read as one list.",
      hint: Self.wayToLeaveOut
    )
  }

  static func otherColumns(_ mode: PacketMode, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unknownSheet,
      mode == .final ? .error : .warning,
      at: location,
      ja: "一覧の見出しのあるシートですが、この列から見出しが一覧のシートと異なるため、読み込みません。",
      en:
        "The sheet has a roster's headers, but from this column on not those of the list's; it is not read.",
      hint: Message(
        ja: "見出しを同じ並びに揃えるか、別のファイルに分けてください。使わないシートは、名前の初めに「（使わない）」と書いてください",
        en:
          "make the headers alike, or keep it in another file; a sheet is not read if its name begins with （使わない）"
      )
    )
  }

  /// Of a table that looks as if it belonged to the list, and that is hidden, or called an example.
  static func unseenSheet(isHidden: Bool, _ mode: PacketMode, at location: SourceLocation)
    -> Diagnostic
  {
    Diagnostic(
      .unknownSheet,
      mode == .final ? .error : .warning,
      at: location,
      ja: isHidden ? "非表示のシートなので、読み込みません。" : "名前が記入例や見本のシートなので、読み込みません。",
      en: isHidden
        ? "The sheet is hidden; it is not read."
        : "The sheet is called an example; it is not read.",
      hint: isHidden
        ? Message(
          ja: "使うシートなら再表示し、使わないシートなら、削除するか、名前の初めに「（使わない）」と書いてください",
          en: "show it if it is meant; else delete it, or begin its name with （使わない）"
        )
        : Message(
          ja: "使うシートなら名前を変更し、使わないシートなら、削除するか、名前の初めに「（使わない）」と書いてください",
          en: "rename it if it is meant; else delete it, or begin its name with （使わない）"
        )
    )
  }

  static func noSheetToRead(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .headerNotFound,
      at: location,
      ja: "読み込むシートがありません。名前が「（使わない）」や記入例のシートと非表示のシートは、読み込みません。",
      en: "No sheet is left to be read: those marked as unused, called examples or hidden are not.",
      hint: Message(
        ja: "一覧のシートを表示し、名前を「契約・委託先一覧」に変更してください",
        en: "show the list's sheet, and call it 契約・委託先一覧"
      )
    )
  }

  /// Of a table that holds a list's items, or that has nearly a list's name.
  static func misnamedSheet(
    _ list: String,
    hasHeader: Bool,
    _ mode: PacketMode,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .unknownSheet,
      mode == .final ? .error : .warning,
      at: location,
      ja: hasHeader
        ? "「\(list)」の見出しがありますが、シートの名前が違うため、読み込みません。" : "この名前のシートに当たる項目がないため、読み込みません。",
      en: hasHeader
        ? "The sheet has the headers of \(list), but not its name; it is not read."
        : "No field goes by the sheet's name; it is not read.",
      hint: Message(
        ja: "「\(list)」のシートなら、名前を「\(list)」に変更してください。使わないシートは、名前の初めに「（使わない）」と書いてください",
        en: "call it \(list) if it is that; a sheet is not read if its name begins with （使わない）"
      )
    )
  }

  private static let wayToLeaveOut = Message(
    ja: "使わないシートは、名前の初めに「（使わない）」と書いてください",
    en: "a sheet is not read if its name begins with （使わない）"
  )

  static func unknownSheet(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .unknownSheet,
      .warning,
      at: location,
      ja: "このシートの名前に当たる項目がないため、読み込みません。",
      en: "No field goes by the sheet's name; it is not read.",
      advice: .nameSheet
    )
  }

  static func listGivenTwice(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateHeader,
      at: location,
      ja: "このシートと同じ項目が、ほかのシートか一覧の列にもあります。",
      en: "Another sheet, or a column of the roster, holds the same as this sheet.",
      hint: Message(ja: "どちらか一方を削除してください", en: "keep one of them")
    )
  }
}
