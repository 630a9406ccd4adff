import Records

/// The names of a packet's files.
///
/// They come from ids and numbers only.
package enum PacketFileName {
  package static let html = "packet.html"
  package static let docbook = "packet.xml"
  package static let manifest = "manifest.json"

  /// `03-subcontract-application.html`, `04-pledge-12.html`: the document's position in the edition's packet, so that a name
  /// does not depend on which other documents are printed.
  package static func split(position: Int, document: String, instance: Int?) -> String {
    let number = position < 10 ? "0\(position)" : "\(position)"
    return "\(number)-\(document)" + (instance.map { "-\($0)" } ?? "") + ".html"
  }
}
