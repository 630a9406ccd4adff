import CLibyaml
package import Records

/// The events of one YAML text, one after another.
///
/// It alone knows libyaml's memory: the parser is created once, used by one owner, and destroyed
/// with it, and what an event points to is copied before the next.
@safe package struct YAMLEvents: ~Copyable {
  package struct Event {
    package var kind: Kind
    package let offset: Int
    /// Behind it; a collection's brackets are events of their own.
    package let end: Int
    var hasAnchor = false
    var hasTag = false
    /// Whether a collection that starts stands in brackets.
    var isFlow = false
    /// Whether it is a value of several lines, which `YAMLLines` joined.
    var isJoined = false
    /// Where a line of it stands that seems to be a field of its own.
    var fieldWithin: Int?
  }

  package enum Kind {
    case documentStart, documentEnd
    case mappingStart, mappingEnd, sequenceStart, sequenceEnd
    case scalar([UInt8], ScalarStyle)
    case alias
    /// Ends the events, as do the cases below.
    case streamEnd
    case syntaxError(problem: String)
    case tooDeep, tooManyEvents, outOfMemory
  }

  private let parser: OpaquePointer
  private let bytes: [UInt8]

  /// Nil if memory ran out.
  package init?(_ bytes: [UInt8], limits: DataLimits) {
    let limits = tokki_yaml_limits(depth: limits.depth, events: limits.events)
    let parser = unsafe bytes.withUnsafeBufferPointer {
      unsafe tokki_yaml_create($0.baseAddress, $0.count, limits)
    }
    guard let parser = unsafe parser else { return nil }
    unsafe self.parser = parser
    self.bytes = bytes
  }

  deinit { unsafe tokki_yaml_destroy(parser) }

  package mutating func next() -> Event {
    let event = unsafe tokki_yaml_next(parser)
    let read = unsafe Event(
      kind: Self.kind(of: event),
      offset: event.offset,
      end: event.end,
      hasAnchor: event.has_anchor,
      hasTag: event.has_tag,
      isFlow: event.is_flow
    )
    guard case .scalar(_, let style) = read.kind,
      let lines = YAMLLines(bytes[read.offset..<max(read.offset, read.end)], style)
    else { return read }
    return joined(read, lines, style)
  }

  private func joined(_ event: Event, _ lines: YAMLLines, _ style: ScalarStyle) -> Event {
    var event = event
    event.fieldWithin = lines.fieldWithin
    guard let source = lines.joined(), var events = YAMLEvents(source, limits: DataLimits()) else {
      return event
    }
    while true {
      switch events.next().kind {
      case .documentStart: continue
      case .scalar(let joined, style):
        event.kind = .scalar(joined, style)
        event.isJoined = true
        return event
      case .scalar, .documentEnd, .mappingStart, .mappingEnd, .sequenceStart, .sequenceEnd, .alias,
        .streamEnd, .syntaxError, .tooDeep, .tooManyEvents, .outOfMemory:
        return event
      }
    }
  }

  private static func kind(of event: tokki_yaml_event) -> Kind {
    switch unsafe event.kind {
    case TOKKI_YAML_DOCUMENT_START: .documentStart
    case TOKKI_YAML_DOCUMENT_END: .documentEnd
    case TOKKI_YAML_MAPPING_START: .mappingStart
    case TOKKI_YAML_MAPPING_END: .mappingEnd
    case TOKKI_YAML_SEQUENCE_START: .sequenceStart
    case TOKKI_YAML_SEQUENCE_END: .sequenceEnd
    case TOKKI_YAML_SCALAR:
      unsafe .scalar(
        Array(UnsafeBufferPointer(start: event.text, count: event.text_count)),
        style(of: event)
      )
    case TOKKI_YAML_ALIAS: .alias
    case TOKKI_YAML_STREAM_END: .streamEnd
    case TOKKI_YAML_SYNTAX_ERROR:
      unsafe .syntaxError(problem: event.problem.map { unsafe String(cString: $0) } ?? "")
    case TOKKI_YAML_TOO_DEEP: .tooDeep
    case TOKKI_YAML_TOO_MANY_EVENTS: .tooManyEvents
    default: .outOfMemory
    }
  }

  private static func style(of event: tokki_yaml_event) -> ScalarStyle {
    switch unsafe event.style {
    case TOKKI_YAML_SINGLE_QUOTED: .singleQuoted
    case TOKKI_YAML_DOUBLE_QUOTED: .doubleQuoted
    case TOKKI_YAML_LITERAL: .literal
    case TOKKI_YAML_FOLDED: .folded
    default: .plain
    }
  }
}
