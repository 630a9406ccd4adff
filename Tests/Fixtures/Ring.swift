import Foundation

/// Which trials run: with TOKKI_THOROUGH=1 (`make test-long`) all of them at full size, else what finds most in the time.
package enum Ring {
  package static let isThorough =
    ProcessInfo.processInfo.environment["TOKKI_THOROUGH"].map { $0 != "0" } ?? false
}
