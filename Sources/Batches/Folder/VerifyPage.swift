import CVerifyPage
import Files
import Records
import TemplateRuntime

/// `verify.html`: the page on which anyone can see whether a packet is as the batch made it.
///
/// It carries the batch's paths, roots and check numbers, and asks for nothing from anywhere. The same run, the same bytes.
package enum VerifyPage {
  static let html = unsafe bytes(tokki_verify_html())
  fileprivate static let css = unsafe bytes(tokki_verify_css())
  fileprivate static let js = unsafe bytes(tokki_verify_js())

  /// A part of the page, as it is in the folder Page.
  private static func bytes(_ part: tokki_verify_bytes) -> [UInt8] {
    unsafe [UInt8](copying: part.start, count: part.count)
  }

  package static func bytes(of run: BatchManifest) -> [UInt8] {
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
  fileprivate mutating func fill(_ place: VerifyPage.Place, of run: BatchManifest) {
    switch place {
    case .style: self += VerifyPage.css
    case .script: self += VerifyPage.js
    case .styleHash: self += "sha256-\(Digest(of: VerifyPage.css).base64)".utf8
    case .scriptHash: self += "sha256-\(Digest(of: VerifyPage.js).base64)".utf8
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
}
