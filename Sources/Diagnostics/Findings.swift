/// What is wrong with one input, as it is found: all up to the thousandth error, and how many errors follow it.
///
/// A file that is full of mistakes is reported in a moment, and takes no more memory than a good one.
package struct Findings: Sendable {
  private var kept: [Diagnostic] = []
  private var errors = 0
  private var omitted = 0

  /// Errors that are reported one by one.
  private let most: Int

  package static let most = 1000

  package init(most: Int = most) { self.most = most }

  package var isEmpty: Bool { kept.isEmpty }

  /// Whether errors are only counted from now on; then what is costly to put in words need not be.
  package var isFull: Bool { errors >= most }

  package mutating func append(_ diagnostic: Diagnostic) {
    if isFull {
      omitted += 1
    } else {
      if diagnostic.severity == .error { errors += 1 }
      kept.append(diagnostic)
    }
  }

  /// Counts an error that was not put in words.
  package mutating func omit() { omitted += 1 }

  /// With the count at the end, if there is one.
  package var all: [Diagnostic] {
    guard omitted > 0, let last = kept.last else { return kept }
    return kept + [.furtherMistakes(omitted, behind: most, at: last.location)]
  }
}

extension Diagnostic {
  fileprivate static func furtherMistakes(
    _ count: Int,
    behind most: Int,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .furtherMistakes,
      at: location,
      ja: "誤りが多いため、ここまでの\(most)件を示します。ほかに\(count)件あります。",
      en: "There are more mistakes than are reported: behind the first \(most), another \(count).",
      hint: Message(
        ja: "まず、示したものを修正し、もう一度確認してください",
        en: "correct these first, and try again"
      )
    )
  }
}
