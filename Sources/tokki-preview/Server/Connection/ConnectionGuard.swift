import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives one connection its time, and no more.
///
/// The deadlines are absolute: a body that trickles does not gain a second with each byte, as it does where a timer is
/// set back whenever something comes in.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// All within a quarter of a minute, the longest that a client may keep the server.
  private enum Limit {
    /// From the connection to the end of its first head.
    static let head = TimeAmount.seconds(10)
    /// From the end of a head to the end of its body.
    static let body = TimeAmount.seconds(14)
    /// From the end of a response to the end of the next head.
    static let idle = TimeAmount.seconds(14)
    /// For the other side to take something of what we send, before it counts as waiting; then until it is given up.
    static let stall = TimeAmount.seconds(1)
    static let stalled = TimeAmount.seconds(13)
    /// For a response under way when the program ends.
    static let farewell = TimeAmount.seconds(1)
    /// Of a body, whether anyone reads it or not.
    static let bytes = 64 << 20
  }

  private let register: ConnectionRegister
  private var number: Int?
  /// Of the body that is coming in; nil between a request and the next head.
  private var bodyCount: Int?
  /// Requests whose response has not ended.
  private var unanswered = 0
  private var isEventStream = false
  private var isStalled = false
  /// After what was no HTTP, or if the program ends: nothing follows the response under way.
  private var isLast = false
  private var deadline: Scheduled<Void>?
  private var stall: Scheduled<Void>?

  init(register: ConnectionRegister) { self.register = register }

  /// Whether it is for the other side to do something.
  private var isWaiting: Bool { bodyCount != nil || unanswered == 0 || isStalled }

  // MARK: Coming in

  func channelActive(context: ChannelHandlerContext) {
    number = register.open(context.channel)
    setDeadline(Limit.head, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    stall?.cancel()
    if let number { register.close(number) }
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      unanswered += 1
      bodyCount = 0
      setDeadline(Limit.body, context)
    case .body(let bytes):
      let count = (bodyCount ?? 0) + bytes.readableBytes
      guard count <= Limit.bytes else { return context.close(promise: nil) }
      bodyCount = count
    case .end:
      bodyCount = nil
      unanswered == 0 ? setDeadline(Limit.idle, context) : deadline?.cancel()
    }
    noteWaiting()
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    isLast = true
    setDeadline(Limit.idle, context)
    context.fireErrorCaught(error)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    // One that sent what is no HTTP still gets an answer.
    case ChannelEvent.inputClosed where isWaiting && !isLast || isEventStream:
      context.close(promise: nil)
    case is ChannelShouldQuiesceEvent where isWaiting || isEventStream: context.close(promise: nil)
    case is ChannelShouldQuiesceEvent:
      isLast = true
      setDeadline(Limit.farewell, context)
    case _: context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: Going out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      isEventStream = head.headerFields[.contentType] == Reply.MediaType.events.rawValue
      context.write(data, promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      unanswered = max(0, unanswered - 1)
      if isLast, unanswered == 0 {
        context.writeAndFlush(data, promise: promise)
        context.close(promise: nil)
      } else {
        if unanswered == 0, bodyCount == nil { setDeadline(Limit.idle, context) }
        noteWaiting()
        context.write(data, promise: promise)
      }
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stall?.cancel()
    isStalled = false
    noteWaiting()
    if !context.channel.isWritable {
      stall = context.eventLoop.assumeIsolated().scheduleTask(in: Limit.stall) {
        self.isStalled = true
        self.noteWaiting()
        self.stall = self.closing(in: Limit.stalled, context)
      }
    }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Time

  private func noteWaiting() {
    if let number { register.set(number, isWaiting: isWaiting) }
  }

  private func setDeadline(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = closing(in: time, context)
  }

  private func closing(in time: TimeAmount, _ context: ChannelHandlerContext) -> Scheduled<Void> {
    context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
  }
}
