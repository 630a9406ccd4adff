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
    let opening = Edition.open(folder, only: only, outputs: outputs)
    guard let edition = opening.edition else { return (nil, opening.diagnostics, opening.texts) }
    let data = DataFile.read(path)
    let diagnostics =
      opening.diagnostics + edition.compiled.unknownDocuments(among: only) + data.diagnostics
    guard let common = data.root, !diagnostics.hasErrors else {
      return (nil, diagnostics, opening.texts)
    }
    let prepared = PreparedRun(
      edition: edition.compiled,
      editionDigest: edition.digest,
      binder: edition.binder,
      common: common
    )
    return (prepared, diagnostics, opening.texts)
  }
}
