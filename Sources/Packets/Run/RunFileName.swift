/// The names of a run's own files.
///
/// Each has a dot, which no folder made of an id has.
package enum RunFileName {
  package static let manifest = "run.json"
  package static let verifyPage = "verify.html"
  /// Whatever table the rejects were written as.
  static let rejectsPrefix = "rejects."
  /// The lock, the journal, and packets that are not yet published.
  static let workFolder = ".tokki"

  /// Whether nobody needs to vouch for what has this name.
  static func isUnsealed(_ name: String) -> Bool {
    name == workFolder || name.hasPrefix(rejectsPrefix)
      || PrintOrder.allCases.map(\.fileName).contains(name)
  }
}
