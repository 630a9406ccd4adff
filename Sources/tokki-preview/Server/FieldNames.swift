import HTTPTypes

/// The names of fields that swift-http-types does not list.
extension HTTPField.Name {
  static let crossOriginOpenerPolicy = named("Cross-Origin-Opener-Policy")
  static let fetchSite = named("Sec-Fetch-Site")
  static let fileName = named("X-File-Name")
  static let host = named("Host")
  static let pageToken = named("X-Tokki-Token")
  static let referrerPolicy = named("Referrer-Policy")

  private static func named(_ text: String) -> Self {
    guard let name = Self(text) else { preconditionFailure("no field's name: \(text)") }
    return name
  }
}
