import Diagnostics

/// What a route gives back, or throws where it cannot serve a request: plain values, whoever sends them.
struct Reply: Error, Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// Pieces as they come; one that fails cuts the connection, so that a part is not taken for the whole.
    case pieces(any AsyncSequence<[UInt8], any Error> & Sendable)
  }

  var status = Status.ok
  var type: MediaType
  var body: Body
  /// The name under which a browser saves it, instead of showing it.
  var fileName: String?
  var policy = ContentPolicy.nothing
  /// Called when the connection that it went out on is closed.
  var whenClosed: (@Sendable () -> Void)?
}

extension Reply {
  enum Status: Int {
    case ok = 200
    case badRequest = 400
    case unauthorized = 401
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case conflict = 409
    case gone = 410
    case contentTooLarge = 413
    case unprocessable = 422
    case internalError = 500
    case unavailable = 503
  }

  enum MediaType: String {
    case html = "text/html; charset=utf-8"
    case css = "text/css; charset=utf-8"
    case javaScript = "text/javascript; charset=utf-8"
    case svg = "image/svg+xml"
    case png = "image/png"
    case json = "application/json"
    case zip = "application/zip"
    case events = "text/event-stream"
    /// What is only ever saved.
    case bytes = "application/octet-stream"
  }

  static func json(_ value: JSONValue, status: Status = .ok) -> Self {
    Reply(status: status, type: .json, body: .bytes(value.bytes))
  }

  /// `{}`.
  static let done = json(.object([]))

  static func html(_ bytes: [UInt8], policy: ContentPolicy) -> Self {
    Reply(type: .html, body: .bytes(bytes), policy: policy)
  }

  static func file(_ bytes: [UInt8], named name: String) -> Self {
    Reply(type: .bytes, body: .bytes(bytes), fileName: name)
  }

  /// A sentence for the person at the page, and what to do.
  static func problem(_ status: Status, _ message: String, hint: String? = nil) -> Self {
    .json(
      .object([
        (
          "error",
          .object([("message", .string(message)), ("hint", hint.map { .string($0) } ?? .null)])
        )
      ]),
      status: status
    )
  }
}
