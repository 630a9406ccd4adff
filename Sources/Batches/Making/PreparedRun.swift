import DataFiles
import Diagnostics
import Files
import Packets
import TemplateCompiler
import TemplateRuntime

/// What a run reads before its records come: the edition, and the data that all records share.
struct PreparedRun: Sendable {
  let edition: CompiledEdition
  let editionDigest: Digest
  let binder: Binder
  let common: RawNode

  /// Nil if one of them has errors.
  static func prepare(
    data path: String,
    edition folder: String,
    only: [String]?,
    outputs: Outputs
  ) -> (prepared: PreparedRun?, diagnostics: [Diagnostic], quotable: [SourceText]) {
    let (source, found) = EditionReader.read(folder)
    guard let source else { return (nil, found, []) }
    let (edition, more) = Compiler.compile(source, only: only, outputs: outputs)
    var diagnostics = found + more
    guard let edition else { return (nil, diagnostics, source.texts) }
    diagnostics += PacketRun.unknownDocuments(only, in: edition)
    let data = DataFile.read(path)
    diagnostics += data.diagnostics
    guard let common = data.root, !diagnostics.hasErrors else {
      return (nil, diagnostics, source.texts)
    }
    let prepared = PreparedRun(
      edition: edition,
      editionDigest: source.digest,
      binder: edition.binder,
      common: common
    )
    return (prepared, diagnostics, source.texts)
  }
}
