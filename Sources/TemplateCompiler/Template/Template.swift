import Diagnostics
import Records

/// An edition as its authors wrote it, read into types but not yet checked against itself.
struct Template: Sendable {
  var edition: EditionDeclaration
  var dictionary: FieldDictionary
  /// How fields of the dictionary are computed.
  var calculations: [Calculation]
  /// The slots that fields are computed from.
  var computedSlots: [(slot: Name, field: Field.ID)] = []
  /// That of annex.xml first.
  var annexes: [Annex]
  var forms: [Form]
  /// What annexes usually provide; empty: nothing is known.
  var catalogue = Catalogue()
  /// The files of the editions below.
  var inheritedFiles: Set<String> = []
  /// Ids of provisions that the edition says it does without.
  var omittedProvisions: Set<String> = []
  /// The papers that fell away, each with the provision that the annex lacks.
  var fallenPapers: [String: String] = [:]
  /// The uses of fragments in them.
  let expansions: [Expansion]

  func form(_ id: String) -> Form? { forms.first { $0.id == id } }

  /// The annex of an id; that of annex.xml goes by its file's name, too.
  func annex(_ id: String) -> Annex? {
    annexes.first { $0.id == id } ?? (id == "annex" ? annexes.first : nil)
  }

  /// The id that a document has in papers and their files' names.
  func id(of document: PacketDocument) -> String {
    switch document.content {
    case .annex(let id): annex(id)?.id ?? id
    case .form(let id): id
    }
  }
}

/// An id, path or name that an author wrote, with its place.
struct Name: Hashable, Sendable {
  let text: String
  let location: SourceLocation
}

/// `if` and `for` as an element carries them.
///
/// A condition is asked before the loop begins.
struct Flow: Sendable {
  var condition: Expression?
  var loop: LoopDeclaration?

  static let none = Flow()
}

/// `for="worker in vendor.workers" min="10"`.
struct LoopDeclaration: Sendable {
  let variable: String
  let list: Name
  /// Rows that are printed at least, blank where the list is shorter.
  let minimum: Int
}
