/// What a page may load and do: its Content-Security-Policy.
enum ContentPolicy: Sendable {
  /// For all that is no page.
  case nothing
  /// The clerk's page: its own script and style, and papers in frames.
  case page
  /// A paper: nothing but the style block of this hash, `sha256-…`. It may stand in our page's frame.
  case paper(styleHash: String)

  var header: String {
    switch self {
    case .nothing:
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    case .page:
      """
      default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
      frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
      """
    case .paper(let hash):
      """
      default-src 'none'; style-src '\(hash)'; img-src data:; base-uri 'none'; form-action 'none'; \
      frame-ancestors 'self'
      """
    }
  }
}
