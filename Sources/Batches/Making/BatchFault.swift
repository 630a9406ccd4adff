import Diagnostics

// Why a batch makes nothing of a row, or leaves something as it is.

extension Diagnostic {
  static func keyOfRightRow(at location: SourceLocation) -> Self {
    Diagnostic(
      .duplicateRow,
      at: location,
      ja: "契約番号と受注者番号が同じ書類一式が、元の一覧の正しい行から作成済みです。",
      en:
        "A packet with this contract number and vendor id was made of another row, which was right.",
      hint: Message(
        ja: "番号に誤りがないか確認してください。作成済みの書類を変更するときは、元の一覧を修正し、もう一度一括作成してください",
        en: "see that the key is right; to change that packet, mend the whole list and run it again"
      )
    )
  }

  static func rejectsMissing(_ count: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .missingValue,
      at: location,
      ja: "前回のエラー行のうち\(count)行が、この一覧にありません。",
      en: "Of the rows that were rejected before, \(count) are not in this list.",
      hint: Message(
        ja: "残りの行も修正して、同じ出力先で読み込んでください。不要な行は、元の一覧から削除し、もう一度一括作成してください",
        en:
          "feed the others back, too; if they are not wanted, take them off the whole list and run it again"
      )
    )
  }

  /// A file or a folder of somebody else, where the batch's own has to stand.
  static func notOfTheRun(at location: SourceLocation) -> Self {
    Diagnostic(
      .folderOccupied,
      at: location,
      ja: "一括作成のファイルと同じ名前の別のものがあるため、何も作成しません。",
      en: "Something else has the name of a file of the batch, so nothing is made.",
      advice: .moveAway
    )
  }

  /// A list of rejects that someone has changed, and that was read, or that another one would have replaced.
  static func rejectsKept(at location: SourceLocation) -> Self {
    Diagnostic(
      .folderOccupied,
      .warning,
      at: location,
      ja: "修正されていた以前のエラー行一覧は、この名前で残しました。",
      en: "The earlier list of rejects had been changed; it is kept under this name."
    )
  }
}
