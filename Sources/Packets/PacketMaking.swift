import DataFiles
package import Diagnostics
import Files
package import Records
package import TemplateCompiler

/// Makes one packet: data and edition in, a packet's folder out.
///
/// Nothing is written unless everything is right.
package enum PacketMaking {
  package enum Outcome: Sendable {
    case made(path: String, checkNumber: String)
    case unchanged(path: String, checkNumber: String)
    /// The edition or the data has errors.
    case refused
    /// The packet could not be put in place.
    case notWritten
    /// A batch works in the output folder, and has not ended in the time that was given to it.
    case locked
  }

  package struct Result: Sendable {
    package let outcome: Outcome
    package let diagnostics: [Diagnostic]
    /// The files of which a report may show lines: the templates', never the data's.
    package let quotable: [SourceText]
  }

  package static func make(
    data: String,
    edition folder: String,
    vendor: String?,
    selection: Selection,
    out: String,
    options: PacketOptions
  ) -> Result {
    let opening = Edition.open(folder, selection, outputs: options.outputs)
    var diagnostics = opening.diagnostics
    func result(_ outcome: Outcome) -> Result {
      Result(outcome: outcome, diagnostics: diagnostics, quotable: opening.texts)
    }
    guard let edition = opening.edition else { return result(.refused) }
    diagnostics += edition.compiled.unknownDocuments(in: selection)
    let dictionary = edition.compiled.dictionary
    let bound = bind(
      data,
      vendor: vendor,
      with: edition.binder,
      mode: options.mode,
      date: options.date
    )
    diagnostics += bound.diagnostics
    guard let binding = bound.binding, !diagnostics.hasErrors else { return result(.refused) }
    diagnostics += PacketPath.missingKeys(
      of: binding,
      dictionary,
      mode: options.mode,
      at: SourceLocation(file: data),
      beside: diagnostics
    )
    guard !diagnostics.hasErrors else { return result(.refused) }
    guard
      let place = PacketPath.path(
        of: binding.everything,
        dictionary,
        occasion: edition.compiled.specialOccasion
      )
    else {
      diagnostics.append(.folderName(at: SourceLocation(file: data)))
      return result(.refused)
    }
    let path = out + "/" + place
    let packet = PacketBuilder(
      edition.compiled,
      editionDigest: edition.digest,
      options: options
    ).packet(of: binding.record)
    do throws(OutputFolder.Refusal) {
      let kept = try OutputFolder.put(packet, as: place, in: out)
      diagnostics += (kept ?? []).map { .fileKept(at: SourceLocation(file: $0)) }
      return result(
        kept == nil
          ? .unchanged(path: path, checkNumber: packet.manifest.checkNumber)
          : .made(path: path, checkNumber: packet.manifest.checkNumber)
      )
    } catch {
      switch error {
      case .locked: return result(.locked)
      case .refused(let diagnostic): diagnostics.append(diagnostic)
      case .failed(let failure):
        let place = SourceLocation(file: failure.path ?? path)
        diagnostics.append(failure.diagnosticOfWriting(at: place))
      }
      return result(.notWritten)
    }
  }

  /// Reads a contract's file and binds the chosen vendor's record.
  package static func bind(
    _ data: String,
    vendor: String?,
    with binder: Binder,
    mode: PacketMode,
    date: Int64?
  ) -> (binding: Binding?, diagnostics: [Diagnostic]) {
    let read = DataFile.read(data)
    guard let root = read.root else { return (nil, read.diagnostics) }
    let file = ContractFile(root, binder)
    switch file.tree(vendor: vendor) {
    case .failure(let failure):
      return (nil, read.diagnostics + file.diagnostics + [failure.diagnostic])
    case .success(let tree):
      let binding = binder.bind(tree, mode: mode, date: date)
      return (binding, read.diagnostics + file.diagnostics + binding.diagnostics)
    }
  }
}

extension CompiledEdition {
  /// Reports the documents that are selected, and that the packet does not have.
  package func unknownDocuments(in selection: Selection) -> [Diagnostic] {
    (selection.documents ?? []).filter { !printedDocuments.contains($0) }
      .map { id in .unknownDocument(id, among: documents.filter { $0 != id }) }
  }
}

extension Diagnostic {
  fileprivate static func unknownDocument(_ id: String, among documents: [String]) -> Self {
    let list = documents.joined(separator: ", ")
    return Diagnostic(
      .unknownDocument,
      at: SourceLocation(file: "--documents"),
      ja: "書類「\(id)」は、この版の書類一式にありません。",
      en: "The edition's packet has no document “\(id)”.",
      hint: Message(ja: "ある書類：\(list)", en: "It has: \(list)")
    )
  }

  package static func folderName(at location: SourceLocation) -> Self {
    Diagnostic(
      .folderName,
      at: location,
      ja: "契約番号か受注者番号が長すぎて、フォルダー名にできません。",
      en: "The contract's number or the vendor's id is too long for a folder's name.",
      hint: Message(
        ja: "それぞれ英数字で200字、漢字で66字までです。",
        en: "Each may have 200 letters and digits, or 66 kanji."
      )
    )
  }
}
