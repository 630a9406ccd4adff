import Diagnostics
import Files
import Guides
import Packets
import Records
import TemplateCompiler

/// An edition that papers can be shown of.
struct ReadyEdition: Sendable {
  /// Another for each time that the edition was read, and for each occasion.
  let revision: Int
  let opened: Edition
  let screen: ScreenEdition

  var edition: CompiledEdition { opened.compiled }
  var binder: Binder { opened.binder }

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
  struct Change: Sendable {
    /// Nil if it has errors.
    let edition: ReadyEdition?
    let diagnostics: [Diagnostic]
    let texts: [SourceText]
  }

  private let folder: String
  private var revision = 0
  private var seen: Digest?
  private var unreadable: [Diagnostic] = []

  init(_ folder: String) { self.folder = folder }

  /// An edition as the packet of another occasion has it; nil if it has no such occasion.
  mutating func edition(_ ready: ReadyEdition, on occasion: String) -> ReadyEdition? {
    guard let edition = ready.opened.forScreen(on: occasion), let screen = edition.compiled.screen
    else { return nil }
    revision += 1
    return ReadyEdition(revision: revision, opened: edition, screen: screen)
  }

  /// What is new since the last look; nil: nothing.
  mutating func look() -> Change? {
    guard let opening = Edition.openForScreen(folder, unless: seen) else { return nil }
    let found = opening.digest == nil ? opening.diagnostics : []
    guard opening.digest != nil || found != unreadable else { return nil }
    seen = opening.digest
    unreadable = found
    var ready: ReadyEdition?
    if let edition = opening.edition, let screen = edition.compiled.screen {
      revision += 1
      ready = ReadyEdition(revision: revision, opened: edition, screen: screen)
    }
    return Change(edition: ready, diagnostics: opening.diagnostics, texts: opening.texts)
  }
}
