package import ArgumentParser

/// The arguments of `tokki preview`, for `tokki`, which explains and checks them, and for `tokki-preview`, which follows them.
package struct PreviewOptions: ParsableArguments {
  @Argument(
    help: "契約データ（YAML、JSON）。既定は空のデータ。 The contract's data: YAML or JSON; else none.",
    completion: .file()
  )
  package var data: String?

  @Option(
    help: ArgumentHelp(
      "版のフォルダー。既定は、データのある版、なければ Templates/kawasaki-1985。 The edition's folder; else the one that the data lies in, else Templates/kawasaki-1985.",
      valueName: "folder"
    ),
    completion: .directory
  )
  package var edition: String?

  @Option(
    help: ArgumentHelp("一覧のファイル。 The list of contracts and vendors: a file.", valueName: "file"),
    completion: .file()
  )
  package var roster: String?

  @Option(
    help: ArgumentHelp(
      "ポート番号。既定は8017（使用中のときは、次の空き番号）。 The port; else 8017, or the next that is free.",
      valueName: "n"
    )
  )
  package var port: Int?

  @Flag(help: "ブラウザーを開きません。 Opens no browser.")
  package var noOpen = false

  @Flag(
    help: "要求の記録を標準エラー出力に書き出します（契約データは含みません）。 Logs requests on standard error, without data."
  )
  package var log = false

  package init() {}

  package func validate() throws {
    if let port, !(1...65_535).contains(port) {
      throw ValidationError("--port takes a number from 1 to 65535.")
    }
  }

  package static let abstract =
    "書類をブラウザーで確認しながら作成します。 Shows a contract's papers in a browser while they are filled in."
  package static let discussion = """
    このパソコンの中だけで動作し、外部とは通信しません。保存するまで、契約データのファイルは変わりません。
    It serves this machine alone, and sends nothing elsewhere. Files stay as they are until one saves.
    """
}
