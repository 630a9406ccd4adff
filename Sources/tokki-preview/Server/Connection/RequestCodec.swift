import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Between NIO's words for a request and those of swift-http-types.
///
/// Hummingbird's own codec drops a second Host, drops the server of an absolute target and reads URLs in Foundation's
/// way. The gate has to see a request as it came.
final class RequestCodec: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      if let request = HTTPRequest(verbatim: head) {
        context.fireChannelRead(wrapInboundOut(.head(request)))
      } else {
        context.fireErrorCaught(HTTPParserError.unknown)
      }
    case .body(let bytes): context.fireChannelRead(wrapInboundOut(.body(bytes)))
    // Trailers come after all decisions: they are never looked at.
    case .end: context.fireChannelRead(wrapInboundOut(.end(nil)))
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part: OutboundOut =
      switch unwrapOutboundIn(data) {
      case .head(let response):
        .head(
          HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status.code),
            headers: HTTPHeaders(response.headerFields.map { ($0.name.rawName, $0.value) })
          )
        )
      case .body(let bytes): .body(.byteBuffer(bytes))
      case .end: .end(nil)
      }
    context.write(wrapOutboundOut(part), promise: promise)
  }
}

extension HTTPRequest {
  /// Every field and the target as they came; nil for what we do not speak.
  fileprivate init?(verbatim head: HTTPRequestHead) {
    // After either the decoder hands on no more, and keeps what comes in memory.
    guard head.method != .CONNECT, !head.headers.contains(name: "Upgrade"),
      let method = HTTPRequest.Method(head.method.rawValue)
    else { return nil }
    var fields = HTTPFields()
    for (name, value) in head.headers {
      guard let name = HTTPField.Name(name) else { return nil }
      fields.append(HTTPField(name: name, value: value))
    }
    // In all the ways in which a client can say so, that of HTTP/1.0 included.
    if !head.isKeepAlive { fields[.connection] = "close" }
    self.init(method: method, scheme: nil, authority: nil, path: head.uri, headerFields: fields)
  }
}
