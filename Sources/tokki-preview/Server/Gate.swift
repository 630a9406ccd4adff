import HTTPTypes
import Synchronization

/// The access check: only pages of this server in a browser that was admitted with the token.
///
/// All that is served lies under a secret path, and the cookie is bound to it. Browsers share cookies between
/// the ports of a host, so any other server on this machine would get a cookie of `/`; of the path it does not know, and
/// without the path the cookie opens nothing.
///
/// Every test is for what is right, never for what is wrong: a foreign page, a name that was made to point here, and a
/// request that is not quite a browser's all fail in the same way.
final class Gate: Sendable {
  /// What index.html's script sends with every change.
  let pageToken = Secret()
  private let entranceToken: Mutex<Secret?>
  private let path = Secret()
  private let cookie = Secret()
  private let authority: String
  private let cookieName: String

  init(port: Int, entranceToken: Secret) {
    self.entranceToken = Mutex(entranceToken)
    authority = "127.0.0.1:\(port)"
    // Cookies do not distinguish ports: two previews must not replace each other's.
    cookieName = "tokki-\(port)"
  }

  /// Whether the request is addressed to us, by one of our own pages or by hand.
  func isOurs(_ head: HTTPRequest) -> Bool {
    let fields = head.headerFields
    guard fields[values: .host] == [authority] else { return false }
    let origin = fields[values: .origin]
    switch head.method {
    case .get: guard origin.isEmpty || origin == ["http://\(authority)"] else { return false }
    case _: guard origin == ["http://\(authority)"] else { return false }
    }
    switch fields[values: .fetchSite] {
    case [], ["same-origin"], ["none"]: return true
    case _: return false
    }
  }

  /// Where the page is, and the path of the cookie.
  var home: String { "/\(path.text)/" }

  /// What is asked for below the path, as the table of routes has it; nil for a target outside of it.
  func inside(_ target: String) -> Substring? {
    let slash = UInt8(ascii: "/")
    guard target.utf8.first == slash, let end = target.utf8.dropFirst().firstIndex(of: slash),
      path.isEqual(to: target[..<end].dropFirst())
    else { return nil }
    return target[end...]
  }

  /// Whether the browser was let in before.
  func knows(_ head: HTTPRequest) -> Bool {
    head.headerFields[values: .cookie].contains { header in
      header.split(separator: ";").contains { pair in
        let pair = pair.drop { $0 == " " }
        guard pair.hasPrefix(cookieName + "=") else { return false }
        return cookie.isEqual(to: pair.dropFirst(cookieName.count + 1))
      }
    }
  }

  /// Whether a change comes from the page's script.
  func isFromPage(_ head: HTTPRequest) -> Bool {
    let tokens = head.headerFields[values: .pageToken]
    return tokens.count == 1 && pageToken.isEqual(to: tokens[0])
  }

  /// The cookie in exchange for the one-time token, which is void from then on.
  func enter(with token: String) -> String? {
    let isRight = entranceToken.withLock { expected in
      guard expected?.isEqual(to: token) == true else { return false }
      expected = nil
      return true
    }
    return isRight ? "\(cookieName)=\(cookie.text); Path=\(home); HttpOnly; SameSite=Strict" : nil
  }
}
