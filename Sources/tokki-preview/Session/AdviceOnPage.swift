import Diagnostics
import ListReview

extension Diagnostic {
  /// What to do about it, for a clerk at the page; a header may be one that the page offers to correct right below.
  func remedyOnPage(isCorrectable: Bool = false) -> String? {
    hint?.ja ?? advice?.onPage(isCorrectable: isCorrectable)
  }
}

extension Advice {
  /// As the page says it; nil where a clerk can do nothing about it.
  func onPage(isCorrectable: Bool = false) -> String? {
    switch self {
    case .chooseOutput, .chooseStore: "一時フォルダーの空き容量を確認してください。"
    case .clearFolder, .moveAway: nil
    case .finishBatch, .makePages: "一括作成をもう一度行ってください。"
    case .readAsList: "契約・委託先一覧は、「契約・委託先一覧」の画面で読み込んでください"
    case .addHeaders, .confirmHeaderRow:
      "「契約番号」「受注者番号」などの見出しの行が必要です。見本の一覧と見比べてください"
    case .chooseHeaderRow: "見出しが別の行なら、この画面で見出しの行を選び直してください"
    case .matchHeader:
      isCorrectable
        ? "見本の一覧の見出しと見比べてください。不要な列なら、下で「使わない」を選べます"
        : "見本の一覧の見出しと見比べてください。不要な列は、見出しの初めに「（使わない）」と書いてください"
    case .keepOneColumn:
      isCorrectable ? "下で、どちらか一方を「使わない」にするか、別の項目の名前にしてください" : onCommandLine.ja
    case .nameSheet: "使うシートなら、名前を「従事者」などの項目の名前に変更してください"
    }
  }
}

extension Finding.Advice {
  var onPage: String {
    switch self {
    case .addColumn: "一覧に、その項目の列を加えてください。"
    case .addColumnOrShare: "一覧に、その項目の列を加えてください。どの行も同じ値なら、「書類」の画面で契約データに入力すると、全ての行に使用します。"
    case .addColumnOrRows: "一覧に、その項目の列を加えるか、その項目のシートに行を加えてください。"
    case .addColumnToSheet: "そのシートに、その項目の列を加えて記入してください。"
    case .correctSheet: "別のシートの値は、この画面では修正できません。ファイルを修正して、もう一度読み込んでください。"
    }
  }
}
