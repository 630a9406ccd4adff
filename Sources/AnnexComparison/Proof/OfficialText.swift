import AnnexImport
import Diagnostics
package import Files

/// The official text as it was published.
package enum OfficialText {
  /// Reads a text, passing over lines that are no words of it.
  package static func read(_ path: String, ignoring patterns: [LinePattern] = [])
    throws(ReadFailure)
    -> ComparedText
  {
    var text = try ImportedText.read(path)
    let isIgnored = { (line: ImportedText.Line) in patterns.contains { $0.matches(line) } }
    let ignored = text.lines.filter(isIgnored)
    text.lines.removeAll(where: isIgnored)
    return ComparedText(AnnexReader.read(text), ignored: ignored)
  }
}

/// Which lines of a text are none of its words: by their numbers, or by a pattern for all of the line.
package struct LinePattern: Sendable {
  private let kind: Kind

  private enum Kind: Sendable {
    case numbers(ClosedRange<Int>)
    case words(String)
  }

  /// `12`, `12-15`, or a regular expression; nil if it is none of these.
  package init?(_ text: String) {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    if let first = ends.first.flatMap({ Int($0) }), let last = ends.last.flatMap({ Int($0) }) {
      guard first > 0, first <= last else { return nil }
      kind = .numbers(first...last)
    } else {
      guard !text.isEmpty, (try? Regex(text)) != nil else { return nil }
      kind = .words(text)
    }
  }

  func matches(_ line: ImportedText.Line) -> Bool {
    switch kind {
    case .numbers(let range): range.contains(line.number)
    case .words(let pattern):
      // A regular expression is no value that can be sent.
      (try? Regex(pattern).wholeMatch(in: line.text.trimmed.string)) ?? nil != nil
    }
  }
}
