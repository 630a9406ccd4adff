package import Diagnostics
import Files
import Packets
import Records
import TemplateRuntime

/// まとめて印刷: joins the finished documents of a batch's folder into one page for the printer.
///
/// Only packets that are as they were made are printed, and all of them or none. Packets whose vendor is no longer on the list
/// are left out, as is the office's own 書類確認表, which is no part of a packet.
package enum BatchPrint {
  package enum Outcome: Sendable {
    case made(file: String, packets: Int, documents: Int)
    /// Something in the batch's folder is not as it was made, or cannot be joined.
    case refused
    case notWritten
  }

  /// `documents` are the ids of those to print, nil for all; `file` is where to, nil for the batch's folder.
  package static func print(
    _ folder: String,
    by order: PrintOrder,
    documents: [String]?,
    to file: String?
  ) -> (outcome: Outcome, diagnostics: [Diagnostic]) {
    let (manifest, findings) = BatchVerifier.readManifest(folder)
    guard let manifest else { return (.refused, findings) }
    var diagnostics: [Diagnostic] = []
    var joined: JoinedPage?
    let packets = order.sorted(manifest.packets.filter(\.isListed))
    for packet in packets {
      let (page, findings) = read(packet, in: folder)
      diagnostics += findings
      guard let page else { continue }
      // Taken, not copied: it holds all packets before.
      var current = joined.take() ?? JoinedPage(model: page, checkNumber: packet.checkNumber)
      let isAlike = current.add(
        page,
        path: packet.path,
        checkNumber: packet.checkNumber,
        only: documents
      )
      if !isAlike { diagnostics.append(.otherStyle(at: place(of: packet, in: folder))) }
      joined = current
    }
    for id in documents ?? [] {
      guard let known = joined?.documents, !known.contains(id) else { continue }
      diagnostics.append(.unknownDocument(id, among: known))
    }
    guard let joined, !diagnostics.hasErrors else {
      if diagnostics.isEmpty {
        diagnostics.append(
          .nothingToPrint(at: SourceLocation(file: folder + "/" + BatchFileName.manifest))
        )
      }
      return (.refused, diagnostics)
    }
    let path = file ?? folder + "/" + order.fileName
    do throws(FileSystem.Failure) {
      // Over nothing but an earlier joined page.
      try FileSystem.put(joined.bytes(by: order), at: path, over: JoinedPage.isOne)
    } catch {
      return (.notWritten, [error.diagnosticOfWriting(at: SourceLocation(file: path))])
    }
    return (
      .made(file: path, packets: packets.count, documents: joined.articleCount), diagnostics
    )
  }

  /// The page with all of a packet's documents, if the packet is as it was made.
  private static func read(_ packet: BatchManifest.Packet, in folder: String) -> (
    page: PaperPage?, diagnostics: [Diagnostic]
  ) {
    let (manifest, findings) = BatchVerifier.verify(packet, in: folder)
    guard findings.isEmpty, let manifest else { return (nil, findings) }
    let place = place(of: packet, in: folder)
    guard let file = manifest.files.first(where: { $0.name == PacketFileName.html }),
      case .success(let bytes) = FileSystem.read(
        place.file,
        atMost: max(file.size, 1),
        followsLinks: false
      ),
      let page = PaperPage(bytes)
    else { return (nil, [.notPrintable(at: place)]) }
    return (page, [])
  }

  private static func place(of packet: BatchManifest.Packet, in folder: String) -> SourceLocation {
    SourceLocation(file: "\(folder)/\(packet.path)/\(PacketFileName.html)")
  }
}

extension PrintOrder {
  /// 委託先別: the contracts of one vendor together, however many there are.
  fileprivate func sorted(_ packets: [BatchManifest.Packet]) -> [BatchManifest.Packet] {
    switch self {
    case .document: return packets
    case .vendor:
      let keyed = packets.map { packet in
        let parts = packet.path.split(separator: "/").map { Array($0.utf8) }
        return (key: Array(parts.reversed()), packet: packet)
      }
      return keyed.sorted { a, b in
        a.key.lexicographicallyPrecedes(b.key) { $0.lexicographicallyPrecedes($1) }
      }.map(\.packet)
    }
  }
}

extension Diagnostic {
  fileprivate static func notPrintable(at location: SourceLocation) -> Self {
    Diagnostic(
      .notPrintable,
      at: location,
      ja: "印刷できる packet.html がありません。",
      en: "There is no packet.html that could be printed.",
      advice: .makePages
    )
  }

  fileprivate static func otherStyle(at location: SourceLocation) -> Self {
    Diagnostic(
      .notPrintable,
      at: location,
      ja: "ほかの書類一式と異なる版で作られているため、まとめて印刷できません。",
      en: "It was made with another edition than the others and cannot be joined with them.",
      hint: Message(
        ja: "同じ版で、一括作成をもう一度行ってください。",
        en: "Run the batch again with one edition."
      )
    )
  }

  fileprivate static func nothingToPrint(at location: SourceLocation) -> Self {
    Diagnostic(
      .notPrintable,
      at: location,
      ja: "印刷する書類一式がありません。",
      en: "There is no packet to print."
    )
  }

  fileprivate static func unknownDocument(_ id: String, among documents: [String]) -> Self {
    let list = documents.joined(separator: ", ")
    return Diagnostic(
      .unknownDocument,
      at: SourceLocation(file: "--documents"),
      ja: "書類「\(id)」は、この一括作成の書類一式にありません。",
      en: "The batch's packets have no document “\(id)”.",
      hint: Message(ja: "ある書類：\(list)", en: "They have: \(list)")
    )
  }
}
