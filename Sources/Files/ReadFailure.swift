package import Diagnostics

/// Why a file can be read no further.
package struct ReadFailure: Error {
  package let diagnostic: Diagnostic

  package init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }
}
