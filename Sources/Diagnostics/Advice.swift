/// What to do about a diagnostic, where the command line has another way than the page.
package enum Advice: Hashable, Sendable {
  /// Choose another folder for the packets.
  case chooseOutput
  /// Choose another folder for the store.
  case chooseStore
  /// Move other files out of a packet's folder.
  case clearFolder
  /// Move a file that has the name of one of the batch's.
  case moveAway
  /// Run the folder's batch to its end.
  case finishBatch
  /// Make the packets again, with pages to print.
  case makePages
  /// Read a list by a batch, not as a contract's data.
  case readAsList
  /// Give the list a row of headers.
  case addHeaders
  /// Give the number of the header's row, if it is not the one that was found.
  case chooseHeaderRow
  /// Confirm that the row is the header, to see which of its headers are unknown.
  case confirmHeaderRow
  /// Give the column a known header, or leave it out.
  case matchHeader
  case keepOneColumn
  /// Give the sheet the name of the field that it lists.
  case nameSheet
}

extension Advice {
  /// As the command line says it.
  package var onCommandLine: Message {
    switch self {
    case .chooseOutput:
      Message(ja: "出力先は --out で変えられます。", en: "Choose another place with --out.")
    case .chooseStore:
      Message(ja: "出力先は --store で変えられます。", en: "Choose another place with --store.")
    case .clearFolder:
      Message(
        ja: "中のものを別の場所に移すか、--out で別の出力先を選んでください。",
        en: "Move what lies there, or choose another place with --out."
      )
    case .moveAway:
      Message(
        ja: "別の場所に移すか、--out で別の出力先を選んでください。",
        en: "Move it, or choose another place with --out."
      )
    case .finishBatch:
      Message(
        ja: "同じ batch のコマンドをもう一度実行して、最後まで終わらせてください。",
        en: "Run the same batch again, to its end."
      )
    case .makePages:
      Message(
        ja: "--format に html を含めて、一括作成をもう一度行ってください。",
        en: "Run the batch again with html among its formats."
      )
    case .readAsList:
      Message(ja: "契約・委託先一覧は、一括作成（tokki batch）で読み込んでください", en: "a list is read by tokki batch")
    case .addHeaders:
      Message(
        ja: "「契約番号」「受注者番号」などの見出しの行が必要です。書き方は tokki schema --csv で分かります",
        en: "it takes a row of headers; tokki schema --csv writes one"
      )
    case .chooseHeaderRow:
      Message(
        ja: "見出しが別の行なら、--header-row で行番号を指定してください",
        en: "if the header is another row, give its number with --header-row"
      )
    case .confirmHeaderRow:
      Message(
        ja: "この行が見出しなら、--header-row で行番号を指定すると、分からない見出しを一つずつ示します",
        en:
          "if this is the header, give its number with --header-row to see which headers are not known"
      )
    case .matchHeader:
      Message(
        ja: "項目の見出しは tokki schema --csv で分かります。不要な列は、見出しの初めに「（使わない）」と書いてください",
        en:
          "tokki schema --csv writes all headers; a column is not read if its header begins with （使わない）"
      )
    case .keepOneColumn: Message(ja: "どちらか一方を消してください", en: "keep one of them")
    case .nameSheet:
      Message(
        ja: "使うシートなら、名前を「従事者」などの項目の名前に変更してください。項目の名前は tokki schema --csv=? で確認できます",
        en: "tokki schema --csv=? lists the names of sheets"
      )
    }
  }
}
