/// The names of a run's own files.
///
/// Each has a dot, which no folder made of an id has.
package enum RunFileName {
  package static let manifest = "run.json"
  package static let verifyPage = "verify.html"
}
