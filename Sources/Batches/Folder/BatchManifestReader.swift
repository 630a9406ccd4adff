import DataFiles
import Diagnostics
import Files
import Packets
import Records

extension BatchManifest {
  /// From a file's bytes; nil unless they are exactly those that this manifest would be written as.
  package init?(bytes: [UInt8]) {
    // A line feed within a name is written \\n, so this is the member and no value.
    guard let key = bytes.firstRange(of: Self.packetsKey) else { return nil }
    let head = Array(bytes[..<key.lowerBound]) + Array("\n}\n".utf8)
    var packets: [Packet] = []
    var rest = bytes[key.upperBound...].dropFirst()
    while let end = rest.firstIndex(of: 0x0A), let packet = Packet(line: rest[..<end]) {
      packets.append(packet)
      rest = rest[(end + 1)...]
    }
    let isSorted = zip(packets, packets.dropFirst()).allSatisfy {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
    guard isSorted, let manifest = BatchManifest(head: head, packets: packets),
      manifest.isWritten(as: bytes)
    else { return nil }
    self = manifest
  }

  private init?(head: [UInt8], packets: [Packet]) {
    let text = SourceText(file: BatchFileName.manifest, bytes: head)
    guard let root = JSONReader.read(text).root, let edition = root["edition"],
      let tool = root["tool"]?.text, let editionID = edition["id"]?.text,
      let editionDigest = edition["sha256"]?.digest, let mode = root["mode"]?.text,
      let formats = root["formats"]?.texts, let splits = root["split"]?.text,
      let onlyNew = root["only_new"]?.text,
      let rejected = root["counts"]?["rejected"]?.number,
      let inputs = root["inputs"]?.items?.map(Input.init), !inputs.contains(nil)
    else { return nil }
    self.init(
      tool: tool,
      editionID: editionID,
      editionDigest: editionDigest,
      mode: mode,
      date: root["date"]?.text,
      occasion: root["occasion"]?.text,
      formats: formats,
      splits: splits == "true",
      only: root["only"]?.texts,
      onlyNew: onlyNew == "true",
      inputs: inputs.compactMap(\.self),
      rejectedCount: rejected,
      packets: packets
    )
  }

  private func isWritten(as bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    var isSame = true
    writePieces { piece in
      guard isSame, rest.starts(with: piece) else {
        isSame = false
        return
      }
      rest = rest.dropFirst(piece.count)
    }
    return isSame && rest.isEmpty
  }
}

extension BatchManifest.Input {
  fileprivate init?(_ node: RawNode) {
    guard let name = node["name"]?.text, let digest = node["sha256"]?.digest,
      let rows = node["rows"]?.number, let rejected = node["rejected"]?.number
    else { return nil }
    self.init(name: name, digest: digest, rows: rows, rejected: rejected)
  }
}

extension BatchManifest.Packet {
  /// From a line in the form in which it is written; what stands behind the check number is left to the comparison of the whole.
  fileprivate init?(line: ArraySlice<UInt8>) {
    var rest = line
    guard rest.take("    {\"path\":"), let path = rest.takeString(), Self.isPath(path),
      rest.take(",\"root\":\""), let root = Digest(hexadecimal: rest.prefix(64))
    else { return nil }
    rest = rest.dropFirst(64)
    guard rest.take("\",\"check_number\":"), let number = rest.takeString(),
      number.utf8.allSatisfy(Self.isOfCheckNumber)
    else { return nil }
    self.init(
      path: path,
      root: root,
      checkNumber: number,
      isListed: !rest.take(",\"listed\":false"),
      isMended: rest.take(",\"mended\":true")
    )
  }

  /// Whether it is two folders' names, as `FolderName` makes them: no path leads out of the batch's folder.
  private static func isPath(_ path: String) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return names.count == 2
      && names.allSatisfy { !$0.isEmpty && $0.allSatisfy(FolderName.isAllowed) }
  }

  private static func isOfCheckNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-"):
      true
    case _: false
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func take(_ text: String) -> Bool {
    guard starts(with: text.utf8) else { return false }
    self = dropFirst(text.utf8.count)
    return true
  }

  /// A JSON string.
  fileprivate mutating func takeString() -> String? {
    guard first == UInt8(ascii: "\"") else { return nil }
    var end = startIndex + 1
    while end < endIndex, self[end] != UInt8(ascii: "\"") {
      end += self[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < endIndex else { return nil }
    let string = self[startIndex...end]
    self = self[(end + 1)...]
    let content = string.dropFirst().dropLast()
    guard content.contains(UInt8(ascii: "\\")) else {
      return String(decoding: content, as: UTF8.self)
    }
    return JSONReader.read(SourceText(file: BatchFileName.manifest, bytes: Array(string))).root?
      .text
  }
}
