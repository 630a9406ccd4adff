import HTTPTypes
import Synchronization

/// Who may come in: pages of this server in a browser that was let in with the token, and nobody else.
///
/// Every test is for what is right, never for what is wrong: a foreign page, a name that was made to point here, and a
/// request that is not quite a browser's all fail in the same way.
final class Gate: Sendable {
  enum Refusal {
    /// From somewhere else, or to somewhere else.
    case foreign
    /// Without the cookie.
    case unknown
  }

  /// What index.html's script sends with every change.
  let pageToken = Secret()
  private let entranceToken: Mutex<Secret?>
  private let cookie = Secret()
  private let authority: String
  private let cookieName: String

  init(port: Int, entranceToken: Secret) {
    self.entranceToken = Mutex(entranceToken)
    authority = "127.0.0.1:\(port)"
    // Cookies do not tell ports apart: two previews must not put each other's out.
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

  /// The cookie for whoever brings the one-time token; from then on it opens nothing more.
  func enter(with token: String) -> String? {
    let isRight = entranceToken.withLock { expected in
      guard expected?.isEqual(to: token) == true else { return false }
      expected = nil
      return true
    }
    return isRight ? "\(cookieName)=\(cookie.text); Path=/; HttpOnly; SameSite=Strict" : nil
  }
}
