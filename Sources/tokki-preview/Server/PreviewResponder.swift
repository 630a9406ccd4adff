import HTTPTypes
import Hummingbird
import NIOCore

/// From a request to its response: the gate, the table of routes, the session.
struct PreviewResponder: HTTPResponder {
  /// The connection that a request came on.
  struct Context: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }
  }

  let gate: Gate
  let page: IndexPage
  let session: any Endpoints
  let events: Events
  let log: AccessLog

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = ContinuousClock.now
    let found = Route.find(for: request.head, at: gate)
    let response = await response(to: request, for: found, on: context.channel)
    log.note(request.method, found, response.status, since: start)
    return response
  }

  private func response(
    to request: Request,
    for found: Route.Found,
    on channel: any Channel
  ) async -> Response {
    let head = request.head
    guard gate.isOurs(head) else { return Response(ErrorPage.foreign) }
    if case .entrance(let token) = found, let cookie = gate.enter(with: token) {
      return Response(status: .seeOther, headers: [.location: gate.home, .setCookie: cookie])
    }
    let isForScript = gate.inside(head.path ?? "")?.hasPrefix("/api/") == true
    guard gate.knows(head) else {
      return Response(isForScript ? .unknownVisitor : ErrorPage.unknown)
    }
    switch found {
    case .entrance, .outside: return Response(ErrorPage.unknown)
    case .nothing:
      return Response(isForScript ? .noSuchRoute : ErrorPage.notFound(home: gate.home))
    case .otherMethod: return Response(.wrongMethod)
    case .route(.events): return eventStream(on: channel)
    case .route(let route):
      guard head.method == .get || gate.isFromPage(head) else { return Response(.notFromPage) }
      return Response(await reply(to: request, for: route))
    }
  }

  private func reply(to request: Request, for route: Route) async -> Reply {
    let upload = Upload(
      body: request.body,
      // One beyond all numbers is beyond the limit.
      length: request.headers[.contentLength].map { Int($0) ?? .max },
      limit: route.bodyLimit
    )
    if let length = upload.length, length > upload.limit { return .tooLarge(upload.limit) }
    do {
      return switch route {
      case .page: page.reply
      case .asset(let asset): asset.reply
      case .events: .noSuchRoute
      case .edition: await session.edition()
      case .data: await session.data()
      case .paper(let number): await session.paper(number: number)
      case .printed(let key): await session.printed(key: key)
      case .render: await session.render(try await upload.collected())
      case .print: await session.print(try await upload.collected())
      case .packet: await session.packet(try await upload.collected())
      case .source: await session.source(try await upload.collected())
      case .openData:
        if let name = FileName(headers: request.headers[values: .fileName]) {
          await session.openData(try await upload.collected(), named: name.text)
        } else {
          .unnamedFile
        }
      case .save: await session.save(try await upload.collected())
      case .download: await session.download(try await upload.collected())
      case .beginList: await session.beginList(try await upload.collected())
      case .listFile:
        if let name = FileName(headers: request.headers[values: .fileName]) {
          try await session.listFile(named: name.text, from: upload)
        } else {
          .unnamedFile
        }
      case .openList: await session.openList(try await upload.collected())
      case .list: await session.list()
      case .listRows(let list, let from, let count):
        await session.listRows(of: list, from: from, count: count)
      case .correct: await session.correct(try await upload.collected())
      case .renderRow: await session.renderRow(try await upload.collected())
      case .listStarter: await session.listStarter()
      case .listDownload: await session.listDownload()
      case .startBatch: await session.startBatch(try await upload.collected())
      case .cancelBatch: await session.cancelBatch(try await upload.collected())
      case .batch: await session.batch()
      case .batchPackets: await session.batchPackets()
      case .batchRejects: await session.batchRejects()
      case .batchPrint(let order): await session.batchPrint(order)
      }
    } catch Upload.Fault.tooLarge {
      return .tooLarge(upload.limit)
    } catch {
      // The sender has gone, or sent what is no HTTP: whatever is said now is for nobody.
      return .problem(.badRequest, "送信が途中で切れました。", hint: "もう一度お試しください。")
    }
  }

  private func eventStream(on channel: any Channel) -> Response {
    guard let (stream, end) = events.listen() else {
      return Response(
        .problem(.unavailable, "プレビューを開いているタブが多すぎます。", hint: "使っていないタブを閉じてください。")
      )
    }
    channel.closeFuture.whenComplete { _ in end() }
    return Response(
      status: .ok,
      headers: [.contentType: Reply.MediaType.events.rawValue],
      body: ResponseBody { writer in
        for await bytes in stream { try await writer.write(ByteBuffer(bytes: bytes)) }
        try await writer.finish(nil)
      }
    )
  }
}

extension Route {
  enum Found {
    case route(Route)
    /// The first visit, with the one-time token: all that there is outside of the gate's path.
    case entrance(token: String)
    case outside
    case otherMethod
    case nothing
  }

  static func find(for head: HTTPRequest, at gate: Gate) -> Found {
    let method: Method? =
      switch head.method {
      case .get: .get
      case .post: .post
      case _: nil
      }
    guard let inside = gate.inside(head.path ?? "") else {
      guard method == .get, let target = Target(head.path ?? ""), target.path == "/",
        target.query.count == 1, let token = target.query["token"]
      else { return .outside }
      return .entrance(token: token)
    }
    guard let target = Target(inside) else { return .nothing }
    if let method, let route = Route(method, target) { return .route(route) }
    let isThere = Method.allCases.contains { Route($0, target) != nil }
    return isThere ? .otherMethod : .nothing
  }

  /// How many bytes may come with it.
  var bodyLimit: Int {
    switch self {
    case .listFile: 32 << 20
    case .render, .print, .packet, .source, .openData, .save, .download, .beginList, .openList,
      .correct,
      .renderRow, .startBatch, .cancelBatch:
      2 << 20
    case .page, .asset, .events, .edition, .data, .paper, .printed, .list, .listRows,
      .listStarter, .listDownload, .batch, .batchPackets, .batchRejects, .batchPrint:
      0
    }
  }
}

extension Response {
  fileprivate init(_ reply: Reply) {
    var headers: HTTPFields = [
      .contentType: reply.type.rawValue, .contentSecurityPolicy: reply.policy.header,
    ]
    if let name = reply.fileName { headers[.contentDisposition] = FileName.attachment(name) }
    let body =
      switch reply.body {
      case .bytes(let bytes): ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      case .pieces(let pieces):
        ResponseBody { writer in
          for try await piece in pieces { try await writer.write(ByteBuffer(bytes: piece)) }
          try await writer.finish(nil)
        }
      }
    self.init(
      status: HTTPResponse.Status(code: reply.status.rawValue),
      headers: headers,
      body: body
    )
  }
}
