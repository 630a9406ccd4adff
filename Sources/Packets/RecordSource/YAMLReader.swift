package import Diagnostics
import TemplateRuntime

/// Reads YAML as text in lists and under names, and nothing else of YAML.
///
/// Whatever a plain scalar looks like, it stays the text that was typed: 0040012, no, 2022-04-01; only null, ~ and nothing at all
/// stand for an absent value. Anchors, aliases, merge keys, tags and further documents have no use in a contract's data
/// and are refused, since what they mean is not what the page shows.
package struct YAMLReader: ~Copyable {
  private var events: YAMLEvents
  private var cursor: SourceCursor
  private let limits: DataLimits
  private var documents = 0
  private var place = ListPlace.before
  private var findings: Findings
  /// Set when nothing after this place can be read.
  private var hasStopped = false
  /// Set when something that was written is not in the tree.
  private var isIncomplete = false

  /// `text` is well-formed UTF-8 without a byte order mark.
  package static func read(_ text: SourceText, limits: DataLimits = DataLimits()) -> ReadData {
    do throws(Unreadable) {
      var reader = try YAMLReader(text, limits)
      return reader.document()
    } catch {
      return ReadData(root: nil, diagnostics: error.diagnostics)
    }
  }

  /// Why no event of a text can be read.
  struct Unreadable: Error {
    let diagnostics: [Diagnostic]
  }

  init(_ text: SourceText, _ limits: DataLimits) throws(Unreadable) {
    let unreadable = Self.unreadableCharacters(in: text)
    guard unreadable.isEmpty else { throw Unreadable(diagnostics: unreadable) }
    guard let events = YAMLEvents(text.bytes, limits: limits) else {
      throw Unreadable(diagnostics: [.dataTooLarge(at: SourceLocation(file: text.file))])
    }
    self.events = events
    findings = Findings(most: limits.mistakes)
    cursor = SourceCursor(text)
    self.limits = limits
  }

  /// Raw control characters, which libyaml does not read, and the line ends of YAML 1.1 that no
  /// editor shows as such: NEL, U+2028, U+2029.
  ///
  /// In quotes they can be written with escapes; then the value's field tells of them.
  private static func unreadableCharacters(in text: SourceText) -> [Diagnostic] {
    var cursor = SourceCursor(text)
    var diagnostics: [Diagnostic] = []
    var offset = 0
    var bytes = text.bytes.makeIterator()
    var decoder = UTF8()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      if scalar.isForbidden || scalar == "\u{FEFF}", diagnostics.count < 100 {
        diagnostics.append(
          .unwritableCharacter(scalar.codePoint, at: cursor.location(at: offset))
        )
      }
      offset += UTF8.width(scalar)
    }
    return diagnostics
  }

  // MARK: The tree

  private mutating func document() -> ReadData {
    var root: RawNode?
    while let event = nextRoot() { root = node(event) }
    let empty = RawNode(.absent, at: cursor.location(at: 0))
    return ReadData(root: isIncomplete ? nil : root ?? empty, diagnostics: diagnostics)
  }

  /// The event that the tree of a document begins with; nil at the end.
  private mutating func nextRoot() -> YAMLEvents.Event? {
    while !hasStopped {
      let event = next()
      switch event.kind {
      case .documentStart:
        documents += 1
        if documents == 2 {
          findings.append(.severalDocuments(at: cursor.location(at: event.offset)))
          hasStopped = true
        }
      case .documentEnd: break
      case .mappingStart, .sequenceStart, .scalar, .alias: return event
      case .mappingEnd, .sequenceEnd, .streamEnd, .syntaxError, .tooDeep, .tooManyEvents,
        .outOfMemory:
        hasStopped = true
      }
    }
    return nil
  }

  /// What was wrong so far.
  var diagnostics: [Diagnostic] { findings.all }

  /// The next item of a list; nil at its end, or where it cannot be read further.
  mutating func nextItem() -> RawNode? {
    if place == .before { beginList() }
    guard place == .inside else { return nil }
    let event = next()
    guard case .sequenceEnd = event.kind else {
      let item = node(event)
      if !hasStopped { return item }
      place = .ended
      return nil
    }
    endList()
    return nil
  }

  private mutating func beginList() {
    place = .inside
    let root = nextRoot()
    if case .sequenceStart? = root?.kind { return }
    if let root { _ = node(root) }
    let start = cursor.location(at: root?.offset ?? 0)
    endList()
    if findings.isEmpty { findings.append(.notAList(at: start)) }
  }

  /// What comes behind the list is read for its mistakes.
  private mutating func endList() {
    place = .ended
    while let root = nextRoot() { _ = node(root) }
  }

  /// The next event; one that ends the events before their time is reported here, and only here.
  private mutating func next() -> YAMLEvents.Event {
    let event = events.next()
    let location = cursor.location(at: event.offset)
    if event.hasAnchor { findings.append(.anchor(at: location)) }
    if event.hasTag { findings.append(.tag(at: location)) }
    switch event.kind {
    case .syntaxError(let problem):
      let isTab = cursor.byte(at: event.offset) == 0x09
      findings.append(isTab ? .tab(at: location) : .syntax(problem, at: location))
    case .tooDeep: findings.append(.dataTooDeep(at: location, limit: limits.depth))
    case .tooManyEvents, .outOfMemory: findings.append(.dataTooLarge(at: location))
    case .documentStart, .documentEnd, .mappingStart, .mappingEnd, .sequenceStart, .sequenceEnd,
      .scalar, .alias, .streamEnd:
      return event
    }
    hasStopped = true
    isIncomplete = true
    return event
  }

  private mutating func node(_ event: YAMLEvents.Event) -> RawNode {
    let location = cursor.location(at: event.offset)
    switch event.kind {
    case .scalar(let bytes, let style):
      if style == .plain, let first = commentedText(behind: event.end) {
        findings.append(.cutValue(at: location, isNumber: first.isDigit))
      }
      return style == .plain && Self.standsForNothing(bytes)
        ? RawNode(.absent, at: location)
        : RawNode(.scalar(RawScalar(bytes: bytes, isQuoted: style != .plain)), at: location)
    case .mappingStart:
      return RawNode(.mapping(mapping()), at: location)
    case .sequenceStart:
      return RawNode(.sequence(sequence()), at: location)
    case .alias:
      findings.append(.alias(at: location))
      isIncomplete = true
      return RawNode(.absent, at: location)
    case .documentStart, .documentEnd, .mappingEnd, .sequenceEnd, .streamEnd, .syntaxError,
      .tooDeep,
      .tooManyEvents, .outOfMemory:
      hasStopped = true
      return RawNode(.absent, at: location)
    }
  }

  /// The first byte of what stands behind a # without a space, after an offset: 1 in 委託 #1号, which YAML takes for a comment.
  private func commentedText(behind offset: Int) -> UInt8? {
    var offset = offset
    while let byte = cursor.byte(at: offset), byte == 0x20 || byte == 0x09 { offset += 1 }
    guard cursor.byte(at: offset) == UInt8(ascii: "#"), let first = cursor.byte(at: offset + 1)
    else { return nil }
    switch first {
    case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "#"): return nil
    // A full-width digit is U+FF10 to U+FF19.
    case 0xEF where cursor.byte(at: offset + 2) == 0xBC:
      return cursor.byte(at: offset + 3).map { $0 &- 0x60 }
    case _: return first
    }
  }

  private mutating func sequence() -> [RawNode] {
    var items: [RawNode] = []
    while true {
      let event = next()
      if case .sequenceEnd = event.kind { return items }
      let item = node(event)
      if hasStopped { return items }
      items.append(item)
    }
  }

  private mutating func mapping() -> [RawNode.Entry] {
    var entries = EntryList()
    while true {
      let keyEvent = next()
      if case .mappingEnd = keyEvent.kind { return entries.entries }
      let key = node(keyEvent)
      if hasStopped { return entries.entries }
      let value = node(next())
      if hasStopped { return entries.entries }
      guard case .scalar(let scalar) = key.content else {
        findings.append(.notAName(at: key.location))
        continue
      }
      let name = String(decoding: scalar.bytes, as: UTF8.self)
      if name == "<<", !scalar.isQuoted {
        findings.append(.merge(at: key.location))
        isIncomplete = true
        continue
      }
      let entry = RawNode.Entry(key: name, keyLocation: key.location, value: value)
      if let diagnostic = entries.add(entry) { findings.append(diagnostic) }
    }
  }

  /// Whether plain text is no value.
  static func standsForNothing(_ bytes: [UInt8]) -> Bool {
    bytes.isEmpty || bytes.elementsEqual("~".utf8) || bytes.elementsEqual("null".utf8)
  }
}

extension Diagnostic {
  fileprivate static func anchor(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .dataAlias,
      at: location,
      ja: "「&」で始まる目印（アンカー）は使えません。",
      en: "An anchor (&) cannot be used here.",
      hint: Message(ja: "「&」で始まる値は ' ' で囲んでください", en: "put a value that begins with & in quotes")
    )
  }

  fileprivate static func alias(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .dataAlias,
      at: location,
      ja: "「*」による引用（エイリアス）は使えません。",
      en: "An alias (*) cannot be used here.",
      hint: Message(
        ja: "値をそのまま書くか、「*」で始まる値なら ' ' で囲んでください",
        en: "write the value itself, or put a value that begins with * in quotes"
      )
    )
  }

  fileprivate static func merge(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .dataAlias,
      at: location,
      ja: "「<<」による取り込みは使えません。",
      en: "A merge key (<<) cannot be used here.",
      hint: Message(ja: "項目をそのまま書いてください", en: "write the fields themselves")
    )
  }

  fileprivate static func tag(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .dataTag,
      at: location,
      ja: "「!」で始まる型の指定（タグ）は使えません。",
      en: "A tag (!) cannot be used here.",
      hint: Message(ja: "「!」で始まる値は ' ' で囲んでください", en: "put a value that begins with ! in quotes")
    )
  }

  /// A number behind the # is hardly a comment.
  fileprivate static func cutValue(at location: SourceLocation, isNumber: Bool) -> Diagnostic {
    Diagnostic(
      .dataSyntax,
      isNumber ? .error : .warning,
      at: location,
      ja: "この値の後の「#」から行の終わりまでは、注釈とみなされ、値に含まれません。",
      en: "What follows the # behind this value is a comment and no part of it.",
      hint: Message(
        ja: "値の一部なら値全体を ' ' で囲み、注釈なら「#」の後に空白を入れてください",
        en: "put the value in quotes if it is a part of it, or a space behind the # if it is not"
      )
    )
  }

  fileprivate static func severalDocuments(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .severalDocuments,
      at: location,
      ja: "一つのファイルに「---」で区切られたデータが二つ以上あります。",
      en: "The file holds more than one document.",
      hint: Message(ja: "一つの契約を一つのファイルに書いてください", en: "write one contract to a file")
    )
  }

  fileprivate static func notAName(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .dataSyntax,
      at: location,
      ja: "「:」の前に項目名がありません。",
      en: "There is no field name before the colon.",
      hint: Message(
        ja: "{ } を含む値は ' ' で囲んでください",
        en: "put a value that holds braces in quotes"
      )
    )
  }

  fileprivate static func tab(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .dataSyntax,
      at: location,
      ja: "字下げにタブは使えません。",
      en: "A tab cannot be used for indentation.",
      hint: Message(ja: "半角の空白に置き換えてください", en: "indent with spaces")
    )
  }

  /// libyaml's own sentences for the slips that clerks make, in their terms.
  fileprivate static func syntax(_ problem: String, at location: SourceLocation) -> Diagnostic {
    let (ja, hint): (String, Message?) =
      switch problem {
      case "mapping values are not allowed in this context":
        (
          "ここに「:」は書けません。",
          Message(
            ja: "字下げをそろえ、前の行の「：」を半角に直し、「: 」を含む値は ' ' で囲んでください",
            en:
              "check the indentation and the colon before, and put a value that holds ': ' in quotes"
          )
        )
      case "could not find expected ':'":
        (
          "項目名の後に「: 」がありません。",
          Message(ja: "「:」は半角で書き、その後に空白を入れてください", en: "write an ASCII colon and a space")
        )
      case "did not find expected key", "did not find expected '-' indicator",
        "did not find expected <document start>":
        ("字下げが前の行とそろっていません。", Message(ja: "行頭の空白の数をそろえてください", en: "align the indentation"))
      case "found character that cannot start any token":
        (
          "この文字で値を始めることはできません。",
          Message(
            ja: "@、`、% で始まる値は ' ' で囲んでください",
            en: "put a value that begins with @, ` or % in quotes"
          )
        )
      case "found unexpected end of stream":
        ("引用符が閉じられていません。", Message(ja: "' や \" の閉じ忘れを探してください", en: "look for a quote left open"))
      case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
        ("かっこが閉じられていないか、「,」がありません。", nil)
      default:
        ("YAMLとして読めません。", nil)
      }
    return Diagnostic(
      .dataSyntax,
      at: location,
      ja: ja,
      en: "This cannot be read as YAML: \(problem).",
      hint: hint
    )
  }
}
