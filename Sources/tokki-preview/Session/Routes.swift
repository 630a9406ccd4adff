import Batches
extension PreviewSession {
  /// All that the page asks of the session; the paths with which its modules call the server.
  nonisolated var routes: [Route] {
    let (lists, batches) = (lists, batches)
    return [
      .get("/api/edition") { _ in await self.edition() },
      .get("/api/edition?occasion=#") { try await self.edition(onOccasion: $0[0]) },
      .get("/api/data") { _ in await self.data() },
      .post(file: "/api/data/open") { await self.openData(try await $1.collected(), named: $0) },
      .post("/api/save") { try await self.save($0) },
      .post("/api/download") { try await self.download($0) },

      .get("/paper/#") { await self.paper(number: $0[0]) },
      .get("/paper/#?occasion=#") { try await self.paper(number: $0[0], onOccasion: $0[1]) },
      .post("/api/render") { try await self.render($0) },
      .post("/api/source") { try await self.source($0) },
      .post("/api/print") { try await self.print($0) },
      .get("/print/#") { await self.printed(key: $0[0]) },
      .post("/api/packet") { try await self.packet($0) },

      .get("/api/list") { _ in await self.list() },
      .get("/api/list/starter") { _ in await self.listStarter() },
      .post("/api/list/begin") { await lists.begin(called: $0.text("folder")) },
      .post(file: "/api/list/file", atMost: 32 << 20) { try await lists.receive($0, from: $1) },
      .post("/api/list/open") { try await self.openList($0) },
      .get("/api/list/rows?list=#&from=#&count=#") {
        await lists.rows(of: $0[0], from: $0[1], count: $0[2])
      },
      .get("/api/list/ranks?list=#&column=#") { await lists.ranks(of: $0[0], column: $0[1]) },
      .post("/api/list/correct") { try await self.correct($0) },
      .post("/api/list/render") { try await self.renderRow($0) },
      .get("/api/list/download") { _ in await lists.download() },

      .get("/api/batch") { _ in await batches.state(await lists.order) },
      .post("/api/batch") { try await self.startBatch($0) },
      .post("/api/batch/cancel") { _ in await batches.cancel() },
      .get("/api/batch/packets") { _ in await batches.packets() },
      .get("/api/batch/rejects") { _ in await batches.rejects() },
      .get("/batch/print/vendor") { _ in await batches.print(.vendor) },
      .get("/batch/print/document") { _ in await batches.print(.document) },
    ]
  }
}

extension Route {
  /// A JSON object.
  fileprivate static func post(
    _ pattern: String,
    _ answer: @escaping @Sendable (PageRequest) async throws -> Reply
  ) -> Self {
    post(body: pattern) { bytes in
      guard let request = PageRequest(bytes) else { throw Reply.misunderstood }
      return try await answer(request)
    }
  }
}
