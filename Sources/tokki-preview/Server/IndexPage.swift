/// The page itself, with the token that its script sends with every change.
struct IndexPage {
  private let bytes: [UInt8]

  init(token: Secret) {
    let place = Array(#"<meta name="tokki-token" content=""#.utf8)
    guard let page = Asset.bytes(ofFile: "index.html"), let place = page.firstRange(of: place)
    else { preconditionFailure("index.html has no place for the token") }
    bytes = page[..<place.upperBound] + Array(token.text.utf8) + page[place.upperBound...]
  }

  var reply: Reply { .html(bytes, policy: .page) }
}
