package import Diagnostics
package import Files
package import Records
package import TemplateCompiler

/// An edition as it was read from its folder: compiled, with the digest of its files.
package struct Edition: Sendable {
  package let compiled: CompiledEdition
  /// Of every file of the edition and of those that it extends.
  package let digest: Digest
  /// Reads the data of its records.
  package let binder: Binder
  private let source: EditionSource

  /// What opening a folder comes to.
  package struct Opening: Sendable {
    /// Nil if it cannot be read or compiled; the diagnostics say why.
    package let edition: Edition?
    package let diagnostics: [Diagnostic]
    /// The files that were read, of which a report may show lines; none if one of them cannot be read.
    package let texts: [SourceText]
    /// The digest of the files, sound or not; nil if one of them cannot be read.
    package let digest: Digest?
  }

  /// Opens an edition's folder, for what is selected of its packets; `reportsUnused`: with warnings of what nothing in it uses,
  /// for those who keep it.
  package static func open(
    _ folder: String,
    _ selection: Selection = .usual,
    outputs: Outputs = .all,
    reportsUnused: Bool = false
  ) -> Opening {
    let (source, found) = EditionReader.read(folder)
    return compile(
      source,
      source?.digest,
      found,
      selection,
      outputs: outputs,
      reportsUnused: reportsUnused
    )
  }

  /// Opens an edition's folder with what a screen needs beside the packets; nil if the digest of its files is `seen`.
  package static func openForScreen(_ folder: String, unless seen: Digest?) -> Opening? {
    let (source, found) = EditionReader.read(folder)
    let digest = source?.digest
    guard digest == nil || digest != seen else { return nil }
    return compile(source, digest, found, .usual, outputs: .all, forScreen: true)
  }

  /// The same files, compiled for the packet of another occasion, with what a screen needs; nil if there is no such occasion.
  package func forScreen(on occasion: String) -> Edition? {
    Self.compile(
      source,
      digest,
      [],
      Selection(occasion: occasion),
      outputs: .all,
      forScreen: true
    ).edition
  }

  private static func compile(
    _ source: EditionSource?,
    _ digest: Digest?,
    _ found: [Diagnostic],
    _ selection: Selection,
    outputs: Outputs,
    forScreen: Bool = false,
    reportsUnused: Bool = false
  ) -> Opening {
    guard let source, let digest else {
      return Opening(edition: nil, diagnostics: found, texts: [], digest: nil)
    }
    let (compiled, more) = Compiler.compile(
      source,
      selection: selection,
      outputs: outputs,
      forScreen: forScreen,
      reportsUnused: reportsUnused
    )
    let repertoire = compiled.map { Repertoire.named($0.repertoire) }
    return Opening(
      edition: compiled.map {
        Edition(compiled: $0, digest: digest, binder: $0.binder, source: source)
      },
      diagnostics: found + more
        + (repertoire.map { repertoire in
          source.texts.compactMap { TemplateCharacters.check($0, repertoire) }
        } ?? []),
      texts: source.texts,
      digest: digest
    )
  }
}
