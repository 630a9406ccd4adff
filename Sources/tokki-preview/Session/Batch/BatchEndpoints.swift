import Diagnostics
import Packets

extension PreviewSession {
  func startBatch(_ body: [UInt8]) async -> Reply {
    guard let request = PageRequest(body), let list = request.number("list"),
      let mode = request.mode, let cautions = request.texts("cautions")
    else { return .misunderstood }
    guard let order = await lists.order else { return .noList }
    guard order.list == list else { return .otherList }
    guard !order.screen.diagnostics.hasErrors else {
      return .problem(
        .unprocessable,
        "全ての行に関わるエラーがあるので、作成できません。",
        hint: "一覧の名前の下に出ているエラーを、一覧のファイル又は「書類」の画面で直してください。"
      )
    }
    return await batches.start(order, mode, isAlone: request.text("alone") == "true", cautions)
  }

  func cancelBatch(_ body: [UInt8]) async -> Reply { await batches.cancel() }
  func batch() async -> Reply { await batches.state(await lists.order) }
  func batchPackets() async -> Reply { await batches.packets() }
  func batchRejects() async -> Reply { await batches.rejects() }
  func batchPrint(_ order: PrintOrder) async -> Reply { await batches.print(order) }
}
