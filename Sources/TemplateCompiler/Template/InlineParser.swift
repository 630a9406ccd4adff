import Diagnostics
import Markup

/// Reads mixed content: text with holes, and the inline elements that a place allows.
struct InlineParser {
  /// Which inline elements a place takes.
  struct Vocabulary {
    let elements: [String]
    var isForm = false

    static let annex = Vocabulary(elements: [
      "ref", "paper", "requires", "term", "cite", "if", "choose",
    ])
    static let form = Vocabulary(
      elements: ["ref", "em", "br", "if", "choose", "use"],
      isForm: true
    )
    static let plain = Vocabulary(elements: [])
  }

  private let reader: ElementReader
  private let vocabulary: Vocabulary
  private var runs: [TextRun]
  private var nextRun = 0

  /// The inlines of `nodes`, which belong to `parent`.
  static func parse(
    _ nodes: [Element.Node],
    of parent: Element,
    _ vocabulary: Vocabulary,
    _ reader: ElementReader
  ) -> [Inline] {
    var parser = InlineParser(
      reader: reader,
      vocabulary: vocabulary,
      runs: TextRun.runs(of: nodes, reader)
    )
    return parser.inlines(nodes, of: parent)
  }

  static func parse(_ element: Element, _ vocabulary: Vocabulary, _ reader: ElementReader)
    -> [Inline]
  {
    parse(element.children, of: element, vocabulary, reader)
  }

  /// As above; no words at all are reported.
  static func words(_ element: Element, _ vocabulary: Vocabulary, _ reader: ElementReader)
    -> [Inline]
  {
    let content = parse(element, vocabulary, reader)
    reader.needsWords(content, element)
    return content
  }

  /// Words that are the same for all packets: their holes are the edition's slots.
  static func words(
    of element: Element,
    _ reader: ElementReader,
    areNeeded: Bool = false
  ) -> String {
    let content = parse(element, .plain, reader)
    if areNeeded { reader.needsWords(content, element) }
    return reader.filled(content)
  }

  private mutating func inlines(_ nodes: [Element.Node], of parent: Element) -> [Inline] {
    nodes.flatMap { node -> [Inline] in
      switch node {
      case .text:
        defer { nextRun += 1 }
        return runs[nextRun].pieces.compactMap { piece in
          switch piece {
          case .text(let text, let location): text.isEmpty ? nil : .text(text, location)
          case .hole(let hole): .hole(hole)
          }
        }
      case .element(let element):
        if isOffered(element) {
          if element.name == "choose" { return choice(element) }
          if element.name == "use" { return use(element) }
        }
        let inline = self.inline(element, of: parent)
        return inline.map { [$0] } ?? []
      }
    }
  }

  private mutating func use(_ element: Element) -> [Inline] {
    nextRun += TextRun.count(in: element.children)
    return reader.expanding(element, as: [.text]) {
      Self.parse($0.content, of: $0.element, vocabulary, reader)
    }
  }

  private func isOffered(_ element: Element) -> Bool {
    element.namespace == templateNamespace && vocabulary.elements.contains(element.name)
  }

  /// The branches of a `choose`, one behind the other, each under its condition.
  private mutating func choice(_ element: Element) -> [Inline] {
    var branches = reader.branches(of: element)[...]
    return element.children.compactMap { node in
      switch node {
      case .text:
        nextRun += 1
      case .element(let child):
        guard let branch = branches.first, branch.element.location == child.location else {
          nextRun += TextRun.count(in: child.children)
          break
        }
        branches.removeFirst()
        return .conditional(branch.condition, inlines(child.children, of: child))
      }
      return nil
    }
  }

  private mutating func inline(_ element: Element, of parent: Element) -> Inline? {
    guard isOffered(element) else {
      reader.report(
        element.namespace == templateNamespace
          ? .unknownElement(element, in: parent, offered: vocabulary.elements)
          : .foreignNamespace(element)
      )
      nextRun += TextRun.count(in: element.children)
      return nil
    }
    if element.name == "br" {
      reader.allow([], on: element)
      reader.noContent(element)
      nextRun += TextRun.count(in: element.children)
      return .lineBreak
    }
    let content = inlines(element.children, of: element)
    switch element.name {
    case "ref":
      return .reference(reference(element, content))
    case "paper":
      reader.allow(["name"], on: element)
      return .paper(reader.required("name", of: element), content)
    case "requires":
      reader.allow(["form", "field", "case"], on: element)
      return .requirement(
        Requirement(
          form: reader.required("form", of: element),
          field: reader.required("field", of: element),
          condition: reader.condition("case", of: element),
          content: content,
          location: element.location
        )
      )
    case "term":
      reader.allow([], on: element)
      return .term(content, element.location)
    case "cite":
      reader.allow([], on: element)
      return .cite(content)
    case "em":
      reader.allow([], on: element)
      return .emphasis(content)
    case "if":
      reader.allow(["test"], on: element)
      _ = reader.required("test", of: element)
      return reader.condition("test", of: element).map { .conditional($0, content) }
    case _:
      return nil
    }
  }

  private func reference(_ element: Element, _ content: [Inline]) -> Reference {
    reader.allow(["to", "through", "part", "join", "words"], on: element)
    let to = reader.required("to", of: element)
    let part: SentencePart? = reader.choice("part", of: element, default: nil)
    var targets = to.text.split(separator: " ").map { Reference.Target($0, at: to.location) }
    if targets.isEmpty { targets = [Reference.Target(to.text[...], at: to.location)] }
    if targets.count == 1, let part { targets = [.init(name: targets[0].name, part: part)] }
    if element.attribute("through") != nil {
      let last = reader.required("through", of: element)
      if targets.count > 1 { reader.report(.rangeOfSeveral(at: to.location)) }
      targets[0].last = last
    }
    let isOwn = !element.children.isEmpty
    var style = isOwn ? Reference.Style.own : .relative
    var scope = Reference.Scope.full
    if vocabulary.isForm {
      scope = reader.choice("words", of: element, default: .full) ?? .full
    } else {
      style = reader.choice("words", of: element, default: style) ?? style
    }
    return Reference(
      targets: targets,
      hasPart: part != nil,
      joint: reader.choice("join", of: element, default: nil),
      words: isOwn ? content : nil,
      style: style,
      scope: scope,
      location: to.location
    )
  }
}

/// One text node, cut at its holes and behind its line breaks, which are settled.
struct TextRun {
  enum Piece {
    case text(String, SourceLocation)
    case hole(Hole)
  }

  fileprivate(set) var pieces: [Piece]

  /// The runs of all text nodes in reading order.
  ///
  /// A line break with its indentation vanishes if the nearest character on either side, looking through inline tags, is East
  /// Asian wide or is a hole, or if there is none; else it is one space. The borders of a `choose` and its branches are as holes, and
  /// so is a `use`.
  static func runs(of nodes: [Element.Node], _ reader: ElementReader) -> [TextRun] {
    var joiner = LineJoiner()
    var runs: [TextRun] = []
    func walk(_ nodes: [Element.Node], ofChoice: Bool = false) {
      for node in nodes {
        switch node {
        case .text where ofChoice: runs.append(TextRun(pieces: []))
        case .text(let text):
          runs.append(HoleScanner(text, reader: reader).run())
          for (index, piece) in runs[runs.count - 1].pieces.enumerated() {
            joiner.take(piece, at: (runs.count - 1, index))
          }
        case .element(let element) where element.name == "use":
          joiner.takeOpaque()
          runs += Array(repeating: TextRun(pieces: []), count: count(in: element.children))
        case .element(let element):
          let isChoice = element.name == "choose"
          if element.children.isEmpty || isChoice || ofChoice { joiner.takeOpaque() }
          walk(element.children, ofChoice: isChoice)
          if isChoice { joiner.takeOpaque() }
        }
      }
    }
    walk(nodes)
    for (place, text, indentation) in joiner.finish() {
      guard case .text(_, var location) = runs[place.run].pieces[place.piece] else { continue }
      location.column += indentation
      runs[place.run].pieces[place.piece] = .text(text, location)
    }
    return runs
  }

  static func count(in nodes: [Element.Node]) -> Int {
    nodes.reduce(0) { sum, node in
      switch node {
      case .text: sum + 1
      case .element(let element): sum + count(in: element.children)
      }
    }
  }
}

/// Decides what becomes of line breaks, over piece borders.
private struct LineJoiner {
  typealias Place = (run: Int, piece: Int)

  private var texts: [(place: Place, text: String, indentation: Int)] = []
  /// A line break that waits for the character behind it: the text that it stands at the end of.
  private var pending: Int?
  /// True at the start, behind a hole and behind a wide character.
  private var joinsBefore = true

  mutating func take(_ piece: TextRun.Piece, at place: (Int, Int)) {
    switch piece {
    case .hole:
      takeOpaque()
    case .text(let text, _):
      texts.append((place, "", 0))
      var rest = text.utf8[...]
      while let first = rest.first {
        let isSpace = first.isTemplateSpace
        let end = rest.firstIndex { $0.isTemplateSpace != isSpace } ?? rest.endIndex
        let part = Substring(rest[..<end])
        rest = rest[end...]
        if !isSpace {
          settle(joinsAfter: part.unicodeScalars.first?.isEastAsianWide == true)
          append(part)
          joinsBefore = part.unicodeScalars.last?.isEastAsianWide == true
        } else if part.utf8.contains(0x0A) {
          if pending == nil { pending = texts.count - 1 }
        } else if pending == nil {
          append(part)
        } else if texts[texts.count - 1].text.isEmpty {
          texts[texts.count - 1].indentation += part.utf8.count
        }
      }
    }
  }

  private mutating func append(_ part: Substring) {
    // A piece is a single part most of the time.
    if texts[texts.count - 1].text.isEmpty {
      texts[texts.count - 1].text = String(part)
    } else {
      texts[texts.count - 1].text += part
    }
  }

  mutating func takeOpaque() {
    settle(joinsAfter: true)
    joinsBefore = true
  }

  private mutating func settle(joinsAfter: Bool) {
    if let pending, !joinsBefore, !joinsAfter { texts[pending].text += " " }
    pending = nil
  }

  func finish() -> [(place: Place, text: String, indentation: Int)] { texts }
}

extension Unicode.Scalar {
  /// East Asian Width W or F (UAX #11), as far as Japanese text uses it.
  var isEastAsianWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x20000...0x3FFFD, 0xE0100...0xE01EF:
      true
    // Ambiguous ones that Japanese type sets wide.
    case 0x2010...0x2027, 0x2030...0x203B, 0x2190...0x21FF, 0x2460...0x24FF, 0x25A0...0x266F:
      true
    case _: false
    }
  }
}
