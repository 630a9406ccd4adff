import Packets

/// The names of a batch's own files.
///
/// Each has a dot, which no folder made of an id has.
package enum BatchFileName {
  package static let manifest = "run.json"
  package static let verifyPage = "verify.html"
  /// Whatever table the rejects were written as.
  static let rejectsPrefix = "rejects."

  /// Whether what has this name is part of no seal.
  static func isUnsealed(_ name: String) -> Bool {
    name == OutputFolder.workFolder || name.hasPrefix(rejectsPrefix)
      || PrintOrder.allCases.map(\.fileName).contains(name)
  }
}
