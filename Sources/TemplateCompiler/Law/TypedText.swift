import Diagnostics

/// The plain words of a sentence, with the place of each character.
///
/// Holes, generated words and tagged words are U+FFFC.  Searched by hand, for speed: a Regex took
/// half of a whole run.
struct TypedText {
  private var scalars: [Unicode.Scalar] = []
  private var places: [(start: Int, location: SourceLocation)] = []

  init(_ content: [Inline]) { take(content) }

  init(_ words: String) { self.init([.text(words, SourceLocation(file: ""))]) }

  private mutating func take(_ content: [Inline]) {
    for inline in content {
      switch inline {
      case .text(let text, let location):
        places.append((scalars.count, location))
        scalars += text.unicodeScalars
      case .hole, .reference, .cite, .term: scalars.append("\u{FFFC}")
      case .lineBreak: break
      case .paper, .requirement, .emphasis, .conditional: take(inline.content ?? [])
      }
    }
  }

  private func location(at index: Int) -> SourceLocation {
    guard let place = places.last(where: { $0.start <= index }) else {
      return SourceLocation(file: "")
    }
    var location = place.location
    location.column += index - place.start
    return location
  }

  private func starts(with word: String, at index: Int) -> Bool {
    scalars[index...].starts(with: word.unicodeScalars)
  }

  // MARK: References

  private static let words = [
    "前項", "前条", "前各項", "前各号", "前号", "次項", "次条", "次号", "同条", "同項", "同号", "本項", "本条", "ただし書",
    "前段", "後段",
  ]

  /// Reference words that were typed: 前項, 第６条, and この場合 at the head of a paragraph, which takes up the one before.
  func references(opensParagraph: Bool) -> [(word: String, location: SourceLocation)] {
    var found: [(word: String, location: SourceLocation)] = []
    /// Where the last one ends: 第２条第１項ただし書 is one reference.
    var end = -1
    func add(_ word: some Collection<Unicode.Scalar>, at index: Int) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: word)
      if index == end {
        found[found.count - 1].word += String(text)
      } else {
        found.append((String(text), location(at: index)))
      }
      end = index + word.count
    }
    if opensParagraph, starts(with: "この場合", at: 0) { add("この場合".unicodeScalars, at: 0) }
    for index in scalars.indices {
      switch scalars[index] {
      case "前", "次", "同", "本", "た", "後":
        // 基本項目, 事前項目: part of a longer word.
        if index > 0, index != end, scalars[index - 1].properties.isIdeographic { continue }
        if let word = Self.words.first(where: { starts(with: $0, at: index) }) {
          add(word.unicodeScalars, at: index)
        }
      case "第":
        if let end = endOfNumber(from: index) { add(scalars[index..<end], at: index) }
      case _: continue
      }
    }
    return found
  }

  /// The end of 第６条, 第２項, 第３号 or 第８条の２; nil for 第三者 and the like.
  private func endOfNumber(from start: Int) -> Int? {
    func digits(from index: Int) -> Int {
      index + scalars[index...].prefix { $0.isNumeral }.count
    }
    let unit = digits(from: start + 1)
    guard unit > start + 1, unit < scalars.count, ["条", "項", "号"].contains(scalars[unit]) else {
      return nil
    }
    guard unit + 1 < scalars.count, scalars[unit + 1] == "の" else { return unit + 1 }
    let branch = digits(from: unit + 2)
    return branch > unit + 2 ? branch : unit + 1
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

extension Unicode.Scalar {
  fileprivate var isNumeral: Bool {
    switch self {
    case "0"..."9", "０"..."９", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百": true
    case _: false
    }
  }
}
