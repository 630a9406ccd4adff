import CLibyaml

/// The events of one YAML text, one after another.
///
/// It alone knows libyaml's memory: the parser is created once, used by one owner, and destroyed
/// with it, and what an event points to is copied before the next.
@safe struct YAMLEvents: ~Copyable {
  struct Event {
    let kind: Kind
    let offset: Int
    var hasAnchor = false
    var hasTag = false
  }

  enum Kind {
    case documentStart, documentEnd
    case mappingStart, mappingEnd
    case sequenceStart, sequenceEnd
    case scalar([UInt8], isPlain: Bool)
    case alias
    /// Ends the events, as do the cases below.
    case streamEnd
    case syntaxError(problem: String)
    case tooDeep, tooManyEvents, outOfMemory
  }

  private let parser: OpaquePointer

  /// Nil if memory ran out.
  init?(_ bytes: [UInt8], limits: DataLimits) {
    let limits = tokki_yaml_limits(depth: limits.depth, events: limits.events)
    let parser = unsafe bytes.withUnsafeBufferPointer {
      unsafe tokki_yaml_create($0.baseAddress, $0.count, limits)
    }
    guard let parser = unsafe parser else { return nil }
    unsafe self.parser = parser
  }

  deinit { unsafe tokki_yaml_destroy(parser) }

  mutating func next() -> Event {
    let event = unsafe tokki_yaml_next(parser)
    return unsafe Event(
      kind: Self.kind(of: event),
      offset: event.offset,
      hasAnchor: event.has_anchor,
      hasTag: event.has_tag
    )
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
        isPlain: event.is_plain
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
}
