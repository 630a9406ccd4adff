import DataFiles
import Diagnostics
package import Packets
package import Records
package import Rosters
import TemplateCompiler

/// What all papers of a batch are made of: an edition, and the data that all records share.
package struct SharedInput: Sendable {
  package let edition: Edition
  package let common: RawNode

  /// `edition` was compiled for the outputs of the batch.
  package init(edition: Edition, common: RawNode) {
    self.edition = edition
    self.common = common
  }

  /// Reads both from their paths; nil if one of them has errors.
  static func open(
    data path: String,
    edition folder: String,
    _ selection: Selection,
    outputs: Outputs
  ) -> (input: SharedInput?, diagnostics: [Diagnostic], quotable: [SourceText]) {
    let opening = Edition.open(folder, selection, outputs: outputs)
    guard let edition = opening.edition else { return (nil, opening.diagnostics, opening.texts) }
    let data = DataFile.read(path)
    let diagnostics =
      opening.diagnostics + edition.compiled.unknownDocuments(in: selection) + data.diagnostics
    guard let common = data.root, !diagnostics.hasErrors else {
      return (nil, diagnostics, opening.texts)
    }
    return (SharedInput(edition: edition, common: common), diagnostics, opening.texts)
  }
}

/// What a batch is made of: an edition, the data that all rows share, and a list.
package struct BatchInput: Sendable {
  private let shared: Shared
  let list: ListSource

  private enum Shared: Sendable {
    case paths(data: String, edition: String)
    case opened(SharedInput)
  }

  /// Of the data's file, the edition's folder, and the list's file or folder; `headerRow` is the number of the header's row, if it
  /// is not to be looked for.
  package init(data: String, edition: String, list: String, headerRow: Int? = nil) {
    shared = .paths(data: data, edition: edition)
    self.list = ListSource(list, headerRow: headerRow)
  }

  package init(_ shared: SharedInput, list: ListSource) {
    self.shared = .opened(shared)
    self.list = list
  }

  /// Opens what is not open yet.
  func openShared(_ selection: Selection, outputs: Outputs)
    -> (input: SharedInput?, diagnostics: [Diagnostic], quotable: [SourceText])
  {
    switch shared {
    case .opened(let input): (input, [], [])
    case .paths(let data, let edition):
      SharedInput.open(data: data, edition: edition, selection, outputs: outputs)
    }
  }
}
