package import Diagnostics
import Files
import Records
import TemplateRuntime

/// Holds a packet's folder against its manifest: every byte of every file, and that nothing was added or removed.
package enum PacketVerifier {
  /// The findings; none: the packet is as it was made.
  package static func verify(_ folder: String) -> (manifest: Manifest?, diagnostics: [Diagnostic]) {
    let place = SourceLocation(file: folder + "/" + PacketFileName.manifest)
    let bytes: [UInt8]
    switch FileSystem.read(place.file, atMost: Manifest.largest, followsLinks: false) {
    case .failure(.notFound):
      let isRun = FileSystem.exists(folder + "/.tokki/journal")
      return (nil, [isRun ? .runUnfinished(at: folder) : .noManifest(at: place)])
    // A link could change what it leads to after the check.
    case .failure(.link): return (nil, [.manifestDamaged(at: place)])
    case .failure(let failure): return (nil, [failure.diagnostic(at: place)])
    case .success(let read): bytes = read
    }
    guard let manifest = Manifest(bytes: bytes) else {
      return (nil, [.manifestDamaged(at: place)])
    }
    var findings: [Diagnostic] = []
    if expectedCheckNumber(manifest) != manifest.checkNumber {
      findings.append(.manifestDamaged(at: place))
    }
    do throws(FileSystem.Failure) {
      let reader = try FolderReader(folder)
      let present = Set(try reader.names())
      let own = Set(manifest.names)
      for name in present.subtracting(own) {
        findings.append(.fileAdded(at: SourceLocation(file: folder + "/" + name)))
      }
      for file in manifest.files {
        let place = SourceLocation(file: folder + "/" + file.name)
        if !present.contains(file.name) {
          findings.append(.fileRemoved(at: place))
        } else if !isAsMade(file, in: reader) {
          findings.append(.fileChanged(at: place))
        }
      }
    } catch {
      findings.append(error.diagnostic(at: SourceLocation(file: folder)))
    }
    return (manifest, findings)
  }

  /// Read piece by piece, however large it says it is; a link is not what was made.
  private static func isAsMade(_ file: Manifest.File, in folder: FolderReader) -> Bool {
    guard let input = try? folder.file(file.name), input.size == file.size,
      let digest = try? Digest(of: input)
    else { return false }
    return digest.hexadecimal == file.digest
  }

  private static func expectedCheckNumber(_ manifest: Manifest) -> String? {
    guard let edition = Digest(hexadecimal: manifest.editionDigest),
      let data = Digest(hexadecimal: manifest.dataDigest),
      let mode = PacketMode(rawValue: manifest.mode)
    else { return nil }
    return CheckNumber(
      edition: edition,
      data: data,
      mode: mode,
      date: manifest.date,
      occasion: manifest.occasion
    ).description
  }
}

extension Diagnostic {
  /// The folder of a batch that has no `run.json` yet.
  package static func runUnfinished(at folder: String) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: SourceLocation(file: folder),
      ja: "この出力先の一括作成は、まだ最後まで終わっていません。",
      en: "The batch of this folder has not come to its end yet.",
      advice: .finishBatch
    )
  }

  fileprivate static func noManifest(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: location,
      ja: "このフォルダーには manifest.json がありません。",
      en: "The folder has no manifest.json.",
      hint: Message(
        ja: "packet.html のあるフォルダーを指定してください。",
        en: "Name the folder that holds packet.html."
      )
    )
  }

  fileprivate static func manifestDamaged(at location: SourceLocation) -> Self {
    Diagnostic(
      .manifestDamaged,
      at: location,
      ja: "manifest.json が作成した時のものではありません。",
      en: "This is not the manifest that was made with the packet.",
      hint: Message(
        ja: "この書類一式は、作成した時のままとは言えません。作り直してください。",
        en: "Nothing vouches for this packet any more; make it again."
      )
    )
  }

  fileprivate static func fileAdded(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileAdded,
      at: location,
      ja: "書類一式にないファイルが加えられています。",
      en: "This file does not belong to the packet."
    )
  }

  fileprivate static func fileRemoved(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileRemoved,
      at: location,
      ja: "書類一式のファイルがありません。",
      en: "This file of the packet is missing."
    )
  }

  fileprivate static func fileChanged(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileChanged,
      at: location,
      ja: "作成した時の内容と一致しません。",
      en: "This file is not as it was made."
    )
  }
}
