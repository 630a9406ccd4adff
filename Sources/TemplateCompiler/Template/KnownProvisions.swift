import Diagnostics

/// The provisions of an edition's annex, and those that it might have.
struct KnownProvisions: Sendable {
  /// Ids of the annex, without what is deleted or ruled out by a slot.
  let present: Set<String>
  /// Ids that annexes have, by the catalogue; and what stands in this one under a condition.
  let others: Set<String>
  /// The files of the editions below.
  let inheritedFiles: Set<String>

  /// Whether a condition may ask for the provision: what the catalogue does not know, a city's own files may not ask for.
  func isKnown(_ provision: Name) -> Bool {
    present.contains(provision.text) || others.contains(provision.text)
      || inheritedFiles.contains(provision.location.file)
  }

  var offered: [String] { present.union(others).sorted() }
}
