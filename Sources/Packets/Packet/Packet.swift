package import Files
package import Records
package import TemplateCompiler
package import TemplateRuntime

/// The finished papers of one contract with one vendor.
package struct Packet: Sendable {
  /// In the order of their names.
  package let files: [File]
  package let manifest: Manifest

  /// The papers and the manifest, in the order of their names.
  package var allFiles: [File] {
    (files + [File(name: PacketFileName.manifest, bytes: manifest.bytes)]).sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
  }

  /// As hexadecimal digits; the manifest has that of every file but its own.
  package func digest(of file: File) -> String {
    manifest.files.first { $0.name == file.name }?.digest ?? Digest(of: file.bytes).hexadecimal
  }

  package struct File: Hashable, Sendable {
    package let name: String
    package let bytes: [UInt8]
  }
}

/// What a batch prints, whatever the data.
package struct PacketOptions: Sendable {
  package var mode = PacketMode.prefilled
  package var printsHTML = true
  package var printsDocBook = true
  /// Each document in a file of its own, too.
  package var splits = true
  /// Days since 1970-01-01.
  package var date: Int64?

  package init() {}

  /// The date as 2022-04-01.
  package var isoDate: String? { date.map { CivilDate(dayNumber: $0).iso } }

  /// What an edition must be lowered to for it.
  package var outputs: Outputs {
    Outputs(html: printsHTML, splits: splits, docbook: printsDocBook)
  }
}

/// Renders packets of one edition.
package struct PacketBuilder: Sendable {
  private let edition: CompiledEdition
  private let editionDigest: Digest
  private let options: PacketOptions

  package init(_ edition: CompiledEdition, editionDigest: Digest, options: PacketOptions) {
    self.edition = edition
    self.editionDigest = editionDigest
    self.options = options
  }

  /// The packet of a record that was bound in the options' mode.
  package func packet(of record: Record) -> Packet {
    packet(of: record, dataDigest: Digest(of: record.canonicalBytes(edition.dictionary)))
  }

  /// As `packet(of:)`, where the digest of the record's canonical bytes is known.
  package func packet(of record: Record, dataDigest: Digest) -> Packet {
    let number = checkNumber(ofData: dataDigest)
    let files = render(record, number)
    let digests = Digest.each(of: files.map(\.bytes))
    let manifest = Manifest(
      editionID: edition.id,
      editionDigest: editionDigest.hexadecimal,
      dataDigest: dataDigest.hexadecimal,
      mode: options.mode.rawValue,
      date: options.isoDate,
      occasion: edition.occasion?.id,
      checkNumber: number.description,
      files: zip(files, digests).map { file, digest in
        .init(name: file.name, size: file.bytes.count, digest: digest.hexadecimal)
      }
    )
    return Packet(files: files, manifest: manifest)
  }

  /// The packet's papers alone, in the order of their names.
  package func files(of record: Record, dataDigest: Digest) -> [Packet.File] {
    render(record, checkNumber(ofData: dataDigest))
  }

  /// The number that the record's papers carry.
  package func checkNumber(of record: Record) -> CheckNumber {
    checkNumber(ofData: Digest(of: record.canonicalBytes(edition.dictionary)))
  }

  private func checkNumber(ofData digest: Digest) -> CheckNumber {
    CheckNumber(
      edition: editionDigest,
      data: digest,
      mode: options.mode,
      date: options.isoDate,
      occasion: edition.occasion?.id
    )
  }

  /// In the order of their names.
  private func render(_ record: Record, _ number: CheckNumber) -> [Packet.File] {
    var files: [Packet.File] = []
    func add(_ name: String, _ bytes: [UInt8]) { files.append(.init(name: name, bytes: bytes)) }
    if options.printsHTML {
      add(
        PacketFileName.html,
        Renderer.render(edition.html, with: record, checkNumber: number)
      )
      for section in edition.splitHTML.sections where options.splits || section.isOfficeOnly {
        let position = (edition.documents.firstIndex(of: section.document) ?? 0) + 1
        for instance in 0..<section.instanceCount(in: record) {
          add(
            PacketFileName.split(
              position: position,
              document: section.document,
              instance: section.repetition == nil ? nil : instance + 1
            ),
            Renderer.render(
              section,
              instance: instance,
              of: edition.splitHTML,
              with: record,
              checkNumber: number
            )
          )
        }
      }
    }
    if options.printsDocBook {
      add(
        PacketFileName.docbook,
        Renderer.render(edition.docbook, with: record, checkNumber: number)
      )
    }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

extension CheckNumber {
  /// 照合番号: what the papers stand for.
  ///
  /// The same number, the same words.
  init(edition: Digest, data: Digest, mode: PacketMode, date: String?, occasion: String?) {
    let words = [mode.rawValue, date ?? ""] + (occasion.map { [$0] } ?? [])
    let digest = Digest(ofPieces: [edition.bytes, data.bytes] + words.map { Array($0.utf8) })
    self.init(digest: digest.bytes)
  }
}
