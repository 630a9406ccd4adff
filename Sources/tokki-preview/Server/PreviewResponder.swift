import HTTPTypes
import Hummingbird
import NIOCore

/// From a request to its response: the gate, then the table of routes.
struct PreviewResponder: HTTPResponder {
  /// The connection that a request came on.
  struct Context: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }
  }

  let gate: Gate
  let routes: [Route]
  let log: AccessLog

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = ContinuousClock.now
    let found = find(request.head)
    let response = await response(to: request, for: found, on: context.channel)
    log.note(request.method, found, response.status, since: start)
    return response
  }

  /// What a request asks for.
  enum Found {
    case route(Route, Route.Answer)
    /// The first visit, with the one-time token: all that there is outside of the gate's path.
    case entrance(token: String)
    case outside
    case otherMethod
    case nothing
  }

  private func find(_ head: HTTPRequest) -> Found {
    guard let inside = gate.inside(head.path ?? "") else {
      guard head.method == .get, let target = Target(head.path ?? ""), target.path == "/",
        target.query.count == 1, let token = target.query["token"]
      else { return .outside }
      return .entrance(token: token)
    }
    guard let target = Target(inside) else { return .nothing }
    var found = Found.nothing
    for route in routes {
      guard let answer = route.answer(target) else { continue }
      if route.method == head.method { return .route(route, answer) }
      found = .otherMethod
    }
    return found
  }

  private func response(
    to request: Request,
    for found: Found,
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
    case .route(let route, let answer):
      guard head.method == .get || gate.isFromPage(head) else { return Response(.notFromPage) }
      let reply = await reply(to: request, of: route, answer)
      if let end = reply.whenClosed { channel.closeFuture.whenComplete { _ in end() } }
      return Response(reply)
    }
  }

  private func reply(
    to request: Request,
    of route: Route,
    _ answer: Route.Answer
  ) async -> Reply {
    let upload = Upload(
      body: request.body,
      // One beyond all numbers is beyond the limit.
      length: request.headers[.contentLength].map { Int($0) ?? .max },
      limit: route.bodyLimit
    )
    if let length = upload.length, length > upload.limit { return .tooLarge(upload.limit) }
    do {
      return try await answer(
        Route.Incoming(body: upload, fileNames: request.headers[values: .fileName])
      )
    } catch let reply as Reply {
      return reply
    } catch Upload.Fault.tooLarge {
      return .tooLarge(upload.limit)
    } catch {
      // The sender has gone, or sent what is no HTTP: no answer reaches it.
      return .problem(.badRequest, "送信が途中で切れました。", hint: "もう一度お試しください。")
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
