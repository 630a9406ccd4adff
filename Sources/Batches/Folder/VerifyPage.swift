import CVerifyPage
import Files
import TemplateRuntime

/// `verify.html`: the page on which anyone can see whether a packet is as the run made it.
///
/// It carries the run's paths, roots and check numbers, and asks for nothing from anywhere. The same run, the same bytes.
package enum VerifyPage {
  static let html = unsafe bytes(tokki_verify_html())
  fileprivate static let css = unsafe bytes(tokki_verify_css())
  fileprivate static let js = unsafe bytes(tokki_verify_js())

  /// A part of the page, as it is in the folder Page.
  private static func bytes(_ part: tokki_verify_bytes) -> [UInt8] {
    unsafe [UInt8](copying: part.start, count: part.count)
  }

  package static func bytes(of run: RunManifest) -> [UInt8] {
    var page: [UInt8] = []
    page.reserveCapacity(32_768 + 100 * run.packets.count)
    var template = html[...]
    while let open = template.firstIndex(of: UInt8(ascii: "{")),
      let close = template[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      page += template[..<open]
      let name = String(decoding: template[(open + 1)..<close], as: UTF8.self)
      guard let place = Place(rawValue: name) else { preconditionFailure("no place \(name)") }
      page.fill(place, of: run)
      template = template[(close + 1)...]
    }
    return page + template
  }

  /// What stands in braces in verify.html.
  fileprivate enum Place: String {
    case style, script, count, edition, packets
    case styleHash = "style-hash"
    case scriptHash = "script-hash"
    case packetsRoot = "packets-root"
  }
}

extension [UInt8] {
  fileprivate mutating func fill(_ place: VerifyPage.Place, of run: RunManifest) {
    switch place {
    case .style: self += VerifyPage.css
    case .script: self += VerifyPage.js
    case .styleHash: appendHash(of: VerifyPage.css)
    case .scriptHash: appendHash(of: VerifyPage.js)
    case .count: self += "\(run.packets.count)".utf8
    case .edition: append(escaping: run.editionID)
    case .packetsRoot: self += run.packetsRoot.hexadecimal.utf8
    case .packets:
      // Neither a path nor a number can end the script element that they stand in.
      for packet in run.packets {
        self += "\(packet.path)\t\(packet.root.hexadecimal)\t\(packet.checkNumber)".utf8
        self += (packet.isListed ? "\n" : "\t0\n").utf8
      }
    }
  }

  /// A source of a Content Security Policy: sha256-, and the digest in base 64.
  fileprivate mutating func appendHash(of text: [UInt8]) {
    let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    self += "sha256-".utf8
    // 32 bytes are ten groups of three and one of two.
    let bytes = Digest(of: text).bytes + [0]
    for start in stride(from: 0, to: 33, by: 3) {
      let group = bytes[start..<(start + 3)].reduce(0) { $0 << 8 | Int($1) }
      for shift in [18, 12, 6, 0] { append(alphabet[group >> shift & 63]) }
    }
    self[count - 1] = UInt8(ascii: "=")
  }
}
