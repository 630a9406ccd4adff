/// What is said to people who are not served: a page of its own, for nothing else may be asked for.
enum ErrorPage {
  static let foreign = page(
    .forbidden,
    "このアドレスからは開けません",
    """
    プレビューは、起動したパソコンのブラウザーでだけ使えます。起動したときに表示されたアドレス（http://127.0.0.1: で始まるもの）を開いてください。
    """
  )
  static let unknown = page(
    .unauthorized,
    "このアドレスからは開けません",
    """
    プレビューは、起動したときに表示されるアドレスから、一度だけ開けます。既に開いている場合は、その画面をそのままお使いください。\
    画面を閉じた場合や、前に使ったアドレスを開いた場合は、プレビューを起動し直してください。
    """
  )

  static func notFound(home: String) -> Reply {
    page(
      .notFound,
      "ページがありません",
      "アドレスを確認してください。",
      more: #"<p><a href="\#(home)">プレビューの最初の画面へ</a></p>"#
    )
  }

  private static func page(
    _ status: Reply.Status,
    _ title: String,
    _ text: String,
    more: String = ""
  ) -> Reply {
    let html = """
      <!DOCTYPE html>
      <html lang="ja">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      :root { color: #1b2430; background: #eef1f4; line-break: strict }
      body { margin: 0; padding: 1.5rem; font: 1rem / 1.7 system-ui, "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", sans-serif }
      main { max-width: 36rem; margin: 10vh auto; padding: 1.5rem 2rem; background: #fff; border: 1px solid #cdd4dc }
      h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.4 }
      p { margin: 0 0 .5rem }
      a { color: #1f4e8c }
      </style>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      <p>\(text)</p>
      \(more)
      </main>
      </body>
      </html>

      """
    let bytes = Array(html.utf8)
    return Reply(
      status: status,
      type: .html,
      body: .bytes(bytes),
      policy: .paper(styleHash: StyleHash.of(page: bytes))
    )
  }
}
