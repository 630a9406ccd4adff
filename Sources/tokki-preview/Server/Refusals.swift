/// What is said to those who are not served: nothing of the data, nothing of what was asked for.
extension Reply {
  static let unknownVisitor = problem(
    .unauthorized,
    "このページは開き直しが必要です。",
    hint: "プレビューを起動し直して、表示されたアドレスを開いてください。"
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

/// The same for people, as a page.
enum ErrorPage {
  static let foreign = page(
    .forbidden,
    "このアドレスからは開けません",
    "プレビューは、起動したパソコンのブラウザーで、表示されたアドレス（http://127.0.0.1: で始まるもの）を開いて使います。"
  )
  static let unknown = page(
    .unauthorized,
    "もう一度開いてください",
    "プレビューのアドレスは一度だけ使えます。プレビューを起動し直して、表示されたアドレスを開いてください。"
  )
  static let notFound = page(.notFound, "該当するページがありません", "プレビューの最初のページに戻ってください。")

  private static func page(_ status: Reply.Status, _ title: String, _ text: String) -> Reply {
    let html = """
      <!DOCTYPE html>
      <html lang="ja">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      <p>\(text)</p>
      </main>
      </body>
      </html>

      """
    return Reply(status: status, type: .html, body: .bytes(Array(html.utf8)))
  }
}
