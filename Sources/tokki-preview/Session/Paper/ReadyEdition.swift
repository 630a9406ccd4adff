import Diagnostics
import Files
import Guides
import Packets
import TemplateCompiler
import TemplateRuntime

/// An edition that papers can be shown of.
struct ReadyEdition: Sendable {
  /// Counts the times that the edition was read anew.
  let revision: Int
  let edition: CompiledEdition
  let screen: ScreenEdition
  let binder: Binder
  let digest: Digest
  /// The files that were read: a report may show lines of them.
  let texts: [SourceText]
  let diagnostics: [Diagnostic]

  func document(_ number: Int) -> ScreenEdition.Document? {
    screen.documents.first { $0.number == number }
  }

  /// The members of `Edition` as the page reads it.
  var members: [(name: String, value: JSONValue)] {
    [("revision", .integer(Int64(revision)))] + (FormGuide(edition)?.members ?? [])
  }
}

/// Reads an edition's folder as often as it is asked to, and compiles what has changed.
///
/// By the bytes of the files, not by the kernel's notes: those say nothing of a share in the network, and editors save in many ways.
/// A look at the Kawasaki edition takes about a millisecond.
struct EditionWatch: Sendable {
  enum Change: Sendable {
    case ready(ReadyEdition)
    case broken([Diagnostic], texts: [SourceText])
  }

  private let folder: String
  private var revision = 0
  private var seen: Digest?
  private var unreadable: [Diagnostic] = []

  init(_ folder: String) { self.folder = folder }

  /// What is new since the last look; nil: nothing.
  mutating func look() -> Change? {
    let (source, found) = EditionReader.read(folder)
    guard let source else {
      guard found != unreadable else { return nil }
      unreadable = found
      seen = nil
      return .broken(found, texts: [])
    }
    guard source.digest != seen else { return nil }
    seen = source.digest
    unreadable = []
    let (compiled, more) = Compiler.compile(source, forScreen: true)
    let diagnostics = found + more
    guard let edition = compiled, let screen = edition.screen else {
      return .broken(diagnostics, texts: source.texts)
    }
    revision += 1
    return .ready(
      ReadyEdition(
        revision: revision,
        edition: edition,
        screen: screen,
        binder: edition.binder,
        digest: source.digest,
        texts: source.texts,
        diagnostics: diagnostics
      )
    )
  }
}
