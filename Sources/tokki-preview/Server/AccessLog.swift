import Glibc
import HTTPTypes

/// A line for each request on stderr, if it was asked for: what kind of thing was done, never with which data.
struct AccessLog: Sendable {
  let isOn: Bool

  func note(
    _ method: HTTPRequest.Method,
    _ found: PreviewResponder.Found,
    _ status: HTTPResponse.Status,
    since start: ContinuousClock.Instant
  ) {
    guard isOn else { return }
    let name =
      switch found {
      case .route(let route, _): route.pattern
      case .entrance: "entrance"
      case .outside, .otherMethod, .nothing: "-"
      }
    let method =
      switch method {
      case .get: "GET"
      case .post: "POST"
      case _: "-"
      }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    let tenths = Int(milliseconds * 10)
    StandardStream.error.write(
      "\(method) \(name) \(status.code) \(tenths / 10).\(tenths % 10) ms\n"
    )
  }
}
