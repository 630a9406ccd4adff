import Diagnostics
import Files

extension Reply {
  static let noList = problem(.notFound, "一覧がまだありません。", hint: "一覧のファイルを置いてください。")
  static let otherList = problem(
    .gone,
    "この画面の一覧は、ほかの一覧に替わりました。",
    hint: "今の一覧を表示しますので、もう一度操作してください。"
  )
  static let noUpload = problem(.conflict, "読み込みが途中で切り替わりました。", hint: "もう一度置いてください。")

  /// What is said of a list that could not be written as it was corrected.
  static func notWritten(_ error: any Error) -> Reply {
    switch error {
    case let failure as ReadFailure:
      problem(
        .unprocessable,
        failure.diagnostic.message.ja,
        hint: failure.diagnostic.remedyOnPage()
      )
    case let failure as FileSystem.Failure: notStored(failure)
    case _: notStored(.notFound)
    }
  }

  /// What is said where the session's own folder cannot be written to.
  static func notStored(_ failure: FileSystem.Failure) -> Reply {
    let diagnostic = failure.diagnosticOfWriting(at: SourceLocation(file: ""))
    return problem(.internalError, diagnostic.message.ja, hint: Advice.chooseOutput.onPage())
  }
}
