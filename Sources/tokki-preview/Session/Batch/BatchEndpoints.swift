import Batches
import Diagnostics
import ListReview
import Packets
import TemplateCompiler

extension PreviewSession {
  func startBatch(_ request: PageRequest) async throws(Reply) -> Reply {
    guard let list = request.number("list"), let mode = request.mode else { throw .misunderstood }
    guard let order = await lists.order else { return .noList }
    guard order.list == list else { return .otherList }
    guard order.mode == mode else {
      return .problem(
        .conflict,
        "様式の種類が、一覧をチェックしたときと異なるため、作成できません。",
        hint: "一覧の再チェックが終わってから、もう一度作成してください。"
      )
    }
    // The edition is the one that was checked, whether it has changed since or not.
    let occasion = try ready(on: request.text("occasion")).edition.occasion?.id
    guard order.shared.edition.compiled.occasion?.id == occasion else {
      return .problem(
        .conflict,
        "作成時期が、一覧をチェックしたときと異なるため、作成できません。",
        hint: "一覧の再チェックが終わってから、もう一度作成してください。"
      )
    }
    guard !order.screen.diagnostics.hasErrors else {
      return .problem(
        .unprocessable,
        "全ての行に関わるエラーがあるので、作成できません。",
        hint: "一覧の名前の下に出ているエラーを、一覧のファイル又は「書類」の画面で直してください。"
      )
    }
    return await batches.start(order, isAlone: request.text("alone") == "true")
  }
}
