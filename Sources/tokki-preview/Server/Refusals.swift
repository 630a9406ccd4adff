/// What is said to those who are not served: nothing of the data, nothing of what was asked for.
extension Reply {
  static let unknownVisitor = problem(
    .unauthorized,
    "このページは開き直しが必要です。",
    hint: "プレビューを起動したときに表示されたアドレスから開いてください。使用済みの場合は、起動し直してください。"
  )
  static let notFromPage = problem(
    .forbidden,
    "この操作は受け付けられません。",
    hint: "ページを読み込み直してください。"
  )
  static let noSuchRoute = problem(.notFound, "該当するものがありません。")
  static let wrongMethod = problem(.methodNotAllowed, "この操作はできません。")
  static let unnamedFile = problem(.badRequest, "ファイルの名前を読み取れません。")

  static func tooLarge(_ limit: Int) -> Self {
    problem(
      .contentTooLarge,
      limit == 0 ? "大きすぎて受け取れません。" : "大きすぎて受け取れません（\(limit >> 20) MiBまで）。"
    )
  }
}
