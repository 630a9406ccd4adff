package import Diagnostics
import Records

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
  /// Of the last event.
  private var end = 0
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
  /// In quotes they can be written with escapes; then they are reported with the value's field.
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
          findings.append(
            YAMLFault.severalDocuments.diagnostic(at: cursor.location(at: event.offset))
          )
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

  /// What was wrong so far; of a text that cannot be read, not how its values were read.
  var diagnostics: [Diagnostic] {
    isIncomplete ? findings.all.filter { $0.severity == .error } : findings.all
  }

  /// The next item of a list; nil at its end, or where it cannot be read further.
  mutating func nextItem() -> RawNode? {
    if place == .before { beginList() }
    guard place == .inside else { return nil }
    let event = next()
    guard case .sequenceEnd = event.kind else {
      let item = value(event)
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
    end = event.end
    let location = cursor.location(at: event.offset)
    if event.hasAnchor { findings.append(YAMLFault.anchor.diagnostic(at: location)) }
    if event.hasTag { findings.append(YAMLFault.tag.diagnostic(at: location)) }
    switch event.kind {
    case .syntaxError(let problem):
      let isTab = cursor.byte(at: event.offset) == 0x09
      let fault: YAMLFault = isTab ? .tab : .syntax(problem)
      findings.append(fault.diagnostic(at: location))
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
    var content = RawNode.Content.absent
    switch event.kind {
    case .scalar(let bytes, let style):
      if style != .plain || !Self.standsForNothing(bytes) {
        content = .scalar(RawScalar(bytes: bytes, style: style))
      }
    case .mappingStart: content = .mapping(mapping())
    case .sequenceStart: content = .sequence(sequence())
    case .alias:
      findings.append(YAMLFault.alias.diagnostic(at: location))
      isIncomplete = true
    case .documentStart, .documentEnd, .mappingEnd, .sequenceEnd, .streamEnd, .syntaxError,
      .tooDeep, .tooManyEvents, .outOfMemory:
      hasStopped = true
    }
    let span = event.offset..<max(event.offset, end)
    return RawNode(content, at: location, span: span, isFlow: event.isFlow)
  }

  /// What stands under a key or is an item; what YAML makes of its text in another way than it looks is reported.
  private mutating func value(_ event: YAMLEvents.Event, keyAt key: SourceLocation? = nil)
    -> RawNode
  {
    let node = node(event)
    guard case .scalar(let text, let style) = event.kind else { return node }
    let isBelowKey = key.map { $0.line < node.location.line } ?? false
    if style == .plain, isCut(at: event.end) {
      findings.append(YAMLFault.cutValue.diagnostic(at: node.location))
    }
    if let field = event.fieldWithin {
      findings.append(YAMLFault.fieldInValue.diagnostic(at: cursor.location(at: field)))
    } else if style == .plain, isBelowKey, text.looksLikeField {
      findings.append(YAMLFault.fieldInValue.diagnostic(at: node.location))
    } else if event.isJoined {
      findings.append(YAMLFault.joinedLines.diagnostic(at: node.location))
    }
    return node
  }

  /// Whether what stands at an offset, behind a value, is a # without a space behind it: 委託 #1号, which YAML takes for a comment.
  private func isCut(at offset: Int) -> Bool {
    var offset = offset
    while let byte = cursor.byte(at: offset), byte == 0x20 || byte == 0x09 { offset += 1 }
    guard cursor.byte(at: offset) == UInt8(ascii: "#"), let first = cursor.byte(at: offset + 1)
    else { return false }
    switch first {
    case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "#"): return false
    // U+3000.
    case 0xE3: return cursor.byte(at: offset + 2) != 0x80 || cursor.byte(at: offset + 3) != 0x80
    case _: return true
    }
  }

  private mutating func sequence() -> [RawNode] {
    var items: [RawNode] = []
    while true {
      let event = next()
      if case .sequenceEnd = event.kind { return items }
      let item = value(event)
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
      let value = value(next(), keyAt: key.location)
      if hasStopped { return entries.entries }
      guard case .scalar(let scalar) = key.content else {
        findings.append(YAMLFault.notAName.diagnostic(at: key.location))
        continue
      }
      let name = String(decoding: scalar.bytes, as: UTF8.self)
      if name == "<<", !scalar.isQuoted {
        findings.append(YAMLFault.merge.diagnostic(at: key.location))
        isIncomplete = true
        continue
      }
      let entry = RawNode.Entry(
        key: name,
        keyLocation: key.location,
        keySpan: key.span,
        value: value
      )
      if let diagnostic = entries.add(entry) { findings.append(diagnostic) }
    }
  }

  /// Whether plain text is no value.
  private static func standsForNothing(_ bytes: [UInt8]) -> Bool {
    bytes.isEmpty || bytes.elementsEqual("~".utf8) || bytes.elementsEqual("null".utf8)
  }
}
