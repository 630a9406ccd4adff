import Diagnostics

/// The plain words of a sentence, with the place of each character.
///
/// Holes, generated words and tagged words are U+FFFC.  Searched by hand, for speed: a Regex took
/// half of a whole run.
struct TypedText {
  private(set) var scalars: [Unicode.Scalar] = []
  /// What stands for a U+FFFC, by its index.
  private(set) var marks: [(index: Int, mark: Mark)] = []
  private var places: [(start: Int, location: SourceLocation)] = []

  enum Mark {
    case reference(Reference)
    /// Words that are no text of the sentence's own, and whether they cite another law.
    case words([Inline], isCite: Bool)
    case hole(Hole)
  }

  init(_ content: [Inline]) { take(content) }

  init(_ words: String, at location: SourceLocation = SourceLocation(file: "")) {
    self.init([.text(words, location)])
  }

  private mutating func take(_ content: [Inline]) {
    for inline in content {
      switch inline {
      case .text(let text, let location):
        places.append((scalars.count, location))
        scalars += text.unicodeScalars
      case .hole(let hole): add(.hole(hole))
      case .reference(let reference): add(.reference(reference))
      case .cite(let words): add(.words(words, isCite: true))
      case .term(let words, _): add(.words(words, isCite: false))
      case .lineBreak: break
      case .paper, .requirement, .emphasis, .conditional: take(inline.content ?? [])
      }
    }
  }

  private mutating func add(_ mark: Mark) {
    marks.append((scalars.count, mark))
    scalars.append("\u{FFFC}")
  }

  func location(at index: Int) -> SourceLocation {
    guard let place = places.last(where: { $0.start <= index }) else {
      return SourceLocation(file: "")
    }
    var location = place.location
    location.column += index - place.start
    return location
  }

  func starts(with word: String, at index: Int) -> Bool {
    index < scalars.count && scalars[index...].starts(with: word.unicodeScalars)
  }

  /// Spaces with a wide character beside them, as copies from a PDF have: 昭和 60 年.
  var spaces: [SourceLocation] {
    scalars.indices.dropFirst().dropLast().compactMap { index in
      guard scalars[index] == " " else { return nil }
      let neighbours = [scalars[index - 1], scalars[index + 1]]
      // A hole or a tag says nothing of what stands there.
      guard !neighbours.contains("\u{FFFC}"), neighbours.contains(where: \.isEastAsianWide) else {
        return nil
      }
      return location(at: index)
    }
  }

  // MARK: Terms

  /// 以下「…」という with nothing tagged in it.
  var untaggedTerms: [(term: String, location: SourceLocation)] {
    scalars.indices.compactMap { index in
      guard scalars[index] == "以", starts(with: "以下「", at: index),
        let close = scalars[index...].firstIndex(of: "」"), starts(with: "」という", at: close)
      else { return nil }
      let term = scalars[(index + 3)..<close]
      guard !term.contains("\u{FFFC}") else { return nil }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: term)
      return (String(text), location(at: index))
    }
  }
}
