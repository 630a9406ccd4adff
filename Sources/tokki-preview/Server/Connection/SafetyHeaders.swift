import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// The headers that every response has, put on at the last door: also on those that Hummingbird writes by itself.
final class SafetyHeaders: ChannelOutboundHandler {
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private static let all: HTTPFields = [
    .cacheControl: "no-store",
    .contentSecurityPolicy: ContentPolicy.nothing.header,
    .crossOriginOpenerPolicy: "same-origin",
    .crossOriginResourcePolicy: "same-origin",
    .referrerPolicy: "no-referrer",
    .xContentTypeOptions: "nosniff",
  ]

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(var head) = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    for field in Self.all where !head.headerFields.contains(field.name) {
      head.headerFields.append(field)
    }
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}
